#include "runtime/environment.h"

namespace retort::runtime {

Environment read_environment(const config::Config& config, const config::Settings& settings,
                             std::string tag) {
  Environment environment;
  environment.database = config::database_url(config);
  environment.version_table = settings.version_table;
  environment.version_table_schema = settings.version_table_schema.value_or("");
  environment.transaction_per_migration = settings.transaction_per_migration;
  environment.keep_history = settings.retort_history;
  environment.x_arguments = config.x_arguments();
  environment.tag = std::move(tag);
  environment.import_paths = settings.prepend_sys_path;
  environment.project_folder = config.directory();
  environment.lookup = config.environment();
  return environment;
}

}  // namespace retort::runtime
