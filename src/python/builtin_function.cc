#include "python/builtin_function.h"

#include <string>

#include "python/builtin.h"
#include "python/builtin_text.h"
#include "python/evaluator_state.h"
#include "python/unicode.h"

namespace retort::python {

void Evaluator::print(std::string_view text) {
  if (interpreter_->options.print) interpreter_->options.print(text);
}

namespace {

std::string_view row_name(const MethodRow& row) {
  return row.signature.substr(0, row.signature.find('('));
}

Value print(Evaluator& evaluator, Arguments& args) {
  const auto text_or = [&](std::string_view name, std::string_view otherwise) {
    const Value given = args[name];
    if (!given || given.is_none()) return std::string(otherwise);
    if (!given.is_str()) {
      evaluator.type_error(std::string(name) + " must be None or a string, not " +
                           evaluator.type_name(given));
    }
    return given.as_str();
  };
  const std::string separator = text_or("sep", " ");
  std::string text;
  bool first = true;
  for (const Value& item : args.rest()) {
    if (!first) text += separator;
    first = false;
    text += evaluator.to_str(item);
  }
  text += text_or("end", "\n");
  const Value file = args["file"];
  if (file && !file.is_none()) {
    const Value pieces[] = {evaluator.str(text)};
    evaluator.call_method(file, "write", pieces);
  } else {
    evaluator.print(text);
  }
  return Value::none();
}

Value open(Evaluator& evaluator, Arguments& args) {
  if (!evaluator.has_native_module("io")) {
    evaluator.raise_hinted("OSError", "open() isn't available here",
                           "files can be read only while a project is evaluated");
  }
  std::vector<Value> values = {args[0]};
  std::vector<NamedValue> named;
  for (const std::string_view name : {"mode", "encoding", "errors", "newline"}) {
    if (const Value given = args[name]) named.push_back({name, given});
  }
  return evaluator.call(evaluator.get_attr(evaluator.import_module("io"), "open"), values, named);
}

Value import(Evaluator& evaluator, Arguments& args) {
  const std::string& name = text_argument(evaluator, args[0], "__import__", "argument 1");
  const Value module = evaluator.import_module(name);
  const bool whole = args["fromlist"] && evaluator.truthy(args["fromlist"]);
  const std::size_t dot = name.find('.');
  return whole || dot == std::string::npos ? module : evaluator.import_module(name.substr(0, dot));
}

[[noreturn]] void refuse(Evaluator& evaluator, Arguments& args, std::string hint) {
  evaluator.raise_hinted("RuntimeError",
                         args.signature().name + "() isn't available in evaluated files",
                         std::move(hint));
}

Value refuse_code(Evaluator& evaluator, Arguments& args) {
  refuse(evaluator, args, "write the code out: the text that would be run can't be checked");
}
Value refuse_input(Evaluator& evaluator, Arguments& args) {
  refuse(evaluator, args,
         "pass the value with -x name=value and read it with context.get_x_argument()");
}
Value leave(Evaluator& evaluator, Arguments& args) {
  std::vector<Value> code;
  if (args[0]) code.push_back(args[0]);
  evaluator.raise(evaluator.call(evaluator.builtin("SystemExit"), code));
}
Value nothing(Evaluator&, Arguments&) { return Value::none(); }

constexpr MethodRow kFunctions[] = {
    {"print(*values, sep=' ', end='\\n', file=None, flush=False)", print},
    {"open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, "
     "opener=None)",
     open},
    {"__import__(name, globals=None, locals=None, fromlist=(), level=0)", import},
    {"eval(source, globals=None, locals=None, /)", refuse_code},
    {"exec(source, globals=None, locals=None, /, *, closure=None)", refuse_code},
    {"compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)", refuse_code},
    {"input(prompt='', /)", refuse_input},
    {"exit(code=None)", leave},
    {"quit(code=None)", leave},
    {"breakpoint(*args, **kws)", nothing},
    {"help(request=None)", nothing},
};

}  // namespace

Value make_builtin(Evaluator& evaluator, std::string_view name) {
  for (const std::span<const MethodRow> rows :
       {std::span<const MethodRow>(kFunctions), number_functions(), iteration_functions(),
        object_functions()}) {
    for (const MethodRow& row : rows) {
      if (row_name(row) == name) return evaluator.function(row.signature, row.call);
    }
  }
  return {};
}

std::vector<std::string> builtin_names() {
  std::vector<std::string> names;
  for (const std::span<const MethodRow> rows :
       {std::span<const MethodRow>(kFunctions), number_functions(), iteration_functions(),
        object_functions()}) {
    for (const MethodRow& row : rows) names.emplace_back(row_name(row));
  }
  return names;
}

}  // namespace retort::python
