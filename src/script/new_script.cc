#include "script/new_script.h"

#include <random>

#include "base/file.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"
#include "script/file_name.h"
#include "script/slug.h"
#include "script/templates.h"

namespace retort::script {

namespace {

SourcePtr generic_template() {
  const TemplateFile* file = find_template("generic").find("script.py.mako");
  return std::make_shared<Source>("script.py.mako", std::string(file->text));
}

SourcePtr template_source(const config::Settings& settings) {
  std::filesystem::path path = settings.script_directory / "script.py.mako";
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return std::make_shared<Source>(path.string(), read_file(path));
  }
  return generic_template();
}

}  // namespace

std::string new_revision_id() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device random;
  std::string id;
  for (int i = 0; i < 12; ++i) id += kDigits[random() % kDigits.size()];
  return id;
}

std::string render(const NewRevision& revision, const config::Settings& settings,
                   python::Evaluator& evaluator, const MakoValues& more) {
  try {
    return revision_text(template_source(settings), revision, evaluator, more);
  } catch (Error& error) {
    if (error.message().starts_with("NameError: ")) {
      error.with_hint(
          "a template has message, up_revision, down_revision, branch_labels, depends_on, "
          "create_date, upgrades, downgrades, imports, comma, config, and the template_args of "
          "context.configure() where env.py runs: with --autogenerate, or for every revision with "
          "revision_environment = true");
    }
    throw;
  }
}

std::string render(const NewRevision& revision) {
  python::Evaluator evaluator;
  modules::bind_stdlib(evaluator, {});
  return revision_text(generic_template(), revision, evaluator);
}

std::filesystem::path file_path(const NewRevision& revision, const std::string& message,
                                const config::Config& config, const config::Settings& settings,
                                const std::filesystem::path& version_location) {
  FileNameParts parts{revision.revision, slug(message, settings.truncate_slug_length),
                      revision.create_date};
  return version_location /
         file_name(settings.file_template, parts, "py", config.place("file_template"));
}

}  // namespace retort::script
