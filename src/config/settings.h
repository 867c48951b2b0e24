#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "config/config.h"

namespace retort::config {

// A program to run on each new revision file. `options` are the keys of the ini file's "name.key"
// or of the TOML table: type, entrypoint, module, executable, options, cwd and any others.
struct PostWriteHook {
  std::string name{};
  std::vector<std::pair<std::string, std::string>> options{};
  Place place{};

  std::optional<std::string> option(std::string_view key) const;
};

// Something that works but should be changed.
struct Advice {
  std::string message{};
  Place place{};
};

// The options of [alembic] or [tool.alembic] with their types and defaults.
struct Settings {
  // The folder of env.py and script.py.mako: as written (a package's folder as its path), for
  // messages, and absolute.
  std::string script_location{};
  std::filesystem::path script_directory{};
  std::vector<std::filesystem::path> version_locations{};  // absolute, never empty
  // Absolute; what imports of the project's own modules start from, in order.
  std::vector<std::filesystem::path> prepend_sys_path{};

  std::string file_template = "%(rev)s_%(slug)s";
  int truncate_slug_length = 40;
  std::optional<std::string> timezone{};
  bool recursive_version_locations = false;
  bool revision_environment = false;
  bool sourceless = false;
  std::string output_encoding = "utf-8";
  std::vector<PostWriteHook> post_write_hooks{};

  // retort's own keys. What env.py passes to context.configure() wins over them.
  std::string version_table = "alembic_version";
  std::optional<std::string> version_table_schema{};
  bool transaction_per_migration = false;
  bool retort_history = false;  // record who applied what and when in the table retort_history

  // What may be said here instead of in env.py.
  bool use_env_py = true;  // false: env.py is not evaluated, though it is there
  // "package.module:Base.metadata", several for several MetaData objects; SQL files, databases and
  // "exec:COMMAND" for what a program prints; and the modules to import before, which is needed
  // only where nothing else reaches them.
  std::vector<std::string> target_metadata{};
  std::vector<std::string> model_modules{};
  std::optional<bool> compare_type{};
  std::optional<bool> compare_server_default{};
  std::optional<bool> include_schemas{};
  std::optional<bool> render_as_batch{};
  // "kind:pattern" or "pattern" for tables; a pattern is of the shell's kind ("tmp_*",
  // "audit.*", "users.legacy_*" of a column).
  std::vector<std::string> include{};
  std::vector<std::string> exclude{};

  std::vector<Advice> advice{};
};

// Throws Error(code::kConfig) with the option's place for a value of the wrong type, and when
// script_location is missing. Of the folders only env.py is looked for: where script_location has
// none and the folder of the file has one, it is that.
Settings read_settings(const Config& config);

// The nearest folder with `.git`, `directory` itself included.
std::optional<std::filesystem::path> checkout_of(const std::filesystem::path& directory);

// The parts of it that do not need a script_location.
std::vector<PostWriteHook> post_write_hooks(const Config& config);
std::vector<std::filesystem::path> prepend_sys_path(const Config& config,
                                                    std::vector<Advice>* advice = nullptr);

// `sqlalchemy.*` of the main section and [tool.alembic] without that prefix: what
// engine_from_config() is given.
std::map<std::string, std::string> sqlalchemy_options(const Config& config);

}  // namespace retort::config
