#include <algorithm>

#include "python/builtin.h"
#include "python/evaluator_state.h"
#include "python/value_bigint.h"
#include "python/value_text.h"

// repr(), str() and format() of values.
namespace retort::python {

namespace {

std::string address(const Object* object) {
  // No real address, so that two runs say the same.
  constexpr std::uint64_t kBase = 0x7f0000000000;
  std::uint64_t number = kBase + std::uint64_t{object->serial} * 16;
  std::string text;
  for (; number != 0; number /= 16) text += "0123456789abcdef"[number % 16];
  text += "x0";
  std::reverse(text.begin(), text.end());
  return text;
}

std::string qualified_name(const Class& cls) {
  return (cls.module == "builtins" || cls.module.empty() ? "" : cls.module + ".") + cls.qualname;
}

}  // namespace

std::string Interpreter::repr(Value value) {
  if (has_special(value)) {
    if (value.is(ObjectKind::kClass) && !value.get<Class>()->metaclass) return plain_repr(value);
    if (const Method method = special(value, "__repr__"); method.function) {
      const Value result = call_special(method, {});
      if (const Unknown* from = result.get<Unknown>()) refuse(*from, "repr()");
      if (!result.is_str()) {
        ev.type_error("__repr__ returned non-string (type " + type_of(result)->name + ")");
      }
      return result.as_str();
    }
  }
  return plain_repr(value);
}

std::string Interpreter::repr_items(const Object* container, const std::vector<Value>& items,
                                    const char* open, const char* close) {
  if (std::find(repr_stack.begin(), repr_stack.end(), container) != repr_stack.end()) {
    return std::string(open) + "..." + close;
  }
  enter_call();
  repr_stack.push_back(container);
  struct Pop {
    std::vector<const Object*>& stack;
    ~Pop() { stack.pop_back(); }
  } pop{repr_stack};
  std::string text = open;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += ", ";
    text += repr(items[i]);
  }
  return text + close;
}

std::string Interpreter::repr_dict(const Dict& dict) {
  if (std::find(repr_stack.begin(), repr_stack.end(), &dict) != repr_stack.end()) return "{...}";
  enter_call();
  repr_stack.push_back(&dict);
  struct Pop {
    std::vector<const Object*>& stack;
    ~Pop() { stack.pop_back(); }
  } pop{repr_stack};
  std::string text = "{";
  for (std::size_t i = 0; i < dict.entries().size(); ++i) {
    const Dict::Entry entry = dict.entries()[i];
    if (!entry.key) continue;
    if (text.size() > 1) text += ", ";
    text += repr(entry.key);
    text += ": ";
    text += repr(entry.value);
  }
  return text + "}";
}

std::string Interpreter::plain_repr(Value value) {
  switch (value.tag()) {
    case Value::Tag::kAbsent:
    case Value::Tag::kNone:
      return "None";
    case Value::Tag::kBool:
      return value.as_bool() ? "True" : "False";
    case Value::Tag::kInt:
      return std::to_string(value.as_int());
    case Value::Tag::kFloat:
      return float_repr(value.as_float());
    case Value::Tag::kObject:
      break;
  }
  Object* object = value.object();
  const auto named = [&](std::string_view what, std::string_view name) {
    return "<" + std::string(what) + " " + std::string(name) + " at " + address(object) + ">";
  };
  switch (object->kind) {
    case ObjectKind::kStr:
      return str_repr(value.as_str());
    case ObjectKind::kBytes:
      return bytes_repr(static_cast<Bytes*>(object)->data);
    case ObjectKind::kBigInt:
      return static_cast<BigInt*>(object)->value.str();
    case ObjectKind::kNumber:
      return repr(static_cast<Number*>(object)->value);
    case ObjectKind::kList:
      return repr_items(object, static_cast<List*>(object)->items, "[", "]");
    case ObjectKind::kTuple: {
      const auto& items = static_cast<Tuple*>(object)->items;
      return repr_items(object, items, "(", items.size() == 1 ? ",)" : ")");
    }
    case ObjectKind::kDict:
      return repr_dict(*static_cast<Dict*>(object));
    case ObjectKind::kSet: {
      const Set* set = static_cast<Set*>(object);
      std::vector<Value> items;
      for (const Dict::Entry& entry : set->items.entries()) {
        if (entry.key) items.push_back(entry.key);
      }
      const std::string& name = type_of(value)->name;
      if (items.empty()) return name + "()";
      if (!set->frozen && !set->extension()) return repr_items(object, items, "{", "}");
      return name + repr_items(object, items, "({", "})");
    }
    case ObjectKind::kRange: {
      const Range* range = static_cast<Range*>(object);
      std::string text =
          "range(" + std::to_string(range->begin) + ", " + std::to_string(range->end);
      if (range->step != 1) text += ", " + std::to_string(range->step);
      return text + ")";
    }
    case ObjectKind::kSlice: {
      const Slice* slice = static_cast<Slice*>(object);
      return "slice(" + repr(slice->lower) + ", " + repr(slice->upper) + ", " + repr(slice->step) +
             ")";
    }
    case ObjectKind::kFunction:
      return named("function", static_cast<Function*>(object)->qualname);
    case ObjectKind::kNativeFunction: {
      const NativeFunction* function = static_cast<NativeFunction*>(object);
      if (function->owner && function->owner->module == "builtins") {
        return "<method '" + std::string(function->name) + "' of '" + function->owner->name +
               "' objects>";
      }
      return (function->owner ? "<function " + function->owner->name + "."
                              : std::string("<built-in function ")) +
             std::string(function->name) + ">";
    }
    case ObjectKind::kBoundMethod: {
      const BoundMethod* method = static_cast<BoundMethod*>(object);
      if (const NativeFunction* native = method->function.get<NativeFunction>()) {
        return "<built-in method " + std::string(native->name) + " of " +
               type_of(method->self)->name + " object at " +
               address(method->self.is_object() ? method->self.object() : object) + ">";
      }
      const Value name = find_attr(method->function, "__qualname__");
      return "<bound method " + (name.is_str() ? name.as_str() : "?") + " of " +
             repr(method->self) + ">";
    }
    case ObjectKind::kClass:
      return "<class '" + qualified_name(*static_cast<Class*>(object)) + "'>";
    case ObjectKind::kModule: {
      const Module* module = static_cast<Module*>(object);
      return "<module '" + module->name +
             (module->code ? "' from '" + module->code->source->path() + "'>" : "' (built-in)>");
    }
    case ObjectKind::kSuper: {
      const Super* super = static_cast<Super*>(object);
      return "<super: <class '" + super->after->name + "'>, <" + super->start->name + " object>>";
    }
    case ObjectKind::kGenerator: {
      const Generator* generator = static_cast<Generator*>(object);
      return named(type_of(value)->name + " object", generator->qualname);
    }
    case ObjectKind::kDictView: {
      std::vector<Value> items;
      collect(value, items);
      return type_of(value)->name + repr_items(object, items, "([", "])");
    }
    case ObjectKind::kUnknown:
      refuse(*static_cast<Unknown*>(object), "repr()");
    case ObjectKind::kEllipsis:
      return "Ellipsis";
    case ObjectKind::kNotImplemented:
      return "NotImplemented";
    case ObjectKind::kInstance: {
      if (Exception* exception = as_exception(value)) return exception_repr(exception);
      Class* cls = type_of(value);
      if (cls->module == "builtins") {
        if (const Value found = cls->lookup("__repr__")) {
          Class* where = nullptr;
          cls->lookup("__repr__", &where);
          if (where != builtin_class("object")) return to_str(call(Method{found, value}, {}, {}));
        }
      }
      return "<" + qualified_name(*cls) + " object at " + address(object) + ">";
    }
    default:
      return "<" + qualified_name(*type_of(value)) + " object at " + address(object) + ">";
  }
}

std::string Interpreter::to_str(Value value) {
  if (value.is_str() && !value.object()->extension()) return value.as_str();
  if (has_special(value)) {
    if (value.is(ObjectKind::kClass) && !value.get<Class>()->metaclass) return plain_repr(value);
    if (const Method method = special(value, "__str__"); method.function) {
      const Value result = call_special(method, {});
      if (const Unknown* from = result.get<Unknown>()) refuse(*from, "str()");
      if (!result.is_str()) {
        ev.type_error("__str__ returned non-string (type " + type_of(result)->name + ")");
      }
      return result.as_str();
    }
    return plain_str(value);
  }
  if (const Unknown* from = value.get<Unknown>()) refuse(*from, "the conversion to text");
  return plain_repr(value);
}

std::string Interpreter::plain_str(Value value) {
  if (value.is_str()) return value.as_str();
  if (Exception* exception = as_exception(value)) return exception_str(exception);
  return repr(value);
}

std::string Interpreter::format(Value value, std::string_view spec) {
  if (has_special(value)) {
    if (const Method method = special(value, "__format__"); method.function) {
      const Value result = call_special(method, std::array<Value, 1>{str(spec)});
      if (!result.is_str()) {
        ev.type_error("__format__ must return a str, not " + type_of(result)->name);
      }
      return result.as_str();
    }
    // A derived str or int that says nothing itself is formatted as text when it has its own
    // __str__, else as what it derives from.
    if (value.object()->extension() && !spec.empty() && !special(value, "__str__").function) {
      return format_builtin(ev, as_plain(value), spec);
    }
    if (value.object()->extension() && !special(value, "__str__").function && value.is_str()) {
      return value.as_str();
    }
    if (value.is(ObjectKind::kNumber) && spec.empty()) return to_str(value);
    if (spec.empty()) return to_str(value);
    if (value.object()->extension()) return format_builtin(ev, as_plain(value), spec);
    ev.type_error("unsupported format string passed to " + type_of(value)->name + ".__format__");
  }
  if (const Unknown* from = value.get<Unknown>()) refuse(*from, "the formatting");
  if (spec.empty()) return to_str(value);
  return format_builtin(ev, value, spec);
}

// The built-in value under an object of a derived class.
Value Interpreter::as_plain(Value value) {
  if (!value.is_object() || !value.object()->extension()) return value;
  switch (value.object()->kind) {
    case ObjectKind::kStr:
      return str(value.as_str());
    case ObjectKind::kNumber:
      return static_cast<Number*>(value.object())->value;
    case ObjectKind::kBytes:
      return ev.bytes(value.get<Bytes>()->data);
    case ObjectKind::kList:
      return ev.list(value.get<List>()->items);
    case ObjectKind::kTuple:
      return ev.tuple(value.get<Tuple>()->items);
    case ObjectKind::kDict:
      return as_plain_dict(value);
    default:
      return value;
  }
}

}  // namespace retort::python
