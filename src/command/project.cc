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

void Project::run(runtime::Request request, Output& output, runtime::Log& log,
                  const runtime::EnvironmentRun::Action& action) const {
  runtime::EnvironmentRun environment(config, settings, directory, std::move(request), log,
                                      [&output](std::string_view text) { output.raw(text); });
  environment.run(action);
}

}  // namespace retort::command
