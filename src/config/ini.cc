#include "config/ini.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "config/interpolate.h"

namespace retort::config {
namespace {

template <typename Options>
auto find_in(Options& options, std::string_view name) -> decltype(options.data()) {
  for (auto& option : options) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

void put(std::vector<IniOption>& options, IniOption option) {
  if (IniOption* there = find_in(options, option.name)) {
    *there = std::move(option);
  } else {
    options.push_back(std::move(option));
  }
}

std::string subject(std::string_view section, std::string_view option) {
  return "option '" + std::string(option) + "' in section '" + std::string(section) + "'";
}

// Values of logging formats have a ${name} of their own (style=$), which is not for us.
bool is_logging_section(std::string_view name) {
  return name == "loggers" || name == "handlers" || name == "formatters" ||
         name.starts_with("logger_") || name.starts_with("handler_") ||
         name.starts_with("formatter_");
}

}  // namespace

void Ini::set_default(std::string name, std::string value) {
  name = to_lower(name);
  if (find_in(defaults_.options, name) != nullptr) return;
  defaults_.options.insert(defaults_.options.begin(),
                           {std::move(name), std::move(value), {}, {}, true});
}

std::vector<std::string> Ini::sections() const {
  std::vector<std::string> out;
  for (const IniSection& section : sections_) out.push_back(section.name);
  return out;
}

bool Ini::has_section(std::string_view name) const { return find_in(sections_, name) != nullptr; }

void Ini::add_section(std::string name) {
  if (!has_section(name)) sections_.push_back({std::move(name), {}, {}});
}

const IniSection* Ini::section(std::string_view name) const {
  return name == defaults_.name ? &defaults_ : find_in(sections_, name);
}

IniSection* Ini::section(std::string_view name) {
  return name == defaults_.name ? &defaults_ : find_in(sections_, name);
}

bool Ini::has_option(std::string_view section, std::string_view option) const {
  return find(section, option) != nullptr;
}

const IniOption* Ini::find(std::string_view section, std::string_view option) const {
  const IniSection* in = this->section(section);
  if (in == nullptr) return nullptr;
  std::string name = to_lower(option);
  const IniOption* own = find_in(in->options, name);
  return own != nullptr ? own : find_in(defaults_.options, name);
}

std::vector<std::string> Ini::options(std::string_view section) const {
  std::vector<std::string> out;
  const IniSection* in = this->section(section);
  if (in == nullptr) return out;
  for (const IniOption& option : in->options) out.push_back(option.name);
  for (const IniOption& option : defaults_.options) {
    if (in != &defaults_ && find_in(in->options, option.name) == nullptr)
      out.push_back(option.name);
  }
  return out;
}

std::string Ini::expand(std::string_view section, const IniOption& option, bool keep_unset) const {
  if (option.literal) return option.value;
  Interpolation rules;
  rules.find = [&](const std::string& name) -> std::optional<Replacement> {
    const IniOption* found = find(section, name);
    if (found == nullptr) return std::nullopt;
    return Replacement{found->value, found->literal};
  };
  if (!is_logging_section(section)) rules.environment = environment_;
  rules.keep_unset = keep_unset;
  rules.subject = subject(section, option.name);
  rules.names = options(section);
  rules.place = option.place;
  return interpolate(option.value, rules);
}

std::optional<std::string> Ini::raw(std::string_view section, std::string_view option) const {
  const IniOption* found = find(section, option);
  if (found == nullptr) return std::nullopt;
  return found->value;
}

std::optional<std::string> Ini::get(std::string_view section, std::string_view option) const {
  const IniOption* found = find(section, option);
  if (found == nullptr) return std::nullopt;
  return expand(section, *found, false);
}

std::vector<std::pair<std::string, std::string>> Ini::items(std::string_view section) const {
  std::vector<std::pair<std::string, std::string>> out;
  const IniSection* in = this->section(section);
  if (in == nullptr) return out;
  std::vector<const IniOption*> found;
  for (const IniOption& option : defaults_.options) found.push_back(find(section, option.name));
  for (const IniOption& option : in->options) {
    if (in != &defaults_ && find_in(defaults_.options, option.name) == nullptr)
      found.push_back(&option);
  }
  for (const IniOption* option : found) {
    out.emplace_back(option->name, expand(section, *option, true));
  }
  return out;
}

void Ini::set(std::string_view section, std::string_view option, std::string value) {
  check_references(value, subject(section, option));
  IniSection* in = this->section(section);
  if (in == nullptr) {
    throw Error(code::kConfig, "No section: '" + std::string(section) + "'")
        .with_hint(did_you_mean(section, sections()));
  }
  put(in->options, {to_lower(option), std::move(value), {}, {}, false});
}

bool Ini::remove_option(std::string_view section, std::string_view option) {
  IniSection* in = this->section(section);
  if (in == nullptr) return false;
  return std::erase_if(in->options, [name = to_lower(option)](const IniOption& o) {
           return o.name == name;
         }) > 0;
}

}  // namespace retort::config
