#include "script/new_script.h"

#include <random>

#include "base/file.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"
#include "python/parser.h"
#include "script/file_name.h"
#include "script/header.h"
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

void verify(const std::string& text, const NewRevision& revision) {
  const std::string name = revision.revision + ".py";
  auto source = std::make_shared<Source>(name, text);
  try {
    python::parse(source);
    read_script(source, name);
  } catch (Error& error) {
    error.with_context("what script.py.mako makes is no revision");
    error.with_hint("nothing was written; mend the template, or the message if it came from there");
    throw;
  }
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
    std::string text = revision_text(template_source(settings), revision, evaluator, more);
    verify(text, revision);
    return text;
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

std::string encoded(const std::string& text, const config::Settings& settings,
                    python::Evaluator& evaluator) {
  const python::Value arguments[] = {evaluator.str(settings.output_encoding)};
  try {
    return evaluator.call_method(evaluator.str(text), "encode", arguments)
        .get<python::Bytes>()
        ->data;
  } catch (const python::Raised& raised) {
    Error error = evaluator.error_from(raised);
    error.with_context("output_encoding = " + settings.output_encoding);
    throw error;
  }
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
