#include "runtime/environment.h"

#include "config/type_map.h"

namespace retort::runtime {

namespace fs = std::filesystem;

namespace {

// The checkout that the directory lies in; else the folder of the outermost package that it is a
// part of; else the directory itself.
fs::path project_folder(const fs::path& directory) {
  if (std::optional<fs::path> checkout = config::checkout_of(directory)) return *checkout;
  std::error_code ignored;
  fs::path at = directory;
  while (at.has_relative_path() && fs::exists(at / "__init__.py", ignored)) at = at.parent_path();
  return at;
}

// Where packages are that a Python project would have installed: beside the configuration, in
// src/, and in the folders from the scripts up to the checkout.
std::vector<fs::path> source_folders(const fs::path& directory, const fs::path& project,
                                     const fs::path& scripts) {
  std::vector<fs::path> folders{directory, directory / "src"};
  for (fs::path at = scripts.lexically_normal(); at.has_relative_path(); at = at.parent_path()) {
    if (at == project || at.lexically_relative(project).string().starts_with("..")) break;
    folders.push_back(at.parent_path());
    folders.push_back(at.parent_path() / "src");
  }
  if (project != directory) {
    folders.push_back(project);
    folders.push_back(project / "src");
  }
  return folders;
}

}  // namespace

Environment read_environment(const config::Config& config, const config::Settings& settings,
                             std::string tag) {
  Environment environment = read_settings(config, settings, std::move(tag));
  environment.database = config::database_url(config);
  return environment;
}

Environment read_settings(const config::Config& config, const config::Settings& settings,
                          std::string tag) {
  Environment environment;
  environment.version_table = settings.version_table;
  environment.version_table_schema = settings.version_table_schema.value_or("");
  environment.transaction_per_migration = settings.transaction_per_migration;
  environment.keep_history = settings.retort_history;
  environment.x_arguments = config.x_arguments();
  environment.tag = std::move(tag);
  environment.import_paths = settings.prepend_sys_path;
  environment.type_map = config::type_map(config);
  environment.directory = config.directory();
  environment.project_folder = project_folder(config.directory());
  environment.source_folders =
      source_folders(config.directory(), environment.project_folder, settings.script_directory);
  environment.lookup = config.environment();
  environment.lookup_names = config::process_environment_names;
  return environment;
}

}  // namespace retort::runtime
