#include "command/project.h"

namespace retort::command {

Project Project::open(config::ConfigRequest request, Output& output) {
  config::Config config = config::Config::load(std::move(request));
  config::Settings settings = config::read_settings(config);
  for (const config::Advice& advice : settings.advice) output.warning(advice.message);
  script::Directory directory = script::Directory::load(settings);
  for (const std::string& warning : directory.warnings()) output.warning(warning);
  return {std::move(config), std::move(settings), std::move(directory)};
}

runtime::Environment Project::environment(std::string tag) const {
  return runtime::read_environment(config, settings, std::move(tag));
}

runtime::Migrator Project::migrator(runtime::Log& log) const {
  return runtime::Migrator(directory, environment(), log);
}

}  // namespace retort::command
