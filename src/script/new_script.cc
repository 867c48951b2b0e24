#include "script/new_script.h"

#include <random>

#include "base/file.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"
#include "script/file_name.h"
#include "script/slug.h"
#include "script/templates.h"

namespace retort::script {

using python::Evaluator;
using python::Value;

namespace {

// What templates ask of `config`.
Value config_value(Evaluator& evaluator, const config::Config& config) {
  python::Class* cls = evaluator.define_class("Config", "alembic.config");
  evaluator.define(*cls, "get_main_option(self, name, default=None)",
                   [&config](Evaluator& e, python::Arguments& args) {
                     auto text = config.get_main_option(e.to_str(args["name"]));
                     if (text) return e.str(*text);
                     return args.given("default") ? args["default"] : Value::none();
                   });
  return evaluator.new_instance(cls);
}

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

std::string render(const NewRevision& revision, const config::Config& config,
                   const config::Settings& settings) {
  Evaluator evaluator;
  modules::bind_stdlib(evaluator, {});
  return revision_text(template_source(settings), revision, evaluator,
                       {{"config", config_value(evaluator, config)}});
}

std::string render(const NewRevision& revision) {
  Evaluator evaluator;
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
