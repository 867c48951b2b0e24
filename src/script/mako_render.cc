#include "script/mako_render.h"

#include <algorithm>
#include <atomic>

#include "python/parser.h"
#include "script/mako.h"

namespace retort::script {

namespace {

// Mako's UNDEFINED stands for every name that is not defined: which one it was says its place.
Error with_name(const Error& error) {
  std::string_view at = error.place() ? error.place().source->text(error.place().span) : "";
  std::size_t end = std::min(at.find_first_not_of("abcdefghijklmnopqrstuvwxyz"
                                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"),
                             at.size());
  if (error.message() != "NameError: a name that is not defined" || end == 0) return error;
  Error named(error.code(),
              "NameError: name '" + std::string(at.substr(0, end)) + "' is not defined");
  named.with_place(error.place());
  named.with_calls(error.calls());
  return named;
}

}  // namespace

std::string render_mako(const SourcePtr& source, python::Evaluator& evaluator,
                        const MakoValues& values) {
  // One evaluator may render many templates, each with its own variables.
  static std::atomic<unsigned> count{0};
  std::string module_name = "_mako_values_" + std::to_string(++count);
  std::vector<std::string> names;
  for (const auto& [name, value] : values) names.push_back(name);
  MakoProgram program = translate_mako(source, names, module_name);
  evaluator.bind_module(module_name, [&values](python::Evaluator& own, python::Module& module) {
    python::Dict* dict = own.dict();
    for (const auto& [name, value] : values) dict->set(own, own.str(name), value);
    module.attributes.set("values", dict);
  });
  try {
    python::Module* module = evaluator.run(python::parse(program.python), source->path());
    return module->attributes.find("_mako_result").as_str();
  } catch (const Error& error) {
    throw with_name(program.original(error));
  }
}

}  // namespace retort::script
