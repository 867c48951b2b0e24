#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/source.h"
#include "config/environment.h"
#include "config/ini.h"
#include "config/toml.h"
#include "config/url.h"

namespace retort::config {

// What the command line says about configuration.
struct ConfigRequest {
  std::vector<std::string> files{};        // -c: at most one ini and one pyproject.toml
  std::string section = "alembic";         // -n, the main section of the ini file
  std::vector<std::string> x_arguments{};  // -x
  std::optional<std::string> url{};        // --url: goes before every other
  // The ini file's text where the program brings it along; no file is then looked for but those of
  // -c, which take its place.
  std::optional<std::string> ini_text{};
  // What relative paths start from; empty: the current directory.
  std::filesystem::path directory{};
  Environment environment = process_environment();
};

// An option's value before it is given a type: text of either file, or a typed value of the
// pyproject.toml. References are already replaced.
struct OptionValue {
  std::variant<bool, std::int64_t, std::string, std::vector<std::string>> value{};
  bool from_ini = false;
  Place place{};
};

// The configuration of one run: an ini file and the [tool.alembic] table of a pyproject.toml,
// either of which may be missing, and what env.py sets on top. The ini file wins key by key.
class Config {
 public:
  // Finds and reads the files: -c, else the variable ALEMBIC_CONFIG, else alembic.ini, and
  // pyproject.toml beside it; without either migrations/alembic.ini, Flask-Migrate's. Files that
  // are not there are no error here.
  static Config load(ConfigRequest request = {});

  // The ini file's name as it was given, there or not, and whether it was read.
  const std::string& ini_name() const { return ini_name_; }
  bool has_ini_file() const { return has_ini_file_; }
  const std::string& pyproject_name() const { return pyproject_name_; }
  bool has_pyproject() const { return has_pyproject_; }
  const std::string& main_section() const { return request_.section; }
  // Absolute; relative paths of the configuration start here, not at the file.
  const std::filesystem::path& directory() const { return request_.directory; }
  const Environment& environment() const { return request_.environment; }
  // As Python's Path.absolute() from there: "." parts go, ".." stay for the file system.
  std::filesystem::path absolute(const std::string& path) const;

  Ini& ini() { return ini_; }
  const Ini& ini() const { return ini_; }
  const TomlTable& toml() const { return toml_; }

  // Alembic's Config methods. The ini file alone; throws when it has no such section.
  std::optional<std::string> get_main_option(std::string_view name) const;
  std::optional<std::string> get_section_option(std::string_view section,
                                                std::string_view name) const;
  // Nothing when there is no such section.
  std::optional<std::vector<std::pair<std::string, std::string>>> get_section(
      std::string_view name) const;
  void set_main_option(std::string_view name, std::string value);
  // Makes the section when it is not there.
  void set_section_option(std::string_view section, std::string_view name, std::string value);
  void remove_main_option(std::string_view name);

  // From the ini file's main section, else from [tool.alembic]. Throws for a value that no option
  // can have (a table).
  std::optional<OptionValue> option(std::string_view name) const;
  // The same, as text. Throws when the pyproject.toml has another type there.
  std::optional<std::string> text(std::string_view name) const;
  // Where the option stands; empty when it is not in a file.
  Place place(std::string_view name) const;
  // "'name' in [alembic] of alembic.ini" or "'name' in [tool.alembic] of pyproject.toml".
  std::string describe(std::string_view name) const;
  // A string of the pyproject.toml with its %(here)s replaced.
  std::string expand_toml(const std::string& text, const Place& place, std::string_view key) const;

  // -x arguments: all, and as Alembic's dictionary, where the last one of a key counts and one
  // without '=' has an empty value.
  const std::vector<std::string>& x_arguments() const { return request_.x_arguments; }
  std::vector<std::pair<std::string, std::string>> x_dictionary() const;

 private:
  explicit Config(ConfigRequest request) : request_(std::move(request)) {}
  void choose_files();
  void read_files();

  ConfigRequest request_;
  std::string ini_name_ = "alembic.ini";
  std::string pyproject_name_ = "pyproject.toml";
  std::string toml_here_;
  bool is_chosen_ = false;  // the files are named by -c or the variable
  bool has_ini_file_ = false;
  bool has_pyproject_ = false;
  Ini ini_;
  TomlTable toml_;
};

// A database URL and where it was found: a key of the configuration or "DATABASE_URL".
struct DatabaseUrl {
  Url url{};
  std::string origin{};
};

// `sqlalchemy.url` of the section (default: the main one, then [tool.alembic]) unless it is
// missing, empty or the template's placeholder; else the environment's DATABASE_URL. Throws
// Error(code::kConfig) that says what to set, Error(code::kUrl) for a URL that can't be parsed.
DatabaseUrl database_url(const Config& config, std::string_view section = "");

}  // namespace retort::config
