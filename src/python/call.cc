#include <algorithm>
#include <utility>

#include "base/text.h"
#include "python/evaluator_state.h"

// Calls, functions, and binding of native signatures.
namespace retort::python {

namespace {

struct FrameLease {
  Interpreter& in;
  Frame* frame;
  ~FrameLease() {
    if (frame) in.give_frame(frame);
  }
  Frame* release() { return std::exchange(frame, nullptr); }
};

}  // namespace

Value Interpreter::call(Value callee, std::span<const Value> args,
                        std::span<const NamedValue> keywords) {
  if (!callee.is_object()) {
    ev.type_error("'" + type_of(callee)->name + "' object is not callable");
  }
  Object* object = callee.object();
  switch (object->kind) {
    case ObjectKind::kFunction:
      return call_function(static_cast<Function*>(object), Value(), args, keywords);
    case ObjectKind::kNativeFunction:
      return call_native(static_cast<NativeFunction*>(object), Value(), args, keywords);
    case ObjectKind::kBoundMethod: {
      const BoundMethod* method = static_cast<BoundMethod*>(object);
      return call(Method{method->function, method->self}, args, keywords);
    }
    case ObjectKind::kClass: {
      Class* cls = static_cast<Class*>(object);
      if (cls->metaclass) {
        if (const Method custom = special(callee, "__call__"); custom.function) {
          return call(custom, args, keywords);
        }
      }
      enter_call();
      return call_class(cls, args, keywords);
    }
    case ObjectKind::kStaticMethod:
      return call(static_cast<StaticMethod*>(object)->function, args, keywords);
    case ObjectKind::kUnknown:
      step();
      return unknown(static_cast<Unknown*>(object)->origin + describe_arguments(args, keywords));
    default:
      break;
  }
  if (has_special(callee)) {
    if (const Method custom = special(callee, "__call__"); custom.function) {
      return call(custom, args, keywords);
    }
    if (type_of(callee)->unknown_base) return unknown(type_of(callee)->name + "()()");
  }
  if (object->kind == ObjectKind::kInstance) {
    Class* cls = type_of(callee);
    if (const Value found = cls->native ? cls->lookup("__call__") : Value()) {
      return call(Method{found, callee}, args, keywords);
    }
  }
  ev.type_error("'" + type_of(callee)->name + "' object is not callable");
}

Value Interpreter::call(const Method& method, std::span<const Value> args,
                        std::span<const NamedValue> keywords) {
  if (!method.self) return call(method.function, args, keywords);
  if (Function* function = method.function.get<Function>()) {
    return call_function(function, method.self, args, keywords);
  }
  if (NativeFunction* function = method.function.get<NativeFunction>()) {
    return call_native(function, method.self, args, keywords);
  }
  ValueBuffer all;
  all.push_back(method.self);
  for (const Value& arg : args) all.push_back(arg);
  return call(method.function, all.span(), keywords);
}

// type.__call__
Value Interpreter::call_class(Class* cls, std::span<const Value> args,
                              std::span<const NamedValue> keywords) {
  if (cls == type_class || (cls->is_metaclass && cls == builtin_class("type"))) {
    if (args.size() == 1 && keywords.empty()) return type_of(args[0]);
    if (args.size() != 3) ev.type_error("type() takes 1 or 3 arguments");
  }
  return instantiate(cls, args, keywords);
}

Value Interpreter::call_function(Function* function, Value self, std::span<const Value> args,
                                 std::span<const NamedValue> keywords) {
  enter_call();
  FrameLease lease{*this, take_frame()};
  Frame& frame = *lease.frame;
  frame.scope = function->scope;
  frame.module = function->module;
  frame.source = &function->source;
  frame.function = function;
  frame.closure = function->closure;
  frame.class_cell = function->class_cell;
  frame.collects = std::exchange(callee_collects, false) && !function->is_async &&
                   !function->scope->is_generator;
  frame.slots.resize(function->scope->slots);
  bind_parameters(function, self, args, keywords, frame.slots.data());
  make_cells(frame);
  if (function->is_async || function->scope->is_generator) {
    return make_generator(function, lease.release());
  }
  const FrameGuard guard(*this, &frame);
  if (function->lambda) return eval(frame, function->lambda->body);
  frame.span = function->definition->span;
  frame.stack.push_back({.block = function->definition->body});
  run(frame);
  return frame.result ? frame.result : Value::none();
}

void Interpreter::make_cells(Frame& frame) {
  for (const std::uint32_t slot : frame.scope->cell_slots) {
    frame.slots[slot] = ev.make<Cell>(frame.slots[slot]);
  }
}

void Interpreter::capture(Frame& frame, const ast::ScopeInfo& scope, std::vector<Cell*>& closure) {
  closure.reserve(scope.captures.size());
  for (const auto& capture : scope.captures) {
    closure.push_back(capture.from_closure ? frame.closure[capture.index]
                                           : frame.slots[capture.index].get<Cell>());
  }
}

// ---- native functions

Value Interpreter::call_native(NativeFunction* function, Value self, std::span<const Value> args,
                               std::span<const NamedValue> keywords) {
  step();
  const Signature& signature = function->signature();
  Arguments arguments;
  arguments.signature_ = &signature;
  arguments.result_used_ = !std::exchange(result_unused, false);
  SmallVector<Value, 10> values;
  values.resize(signature.params.size());
  arguments.values_ = values.span();
  bind_native(*function, arguments, self, args, keywords);
  try {
    const Value result = function->call(ev, arguments);
    if (function->is_constructor) {
      Class* wanted = arguments.values_[0].get<Class>();
      if (wanted && wanted != function->owner) return ev.as_subclass(wanted, result);
    }
    return result ? result : Value::none();
  } catch (Error& error) {
    if (!error.place() && top) error.with_place(place()).with_calls(calls());
    throw;
  }
}

namespace {

std::string quoted_list(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
    text += "'" + std::string(names[i]) + "'";
  }
  return text;
}

std::string missing(std::string_view function, const std::vector<std::string_view>& names,
                    std::string_view what) {
  return std::string(function) + "() missing " + std::to_string(names.size()) + " required " +
         std::string(what) + " argument" + (names.size() == 1 ? "" : "s") + ": " +
         quoted_list(names);
}

std::string native_name(const Signature& signature) { return signature.name; }

bool is_builtin_style(const NativeFunction& function) {
  return function.is_builtin || (function.owner && function.owner->module == "builtins");
}

// With its class, as CPython shows a method of a built-in one.
std::string shown_name(const NativeFunction& function) {
  if (function.is_constructor) return function.owner->name;
  return (function.owner ? function.owner->name + "." : "") + std::string(function.name);
}

bool all_positional(const Signature& signature) {
  return std::all_of(signature.params.begin(), signature.params.end(), [](const auto& param) {
    return param.kind == ast::Parameter::Kind::kPositionalOnly;
  });
}

template <typename Params>
std::string suggestion(const Params& params, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& param : params) {
    if (param.kind != ast::Parameter::Kind::kVarArgs &&
        param.kind != ast::Parameter::Kind::kVarKeywords) {
      names.emplace_back(param.name);
    }
  }
  return did_you_mean(name, names);
}

}  // namespace

// CPython's own functions count their arguments in other words than functions written in Python.
void Interpreter::wrong_count(const NativeFunction& function, std::size_t given,
                              std::size_t hidden) {
  using Kind = ast::Parameter::Kind;
  const Signature& signature = function.signature();
  if (function.is_constructor) {  // called as the class; `cls` is not counted
    --given;
    ++hidden;
  }
  std::size_t most = signature.positional;
  std::size_t least = 0;
  for (const auto& param : signature.params) {
    least += param.required && (param.kind == Kind::kPlain || param.kind == Kind::kPositionalOnly);
  }
  if (!is_builtin_style(function)) {
    // As functions written in Python: `self` counts.
    const std::size_t got = given + hidden;
    std::string text = native_name(signature) + "() takes ";
    if (least != most) text += "from " + std::to_string(least) + " to ";
    text += std::to_string(most) + " positional argument" +
            (most == 1 && least == most ? "" : "s") + " but " + std::to_string(got) +
            (got == 1 ? " was given" : " were given");
    ev.type_error(std::move(text));
  }
  most -= std::min(most, hidden);
  least -= std::min(least, hidden);
  const auto arguments = [](std::size_t n) {
    return std::to_string(n) + " argument" + (n == 1 ? "" : "s");
  };
  const std::string got = std::to_string(given);
  const std::string name(function.is_constructor ? function.owner->name : function.name);
  if (least == most && most <= 1) {
    ev.type_error(shown_name(function) + "() takes " +
                  (most == 0 ? "no arguments (" : "exactly one argument (") + got + " given)");
  }
  if (!all_positional(signature)) {
    ev.type_error(name + "() takes at most " + arguments(most) + " (" + got + " given)");
  }
  const std::string bound = least == most ? "" : given < least ? "at least " : "at most ";
  ev.type_error(name + " expected " + bound + arguments(given < least ? least : most) + ", got " +
                got);
}

void Interpreter::bind_native(const NativeFunction& function, Arguments& arguments, Value self,
                              std::span<const Value> args, std::span<const NamedValue> keywords) {
  using Kind = ast::Parameter::Kind;
  const Signature& signature = function.signature();
  const auto& params = signature.params;
  std::size_t given = 0;
  const auto give = [&](Value value) {
    // Parameters that take positions stand first, up to *args.
    if (given < signature.positional) {
      arguments.values_[given] = value;
    } else if (signature.var_args >= 0) {
      arguments.rest_.push_back(value);
    }
    ++given;
  };
  if (self) give(self);
  for (const Value& arg : args) give(arg);
  if (given > signature.positional && signature.var_args < 0) {
    wrong_count(function, given - (self ? 1 : 0), self ? 1 : 0);
  }
  for (const NamedValue& keyword : keywords) {
    std::size_t at = 0;
    while (at < params.size() &&
           (params[at].name != keyword.name || params[at].kind == Kind::kPositionalOnly ||
            params[at].kind == Kind::kVarArgs || params[at].kind == Kind::kVarKeywords)) {
      ++at;
    }
    if (at < params.size()) {
      if (arguments.values_[at]) {
        ev.type_error(native_name(signature) + "() got multiple values for argument '" +
                      std::string(keyword.name) + "'");
      }
      arguments.values_[at] = keyword.value;
    } else if (signature.var_keywords >= 0) {
      arguments.keywords_.emplace_back(std::string(keyword.name), keyword.value);
    } else {
      if (is_builtin_style(function)) {
        const std::string name = shown_name(function);
        const bool none = std::none_of(params.begin(), params.end(), [](const auto& param) {
          return param.kind == Kind::kPlain || param.kind == Kind::kKeywordOnly;
        });
        if (none) ev.type_error(name + "() takes no keyword arguments");
        ev.raise_hinted("TypeError",
                        "'" + std::string(keyword.name) + "' is an invalid keyword argument for " +
                            std::string(function.name) + "()",
                        suggestion(params, keyword.name));
      }
      ev.raise_hinted("TypeError",
                      native_name(signature) + "() got an unexpected keyword argument '" +
                          std::string(keyword.name) + "'",
                      suggestion(params, keyword.name));
    }
  }
  std::vector<std::string_view> absent;
  std::vector<std::string_view> absent_named;
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (!params[i].required || arguments.values_[i]) continue;
    (params[i].kind == Kind::kKeywordOnly ? absent_named : absent).push_back(params[i].name);
  }
  if (!absent.empty() && is_builtin_style(function) && all_positional(signature)) {
    wrong_count(function, given - (self ? 1 : 0), self ? 1 : 0);
  }
  if (!absent.empty()) ev.type_error(missing(native_name(signature), absent, "positional"));
  if (!absent_named.empty()) {
    ev.type_error(missing(native_name(signature), absent_named, "keyword-only"));
  }
}

// ---- functions of evaluated code

void Interpreter::too_many_positional(Function* function, std::size_t given,
                                      std::size_t keyword_only) {
  using Kind = ast::Parameter::Kind;
  std::size_t most = 0;
  std::size_t defaults = 0;
  for (std::size_t i = 0; i < function->parameters.size(); ++i) {
    const Kind kind = function->parameters[i].kind;
    if (kind != Kind::kPlain && kind != Kind::kPositionalOnly) continue;
    ++most;
    if (function->defaults[i]) ++defaults;
  }
  std::string text = function->qualname + "() takes ";
  bool plural = most != 1;
  if (defaults > 0) {
    text += "from " + std::to_string(most - defaults) + " to ";
    plural = true;
  }
  text += std::to_string(most) + " positional argument" + (plural ? "s" : "") + " but " +
          std::to_string(given);
  if (keyword_only > 0) {
    text += " positional argument" + std::string(given == 1 ? "" : "s") + " (and " +
            std::to_string(keyword_only) + " keyword-only argument" +
            (keyword_only == 1 ? "" : "s") + ")";
  }
  text += given == 1 && keyword_only == 0 ? " was given" : " were given";
  ev.type_error(std::move(text));
}

void Interpreter::bind_parameters(Function* function, Value self, std::span<const Value> args,
                                  std::span<const NamedValue> keywords, Value* slots) {
  using Kind = ast::Parameter::Kind;
  const ast::Parameters params = function->parameters;
  const std::size_t given = args.size() + (self ? 1 : 0);
  const auto arg = [&](std::size_t i) {
    if (!self) return args[i];
    return i == 0 ? self : args[i - 1];
  };
  std::size_t at = 0;
  for (; at < params.size() && at < given; ++at) {
    if (params[at].kind != Kind::kPlain && params[at].kind != Kind::kPositionalOnly) break;
    slots[at] = arg(at);
  }
  std::ptrdiff_t var_args = -1;
  std::ptrdiff_t var_keywords = -1;
  for (std::size_t i = at; i < params.size(); ++i) {
    if (params[i].kind == Kind::kVarArgs) var_args = static_cast<std::ptrdiff_t>(i);
    if (params[i].kind == Kind::kVarKeywords) var_keywords = static_cast<std::ptrdiff_t>(i);
  }
  if (var_args >= 0) {
    std::vector<Value> rest;
    for (std::size_t i = at; i < given; ++i) rest.push_back(arg(i));
    slots[var_args] = ev.tuple(std::move(rest));
  }
  Dict* more = nullptr;
  if (var_keywords >= 0) slots[var_keywords] = more = ev.dict();
  std::size_t keyword_only = 0;
  for (const NamedValue& keyword : keywords) {
    std::size_t i = 0;
    while (i < params.size() &&
           (params[i].name != keyword.name || params[i].kind == Kind::kPositionalOnly ||
            params[i].kind == Kind::kVarArgs || params[i].kind == Kind::kVarKeywords)) {
      ++i;
    }
    if (i < params.size()) {
      if (slots[i]) {
        ev.type_error(function->qualname + "() got multiple values for argument '" +
                      std::string(keyword.name) + "'");
      }
      slots[i] = keyword.value;
      if (params[i].kind == Kind::kKeywordOnly) ++keyword_only;
      continue;
    }
    if (more) {
      more->set(ev, str(keyword.name), keyword.value);
      continue;
    }
    std::vector<std::string_view> positional_only;
    for (const ast::Parameter& param : params) {
      if (param.kind != Kind::kPositionalOnly) continue;
      for (const NamedValue& other : keywords) {
        if (other.name == param.name) positional_only.push_back(param.name);
      }
    }
    if (!positional_only.empty()) {
      std::string names;
      for (const std::string_view name : positional_only) {
        names += (names.empty() ? "" : ", ") + std::string(name);
      }
      ev.type_error(function->qualname +
                    "() got some positional-only arguments passed as keyword arguments: '" + names +
                    "'");
    }
    ev.raise_hinted("TypeError",
                    function->qualname + "() got an unexpected keyword argument '" +
                        std::string(keyword.name) + "'",
                    suggestion(params, keyword.name));
  }
  if (at < given && var_args < 0) too_many_positional(function, given, keyword_only);
  bool complete = true;
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (slots[i]) continue;
    if (function->defaults[i]) {
      slots[i] = function->defaults[i];
    } else {
      complete = false;
    }
  }
  if (complete) return;
  std::vector<std::string_view> absent;
  std::vector<std::string_view> absent_named;
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (slots[i]) continue;
    (params[i].kind == Kind::kKeywordOnly ? absent_named : absent).push_back(params[i].name);
  }
  if (!absent.empty()) ev.type_error(missing(function->qualname, absent, "positional"));
  ev.type_error(missing(function->qualname, absent_named, "keyword-only"));
}

// ---- making functions

std::shared_ptr<AnnotationScope> Interpreter::annotation_scope(Frame& frame) {
  if (frame.annotation_scope) return frame.annotation_scope;
  auto scope = std::make_shared<AnnotationScope>();
  scope->source = *frame.source;
  scope->module = frame.module;
  scope->slots = frame.slots;
  scope->closure.assign(frame.closure.begin(), frame.closure.end());
  // The variables of a function change from one definition in it to the next.
  if (!frame.function) frame.annotation_scope = scope;
  return scope;
}

namespace {

std::string qualified(const Frame& frame, std::string_view name) {
  std::string qualname;
  if (frame.class_names) {
    qualname = frame.class_qualname;
    qualname += ".";
  } else if (frame.function) {
    qualname = frame.function->qualname + ".<locals>.";
  }
  return qualname += name;
}

}  // namespace

Value Interpreter::make_function(Frame& frame, const ast::FunctionDef& def) {
  Function* function = ev.make<Function>();
  ev.account(128);
  function->name = def.target->id;
  function->qualname = qualified(frame, def.target->id);
  function->definition = &def;
  function->parameters = def.parameters;
  function->scope = def.scope;
  function->is_async = def.is_async;
  function->source = *frame.source;
  function->module = frame.module;
  function->class_cell = frame.class_cell;
  bool annotated = def.returns != nullptr;
  function->defaults.resize(def.parameters.size());
  for (std::size_t i = 0; i < def.parameters.size(); ++i) {
    if (def.parameters[i].default_value) {
      function->defaults[i] = eval(frame, def.parameters[i].default_value);
    }
    annotated |= def.parameters[i].annotation != nullptr;
  }
  capture(frame, *def.scope, function->closure);
  if (annotated) function->annotation_scope = annotation_scope(frame);
  return function;
}

Value Interpreter::make_lambda(Frame& frame, const ast::Lambda& lambda) {
  Function* function = ev.make<Function>();
  ev.account(128);
  function->name = "<lambda>";
  function->qualname = qualified(frame, "<lambda>");
  function->lambda = &lambda;
  function->parameters = lambda.parameters;
  function->scope = lambda.scope;
  function->source = *frame.source;
  function->module = frame.module;
  function->class_cell = frame.class_cell;
  function->defaults.resize(lambda.parameters.size());
  for (std::size_t i = 0; i < lambda.parameters.size(); ++i) {
    if (lambda.parameters[i].default_value) {
      function->defaults[i] = eval(frame, lambda.parameters[i].default_value);
    }
  }
  capture(frame, *lambda.scope, function->closure);
  return function;
}

// ---- super()

Value Interpreter::make_super(std::span<const Value> args) {
  Class* after = nullptr;
  Value self;
  if (args.empty()) {
    Frame* frame = top;
    while (frame && frame->comprehension) frame = frame->caller;
    if (!frame || !frame->function || frame->slots.empty() || frame->function->parameters.empty()) {
      ev.raise("RuntimeError", "super(): no arguments");
    }
    if (!frame->class_cell) ev.raise("RuntimeError", "super(): __class__ cell not found");
    after = frame->class_cell->value.get<Class>();
    if (!after) ev.raise("RuntimeError", "super(): empty __class__ cell");
    self = frame->slots[0];
    if (const Cell* cell = self.get<Cell>()) self = cell->value;
    if (!self) ev.raise("RuntimeError", "super(): arg[0] deleted");
  } else {
    after = args[0].get<Class>();
    if (!after) {
      ev.type_error("super() argument 1 must be a type, not " + type_of(args[0])->name);
    }
    if (args.size() > 1) self = args[1];
  }
  if (!self) return ev.make<Super>(after, Value(), after);
  Class* start = self.get<Class>();
  if (!start || !start->is_subclass_of(after)) start = type_of(self);
  if (!start->is_subclass_of(after)) {
    ev.type_error("super(type, obj): obj must be an instance or subtype of type");
  }
  return ev.make<Super>(after, self, start);
}

bool Evaluator::callable(Value value) {
  if (!value.is_object()) return false;
  switch (value.object()->kind) {
    case ObjectKind::kFunction:
    case ObjectKind::kNativeFunction:
    case ObjectKind::kBoundMethod:
    case ObjectKind::kClass:
    case ObjectKind::kStaticMethod:
      return true;
    case ObjectKind::kUnknown:
      return true;
    default:
      return static_cast<bool>(type_of(value)->lookup("__call__"));
  }
}

}  // namespace retort::python
