#include <algorithm>
#include <array>

#include "python/builtin.h"
#include "python/evaluator_state.h"

// The built-in classes: made when first asked for, so that an evaluator starts at once.
namespace retort::python {

namespace {

struct Row {
  std::string_view name;
  std::string_view base;
  bool visible = true;  // a built-in name of the language
};

constexpr std::array kRows = {
    Row{"object", ""},
    Row{"type", "object"},
    Row{"int", "object"},
    Row{"bool", "int"},
    Row{"float", "object"},
    Row{"complex", "object"},
    Row{"str", "object"},
    Row{"bytes", "object"},
    Row{"bytearray", "object"},
    Row{"list", "object"},
    Row{"tuple", "object"},
    Row{"dict", "object"},
    Row{"set", "object"},
    Row{"frozenset", "object"},
    Row{"range", "object"},
    Row{"slice", "object"},
    Row{"property", "object"},
    Row{"staticmethod", "object"},
    Row{"classmethod", "object"},
    Row{"super", "object"},
    Row{"NoneType", "object", false},
    Row{"ellipsis", "object", false},
    Row{"NotImplementedType", "object", false},
    Row{"function", "object", false},
    Row{"builtin_function_or_method", "object", false},
    Row{"method", "object", false},
    Row{"module", "object", false},
    Row{"cell", "object", false},
    Row{"generator", "object", false},
    Row{"coroutine", "object", false},
    Row{"async_generator", "object", false},
    Row{"dict_keys", "object", false},
    Row{"dict_values", "object", false},
    Row{"dict_items", "object", false},
    Row{"GenericAlias", "object", false},
    Row{"UnionType", "object", false},
    Row{"TypeVar", "object", false},
    Row{"ParamSpec", "object", false},
    Row{"TypeVarTuple", "object", false},
    Row{"TypeAliasType", "object", false},
    Row{"code", "object", false},
    Row{"traceback", "object", false},
    Row{"BaseException", "object"},
    Row{"BaseExceptionGroup", "BaseException"},
    Row{"ExceptionGroup", "BaseExceptionGroup"},  // and Exception
    Row{"GeneratorExit", "BaseException"},
    Row{"KeyboardInterrupt", "BaseException"},
    Row{"SystemExit", "BaseException"},
    Row{"CancelledError", "BaseException", false},
    Row{"Exception", "BaseException"},
    Row{"ArithmeticError", "Exception"},
    Row{"FloatingPointError", "ArithmeticError"},
    Row{"OverflowError", "ArithmeticError"},
    Row{"ZeroDivisionError", "ArithmeticError"},
    Row{"AssertionError", "Exception"},
    Row{"AttributeError", "Exception"},
    Row{"BufferError", "Exception"},
    Row{"EOFError", "Exception"},
    Row{"ImportError", "Exception"},
    Row{"ModuleNotFoundError", "ImportError"},
    Row{"LookupError", "Exception"},
    Row{"IndexError", "LookupError"},
    Row{"KeyError", "LookupError"},
    Row{"MemoryError", "Exception"},
    Row{"NameError", "Exception"},
    Row{"UnboundLocalError", "NameError"},
    Row{"OSError", "Exception"},
    Row{"BlockingIOError", "OSError"},
    Row{"ChildProcessError", "OSError"},
    Row{"ConnectionError", "OSError"},
    Row{"BrokenPipeError", "ConnectionError"},
    Row{"ConnectionAbortedError", "ConnectionError"},
    Row{"ConnectionRefusedError", "ConnectionError"},
    Row{"ConnectionResetError", "ConnectionError"},
    Row{"FileExistsError", "OSError"},
    Row{"FileNotFoundError", "OSError"},
    Row{"InterruptedError", "OSError"},
    Row{"IsADirectoryError", "OSError"},
    Row{"NotADirectoryError", "OSError"},
    Row{"PermissionError", "OSError"},
    Row{"ProcessLookupError", "OSError"},
    Row{"TimeoutError", "OSError"},
    Row{"ReferenceError", "Exception"},
    Row{"RuntimeError", "Exception"},
    Row{"NotImplementedError", "RuntimeError"},
    Row{"RecursionError", "RuntimeError"},
    Row{"StopAsyncIteration", "Exception"},
    Row{"StopIteration", "Exception"},
    Row{"SyntaxError", "Exception"},
    Row{"IndentationError", "SyntaxError"},
    Row{"TabError", "IndentationError"},
    Row{"SystemError", "Exception"},
    Row{"TypeError", "Exception"},
    Row{"ValueError", "Exception"},
    Row{"UnicodeError", "ValueError"},
    Row{"UnicodeDecodeError", "UnicodeError"},
    Row{"UnicodeEncodeError", "UnicodeError"},
    Row{"UnicodeTranslateError", "UnicodeError"},
    Row{"Warning", "Exception"},
    Row{"BytesWarning", "Warning"},
    Row{"DeprecationWarning", "Warning"},
    Row{"EncodingWarning", "Warning"},
    Row{"FutureWarning", "Warning"},
    Row{"ImportWarning", "Warning"},
    Row{"PendingDeprecationWarning", "Warning"},
    Row{"ResourceWarning", "Warning"},
    Row{"RuntimeWarning", "Warning"},
    Row{"SyntaxWarning", "Warning"},
    Row{"UnicodeWarning", "Warning"},
    Row{"UserWarning", "Warning"},
};

// OSError under its older names.
constexpr std::array kAliases = {std::string_view("EnvironmentError"), std::string_view("IOError")};

const Row* find_row(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

constexpr std::array<std::string_view, 9> kLayouts = {"int",   "float", "str", "bytes",    "list",
                                                      "tuple", "dict",  "set", "frozenset"};

std::string_view kind_class(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kStr:
      return "str";
    case ObjectKind::kBytes:
      return "bytes";
    case ObjectKind::kList:
      return "list";
    case ObjectKind::kTuple:
      return "tuple";
    case ObjectKind::kDict:
      return "dict";
    case ObjectKind::kSet:
      return "set";
    case ObjectKind::kRange:
      return "range";
    case ObjectKind::kSlice:
      return "slice";
    case ObjectKind::kFunction:
      return "function";
    case ObjectKind::kNativeFunction:
      return "builtin_function_or_method";
    case ObjectKind::kBoundMethod:
      return "method";
    case ObjectKind::kProperty:
      return "property";
    case ObjectKind::kStaticMethod:
      return "staticmethod";
    case ObjectKind::kClassMethod:
      return "classmethod";
    case ObjectKind::kClass:
      return "type";
    case ObjectKind::kInstance:
      return "object";
    case ObjectKind::kModule:
      return "module";
    case ObjectKind::kSuper:
      return "super";
    case ObjectKind::kCell:
      return "cell";
    case ObjectKind::kIterator:
      return "iterator";
    case ObjectKind::kGenerator:
      return "generator";
    case ObjectKind::kUnknown:
      return "Unknown";
    case ObjectKind::kEllipsis:
      return "ellipsis";
    case ObjectKind::kNotImplemented:
      return "NotImplementedType";
    case ObjectKind::kBigInt:
      return "int";
    case ObjectKind::kNumber:
      return "int";
    case ObjectKind::kDictView:
      return "dict_keys";
    case ObjectKind::kDeferred:
      return "Unknown";
  }
  return "object";
}

}  // namespace

Class* Interpreter::make_builtin_class(std::string_view name) {
  const Row* row = find_row(name);
  std::vector<Class*> bases;
  const std::string_view base = row ? row->base : std::string_view("object");
  if (!base.empty()) bases.push_back(builtin_class(base));
  if (name == "ExceptionGroup") bases.push_back(builtin_class("Exception"));
  const bool of_types = name == "GenericAlias" || name == "UnionType";
  const bool of_typing = name.starts_with("Type") && name != "TypeError";
  Class* cls = ev.make<Class>(std::string(name), of_types                           ? "types"
                                                 : of_typing || name == "ParamSpec" ? "typing"
                                                                                    : "builtins");
  cls->qualname = cls->name;
  cls->native = true;
  cls->bases = std::move(bases);
  cls->evaluator_ = &ev;
  compute_mro(*cls);
  inherit_flags(*cls);
  if (std::find(kLayouts.begin(), kLayouts.end(), name) != kLayouts.end()) cls->layout = cls;
  if (name == "type") cls->is_metaclass = true;
  if (name == "BaseException") cls->is_exception = true;
  cls->fill = [](Evaluator& evaluator, Class& made) {
    evaluator.interpreter_->define_builtin(made);
  };
  builtin_classes.emplace(row ? row->name : std::string_view(cls->name), cls);
  return cls;
}

Class* Interpreter::builtin_class(std::string_view name) {
  const auto found = builtin_classes.find(name);
  return found != builtin_classes.end() ? found->second : make_builtin_class(name);
}

Class* Evaluator::builtin_class(std::string_view name) { return interpreter_->builtin_class(name); }

Value Interpreter::builtin(std::string_view name) {
  const auto found = builtins.find(name);
  if (found != builtins.end()) return found->second;
  Value value;
  std::string_view key = name;
  if (const Row* row = find_row(name); row && row->visible) {
    value = builtin_class(name);
    key = row->name;
  } else if (std::find(kAliases.begin(), kAliases.end(), name) != kAliases.end()) {
    value = builtin_class("OSError");
  } else if (name == "NotImplemented") {
    value = not_implemented;
  } else if (name == "Ellipsis") {
    value = ellipsis;
  } else if (name == "__debug__") {
    value = Value::boolean(true);
  } else {
    value = make_builtin(ev, name);
    if (NativeFunction* function = value.get<NativeFunction>()) function->is_builtin = true;
  }
  if (!value) return {};
  // The map's keys outlive the program text they were first read in.
  const Str* kept = ev.make<Str>(std::string(key));
  builtins.emplace(kept->text, value);
  return value;
}

std::vector<std::string> Interpreter::builtin_candidates() {
  std::vector<std::string> names = builtin_names();
  for (const Row& row : kRows) {
    if (row.visible) names.emplace_back(row.name);
  }
  return names;
}

Class* Interpreter::type_of(Value value) {
  switch (value.tag()) {
    case Value::Tag::kAbsent:
    case Value::Tag::kNone:
      return none_class ? none_class : none_class = builtin_class("NoneType");
    case Value::Tag::kBool:
      return bool_class ? bool_class : bool_class = builtin_class("bool");
    case Value::Tag::kInt:
      return int_class ? int_class : int_class = builtin_class("int");
    case Value::Tag::kFloat:
      return float_class ? float_class : float_class = builtin_class("float");
    case Value::Tag::kObject:
      break;
  }
  Object* object = value.object();
  if (object->extension()) return object->extension()->cls;
  if (const BoundMethod* method = value.get<BoundMethod>()) {
    if (method->function.is(ObjectKind::kNativeFunction)) {
      return builtin_class("builtin_function_or_method");
    }
  }
  switch (object->kind) {
    case ObjectKind::kInstance:
      return static_cast<Instance*>(object)->cls;
    case ObjectKind::kClass:
      return metaclass_of(*static_cast<Class*>(object));
    case ObjectKind::kSet:
      if (static_cast<Set*>(object)->frozen) return builtin_class("frozenset");
      break;
    case ObjectKind::kIterator:
      return builtin_class(static_cast<Iterator*>(object)->type_name);
    case ObjectKind::kDictView:
      switch (static_cast<DictView*>(object)->what) {
        case DictView::What::kKeys:
          return builtin_class("dict_keys");
        case DictView::What::kValues:
          return builtin_class("dict_values");
        case DictView::What::kItems:
          return builtin_class("dict_items");
      }
      break;
    case ObjectKind::kGenerator:
      switch (static_cast<Generator*>(object)->what) {
        case Generator::What::kCoroutine:
          return builtin_class("coroutine");
        case Generator::What::kAsyncGenerator:
          return builtin_class("async_generator");
        default:
          break;
      }
      break;
    default:
      break;
  }
  Class*& cls = kind_classes[static_cast<std::size_t>(object->kind)];
  if (!cls) cls = builtin_class(kind_class(object->kind));
  return cls;
}

// What a built-in class consists of: here for those that the evaluator's own machinery needs, in
// builtin_*.cc for the others.
void Interpreter::define_builtin(Class& cls) {
  const std::string_view name = cls.name;
  if (name == "object") {
    fill_object(cls);
  } else if (name == "type") {
    fill_type(cls);
  } else if (cls.is_exception) {
    fill_exception(cls);
  } else if (name == "property" || name == "staticmethod" || name == "classmethod" ||
             name == "super") {
    fill_descriptor(cls);
  } else if (name == "function" || name == "method" || name == "builtin_function_or_method") {
    fill_callable(cls);
  } else if (name == "generator" || name == "coroutine" || name == "async_generator") {
    fill_generator(cls);
  } else if (name == "GenericAlias" || name == "UnionType" || name == "TypeVar" ||
             name == "ParamSpec" || name == "TypeVarTuple" || name == "TypeAliasType") {
    fill_typing(cls);
  } else {
    fill_builtin_class(ev, cls);
    fill_special(cls);
  }
}

}  // namespace retort::python
