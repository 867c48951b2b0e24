#include "script/new_script.h"

#include <array>
#include <random>

#include "base/file.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"
#include "script/file_name.h"
#include "script/mako.h"
#include "script/slug.h"
#include "script/templates.h"

namespace retort::script {

using python::Evaluator;
using python::Value;

namespace {

constexpr std::string_view kValuesModule = "retort.template_values";
const auto kNames = std::to_array<std::string>(
    {"message", "up_revision", "down_revision", "branch_labels", "depends_on", "create_date",
     "comma", "imports", "upgrades", "downgrades", "config"});

Value tuple_of(Evaluator& evaluator, const std::vector<std::string>& texts) {
  std::vector<Value> items;
  for (const std::string& text : texts) items.push_back(evaluator.str(text));
  return evaluator.tuple(std::move(items));
}

// None, a str, or a tuple of several.
Value scalar_of(Evaluator& evaluator, const std::vector<std::string>& texts) {
  if (texts.empty()) return Value::none();
  return texts.size() == 1 ? evaluator.str(texts[0]) : tuple_of(evaluator, texts);
}

Value comma_filter(Evaluator& evaluator) {
  return evaluator.function("comma(value)", [](Evaluator& e, python::Arguments& args) {
    if (args[0].is_none()) return e.str("");
    if (args[0].is_str()) return args[0];
    std::string text;
    for (Value item : e.items(args[0])) text += (text.empty() ? "" : ", ") + e.to_str(item);
    return e.str(text);
  });
}

Value date_value(Evaluator& evaluator, const CreateDate& date) {
  Value module = evaluator.import_module("datetime");
  std::vector<python::NamedValue> zone;
  if (date.offset) {
    std::array<Value, 1> seconds{Value::integer(*date.offset)};
    std::array<python::NamedValue, 1> named{{{"seconds", seconds[0]}}};
    Value delta = evaluator.call_method(module, "timedelta", {}, named);
    zone.push_back({"tzinfo", evaluator.call_method(module, "timezone", std::array{delta})});
  }
  std::array<Value, 7> parts{Value::integer(date.year),       Value::integer(date.month),
                             Value::integer(date.day),        Value::integer(date.hour),
                             Value::integer(date.minute),     Value::integer(date.second),
                             Value::integer(date.microsecond)};
  return evaluator.call_method(module, "datetime", parts, zone);
}

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

void fill(Evaluator& evaluator, python::Dict& values, const NewScript& script,
          const config::Config& config) {
  auto set = [&](std::string_view name, Value value) {
    values.set(evaluator, evaluator.str(name), value);
  };
  set("message", evaluator.str(script.message.value_or("empty message")));
  set("up_revision", evaluator.str(script.id));
  set("down_revision", scalar_of(evaluator, script.down_revisions));
  set("branch_labels",
      script.branch_labels.empty() ? Value::none() : tuple_of(evaluator, script.branch_labels));
  set("depends_on", scalar_of(evaluator, script.depends_on));
  set("create_date", date_value(evaluator, script.date));
  set("comma", comma_filter(evaluator));
  set("imports", evaluator.str(script.imports));
  set("upgrades", evaluator.str(script.upgrades));
  set("downgrades", evaluator.str(script.downgrades));
  set("config", config_value(evaluator, config));
}

SourcePtr template_source(const config::Settings& settings) {
  std::filesystem::path path = settings.script_directory / "script.py.mako";
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    return std::make_shared<Source>(path.string(), read_file(path));
  }
  const TemplateFile* file = find_template("generic").find("script.py.mako");
  return std::make_shared<Source>("script.py.mako", std::string(file->text));
}

}  // namespace

std::string new_revision_id() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::random_device random;
  std::string id;
  for (int i = 0; i < 12; ++i) id += kDigits[random() % kDigits.size()];
  return id;
}

std::string render(const NewScript& script, const config::Config& config,
                   const config::Settings& settings) {
  MakoProgram program = translate_mako(template_source(settings), kNames, kValuesModule);
  Evaluator evaluator;
  modules::bind_stdlib(evaluator, {});
  evaluator.bind_module(std::string(kValuesModule), [&](Evaluator& e, python::Module& module) {
    python::Dict* values = e.dict();
    fill(e, *values, script, config);
    module.attributes.set("values", values);
  });
  try {
    python::Module* module = evaluator.run(python::parse(program.python), "script.py.mako");
    Value text = module->attributes.find("_mako_result");
    return evaluator.to_str(text);
  } catch (const Error& error) {
    throw program.original(error);
  }
}

std::filesystem::path file_path(const NewScript& script, const config::Config& config,
                                const config::Settings& settings,
                                const std::filesystem::path& version_location) {
  FileNameParts parts{
      script.id,
      slug(script.message.value_or(""), settings.truncate_slug_length),
      script.date};
  return version_location /
         file_name(settings.file_template, parts, "py", config.place("file_template"));
}

}  // namespace retort::script
