#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/source.h"
#include "config/environment.h"

namespace retort::config {

struct IniOption {
  std::string name{};    // lower-cased
  std::string value{};   // as written, not interpolated; lines joined with '\n'
  Place key{};           // empty for an option that was set by a program
  Place place{};         // of the value
  bool literal = false;  // never interpolated when another option refers to it
};

struct IniSection {
  std::string name{};
  std::vector<IniOption> options{};
  Place place{};
};

// An ini file with the rules of Python's ConfigParser (strict, basic interpolation), as Alembic
// reads it. [DEFAULT] is no section of its own: its options are seen in every section. Places show
// the file with its passwords masked.
class Ini {
 public:
  // The value of %(name)s in every section, as ConfigParser's `defaults`: a path, taken literally.
  // What the file itself says in [DEFAULT] wins.
  void set_default(std::string name, std::string value);
  // Where names that are no option, and ${NAME}, are looked up. Without one, neither is.
  void set_environment(Environment environment) { environment_ = std::move(environment); }

  std::vector<std::string> sections() const;
  bool has_section(std::string_view name) const;
  void add_section(std::string name);
  const IniSection* section(std::string_view name) const;

  bool has_option(std::string_view section, std::string_view option) const;
  // The option of the section or else of [DEFAULT]; null when there is none or no such section.
  const IniOption* find(std::string_view section, std::string_view option) const;
  // The section's own names, then those it has from [DEFAULT].
  std::vector<std::string> options(std::string_view section) const;

  std::optional<std::string> raw(std::string_view section, std::string_view option) const;
  // Interpolated. Throws Error(code::kConfig) for a reference that has no value.
  std::optional<std::string> get(std::string_view section, std::string_view option) const;
  // Every option with its interpolated value, [DEFAULT]'s first. Unlike get(), a ${NAME} that has
  // no value stays as text: it may be in an option that nobody needs.
  std::vector<std::pair<std::string, std::string>> items(std::string_view section) const;

  // As ConfigParser.set: throws for a '%' that is no reference, and when there is no such section.
  void set(std::string_view section, std::string_view option, std::string value);
  bool remove_option(std::string_view section, std::string_view option);

 private:
  friend class IniParser;
  IniSection* section(std::string_view name);
  std::string expand(std::string_view section, const IniOption& option, bool keep_unset) const;

  IniSection defaults_{"DEFAULT", {}, {}};
  std::vector<IniSection> sections_;
  Environment environment_;
};

// Throws Error(code::kSyntax) with the place: text before the first section, a line that is neither
// a header nor an option, a section or option that is there twice. A function of its text alone.
Ini parse_ini(const SourcePtr& source);

}  // namespace retort::config
