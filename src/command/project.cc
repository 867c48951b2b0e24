#include "command/project.h"

#include <filesystem>

#include "base/file.h"
#include "script/header.h"
#include "script/sql_script.h"

namespace retort::command {

namespace fs = std::filesystem;

namespace {

// The id of the revision that a file holds; nullopt where it holds none, or none that can be read.
// Of a compiled one the id is looked for, the rest is up to the compiler.
std::optional<std::string> revision_of(const fs::path& file) {
  std::string extension = file.extension().string();
  if (extension == ".py" || extension == ".sql") {
    try {
      auto source = std::make_shared<Source>(file.string(), read_file(file));
      if (extension == ".sql" && !script::is_sql_revision(source->text())) return {};
      return script::read_script(std::move(source), file).revision.id;
    } catch (const Error&) {
      return {};
    }
  }
  if (extension != ".cc" && extension != ".cpp") return {};
  std::string text = read_file(file);
  std::size_t at = text.find("RETORT_REVISION");
  if (at != std::string::npos) at = text.find(".id", at);
  if (at != std::string::npos) at = text.find('"', at);
  if (at == std::string::npos) return {};
  return text.substr(at + 1, text.find('"', at + 1) - at - 1);
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
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(folder, missing)) {
      std::optional<std::string> id = revision_of(entry.path());
      if (!id || directory.graph().find(*id)) continue;
      throw Error(code::kUsage, "revision '" + *id + "' is not in this program yet")
          .with_hint("its file is " + entry.path().string() + ": build the program again first");
    }
  }
}

void Project::run(runtime::Request request, Output& output, runtime::Log& log,
                  const runtime::EnvironmentRun::Action& action) const {
  request.target_metadata = metadata;
  runtime::EnvironmentRun environment(config, settings, directory, std::move(request), log,
                                      [&output](std::string_view text) { output.raw(text); });
  environment.run(action);
}

}  // namespace retort::command
