#include "config/settings.h"

#include <algorithm>
#include <charconv>
#include <span>

#include "base/error.h"
#include "base/text.h"

namespace retort::config {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSeparatorHint =
    "add 'path_separator = os' to the section and separate the paths with ':'";

std::string in_quotes(std::string_view name) { return "'" + std::string(name) + "'"; }

// Alembic takes exactly "true" in an ini file, and only a boolean in TOML.
bool boolean(const Config& config, std::string_view name, std::vector<Advice>& advice) {
  std::optional<OptionValue> found = config.option(name);
  if (!found) return false;
  if (const auto* value = std::get_if<bool>(&found->value)) return *value;
  const auto* text = std::get_if<std::string>(&found->value);
  if (!found->from_ini || text == nullptr) {
    throw Error(code::kConfig, "boolean value expected for TOML parameter " + in_quotes(name))
        .with_hint("write " + std::string(name) + " = true, without quotes")
        .with_place(found->place);
  }
  if (*text == "true") return true;
  for (std::string_view yes : {"true", "yes", "on", "1"}) {
    if (equal_ignoring_case(*text, yes)) {
      advice.push_back({in_quotes(*text) + " for " + in_quotes(name) +
                            " means false, as for Alembic: only 'true' means true",
                        found->place});
    }
  }
  return false;
}

// The keys that are retort's own are read with ConfigParser's words for yes and no, and so does
// Alembic read revision_environment.
bool own_boolean(const Config& config, std::string_view name, bool fallback = false) {
  std::optional<OptionValue> found = config.option(name);
  if (!found) return fallback;
  if (const auto* value = std::get_if<bool>(&found->value)) return *value;
  if (const auto* text = std::get_if<std::string>(&found->value)) {
    for (std::string_view yes : {"true", "yes", "on", "1", "y", "t"}) {
      if (equal_ignoring_case(*text, yes)) return true;
    }
    for (std::string_view no : {"false", "no", "off", "0", "n", "f"}) {
      if (equal_ignoring_case(*text, no)) return false;
    }
  }
  throw Error(code::kConfig, "true or false is expected for " + config.describe(name))
      .with_place(found->place);
}

// A TOML list, or words with commas, spaces or lines between them. A line that begins with `whole`
// is one word.
std::vector<std::string> own_list(const Config& config, std::string_view name,
                                  std::string_view whole = {}) {
  std::optional<OptionValue> found = config.option(name);
  if (!found) return {};
  if (const auto* list = std::get_if<std::vector<std::string>>(&found->value)) return *list;
  const auto* text = std::get_if<std::string>(&found->value);
  if (!text) {
    throw Error(code::kConfig, "a list is expected for " + config.describe(name))
        .with_place(found->place);
  }
  std::vector<std::string> words;
  for (const std::string& line : split(*text, '\n')) {
    std::string_view rest = trim(line);
    if (!whole.empty() && rest.starts_with(whole)) {
      words.emplace_back(rest);
      continue;
    }
    std::string word;
    for (char c : std::string(rest) + " ") {
      if (c != ',' && c != ' ' && c != '\t' && c != '\r') {
        word += c;
      } else if (!word.empty()) {
        words.push_back(std::exchange(word, ""));
      }
    }
  }
  return words;
}

int integer(const Config& config, std::string_view name, int fallback) {
  std::optional<std::string> found = config.text(name);
  if (!found) return fallback;
  std::string_view text = trim(*found);
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) {
    throw Error(code::kConfig, "a whole number is expected for " + config.describe(name))
        .with_place(config.place(name));
  }
  return value == 0 ? fallback : value;
}

// The separator that a key names; nothing when neither key is there.
struct Separator {
  char character = ':';
};

std::optional<Separator> separator(const Config& config, std::span<const std::string> names,
                                   std::vector<Advice>& advice) {
  for (const std::string& name : names) {
    std::optional<std::string> value = config.get_main_option(name);
    if (!value) continue;
    if (name == "version_path_separator") {
      advice.push_back(
          {"The version_path_separator configuration parameter is deprecated; please "
           "use path_separator",
           config.place(name)});
    }
    if (*value == "os" || *value == ":") return Separator{':'};
    if (*value == ";") return Separator{';'};
    if (*value == "space") return Separator{' '};
    if (*value == "newline") return Separator{'\n'};
    throw Error(code::kConfig, in_quotes(*value) + " is not a valid value for " + name +
                                   "; expected 'space', 'newline', 'os', ':', ';'")
        .with_place(config.place(name));
  }
  return std::nullopt;
}

void add_part(std::vector<std::string>& parts, std::string_view part) {
  part = trim(part);
  if (!part.empty()) parts.emplace_back(part);
}

std::vector<std::string> split_any(std::string_view text, std::string_view separators) {
  std::vector<std::string> out;
  while (true) {
    std::size_t at = text.find_first_of(separators);
    add_part(out, text.substr(0, at));
    if (at == std::string_view::npos) return out;
    text.remove_prefix(at + 1);
  }
}

// A list of paths: split as path_separator says, or as Alembic did before there was that key.
std::vector<std::string> path_list(const Config& config, const std::string& name,
                                   std::span<const std::string> separator_names,
                                   std::string_view legacy_separators,
                                   std::vector<Advice>& advice) {
  std::optional<OptionValue> found = config.option(name);
  if (!found) return {};
  if (const auto* list = std::get_if<std::vector<std::string>>(&found->value)) return *list;
  const auto* text = std::get_if<std::string>(&found->value);
  if (text == nullptr) {
    throw Error(code::kConfig, "a list of strings is expected for " + config.describe(name))
        .with_place(found->place);
  }
  if (!found->from_ini) return {*text};
  if (text->empty()) return {};
  if (std::optional<Separator> by = separator(config, separator_names, advice)) {
    return split_any(*text, std::string_view(&by->character, 1));
  }
  std::vector<std::string> parts = split_any(*text, legacy_separators);
  if (parts.size() > 1) {
    advice.push_back({"No path_separator found in configuration; " + name +
                          " is split at spaces and commas" +
                          (legacy_separators.ends_with(':') ? " and colons" : "") + ": " +
                          std::string(kSeparatorHint),
                      found->place});
  }
  return parts;
}

// Where a package is that a team installs from its checkout: in src/, in a folder above the
// configuration, in a subproject below it.
std::vector<fs::path> checkout_folders(const fs::path& directory) {
  std::error_code ignored;
  std::vector<fs::path> out{directory / "src"};
  const fs::path top = checkout_of(directory).value_or(directory);
  for (fs::path at = directory; at != top;) {
    at = at.parent_path();
    out.push_back(at);
    out.push_back(at / "src");
  }
  std::vector<fs::path> below;
  for (const auto& entry : fs::directory_iterator(directory, ignored)) {
    if (entry.is_directory(ignored)) below.push_back(entry.path());
  }
  std::sort(below.begin(), below.end());
  for (const fs::path& folder : below) {
    out.push_back(folder);
    out.push_back(folder / "src");
  }
  return out;
}

// "package.module:folder" names a folder inside a package that is found as Python would find it:
// below the prepended paths, then below the current directory; then where it may be installed from.
std::string resource_path(const Config& config, const std::string& value,
                          const std::vector<fs::path>& search, std::string_view key) {
  if (fs::path(value).is_absolute() || value.find(':') == std::string::npos) return value;
  std::vector<std::string> parts = split(value, ':');
  fs::path package;
  for (const std::string& name : split(parts.front(), '.')) package /= name;
  fs::path rest;
  for (std::size_t i = 1; i < parts.size(); ++i) rest /= parts[i];
  std::vector<fs::path> roots = search;
  roots.push_back(config.directory());
  const std::size_t named = roots.size();
  for (fs::path& folder : checkout_folders(config.directory())) roots.push_back(std::move(folder));
  for (std::size_t i = 0; i < roots.size(); ++i) {
    std::error_code ignored;
    fs::path found = roots[i] / package;
    if (!fs::is_directory(i < named ? found : found / rest, ignored)) continue;
    found = (found / rest).lexically_normal();
    fs::path shorter = found.lexically_relative(config.directory());
    return shorter.empty() || *shorter.begin() == ".." ? found.string() : shorter.string();
  }
  roots.resize(named);
  std::vector<std::string> looked;
  for (const fs::path& root : roots) looked.push_back(root.string());
  throw Error(code::kConfig, config.describe(key) + " names the package '" + parts.front() +
                                 "', which is not below " + join(looked, ", "))
      .with_hint("add the folder that holds the package to prepend_sys_path, or write a path")
      .with_place(config.place(key));
}

std::vector<PostWriteHook> ini_hooks(const Config& config) {
  const std::string section = "post_write_hooks";
  std::vector<PostWriteHook> out;
  std::optional<std::string> names = config.ini().get(section, "hooks");
  if (!names) return out;
  for (const std::string& name : split_any(*names, ", ")) {
    PostWriteHook hook;
    hook.name = name;
    hook.place = config.ini().find(section, "hooks")->place;
    std::string prefix = to_lower(name) + ".";
    for (const std::string& option : config.ini().options(section)) {
      if (!option.starts_with(prefix)) continue;
      if (hook.options.empty()) hook.place = config.ini().find(section, option)->place;
      hook.options.emplace_back(option.substr(prefix.size()), *config.ini().get(section, option));
    }
    out.push_back(std::move(hook));
  }
  return out;
}

std::vector<PostWriteHook> toml_hooks(const Config& config) {
  std::vector<PostWriteHook> out;
  const TomlValue* found = find(config.toml(), "post_write_hooks");
  if (found == nullptr) return out;
  auto fail = [](const std::string& message, const Place& place) {
    throw Error(code::kConfig, message)
        .with_hint("write [[tool.alembic.post_write_hooks]] with name, type and options as strings")
        .with_place(place);
  };
  if (found->list() == nullptr) fail("post_write_hooks is not an array of tables", found->place);
  for (const TomlValue& item : *found->list()) {
    if (item.table() == nullptr) fail("post_write_hooks is not an array of tables", item.place);
    PostWriteHook hook;
    hook.place = item.place;
    for (const TomlValue& entry : item.table()->entries) {
      if (entry.string() == nullptr) {
        fail("a string is expected for " + in_quotes(entry.key) + " of a post-write hook",
             entry.place);
      }
      std::string value = config.expand_toml(*entry.string(), entry.place, "post_write_hooks");
      if (entry.key == "name") {
        hook.name = std::move(value);
      } else {
        hook.options.emplace_back(entry.key, std::move(value));
      }
    }
    if (hook.name.empty()) fail("a post-write hook has no name", item.place);
    out.push_back(std::move(hook));
  }
  return out;
}

// The folder of the ini file where env.py is beside it: Flask-Migrate's form, which names no
// script_location.
std::optional<std::string> folder_beside(const Config& config) {
  if (!config.has_ini_file() || !config.ini().has_section(config.main_section())) return {};
  fs::path folder = fs::path(config.ini_name()).parent_path();
  std::error_code ignored;
  if (!fs::exists(config.absolute((folder / "env.py").string()), ignored)) return {};
  return folder.empty() ? "." : folder.string();
}

}  // namespace

std::optional<std::string> PostWriteHook::option(std::string_view key) const {
  for (const auto& [name, value] : options) {
    if (name == key) return value;
  }
  return std::nullopt;
}

std::vector<PostWriteHook> post_write_hooks(const Config& config) {
  return config.ini().has_section("post_write_hooks") ? ini_hooks(config) : toml_hooks(config);
}

std::vector<fs::path> prepend_sys_path(const Config& config, std::vector<Advice>* advice) {
  std::vector<Advice> unused;
  const std::string names[] = {"path_separator"};
  std::vector<fs::path> out;
  for (const std::string& path :
       path_list(config, "prepend_sys_path", names, ", :", advice ? *advice : unused)) {
    out.push_back(config.absolute(path));
  }
  return out;
}

namespace {

// Where a configuration is, for somebody who is in the wrong folder: above this one or just below.
std::string other_place(const Config& config) {
  const fs::path here = config.directory();
  std::error_code ignored;
  std::vector<fs::path> folders;
  for (fs::path at = here; at.has_relative_path(); at = at.parent_path()) {
    folders.push_back(at.parent_path());
  }
  std::vector<fs::path> below;
  for (const auto& entry : fs::directory_iterator(here, ignored)) {
    if (entry.is_directory(ignored)) below.push_back(entry.path());
  }
  std::ranges::sort(below);
  folders.insert(folders.end(), below.begin(), below.end());
  for (const fs::path& folder : folders) {
    if (!fs::is_regular_file(folder / config.ini_name(), ignored)) continue;
    std::string file = (folder / config.ini_name()).lexically_relative(here).string();
    return file + " is one: go to its folder, or give it with -c " + file;
  }
  return "give the file with -c, or start a project with 'init'";
}

}  // namespace

std::optional<fs::path> checkout_of(const fs::path& directory) {
  std::error_code ignored;
  for (fs::path at = directory; !at.empty(); at = at.parent_path()) {
    if (fs::exists(at / ".git", ignored)) return at;
    if (at == at.root_path()) break;
  }
  return std::nullopt;
}

Settings read_settings(const Config& config) {
  Settings out;
  std::optional<std::string> location = config.text("script_location");
  if (!location) location = folder_beside(config);
  if (!location || location->empty()) {
    Error error(code::kConfig, "No 'script_location' key found in configuration.");
    bool section = config.ini().has_section(config.main_section());
    if (!config.has_ini_file() && config.toml().entries.empty()) {
      error.with_hint("there is no " + config.ini_name() + " here, and no [tool.alembic] in " +
                      config.pyproject_name() + ": " + other_place(config));
    } else if (config.has_ini_file() && !section) {
      std::vector<std::string> sections;
      for (const std::string& name : config.ini().sections()) {
        if (config.ini().has_option(name, "script_location")) sections.push_back(name);
      }
      std::string meant = did_you_mean(config.main_section(), sections);
      error.with_hint(config.ini_name() + " has no [" + config.main_section() + "] section" +
                      (meant.empty() ? "" : ": " + meant));
    } else {
      error.with_hint("add 'script_location = alembic', the folder of env.py");
    }
    throw error;
  }
  out.prepend_sys_path = prepend_sys_path(config, &out.advice);
  out.script_location = resource_path(config, *location, out.prepend_sys_path, "script_location");
  out.script_directory = config.absolute(out.script_location);
  // Flask-Migrate gives its folder whatever the file says, and some say '.'.
  std::error_code ignored;
  if (!fs::exists(out.script_directory / "env.py", ignored)) {
    if (const std::optional<std::string> beside = folder_beside(config)) {
      out.script_location = *beside;
      out.script_directory = config.absolute(*beside);
    }
  }

  const std::string separators[] = {"path_separator", "version_path_separator"};
  for (const std::string& path :
       path_list(config, "version_locations", separators, ", ", out.advice)) {
    out.version_locations.push_back(
        config.absolute(resource_path(config, path, out.prepend_sys_path, "version_locations")));
  }
  if (out.version_locations.empty()) {
    out.version_locations.push_back(out.script_directory / "versions");
  }

  if (auto text = config.text("file_template")) out.file_template = *text;
  out.truncate_slug_length = integer(config, "truncate_slug_length", out.truncate_slug_length);
  out.timezone = config.text("timezone");
  if (out.timezone && out.timezone->empty()) out.timezone.reset();
  out.recursive_version_locations = boolean(config, "recursive_version_locations", out.advice);
  out.revision_environment = own_boolean(config, "revision_environment");
  out.sourceless = boolean(config, "sourceless", out.advice);
  if (auto text = config.text("output_encoding")) out.output_encoding = *text;
  out.post_write_hooks = post_write_hooks(config);

  if (auto text = config.text("version_table"); text && !text->empty()) out.version_table = *text;
  out.version_table_schema = config.text("version_table_schema");
  if (out.version_table_schema && out.version_table_schema->empty()) {
    out.version_table_schema.reset();
  }
  out.transaction_per_migration = own_boolean(config, "transaction_per_migration");
  out.retort_history = own_boolean(config, "retort_history");
  out.use_env_py = own_boolean(config, "use_env_py", true);
  out.target_metadata = own_list(config, "target_metadata", "exec:");
  out.model_modules = own_list(config, "model_modules");
  const auto optional = [&](std::string_view name, std::optional<bool>& target) {
    if (config.option(name)) target = own_boolean(config, name);
  };
  optional("compare_type", out.compare_type);
  optional("compare_server_default", out.compare_server_default);
  optional("include_schemas", out.include_schemas);
  optional("render_as_batch", out.render_as_batch);
  out.include = own_list(config, "include_objects");
  out.exclude = own_list(config, "exclude_objects");
  return out;
}

std::map<std::string, std::string> sqlalchemy_options(const Config& config) {
  constexpr std::string_view kPrefix = "sqlalchemy.";
  std::map<std::string, std::string> out;
  for (const TomlValue& entry : config.toml().entries) {
    if (entry.key.starts_with(kPrefix)) {
      out[entry.key.substr(kPrefix.size())] = config.text(entry.key).value_or("");
    } else if (entry.key == "sqlalchemy" && entry.table() != nullptr) {
      for (const TomlValue& inner : entry.table()->entries) {
        out[inner.key] = config.text(std::string(kPrefix) + inner.key).value_or("");
      }
    }
  }
  for (const auto& [name, value] : config.ini().items(config.main_section())) {
    if (name.starts_with(kPrefix)) out[name.substr(kPrefix.size())] = value;
  }
  return out;
}

}  // namespace retort::config
