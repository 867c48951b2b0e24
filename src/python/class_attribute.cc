#include <algorithm>

#include "base/text.h"
#include "python/evaluator_state.h"

// Attribute access: the descriptor protocol (https://docs.python.org/3/howto/descriptor.html).
namespace retort::python {

namespace {

bool is_dunder(std::string_view name) {
  return name.size() > 4 && name.starts_with("__") && name.ends_with("__");
}

bool is_builtin(const Class& cls) { return cls.native && cls.module == "builtins"; }

// Comparison and hash of a derived str or int are the built-in class's own, whatever stands behind
// it in the order of bases: `class Role(str, Enum)` is found under its text.
bool belongs_to_layout(std::string_view name) {
  return name == "__eq__" || name == "__hash__" || name == "__ne__" || name == "__lt__" ||
         name == "__le__" || name == "__gt__" || name == "__ge__";
}

}  // namespace

Attributes* Interpreter::own_attributes(Value self) {
  if (!self.is_object()) return nullptr;
  Object* object = self.object();
  if (object->extension()) return object->extension_attributes();
  switch (object->kind) {
    case ObjectKind::kInstance:
      return &static_cast<Instance*>(object)->attributes;
    case ObjectKind::kClass:
      return &static_cast<Class*>(object)->attributes;
    case ObjectKind::kModule:
      return &static_cast<Module*>(object)->attributes;
    case ObjectKind::kFunction:
      return &static_cast<Function*>(object)->attributes;
    default:
      return nullptr;
  }
}

Interpreter::Method Interpreter::special(Value self, std::string_view name) {
  for (Class* cls : type_of(self)->mro) {
    if (is_builtin(*cls)) {
      if (cls->layout == cls && belongs_to_layout(name)) return {};
      continue;
    }
    const Value found = cls->own(name);
    if (!found) continue;
    if (found.is(ObjectKind::kFunction) || found.is(ObjectKind::kNativeFunction)) {
      return {found, self};
    }
    if (found.is_none()) return {found, Value()};
    return {bind_descriptor(found, self, type_of(self)), Value()};
  }
  return {};
}

Value Interpreter::call_special(const Method& method, std::span<const Value> args) {
  return call(method, args, {});
}

Value Interpreter::bind_descriptor(Value found, Value self, Class* cls) {
  if (!found.is_object()) return found;
  Object* object = found.object();
  switch (object->kind) {
    case ObjectKind::kFunction:
      return self ? ev.bind(self, found) : found;
    case ObjectKind::kNativeFunction:
      return self && static_cast<NativeFunction*>(object)->owner ? ev.bind(self, found) : found;
    case ObjectKind::kStaticMethod:
      return static_cast<StaticMethod*>(object)->function;
    case ObjectKind::kClassMethod: {
      const Value function = static_cast<ClassMethod*>(object)->function;
      if (function.is(ObjectKind::kFunction) || function.is(ObjectKind::kNativeFunction)) {
        return ev.bind(cls, function);
      }
      if (function.is(ObjectKind::kProperty)) return bind_descriptor(function, cls, cls);
      if (ev.callable(function)) return ev.bind(cls, function);
      return bind_descriptor(function, cls, cls);
    }
    case ObjectKind::kProperty: {
      if (!self) return found;
      const Property* property = static_cast<Property*>(object);
      if (!property->getter || property->getter.is_none()) {
        ev.raise("AttributeError",
                 "property of '" + type_of(self)->name + "' object has no getter");
      }
      return call(property->getter, std::span(&self, 1), {});
    }
    case ObjectKind::kInstance: {
      const Method get = special(found, "__get__");
      if (!get.function) return found;
      return call_special(get, std::array<Value, 2>{self ? self : Value::none(), Value(cls)});
    }
    default:
      return found;
  }
}

// ---- reading

Value Interpreter::get_native(const Property& property, const Value& self) {
  step();
  try {
    const Value result = property.native(ev, self);
    return result ? result : Value::none();
  } catch (Error& error) {
    if (!error.place() && top) error.with_place(place()).with_calls(calls());
    throw;
  }
}

Value Interpreter::find_instance_attr(Value self, Class* cls, Attributes* own,
                                      std::string_view name) {
  const Value found = cls->lookup(name);
  if (found.is_object()) {
    const ObjectKind kind = found.object()->kind;
    if (kind == ObjectKind::kProperty) {
      const Property* property = static_cast<Property*>(found.object());
      if (!property->getter || property->getter.is_none()) {
        ev.raise("AttributeError", "property '" + std::string(name) + "' of '" + cls->name +
                                       "' object has no getter");
      }
      return property->native ? get_native(*property, self)
                              : call(property->getter, std::span(&self, 1), {});
    }
    if (kind == ObjectKind::kInstance && own && own->find(name) &&
        !special(found, "__set__").function && !special(found, "__delete__").function) {
      return own->find(name);
    }
    if (kind == ObjectKind::kInstance) {
      if (special(found, "__get__").function) return bind_descriptor(found, self, cls);
    }
  }
  if (own) {
    if (const Value mine = own->find(name)) return mine;
  }
  if (found) return bind_descriptor(found, self, cls);
  return {};
}

Value Interpreter::find_class_attr(Class* cls, std::string_view name) {
  Class* meta = metaclass_of(*cls);
  Value from_meta;
  if (cls->metaclass) {
    from_meta = meta->lookup(name);
    if (from_meta.is(ObjectKind::kProperty)) return bind_descriptor(from_meta, cls, meta);
    if (from_meta.is(ObjectKind::kInstance) && special(from_meta, "__set__").function) {
      return bind_descriptor(from_meta, cls, meta);
    }
  }
  if (name == "__doc__") {
    const Value own = cls->own(name);
    if (own) return bind_descriptor(own, Value(), cls);
    return cls->doc.data() ? str(cls->doc) : Value::none();
  }
  if (name == "__dict__") return attributes_dict(cls);
  if (name == "__name__") return str(cls->name);
  if (name == "__qualname__") return str(cls->qualname);
  if (name == "__module__") return str(cls->module);
  // type's own methods must not shadow metaclass behaviour of `object` when asked of a class.
  Class* where = nullptr;
  const Value found = cls->lookup(name, &where);
  if (found) return bind_descriptor(found, Value(), cls);
  if (!from_meta) from_meta = meta->lookup(name);
  if (from_meta) return bind_descriptor(from_meta, cls, meta);
  if (name == "__class__") return meta;
  if (name == "__mro__") return ev.tuple({cls->mro.begin(), cls->mro.end()});
  if (name == "__bases__") return ev.tuple({cls->bases.begin(), cls->bases.end()});
  if (name == "__base__") return cls->bases.empty() ? Value::none() : Value(cls->bases.front());
  if (name == "__annotations__") return annotations_dict(cls);
  if (cls->unknown_base && !is_dunder(name)) return unknown(cls->name + "." + std::string(name));
  return {};
}

Value Interpreter::find_module_attr(Module* module, std::string_view name) {
  if (module->code) {
    if (const Value found = demand(*module, name)) return found;
  } else if (const Value found = module->attributes.find(name)) {
    return found;
  }
  if (module->on_missing) {
    const Heap::Defining defining(heap);
    if (const Value made = module->on_missing(ev, name)) {
      module->attributes.set(name, made);
      return made;
    }
  }
  if (name == "__name__") return str(module->name);
  if (name == "__dict__") return attributes_dict(module);
  if (name == "__class__") return type_of(module);
  if (name == "__doc__") return Value::none();
  if (name != "__path__" && name != "__getattr__" && name != "__all__") {
    if (const Value sub = find_submodule(*module, name)) return sub;
    if (const Value hook = module->code ? demand(*module, "__getattr__") : Value()) {
      return call(hook, std::array<Value, 1>{str(name)}, {});
    }
  }
  return {};
}

Value Interpreter::find_super_attr(Super* super, std::string_view name) {
  if (name == "__class__") return type_of(super);
  bool after = false;
  for (Class* cls : super->start->mro) {
    if (cls == super->after) {
      after = true;
      continue;
    }
    if (!after) continue;
    const Value found = cls->own(name);
    if (!found) continue;
    const bool class_bound = super->self.get<Class>() == super->start;
    return bind_descriptor(found, class_bound ? Value() : super->self, super->start);
  }
  if (super->after->unknown_base) return unknown("super()." + std::string(name));
  return {};
}

Value Interpreter::function_attr(Value self, std::string_view name) {
  Function* function = self.get<Function>();
  if (const Value own = function->attributes.find(name)) return own;
  if (name == "__name__") return str(function->name);
  if (name == "__qualname__") return str(function->qualname);
  if (name == "__module__") return str(function->module->name);
  if (name == "__doc__") {
    return function->doc().data() ? str(function->doc()) : Value::none();
  }
  if (name == "__dict__") return attributes_dict(self);
  if (name == "__annotations__") {
    const Value made = annotations_dict(self);
    function->attributes.set(name, made);
    return made;
  }
  if (name == "__defaults__" || name == "__kwdefaults__") {
    std::vector<Value> values;
    Dict* named = ev.dict();
    for (std::size_t i = 0; i < function->parameters.size(); ++i) {
      if (!function->defaults[i]) continue;
      if (function->parameters[i].kind == ast::Parameter::Kind::kKeywordOnly) {
        named->set(ev, str(function->parameters[i].name), function->defaults[i]);
      } else {
        values.push_back(function->defaults[i]);
      }
    }
    if (name == "__kwdefaults__") return named->size() > 0 ? Value(named) : Value::none();
    return values.empty() ? Value::none() : ev.tuple(std::move(values));
  }
  if (name == "__globals__") return attributes_dict(function->module);
  if (name == "__closure__") return Value::none();
  if (name == "__code__") return function_code(*function);
  if (name == "__type_params__") return empty_tuple;
  return {};
}

Value Interpreter::function_code(const Function& function) {
  Instance* code = ev.new_instance(builtin_class("code"));
  std::vector<Value> names;
  std::int64_t plain = 0;
  std::int64_t keyword_only = 0;
  // *args and **kwargs stand last, as in CPython.
  for (const bool variadic : {false, true}) {
    for (const ast::Parameter& parameter : function.parameters) {
      const bool is_variadic = parameter.kind == ast::Parameter::Kind::kVarArgs ||
                               parameter.kind == ast::Parameter::Kind::kVarKeywords;
      if (is_variadic == variadic) names.push_back(str(parameter.name));
    }
  }
  for (const ast::Parameter& parameter : function.parameters) {
    if (parameter.kind == ast::Parameter::Kind::kKeywordOnly) ++keyword_only;
    if (parameter.kind == ast::Parameter::Kind::kPlain ||
        parameter.kind == ast::Parameter::Kind::kPositionalOnly) {
      ++plain;
    }
  }
  code->attributes.set("co_name", str(function.name));
  code->attributes.set("co_varnames", ev.tuple(std::move(names)));
  code->attributes.set("co_argcount", Value::integer(plain));
  code->attributes.set("co_kwonlyargcount", Value::integer(keyword_only));
  code->attributes.set("co_filename", str(function.source->path()));
  return code;
}

namespace {
constexpr std::string_view kOfDottedName =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
}  // namespace

Value Interpreter::find_plain_attr(Value self, std::string_view name) {
  Class* cls = type_of(self);
  if (self.is_object()) {
    Object* object = self.object();
    switch (object->kind) {
      case ObjectKind::kClass:
        return find_class_attr(static_cast<Class*>(object), name);
      case ObjectKind::kModule:
        return find_module_attr(static_cast<Module*>(object), name);
      case ObjectKind::kUnknown: {
        const Unknown* from = static_cast<Unknown*>(object);
        // What an import names is called so.
        if (name == "__name__" &&
            from->origin.find_first_not_of(kOfDottedName) == std::string::npos) {
          return str(from->origin.substr(from->origin.rfind('.') + 1));
        }
        return unknown(from->origin + "." + std::string(name), from->imported);
      }
      case ObjectKind::kSuper:
        return find_super_attr(static_cast<Super*>(object), name);
      case ObjectKind::kFunction:
        if (const Value found = function_attr(self, name)) return found;
        break;
      case ObjectKind::kBoundMethod: {
        const BoundMethod* method = static_cast<BoundMethod*>(object);
        if (name == "__self__") return method->self;
        if (name == "__func__") return method->function;
        if (!cls->lookup(name) || name == "__doc__" || name == "__name__" ||
            name == "__qualname__" || name == "__module__") {
          return find_attr(method->function, name);
        }
        break;
      }
      case ObjectKind::kNativeFunction: {
        const NativeFunction* native = static_cast<NativeFunction*>(object);
        if (name == "__name__") return str(native->name);
        if (name == "__qualname__") {
          return str(native->owner ? native->owner->name + "." + std::string(native->name)
                                   : std::string(native->name));
        }
        if (name == "__module__") {
          return native->owner ? str(native->owner->module) : str(std::string_view("builtins"));
        }
        if (name == "__doc__") return Value::none();
        break;
      }
      case ObjectKind::kInstance:
        if (Exception* exception = as_exception(self)) {
          if (const Value found = exception_attr(exception, name)) return found;
        }
        break;
      default:
        break;
    }
  }
  const Value found = find_instance_attr(self, cls, own_attributes(self), name);
  if (found) return found;
  if (is_dunder(name)) {
    if (name == "__class__") return cls;
    if (name == "__dict__" && own_attributes(self)) return attributes_dict(self);
    if (name == "__doc__" || name == "__module__" || name == "__annotations__") {
      return find_class_attr(cls, name);
    }
  }
  return {};
}

namespace {

bool is_attribute_error(Interpreter& in, const Raised& raised) {
  return raised.exception->cls->is_subclass_of(in.builtin_class("AttributeError"));
}

}  // namespace

// Attributes of a class with an unknown base that are found nowhere.
Value Interpreter::unknown_attr(Value self, std::string_view name) {
  Class* cls = type_of(self);
  if (!cls->unknown_base || is_dunder(name)) return {};
  return unknown(cls->name + "." + std::string(name));
}

Value Interpreter::find_hooked_attr(Value self, std::string_view name) {
  const auto hook = [&] {
    return self.is(ObjectKind::kSuper) ? Method() : special(self, "__getattr__");
  };
  try {
    if (type_of(self)->custom_getattribute) {
      return call_special(special(self, "__getattribute__"), std::array<Value, 1>{str(name)});
    }
    if (const Value found = find_plain_attr(self, name)) return found;
  } catch (const Raised& raised) {
    // A property that raises AttributeError falls back on __getattr__, too.
    if (!is_attribute_error(*this, raised) || !hook().function) throw;
  }
  const Method method = hook();
  return method.function ? call_special(method, std::array<Value, 1>{str(name)}) : Value();
}

const Value* Interpreter::named_item(const Value& self, std::string_view name) const {
  const Tuple* tuple = self.get<Tuple>();
  if (!tuple || !tuple->extension()) return nullptr;
  const std::vector<std::string>& names = tuple->extension()->cls->item_names();
  // Evaluated code may make a tuple of the class itself, of any length.
  for (std::size_t i = 0; i < names.size() && i < tuple->items.size(); ++i) {
    if (names[i] == name) return &tuple->items[i];
  }
  return nullptr;
}

Value Interpreter::find_attr(Value self, std::string_view name) {
  if (const Value* item = named_item(self, name)) return *item;
  try {
    if (!has_special(self)) return find_plain_attr(self, name);
    const Value found = find_hooked_attr(self, name);
    return found ? found : unknown_attr(self, name);
  } catch (const Raised& raised) {
    if (is_attribute_error(*this, raised)) return {};
    throw;
  }
}

Value Interpreter::get_attr(Value self, std::string_view name) {
  if (const Value* item = named_item(self, name)) return *item;
  if (!has_special(self)) {
    const Value found = find_plain_attr(self, name);
    if (!found) no_attribute(self, name);
    return found;
  }
  if (const Value found = find_hooked_attr(self, name)) return found;
  const Value found = unknown_attr(self, name);
  if (!found) no_attribute(self, name);
  return found;
}

void Interpreter::no_attribute(Value self, std::string_view name) {
  std::string message;
  const std::string quoted = "'" + std::string(name) + "'";
  if (const Class* cls = self.get<Class>()) {
    message = "type object '" + cls->name + "' has no attribute " + quoted;
  } else if (const Module* module = self.get<Module>()) {
    message = "module '" + module->name + "' has no attribute " + quoted;
  } else {
    message = "'" + type_of(self)->name + "' object has no attribute " + quoted;
  }
  Exception* exception = new_exception("AttributeError", std::move(message));
  exception->attributes.set("name", str(name));
  exception->attributes.set("obj", self);
  exception->hint = did_you_mean(name, ev.dir(self));
  throw_exception(exception);
}

Interpreter::Method Interpreter::find_method(Value self, std::string_view name) {
  if (self.is_object()) {
    Object* object = self.object();
    const ObjectKind kind = object->kind;
    if (kind == ObjectKind::kModule || kind == ObjectKind::kClass || kind == ObjectKind::kSuper ||
        kind == ObjectKind::kFunction || kind == ObjectKind::kUnknown) {
      return {get_attr(self, name), Value()};
    }
    if (const Value* item = named_item(self, name)) return {*item, Value()};
    Class* cls = type_of(self);
    if (cls->custom_getattribute) return {get_attr(self, name), Value()};
    const Value found = cls->lookup(name);
    if (found.is_object() && (found.object()->kind == ObjectKind::kFunction ||
                              (found.object()->kind == ObjectKind::kNativeFunction &&
                               static_cast<NativeFunction*>(found.object())->owner))) {
      const Attributes* own = own_attributes(self);
      if (!own || !own->find(name)) return {found, self};
    }
    return {get_attr(self, name), Value()};
  }
  const Value found = type_of(self)->lookup(name);
  if (found.is(ObjectKind::kNativeFunction)) return {found, self};
  return {get_attr(self, name), Value()};
}

// ---- writing

namespace {

[[noreturn]] void read_only(Evaluator& ev, Value self, std::string_view name) {
  const std::string type = ev.type_name(self);
  const Value there = ev.find_attr(self, name);
  ev.raise("AttributeError",
           there ? "'" + type + "' object attribute '" + std::string(name) + "' is read-only"
                 : "'" + type + "' object has no attribute '" + std::string(name) + "'");
}

}  // namespace

void Interpreter::set_attr(Value self, std::string_view name, Value value) {
  if (has_special(self) && !self.is(ObjectKind::kSuper)) {
    if (const Method hook = special(self, "__setattr__"); hook.function) {
      call_special(hook, std::array<Value, 2>{str(name), value});
      return;
    }
  }
  set_plain_attr(self, name, value);
}

bool Interpreter::set_by_descriptor(Value self, Class* cls, std::string_view name, Value value) {
  const Value found = cls->lookup(name);
  if (const Property* property = found.get<Property>()) {
    if (!property->setter || property->setter.is_none()) {
      ev.raise("AttributeError",
               "property '" + std::string(name) + "' of '" + cls->name + "' object has no setter");
    }
    call(property->setter, std::array<Value, 2>{self, value}, {});
    return true;
  }
  if (found.is(ObjectKind::kInstance)) {
    if (const Method set = special(found, "__set__"); set.function) {
      call_special(set, std::array<Value, 2>{self, value});
      return true;
    }
  }
  return false;
}

void Interpreter::set_plain_attr(Value self, std::string_view name, Value value) {
  if (self.is(ObjectKind::kUnknown)) return;
  Attributes* own = own_attributes(self);
  if (!own) read_only(ev, self, name);
  ev.account(sizeof(Value) + name.size());
  Object* object = self.object();
  Class* cls = type_of(self);
  if (object->kind == ObjectKind::kClass) {
    Class* target = static_cast<Class*>(object);
    if (is_builtin(*target)) {
      ev.type_error("cannot set '" + std::string(name) + "' attribute of immutable type '" +
                    target->name + "'");
    }
    if (target->metaclass && set_by_descriptor(self, cls, name, value)) return;
    if (name == "__name__" && value.is_str()) {
      target->name = value.as_str();
    } else if (name == "__qualname__" && value.is_str()) {
      target->qualname = value.as_str();
    } else if (name == "__module__" && value.is_str()) {
      target->module = value.as_str();
    } else {
      target->own(name);  // fills a native class first
      own->set(name, value);
      if (name == "__getattribute__") target->custom_getattribute = true;
    }
    return;
  }
  if (object->kind == ObjectKind::kModule) {
    own->set(name, value);
    return;
  }
  if (object->kind == ObjectKind::kFunction) {
    Function* function = static_cast<Function*>(object);
    if (name == "__qualname__" && value.is_str()) function->qualname = value.as_str();
    if (name == "__name__" && value.is_str()) function->name = value.as_str();
    if (name == "__dict__") {
      set_dict(self, value);
      return;
    }
    own->set(name, value);
    return;
  }
  if (set_by_descriptor(self, cls, name, value)) return;
  if (is_dunder(name)) {
    if (name == "__class__") {
      Class* wanted = value.get<Class>();
      if (!wanted) {
        ev.type_error("__class__ must be set to a class, not '" + type_of(value)->name +
                      "' object");
      }
      if (object->extension()) {
        object->derive(wanted);
      } else if (object->kind == ObjectKind::kInstance) {
        static_cast<Instance*>(object)->cls = wanted;
      }
      return;
    }
    if (name == "__dict__" && set_dict(self, value)) return;
  }
  if (Exception* exception = as_exception(self)) {
    if (set_exception_attr(exception, name, value)) return;
  }
  if (object->kind == ObjectKind::kInstance && cls->name == "object") read_only(ev, self, name);
  own->set(name, value);
}

// ---- deleting

void Interpreter::del_attr(Value self, std::string_view name) {
  if (has_special(self)) {
    if (const Method hook = special(self, "__delattr__"); hook.function) {
      call_special(hook, std::array<Value, 1>{str(name)});
      return;
    }
  }
  del_plain_attr(self, name);
}

void Interpreter::del_plain_attr(Value self, std::string_view name) {
  if (self.is(ObjectKind::kUnknown)) return;
  Class* cls = type_of(self);
  if (!self.is(ObjectKind::kClass) && !self.is(ObjectKind::kModule)) {
    const Value found = cls->lookup(name);
    if (const Property* property = found.get<Property>()) {
      if (!property->deleter || property->deleter.is_none()) {
        ev.raise("AttributeError", "property '" + std::string(name) + "' of '" + cls->name +
                                       "' object has no deleter");
      }
      call(property->deleter, std::span(&self, 1), {});
      return;
    }
    if (found.is(ObjectKind::kInstance)) {
      if (const Method remove = special(found, "__delete__"); remove.function) {
        call_special(remove, std::span(&self, 1));
        return;
      }
    }
  } else if (const Module* module = self.get<Module>(); module && module->code) {
    find_module_attr(self.get<Module>(), name);
  }
  Attributes* own = own_attributes(self);
  if (own && own->erase(name)) return;
  if (self.is(ObjectKind::kClass) || self.is(ObjectKind::kModule)) {
    if (self.is(ObjectKind::kClass)) {
      ev.raise("AttributeError", "type object '" + self.get<Class>()->name +
                                     "' has no attribute '" + std::string(name) + "'");
    }
    no_attribute(self, name);
  }
  ev.raise("AttributeError",
           "'" + cls->name + "' object has no attribute '" + std::string(name) + "'");
}

// ---- __dict__ and dir()

Value Interpreter::attributes_dict(Value self) {
  if (Class* cls = self.get<Class>()) {
    cls->own("__dict__");
    Dict* names = ev.dict();
    names->set(ev, str(std::string_view("__module__")), str(cls->module));
    for (const auto& [name, value] : cls->attributes.items()) names->set(ev, str(name), value);
    if (cls->doc.data() && !cls->attributes.find("__doc__")) {
      names->set(ev, str(std::string_view("__doc__")), str(cls->doc));
    }
    return names;
  }
  if (Module* module = self.get<Module>()) {
    run_all(*module);
    if (module->code) module->code->immediate = true;
    for (std::size_t i = 0; i < module->attributes.items().size(); ++i) {
      const auto [name, value] = module->attributes.items()[i];
      if (value.is(ObjectKind::kDeferred)) module->attributes.set(name, resolve(value, nullptr));
    }
  }
  Attributes* own = own_attributes(self);
  if (!own) return {};
  if (!own->shared()) {
    Dict* names = ev.dict();
    for (const auto& [name, value] : own->items()) names->set(ev, str(name), value);
    own->share(ev, names);
  }
  return own->shared();
}

bool Interpreter::set_dict(Value self, Value dict) {
  Attributes* own = own_attributes(self);
  Dict* names = dict.get<Dict>();
  if (!names) {
    ev.type_error("__dict__ must be set to a dictionary, not a '" + type_of(dict)->name + "'");
  }
  own->share(ev, names);
  return true;
}

std::vector<std::string> Evaluator::dir(Value self) {
  std::vector<std::string> names;
  const auto add = [&](const Attributes& attributes) {
    for (const auto& [name, value] : attributes.items()) names.push_back(name);
  };
  if (Module* module = self.get<Module>()) {
    names = interpreter_->names_of(*module);
  } else {
    if (Attributes* own = interpreter_->own_attributes(self)) add(*own);
    const Class* cls = self.is(ObjectKind::kClass) ? self.get<Class>() : type_of(self);
    for (Class* base : cls->mro) {
      base->own("__dir__");
      add(base->attributes);
    }
    if (self.is(ObjectKind::kUnknown)) interpreter_->refuse(*self.get<Unknown>(), "dir()");
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace retort::python
