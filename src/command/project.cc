#include "command/project.h"

#include <filesystem>

#include "base/file.h"

namespace retort::command {

namespace fs = std::filesystem;

namespace {

// The ids of the revisions in a folder, with their files. Of a compiled one the id is looked for,
// the rest is up to the compiler.
std::vector<std::pair<std::string, fs::path>> revisions_in(const fs::path& folder) {
  std::vector<std::pair<std::string, fs::path>> out;
  script::Directory directory = script::Directory::load(folder, false);
  for (const script::Script& script : directory.scripts()) {
    out.emplace_back(script.revision.id, script.path);
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::string extension = entry.path().extension().string();
    if (extension != ".cc" && extension != ".cpp") continue;
    std::string text = read_file(entry.path());
    std::size_t at = text.find("RETORT_REVISION");
    if (at != std::string::npos) at = text.find(".id", at);
    if (at != std::string::npos) at = text.find('"', at);
    if (at == std::string::npos) continue;
    out.emplace_back(text.substr(at + 1, text.find('"', at + 1) - at - 1), entry.path());
  }
  return out;
}

}  // namespace

Project Project::open(config::ConfigRequest request, Output& output, const Embedded* embedded) {
  if (embedded != nullptr) request.ini_text = embedded->ini;
  config::Config config = config::Config::load(std::move(request));
  config::Settings settings = config::read_settings(config);
  for (const config::Advice& advice : settings.advice) output.warning(advice.message);
  script::Directory directory = embedded != nullptr && embedded->has_scripts
                                    ? script::Directory::of(embedded->scripts)
                                    : script::Directory::load(settings);
  for (const std::string& warning : directory.warnings()) output.warning(warning);
  return {std::move(config),
          std::move(settings),
          std::move(directory),
          embedded != nullptr ? embedded->metadata : nullptr,
          embedded == nullptr || embedded->has_source,
          embedded != nullptr && embedded->has_scripts};
}

void Project::require_built_in() const {
  if (!has_scripts || !has_source) return;
  for (const fs::path& folder : settings.version_locations) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) continue;
    for (const auto& [id, file] : revisions_in(folder)) {
      if (directory.graph().find(id)) continue;
      throw Error(code::kUsage, "revision '" + id + "' is not in this program yet")
          .with_hint("its file is " + file.string() + ": build the program again first");
    }
  }
}

void Project::run(runtime::Request request, Output& output, runtime::Log& log,
                  const runtime::EnvironmentRun::Action& action) const {
  environment(std::move(request), output, log)->run(action);
}

std::unique_ptr<runtime::EnvironmentRun> Project::environment(runtime::Request request,
                                                              Output& output,
                                                              runtime::Log& log) const {
  request.target_metadata = metadata;
  return std::make_unique<runtime::EnvironmentRun>(
      config, settings, directory, std::move(request), log,
      [&output](std::string_view text) { output.raw(text); });
}

}  // namespace retort::command
