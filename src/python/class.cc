#include <algorithm>

#include "python/evaluator_state.h"

// How classes are made and objects of them.
namespace retort::python {

// ---- order and inheritance

// C3 linearisation (https://docs.python.org/3/howto/mro.html).
void Interpreter::compute_mro(Class& cls) {
  std::vector<std::vector<Class*>> lines;
  for (const Class* base : cls.bases) lines.push_back(base->mro);
  lines.push_back(cls.bases);
  cls.mro = {&cls};
  for (;;) {
    std::erase_if(lines, [](const auto& line) { return line.empty(); });
    if (lines.empty()) return;
    Class* next = nullptr;
    for (const auto& line : lines) {
      const bool in_a_tail = std::any_of(lines.begin(), lines.end(), [&](const auto& other) {
        return std::find(other.begin() + 1, other.end(), line.front()) != other.end();
      });
      if (!in_a_tail) {
        next = line.front();
        break;
      }
    }
    if (!next) {
      std::string names;
      for (const Class* base : cls.bases) names += (names.empty() ? "" : ", ") + base->name;
      ev.type_error("Cannot create a consistent method resolution\norder (MRO) for bases " + names);
    }
    cls.mro.push_back(next);
    for (auto& line : lines) {
      if (line.front() == next) line.erase(line.begin());
    }
  }
}

void Interpreter::inherit_flags(Class& cls) {
  for (Class* base : cls.bases) {
    if (base->layout) {
      if (cls.layout && cls.layout != base->layout && !cls.layout->is_subclass_of(base->layout) &&
          !base->layout->is_subclass_of(cls.layout)) {
        ev.type_error("multiple bases have instance lay-out conflict");
      }
      cls.layout = base->layout;
    }
    cls.is_exception |= base->is_exception;
    cls.is_metaclass |= base->is_metaclass;
    cls.custom_getattribute |= base->custom_getattribute;
    if (base->unknown_base && !cls.unknown_base) cls.unknown_base = base->unknown_base;
    base->subclasses_.push_back(&cls);
  }
}

Class* Interpreter::winning_metaclass(std::span<Class* const> bases, Class* wanted) {
  Class* winner = wanted;
  for (Class* base : bases) {
    Class* meta = metaclass_of(*base);
    if (!winner || meta->is_subclass_of(winner)) {
      winner = meta;
    } else if (!winner->is_subclass_of(meta)) {
      ev.type_error(
          "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of "
          "the metaclasses of all its bases");
    }
  }
  return winner ? winner : builtin_class("type");
}

Class* Interpreter::new_class(std::string name, std::string module, std::vector<Class*> bases,
                              Class* metaclass) {
  Class* cls = ev.make<Class>(std::move(name), std::move(module));
  ev.account(256);
  cls->qualname = cls->name;
  if (bases.empty()) bases.push_back(builtin_class("object"));
  cls->bases = std::move(bases);
  Class* winner = winning_metaclass(cls->bases, metaclass);
  if (winner != builtin_class("type")) cls->metaclass = winner;
  cls->evaluator_ = &ev;
  compute_mro(*cls);
  inherit_flags(*cls);
  return cls;
}

Class* Evaluator::define_class(std::string name, std::string module, std::vector<Class*> bases) {
  Class* cls = interpreter_->new_class(std::move(name), std::move(module), std::move(bases));
  cls->native = true;
  return cls;
}

// ---- class objects

namespace {

// `__new__` is a static method and these two are class methods without a decorator saying so.
Value implied_wrapper(Evaluator& ev, std::string_view name, Value value) {
  if (!value.is(ObjectKind::kFunction) && !value.is(ObjectKind::kNativeFunction)) return value;
  if (name == "__new__") return ev.make<StaticMethod>(value);
  if (name == "__init_subclass__" || name == "__class_getitem__") {
    return ev.make<ClassMethod>(value);
  }
  return value;
}

}  // namespace

Value Interpreter::build_class(std::string_view name, std::span<const Value> given_bases,
                               const Attributes& names, std::span<const NamedValue> keywords,
                               Class* metaclass) {
  std::vector<Class*> bases;
  Unknown* unknown_base = nullptr;
  for (const Value& base : given_bases) {
    if (Class* cls = base.get<Class>()) {
      if (cls->name == "bool" && cls->native && cls->module == "builtins") {
        ev.type_error("type 'bool' is not an acceptable base type");
      }
      if (std::find(bases.begin(), bases.end(), cls) != bases.end()) {
        ev.type_error("duplicate base class " + cls->name);
      }
      bases.push_back(cls);
    } else if (Unknown* unknown = base.get<Unknown>()) {
      unknown_base = unknown;
    } else {
      ev.type_error("bases must be types");
    }
  }
  ClassContext* context = class_context;
  if (context && (context->made || context->name != name)) context = nullptr;
  std::string module = "builtins";
  if (const Value own = names.find("__module__"); own.is_str()) {
    module = own.as_str();
  } else if (top) {
    module = top->module->name;
  }
  Class* cls = new_class(std::string(name), std::move(module), std::move(bases), metaclass);
  if (unknown_base) cls->unknown_base = unknown_base;
  for (const auto& [key, value] : names.items()) {
    if (key == "__qualname__" && value.is_str()) {
      cls->qualname = value.as_str();
    } else if (key != "__module__" && key != "__qualname__" && key != "__classcell__") {
      cls->attributes.set(key, implied_wrapper(ev, key, value));
    }
  }
  if (cls->attributes.find("__getattribute__")) cls->custom_getattribute = true;
  if (cls->attributes.find("__eq__") && !cls->attributes.find("__hash__")) {
    cls->attributes.set("__hash__", Value::none());
  }
  if (context) {
    context->made = cls;
    cls->place = context->place;
    cls->doc = context->doc;
    cls->annotations = std::move(context->annotations);
    if (context->scope) {
      context->scope->cls = cls;
      for (Annotation& annotation : cls->annotations) annotation.scope = context->scope;
    }
    if (context->cell) context->cell->value = cls;
  }
  for (std::size_t i = 0; i < cls->attributes.items().size(); ++i) {
    const auto [key, value] = cls->attributes.items()[i];
    if (!has_special(value) || value.is(ObjectKind::kClass)) continue;
    if (const Method method = special(value, "__set_name__"); method.function) {
      call_special(method, std::array<Value, 2>{Value(cls), str(key)});
    }
  }
  Class* meta = metaclass_of(*cls);
  for (std::size_t i = meta->mro.size(); i-- > 0;) {
    if (meta->mro[i]->on_subclass) meta->mro[i]->on_subclass(ev, *cls);
  }
  // super(cls, cls).__init_subclass__(**keywords)
  Value init;
  for (std::size_t i = 1; i < cls->mro.size() && !init; ++i) {
    init = cls->mro[i]->own("__init_subclass__");
  }
  if (init) {
    call(bind_descriptor(init, Value(), cls), {}, keywords);
  } else if (!keywords.empty() && !cls->unknown_base) {
    ev.type_error(cls->name + ".__init_subclass__() takes no keyword arguments");
  }
  for (std::size_t i = cls->mro.size(); i-- > 1;) {
    if (cls->mro[i]->on_subclass) cls->mro[i]->on_subclass(ev, *cls);
  }
  return cls;
}

Value Interpreter::create_class(Value metaclass, Value name, Value bases, Value names,
                                std::span<const NamedValue> keywords) {
  if (!name.is_str()) {
    ev.type_error("type.__new__() argument 1 must be str, not " + type_of(name)->name);
  }
  const Tuple* base_tuple = bases.get<Tuple>();
  if (!base_tuple) {
    ev.type_error("type.__new__() argument 2 must be tuple, not " + type_of(bases)->name);
  }
  const Dict* dict = names.get<Dict>();
  if (!dict) ev.type_error("type.__new__() argument 3 must be dict, not " + type_of(names)->name);
  Attributes attributes;
  for (const Dict::Entry& entry : dict->entries()) {
    if (entry.key.is_str()) attributes.set(entry.key.as_str(), entry.value);
  }
  return build_class(name.as_str(), base_tuple->items, attributes, keywords,
                     metaclass.get<Class>());
}

Value Evaluator::make_class(std::string_view name, std::span<const Value> bases,
                            std::span<const NamedValue> names, std::span<const NamedValue> keywords,
                            Class* metaclass) {
  Attributes attributes;
  for (const NamedValue& named : names) attributes.set(named.name, named.value);
  auto* const around = std::exchange(interpreter_->class_context, nullptr);
  struct Restore {
    Interpreter& in;
    Interpreter::ClassContext* context;
    ~Restore() { in.class_context = context; }
  } restore{*interpreter_, around};
  return interpreter_->build_class(name, bases, attributes, keywords, metaclass);
}

// ---- objects

Instance* Evaluator::new_instance(Class* cls) {
  if (cls->is_exception) {
    Exception* made = make<Exception>(cls);
    made->set_args(static_cast<Tuple*>(interpreter_->empty_tuple.object()));
    return made;
  }
  return make<Instance>(cls);
}

Value Evaluator::as_subclass(Class* cls, Value plain) {
  if (interpreter_->type_of(plain) == cls) return plain;
  Object* made = nullptr;
  const Value number = plain_number(plain);
  if (number.is_int() || number.is_bool() || number.is_float() || number.is(ObjectKind::kBigInt)) {
    made = make<Number>(number.is_bool() ? Value::integer(number.as_bool()) : number);
  } else if (plain.is_object()) {
    switch (plain.object()->kind) {
      case ObjectKind::kStr:
        made = make<Str>(plain.as_str());
        break;
      case ObjectKind::kBytes:
        made = make<Bytes>(plain.get<Bytes>()->data);
        break;
      case ObjectKind::kList:
        made = make<List>(plain.get<List>()->items);
        break;
      case ObjectKind::kTuple:
        made = make<Tuple>(plain.get<Tuple>()->items);
        break;
      case ObjectKind::kDict: {
        Dict* dict = make<Dict>();
        for (const Dict::Entry& entry : plain.get<Dict>()->entries()) {
          if (entry.key) dict->set(*this, entry.key, entry.hash, entry.value);
        }
        made = dict;
        break;
      }
      case ObjectKind::kSet: {
        Set* set = make<Set>(plain.get<Set>()->frozen);
        for (const Dict::Entry& entry : plain.get<Set>()->items.entries()) {
          if (entry.key) set->items.set(*this, entry.key, entry.hash, entry.value);
        }
        made = set;
        break;
      }
      default:
        return plain;
    }
  }
  if (!made) return plain;
  account(sizeof(Extension));
  made->derive(cls);
  return made;
}

namespace {

bool is_default(Value found, Class* where, Class* object) { return !found || where == object; }

}  // namespace

Value Interpreter::instantiate(Class* cls, std::span<const Value> args,
                               std::span<const NamedValue> keywords) {
  Class* new_where = nullptr;
  Class* init_where = nullptr;
  const Value new_found = cls->lookup("__new__", &new_where);
  const Value init_found = cls->lookup("__init__", &init_where);
  const bool default_new = is_default(new_found, new_where, object_class);
  const bool default_init = is_default(init_found, init_where, object_class);
  Value self;
  if (default_new) {
    if (default_init && (!args.empty() || !keywords.empty()) && !cls->unknown_base) {
      ev.type_error(cls->name + "() takes no arguments");
    }
    self = new_object(cls);
  } else {
    const StaticMethod* wrapped = new_found.get<StaticMethod>();
    ValueBuffer with_class;
    with_class.push_back(cls);
    for (const Value& arg : args) with_class.push_back(arg);
    self = call(wrapped ? wrapped->function : bind_descriptor(new_found, Value(), cls),
                with_class.span(), keywords);
    if (type_of(self) != cls && !type_of(self)->is_subclass_of(cls)) return self;
  }
  if (!default_init) {
    const Value result = call(Method{init_found, self}, args, keywords);
    if (!result.is_none() && !result.is(ObjectKind::kUnknown)) {
      ev.type_error("__init__() should return None, not '" + type_of(result)->name + "'");
    }
  }
  return self;
}

Value Interpreter::new_object(Class* cls) {
  if (cls->is_metaclass) ev.type_error("type.__new__() takes exactly 3 arguments (0 given)");
  if (cls->layout) {
    const Value plain = call(cls->layout, {}, {});
    return cls == cls->layout ? plain : ev.as_subclass(cls, plain);
  }
  if (const Value abstract = cls->attributes.find("__abstractmethods__")) {
    std::vector<Value> names;
    collect(abstract, names);
    if (!names.empty()) {
      std::vector<std::string> sorted;
      for (const Value& name : names) sorted.push_back(to_str(name));
      std::sort(sorted.begin(), sorted.end());
      std::string list;
      for (const std::string& name : sorted) list += (list.empty() ? "" : ", ") + name;
      ev.type_error("Can't instantiate abstract class " + cls->name + " with abstract method" +
                    (sorted.size() > 1 ? "s " : " ") + list);
    }
  }
  return ev.new_instance(cls);
}

}  // namespace retort::python
