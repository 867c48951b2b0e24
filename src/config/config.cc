#include "config/config.h"

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "config/interpolate.h"

namespace retort::config {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPlaceholderUrl = "driver://user:pass@localhost/dbname";

bool is_pyproject(const std::string& name) { return fs::path(name).filename() == "pyproject.toml"; }

std::string in_quotes(std::string_view name) { return "'" + std::string(name) + "'"; }

}  // namespace

Config Config::load(ConfigRequest request) {
  request.directory =
      request.directory.empty() ? fs::current_path() : fs::absolute(request.directory);
  Config config(std::move(request));
  config.choose_files();
  config.read_files();
  if (const auto& url = config.request_.url) {
    config.set_main_option("sqlalchemy.url", replace_all(*url, "%", "%%"));
  }
  return config;
}

fs::path Config::absolute(const std::string& path) const {
  fs::path out = request_.directory;
  for (const fs::path& part : fs::path(path)) {
    if (part != "." && !part.empty()) out /= part;
  }
  return out;
}

void Config::choose_files() {
  std::optional<std::string> variable = request_.environment("ALEMBIC_CONFIG");
  is_chosen_ = (variable && !variable->empty()) || !request_.files.empty();
  if (variable && !variable->empty()) {
    (is_pyproject(*variable) ? pyproject_name_ : ini_name_) = *variable;
  }
  bool ini = false;
  bool pyproject = false;
  for (const std::string& name : request_.files) {
    bool& seen = is_pyproject(name) ? pyproject : ini;
    if (seen) {
      throw Error(code::kConfig, is_pyproject(name) ? "pyproject.toml indicated more than once"
                                                    : "only one ini file may be indicated")
          .with_hint("give -c at most one ini file and one pyproject.toml");
    }
    seen = true;
    (is_pyproject(name) ? pyproject_name_ : ini_name_) = name;
  }
}

void Config::read_files() {
  if (request_.ini_text && request_.files.empty()) {
    ini_ = parse_ini(std::make_shared<Source>("built-in configuration", *request_.ini_text));
    ini_.set_default("here", request_.directory.string());
    ini_.set_environment(request_.environment);
    has_ini_file_ = true;
    return;
  }
  std::error_code ignored;

  fs::path pyproject_path = absolute(pyproject_name_);
  toml_here_ = pyproject_path.parent_path().string();
  if (fs::exists(pyproject_path, ignored)) {
    toml_ = parse_pyproject(std::make_shared<Source>(pyproject_name_, read_file(pyproject_path)));
    has_pyproject_ = true;
  }

  // Flask-Migrate keeps its file beside env.py.
  constexpr std::string_view kFlaskMigrate = "migrations/alembic.ini";
  fs::path ini_path = absolute(ini_name_);
  if (!is_chosen_ && toml_.entries.empty() && !fs::exists(ini_path, ignored) &&
      fs::exists(absolute(std::string(kFlaskMigrate)), ignored)) {
    ini_name_ = kFlaskMigrate;
    ini_path = absolute(ini_name_);
  }
  if (fs::exists(ini_path, ignored)) {
    ini_ = parse_ini(std::make_shared<Source>(ini_name_, read_file(ini_path)));
    has_ini_file_ = true;
  }
  ini_.set_default("here", ini_path.parent_path().string());
  ini_.set_environment(request_.environment);
}

std::optional<std::string> Config::get_main_option(std::string_view name) const {
  return get_section_option(main_section(), name);
}

std::optional<std::string> Config::get_section_option(std::string_view section,
                                                      std::string_view name) const {
  if (!ini_.has_section(section)) {
    std::string hint = has_ini_file_ ? did_you_mean(section, ini_.sections())
                                     : "give the file with -c, or make one with 'init'";
    throw Error(code::kConfig, "No config file " + in_quotes(ini_name_) +
                                   " found, or file has no '[" + std::string(section) +
                                   "]' section")
        .with_hint(std::move(hint));
  }
  return ini_.get(section, name);
}

std::optional<std::vector<std::pair<std::string, std::string>>> Config::get_section(
    std::string_view name) const {
  if (!ini_.has_section(name)) return std::nullopt;
  return ini_.items(name);
}

void Config::set_main_option(std::string_view name, std::string value) {
  set_section_option(main_section(), name, std::move(value));
}

void Config::set_section_option(std::string_view section, std::string_view name,
                                std::string value) {
  ini_.add_section(std::string(section));
  ini_.set(section, name, std::move(value));
}

void Config::remove_main_option(std::string_view name) { ini_.remove_option(main_section(), name); }

std::string Config::expand_toml(const std::string& text, const Place& place,
                                std::string_view key) const {
  Interpolation rules;
  rules.find = [this](const std::string& name) -> std::optional<Replacement> {
    if (name != "here") return std::nullopt;
    return Replacement{toml_here_, true};
  };
  rules.environment = request_.environment;
  rules.subject = "option " + in_quotes(key) + " in [tool.alembic]";
  rules.names = {"here"};
  rules.place = place;
  return interpolate(text, rules);
}

std::optional<OptionValue> Config::option(std::string_view name) const {
  if (const IniOption* found = ini_.find(main_section(), name)) {
    return OptionValue{*ini_.get(main_section(), name), true, found->place};
  }
  const TomlValue* found = find(toml_, name);
  if (found == nullptr) return std::nullopt;
  OptionValue out;
  out.place = found->place;
  if (const auto* text = found->string()) {
    out.value = expand_toml(*text, found->place, name);
  } else if (const auto* boolean = found->boolean()) {
    out.value = *boolean;
  } else if (const auto* number = std::get_if<std::int64_t>(&found->value)) {
    out.value = *number;
  } else if (const auto* list = found->list()) {
    std::vector<std::string> texts;
    for (const TomlValue& item : *list) {
      if (item.string() == nullptr) {
        throw Error(code::kConfig, "a list of strings is expected for " + describe(name))
            .with_place(item.place);
      }
      texts.push_back(expand_toml(*item.string(), item.place, name));
    }
    out.value = std::move(texts);
  } else {
    throw Error(code::kConfig, "unsupported TOML value type for key: " + in_quotes(name))
        .with_place(found->place);
  }
  return out;
}

std::optional<std::string> Config::text(std::string_view name) const {
  std::optional<OptionValue> found = option(name);
  if (!found) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(&found->value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&found->value)) return std::to_string(*number);
  throw Error(code::kConfig, "a string is expected for " + describe(name)).with_place(found->place);
}

Place Config::place(std::string_view name) const {
  if (const IniOption* found = ini_.find(main_section(), name)) return found->place;
  const TomlValue* found = find(toml_, name);
  return found == nullptr ? Place{} : found->place;
}

std::string Config::describe(std::string_view name) const {
  bool toml = !ini_.has_option(main_section(), name) && find(toml_, name) != nullptr;
  return in_quotes(name) + (toml ? " in [tool.alembic] of " + pyproject_name_
                                 : " in [" + main_section() + "] of " + ini_name_);
}

std::vector<std::pair<std::string, std::string>> Config::x_dictionary() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& argument : request_.x_arguments) {
    std::size_t equals = argument.find('=');
    std::string key = argument.substr(0, equals);
    std::string value = equals == std::string::npos ? "" : argument.substr(equals + 1);
    auto there =
        std::find_if(out.begin(), out.end(), [&](auto& pair) { return pair.first == key; });
    if (there != out.end()) {
      there->second = std::move(value);
    } else {
      out.emplace_back(std::move(key), std::move(value));
    }
  }
  return out;
}

DatabaseUrl database_url(const Config& config, std::string_view section) {
  constexpr std::string_view kKey = "sqlalchemy.url";
  bool main = section.empty() || section == config.main_section();
  std::optional<std::string> text;
  Place place;
  std::string origin;
  if (main) {
    text = config.text(kKey);
    place = config.place(kKey);
    origin = config.describe(kKey);
  } else {
    text = config.get_section_option(section, kKey);
    if (const IniOption* found = config.ini().find(section, kKey)) place = found->place;
    origin = in_quotes(kKey) + " in [" + std::string(section) + "] of " + config.ini_name();
  }
  bool placeholder = text == kPlaceholderUrl;
  if (!text || text->empty() || placeholder) {
    text = config.environment()("DATABASE_URL");
    if (!text || text->empty()) {
      std::string misspelt;
      const std::string owner(main ? std::string_view(config.main_section()) : section);
      std::string near = did_you_mean(kKey, config.ini().options(owner));
      if (!placeholder && !near.empty() && near.find(in_quotes(kKey) + "?") == near.npos)
        misspelt = near + " ";
      throw Error(code::kConfig,
                  "no database URL: " + origin +
                      (placeholder ? " is the template's placeholder" : " is not set") +
                      ", nor is the environment variable DATABASE_URL")
          .with_hint(misspelt +
                     "write for example 'sqlalchemy.url = sqlite:///app.db', or set DATABASE_URL")
          .with_place(place);
    }
    place = {};
    origin = "DATABASE_URL";
  }
  try {
    return {parse_url(*text), origin};
  } catch (Error& error) {
    error.with_context(origin);
    if (place) error.with_place(place);
    throw;
  }
}

}  // namespace retort::config
