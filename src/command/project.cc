#include "command/project.h"

namespace retort::command {

Project Project::open(config::ConfigRequest request, Output& output, const Embedded* embedded) {
  if (embedded != nullptr) request.ini_text = embedded->ini;
  config::Config config = config::Config::load(std::move(request));
  config::Settings settings = config::read_settings(config);
  for (const config::Advice& advice : settings.advice) output.warning(advice.message);
  script::Directory directory = embedded != nullptr && embedded->has_scripts
                                    ? script::Directory::of(embedded->scripts)
                                    : script::Directory::load(settings);
  for (const std::string& warning : directory.warnings()) output.warning(warning);
  return {std::move(config), std::move(settings), std::move(directory),
          embedded != nullptr ? embedded->metadata : nullptr,
          embedded == nullptr || embedded->has_source};
}

void Project::run(runtime::Request request, Output& output, runtime::Log& log,
                  const runtime::EnvironmentRun::Action& action) const {
  request.target_metadata = metadata;
  runtime::EnvironmentRun environment(config, settings, directory, std::move(request), log,
                                      [&output](std::string_view text) { output.raw(text); });
  environment.run(action);
}

}  // namespace retort::command
