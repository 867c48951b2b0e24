#include "script/header.h"

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"
#include "python/header.h"
#include "python/parser.h"
#include "script/sql_script.h"

namespace retort::script {

using python::Evaluator;
using python::Module;
using python::Value;

namespace {

// Alembic before 0.2 had the id in the file's name alone.
std::string legacy_id(const std::filesystem::path& path) {
  std::string stem = path.stem().string();
  if (stem.find_first_not_of("0123456789abcdef") == std::string::npos) return stem;
  throw Error(code::kScript, "Could not determine revision id from filename " +
                                 path.filename().string() +
                                 ". Be sure the 'revision' variable is declared inside the script.")
      .with_hint("a file that is no revision does not belong into a version location");
}

std::string one_name(Evaluator& evaluator, Value value, std::string_view variable) {
  if (value.is_str()) return value.as_str();
  if (auto* unknown = value.get<python::Unknown>()) evaluator.refuse_unknown(*unknown, variable);
  evaluator.type_error("the module variable '" + std::string(variable) +
                       "' must hold revision ids as strings, not " + evaluator.repr(value));
}

std::vector<std::string> names(Evaluator& evaluator, const Module& module,
                               std::string_view variable) {
  Value value = module.attributes.find(variable);
  if (!value || value.is_none()) return {};
  if (value.is_str()) return {value.as_str()};
  std::vector<std::string> out;
  for (Value item : evaluator.items(value)) out.push_back(one_name(evaluator, item, variable));
  return out;
}

std::vector<std::string> names(const std::optional<python::HeaderValue>& value) {
  std::vector<std::string> out;
  if (value) {
    for (const auto& item : value->items) out.push_back(item.text);
  }
  return out;
}

Script plain_header(const python::ScriptHeader& header, const std::filesystem::path& path) {
  Script script;
  script.path = path;
  bool has_id = header.revision && !header.revision->items.empty();
  script.revision.id = has_id ? header.revision->items[0].text : legacy_id(path);
  script.revision.down_revisions = names(header.down_revision);
  script.revision.depends_on = names(header.depends_on);
  script.revision.branch_labels = names(header.branch_labels);
  script.text = trim(header.doc.value_or(""));
  return script;
}

Script evaluate_header(const SourcePtr& source, const std::filesystem::path& path) {
  // alembic and sqlalchemy stay unknown here: a header that depends on them can't be known without
  // a run.
  Evaluator evaluator;
  modules::bind_stdlib(evaluator, {});
  Script script;
  script.path = path;
  try {
    Module* module = evaluator.run(python::parse(source), path.stem().string());
    Value id = module->attributes.find("revision");
    script.revision.id =
        id && !id.is_none() ? one_name(evaluator, id, "revision") : legacy_id(path);
    script.revision.down_revisions = names(evaluator, *module, "down_revision");
    script.revision.depends_on = names(evaluator, *module, "depends_on");
    script.revision.branch_labels = names(evaluator, *module, "branch_labels");
    Value doc = module->attributes.find("__doc__");
    if (doc && doc.is_str()) script.text = trim(doc.as_str());
  } catch (const python::Raised& raised) {
    throw evaluator.error_from(raised);
  }
  return script;
}

}  // namespace

Script read_script(SourcePtr source, const std::filesystem::path& path) {
  Script script;
  if (path.extension() == ".sql") {
    script = read_sql_header(source, path);
  } else if (auto header = python::scan_header(source->text())) {
    script = plain_header(*header, path);
  } else {
    script = evaluate_header(source, path);
  }
  script.embedded = std::move(source);
  return script;
}

Script read_script(const std::filesystem::path& path) {
  Script script = read_script(std::make_shared<Source>(path.string(), read_file(path)), path);
  // Histories are long and most of them are never run: the text is read again when it is.
  script.embedded.reset();
  return script;
}

}  // namespace retort::script
