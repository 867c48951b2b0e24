#include <array>

#include "python/evaluator_state.h"

// The members of the built-in classes that the evaluator itself rests on: object, type, the
// descriptors, super and functions; and the special methods of all others, for `super().__x__()`
// and `str.__eq__(a, b)`.
namespace retort::python {

namespace {

void define_comparison(Evaluator& ev, Class& cls, const char* name, ast::CompareOp op,
                       Interpreter& in) {
  ev.define(cls, std::string(name) + "(self, other, /)", [op, &in](Evaluator& e, Arguments& a) {
    const auto result = in.plain_compare(op, a[0], a[1]);
    return result ? Value::boolean(*result) : e.not_implemented();
  });
}

}  // namespace

void Interpreter::fill_object(Class& cls) {
  ev.define_static(cls, "__new__(cls, *args, **kwargs)", [this](Evaluator& e, Arguments& a) {
    Class* wanted = a[0].get<Class>();
    if (!wanted) e.type_error("object.__new__(X): X is not a type object");
    return new_object(wanted);
  });
  ev.define(cls, "__init__(self, *args, **kwargs)", [this](Evaluator& e, Arguments& a) {
    const bool extra = !a.rest().empty() || !a.keywords().empty();
    if (extra && !type_of(a[0])->unknown_base) {
      Class* where = nullptr;
      type_of(a[0])->lookup("__init__", &where);
      if (where != builtin_class("object")) {
        e.type_error("object.__init__() takes exactly one argument (the instance to initialize)");
      }
    }
    return Value::none();
  });
  ev.define_class_method(
      cls, "__init_subclass__(cls, **kwargs)", [](Evaluator& e, Arguments& a) -> Value {
        if (!a.keywords().empty()) {
          const Class* made = a[0].get<Class>();
          if (made->unknown_base) return Value::none();
          e.type_error(made->name + ".__init_subclass__() takes no keyword arguments");
        }
        return Value::none();
      });
  ev.define(cls, "__getattribute__(self, name, /)",
            [](Evaluator& e, Arguments& a) { return e.plain_get_attr(a[0], a[1].as_str()); });
  ev.define(cls, "__setattr__(self, name, value, /)", [](Evaluator& e, Arguments& a) {
    e.plain_set_attr(a[0], a[1].as_str(), a[2]);
    return Value::none();
  });
  ev.define(cls, "__delattr__(self, name, /)", [this](Evaluator&, Arguments& a) {
    del_plain_attr(a[0], a[1].as_str());
    return Value::none();
  });
  ev.define(cls, "__repr__(self)",
            [this](Evaluator& e, Arguments& a) { return e.str(plain_repr(a[0])); });
  ev.define(cls, "__str__(self)", [this](Evaluator& e, Arguments& a) { return e.str(repr(a[0])); });
  ev.define(cls, "__format__(self, format_spec, /)", [this](Evaluator& e, Arguments& a) {
    if (!a[1].as_str().empty()) {
      e.type_error("unsupported format string passed to " + e.type_name(a[0]) + ".__format__");
    }
    return e.str(to_str(a[0]));
  });
  ev.define(cls, "__hash__(self)", [this](Evaluator&, Arguments& a) {
    return Value::integer(static_cast<std::int64_t>(plain_hash(a[0])));
  });
  ev.define(cls, "__eq__(self, other, /)", [](Evaluator& e, Arguments& a) {
    return identical(a[0], a[1]) ? Value::boolean(true) : e.not_implemented();
  });
  ev.define(cls, "__ne__(self, other, /)", [this](Evaluator& e, Arguments& a) {
    const Method equal_method = special(a[0], "__eq__");
    if (!equal_method.function) {
      return identical(a[0], a[1]) ? Value::boolean(false) : e.not_implemented();
    }
    const Value other = a[1];
    const Value result = call_special(equal_method, std::span(&other, 1));
    return identical(result, not_implemented) ? result : Value::boolean(!truthy(result));
  });
  for (const char* name : {"__lt__", "__le__", "__gt__", "__ge__"}) {
    ev.define(cls, std::string(name) + "(self, other, /)",
              [](Evaluator& e, Arguments&) { return e.not_implemented(); });
  }
  ev.define(cls, "__dir__(self)", [](Evaluator& e, Arguments& a) {
    std::vector<Value> names;
    for (const std::string& name : e.dir(a[0])) names.push_back(e.str(name));
    return e.list(std::move(names));
  });
}

void Interpreter::fill_type(Class& cls) {
  ev.define_static(cls, "__new__(metacls, name, bases=None, namespace=None, /, **kwargs)",
                   [this](Evaluator& e, Arguments& a) -> Value {
                     if (!a[2] && !a[3]) return type_of(a[1]);
                     if (!a[3]) e.type_error("type.__new__() takes exactly 3 arguments (2 given)");
                     std::vector<NamedValue> keywords;
                     for (const auto& [name, value] : a.keywords())
                       keywords.push_back({name, value});
                     return create_class(a[0], a[1], a[2], a[3], keywords);
                   });
  ev.define(cls, "__init__(cls, *args, **kwargs)",
            [](Evaluator&, Arguments&) { return Value::none(); });
  ev.define(cls, "__call__(cls, *args, **kwargs)", [this](Evaluator&, Arguments& a) {
    std::vector<NamedValue> keywords;
    for (const auto& [name, value] : a.keywords()) keywords.push_back({name, value});
    return call_class(a[0].get<Class>(), a.rest(), keywords);
  });
  ev.define_class_method(cls, "__prepare__(metacls, *args, **kwargs)",
                         [](Evaluator& e, Arguments&) -> Value { return e.dict(); });
  ev.define(cls, "mro(cls)", [](Evaluator& e, Arguments& a) {
    const auto& mro = a[0].get<Class>()->mro;
    return e.list({mro.begin(), mro.end()});
  });
  ev.define(cls, "__subclasses__(cls)", [](Evaluator& e, Arguments& a) {
    const auto& all = a[0].get<Class>()->subclasses_;
    return e.list({all.begin(), all.end()});
  });
  ev.define(cls, "__instancecheck__(cls, instance, /)", [](Evaluator& e, Arguments& a) {
    return Value::boolean(e.is_instance(a[1], a[0].get<Class>()));
  });
  ev.define(cls, "__subclasscheck__(cls, subclass, /)", [](Evaluator& e, Arguments& a) {
    const Class* sub = a[1].get<Class>();
    if (!sub) e.type_error("issubclass() arg 1 must be a class");
    return Value::boolean(sub->is_subclass_of(a[0].get<Class>()));
  });
  ev.define(cls, "__repr__(cls)",
            [this](Evaluator& e, Arguments& a) { return e.str(plain_repr(a[0])); });
  // `int | None` through the method, and `type.__or__` for classes that ask for it.
  ev.define(cls, "__or__(cls, other, /)",
            [this](Evaluator&, Arguments& a) { return make_union(a[0], a[1]); });
}

void Interpreter::fill_descriptor(Class& cls) {
  if (cls.name == "super") {
    ev.define_static(cls, "__new__(cls, *args)",
                     [this](Evaluator&, Arguments& a) { return make_super(a.rest()); });
    ev.define(cls, "__init__(self, *args)", [](Evaluator&, Arguments&) { return Value::none(); });
    return;
  }
  if (cls.name == "staticmethod") {
    ev.define_static(cls, "__new__(cls, function, /)", [](Evaluator& e, Arguments& a) -> Value {
      return e.make<StaticMethod>(a[1]);
    });
    ev.define(cls, "__init__(self, *args)", [](Evaluator&, Arguments&) { return Value::none(); });
    const auto function = [](Evaluator&, Value self) { return self.get<StaticMethod>()->function; };
    ev.define_property(cls, "__func__", function);
    ev.define_property(cls, "__wrapped__", function);
    return;
  }
  if (cls.name == "classmethod") {
    ev.define_static(cls, "__new__(cls, function, /)",
                     [](Evaluator& e, Arguments& a) -> Value { return e.make<ClassMethod>(a[1]); });
    ev.define(cls, "__init__(self, *args)", [](Evaluator&, Arguments&) { return Value::none(); });
    const auto function = [](Evaluator&, Value self) { return self.get<ClassMethod>()->function; };
    ev.define_property(cls, "__func__", function);
    ev.define_property(cls, "__wrapped__", function);
    return;
  }
  ev.define_static(cls, "__new__(cls, fget=None, fset=None, fdel=None, doc=None)",
                   [](Evaluator& e, Arguments& a) -> Value {
                     Property* property = e.make<Property>();
                     property->getter = a[1];
                     property->setter = a[2];
                     property->deleter = a[3];
                     property->doc = a[4];
                     Class* wanted = a[0].get<Class>();
                     if (wanted && wanted != e.builtin_class("property")) {
                       property->derive(wanted);
                     }
                     return property;
                   });
  ev.define(cls, "__init__(self, *args, **kwargs)",
            [](Evaluator&, Arguments&) { return Value::none(); });
  const auto copier = [this](std::string_view signature, Value Property::* member) {
    return [this, signature, member](Class& target) {
      ev.define(target, signature, [member](Evaluator& e, Arguments& a) -> Value {
        const Property* from = a[0].get<Property>();
        Property* property = e.make<Property>();
        property->getter = from->getter;
        property->setter = from->setter;
        property->deleter = from->deleter;
        property->doc = from->doc;
        property->*member = a[1];
        if (from->extension()) property->derive(from->extension()->cls);
        return property;
      });
    };
  };
  copier("getter(self, fget, /)", &Property::getter)(cls);
  copier("setter(self, fset, /)", &Property::setter)(cls);
  copier("deleter(self, fdel, /)", &Property::deleter)(cls);
  const auto member = [&](std::string_view name, Value Property::* which) {
    ev.define_property(cls, name, [which](Evaluator&, Value self) {
      const Value value = self.get<Property>()->*which;
      return value ? value : Value::none();
    });
  };
  member("fget", &Property::getter);
  member("fset", &Property::setter);
  member("fdel", &Property::deleter);
  ev.define_property(cls, "__doc__", [](Evaluator& e, Value self) {
    const Property* property = self.get<Property>();
    if (property->doc && !property->doc.is_none()) return property->doc;
    if (!property->getter || property->getter.is_none()) return Value::none();
    const Value doc = e.find_attr(property->getter, "__doc__");
    return doc ? doc : Value::none();
  });
  ev.define(cls, "__get__(self, instance, owner=None, /)", [this](Evaluator&, Arguments& a) {
    if (a[1].is_none()) return a[0];
    return bind_descriptor(a[0], a[1], type_of(a[1]));
  });
  ev.define(cls, "__set__(self, instance, value, /)", [this](Evaluator& e, Arguments& a) {
    const Value setter = a[0].get<Property>()->setter;
    if (!setter || setter.is_none()) {
      e.raise("AttributeError", "property of '" + e.type_name(a[1]) + "' object has no setter");
    }
    call(setter, std::array<Value, 2>{a[1], a[2]}, {});
    return Value::none();
  });
}

void Interpreter::fill_callable(Class& cls) {
  ev.define(cls, "__call__(self, /, *args, **kwargs)", [this](Evaluator&, Arguments& a) {
    std::vector<NamedValue> keywords;
    for (const auto& [name, value] : a.keywords()) keywords.push_back({name, value});
    return call(a[0], a.rest(), keywords);
  });
  ev.define(cls, "__get__(self, instance, owner=None, /)", [this](Evaluator&, Arguments& a) {
    if (a[1].is_none()) return a[0];
    return bind_descriptor(a[0], a[1], type_of(a[1]));
  });
}

// The special methods of built-in values, so that a derived class can reach them by super().
void Interpreter::fill_special(Class& cls) {
  const std::string_view name = cls.name;
  const auto missing = [&](std::string_view method) { return !cls.attributes.find(method); };
  const auto text_result = [&](std::string_view method, std::string (Interpreter::*how)(Value)) {
    if (!missing(method)) return;
    ev.define(cls, std::string(method) + "(self)",
              [this, how](Evaluator& e, Arguments& a) { return e.str((this->*how)(a[0])); });
  };
  text_result("__repr__", &Interpreter::plain_repr);
  if (name == "str") text_result("__str__", &Interpreter::plain_str);
  const bool number = name == "int" || name == "float" || name == "bool";
  const bool sequence =
      name == "str" || name == "list" || name == "tuple" || name == "bytes" || name == "range";
  const bool hashed = name == "dict" || name == "set" || name == "frozenset";
  const bool view = name == "dict_keys" || name == "dict_values" || name == "dict_items";
  if (!number && !sequence && !hashed && !view && name != "NoneType" && name != "slice") {
    if (missing("__iter__") && name.ends_with("iterator")) {
      ev.define(cls, "__iter__(self)", [](Evaluator&, Arguments& a) { return a[0]; });
    }
    if (missing("__next__") && (name.ends_with("iterator") || name == "map" || name == "filter" ||
                                name == "zip" || name == "enumerate" || name == "reversed")) {
      ev.define(cls, "__next__(self)", [this](Evaluator&, Arguments& a) {
        const Value item = next(a[0]);
        if (!item) stop_iteration(Value());
        return item;
      });
      if (missing("__iter__")) {
        ev.define(cls, "__iter__(self)", [](Evaluator&, Arguments& a) { return a[0]; });
      }
    }
    return;
  }
  const auto compare_method = [&](const char* method, ast::CompareOp op) {
    if (missing(method)) define_comparison(ev, cls, method, op, *this);
  };
  compare_method("__eq__", ast::CompareOp::kEq);
  compare_method("__ne__", ast::CompareOp::kNotEq);
  if (number || sequence || name == "set" || name == "frozenset") {
    compare_method("__lt__", ast::CompareOp::kLt);
    compare_method("__le__", ast::CompareOp::kLtE);
    compare_method("__gt__", ast::CompareOp::kGt);
    compare_method("__ge__", ast::CompareOp::kGtE);
  }
  if (missing("__hash__")) {
    if (name == "list" || name == "dict" || name == "set") {
      cls.attributes.set("__hash__", Value::none());
    } else {
      ev.define(cls, "__hash__(self)", [this](Evaluator&, Arguments& a) {
        return Value::integer(static_cast<std::int64_t>(plain_hash(a[0])));
      });
    }
  }
  if (sequence || hashed || view) {
    if (missing("__len__")) {
      ev.define(cls, "__len__(self)", [this](Evaluator&, Arguments& a) {
        return Value::integer(plain_length(a[0]).value_or(0));
      });
    }
    if (missing("__contains__")) {
      ev.define(cls, "__contains__(self, item, /)", [this](Evaluator&, Arguments& a) {
        return Value::boolean(plain_contains(a[0], a[1]));
      });
    }
    if (missing("__iter__")) {
      ev.define(cls, "__iter__(self)",
                [this](Evaluator&, Arguments& a) { return plain_iter(a[0]); });
    }
  }
  if (sequence || name == "dict") {
    if (missing("__getitem__")) {
      ev.define(cls, "__getitem__(self, key, /)",
                [this](Evaluator&, Arguments& a) { return plain_get_item(a[0], a[1]); });
    }
  }
  if (name == "list" || name == "dict") {
    if (missing("__setitem__")) {
      ev.define(cls, "__setitem__(self, key, value, /)", [this](Evaluator&, Arguments& a) {
        plain_set_item(a[0], a[1], a[2]);
        return Value::none();
      });
    }
    if (missing("__delitem__")) {
      ev.define(cls, "__delitem__(self, key, /)", [this](Evaluator&, Arguments& a) {
        plain_del_item(a[0], a[1]);
        return Value::none();
      });
    }
  }
  using ast::BinaryOp;
  const auto operators = [&](std::initializer_list<BinaryOp> ops, bool reflected) {
    for (const BinaryOp op : ops) {
      const std::string method(operator_method(op));
      if (missing(method)) {
        ev.define(cls, method + "(self, other, /)", [this, op](Evaluator& e, Arguments& a) {
          const Value result = plain_binary(op, a[0], a[1]);
          return result ? result : e.not_implemented();
        });
      }
      const std::string swapped(operator_reflected(op));
      if (reflected && missing(swapped)) {
        ev.define(cls, swapped + "(self, other, /)", [this, op](Evaluator& e, Arguments& a) {
          const Value result = plain_binary(op, a[1], a[0]);
          return result ? result : e.not_implemented();
        });
      }
    }
  };
  if (number) {
    operators({BinaryOp::kAdd, BinaryOp::kSub, BinaryOp::kMul, BinaryOp::kDiv, BinaryOp::kFloorDiv,
               BinaryOp::kMod, BinaryOp::kPow},
              true);
    if (name != "float") {
      operators({BinaryOp::kAnd, BinaryOp::kOr, BinaryOp::kXor, BinaryOp::kLeftShift,
                 BinaryOp::kRightShift},
                true);
      if (missing("__index__")) {
        ev.define(cls, "__index__(self)", [](Evaluator& e, Arguments& a) {
          const Value plain = e.plain_number(a[0]);
          return plain.is_bool() ? Value::integer(plain.as_int()) : plain;
        });
      }
    }
    if (missing("__bool__")) {
      ev.define(cls, "__bool__(self)", [](Evaluator& e, Arguments& a) {
        return Value::boolean(e.truthy(e.plain_number(a[0])));
      });
    }
    if (missing("__neg__")) {
      ev.define(cls, "__neg__(self)", [this](Evaluator& e, Arguments& a) {
        return unary(ast::UnaryOp::kMinus, e.plain_number(a[0]));
      });
    }
  } else if (sequence && name != "range") {
    operators({BinaryOp::kAdd}, false);
    operators({BinaryOp::kMul}, true);
    if (name == "str" || name == "bytes") operators({BinaryOp::kMod}, false);
  } else if (name == "dict") {
    operators({BinaryOp::kOr}, true);
  } else if (name == "set" || name == "frozenset" || view) {
    operators({BinaryOp::kOr, BinaryOp::kAnd, BinaryOp::kSub, BinaryOp::kXor}, true);
  }
}

// ---- isinstance and issubclass

bool Evaluator::is_instance(Value value, Value classes) {
  Interpreter& in = *interpreter_;
  if (const Tuple* tuple = classes.get<Tuple>()) {
    for (const Value& each : tuple->items) {
      if (is_instance(value, each)) return true;
    }
    return false;
  }
  if (const Unknown* from = value.get<Unknown>()) in.refuse(*from, "isinstance()");
  if (const Unknown* from = classes.get<Unknown>()) in.refuse(*from, "isinstance()");
  if (classes.is_none()) return value.is_none();
  if (Class* cls = classes.get<Class>()) {
    Class* type = type_of(value);
    if (type == cls) return true;
    if (cls->metaclass) {
      const Interpreter::Method check = in.special(classes, "__instancecheck__");
      if (check.function) return truthy(in.call_special(check, std::span(&value, 1)));
    }
    if (type->is_subclass_of(cls)) return true;
    if (type->unknown_base && !cls->native) in.refuse(*type->unknown_base, "isinstance()");
    return false;
  }
  if (classes.is(ObjectKind::kInstance)) {
    const Class* cls = classes.get<Instance>()->cls;
    if (cls->name == "UnionType") return is_instance(value, get_attr(classes, "__args__"));
    if (cls->name == "GenericAlias") {
      type_error("isinstance() argument 2 cannot be a parameterized generic");
    }
    const Interpreter::Method check = in.special(classes, "__instancecheck__");
    if (check.function) return truthy(in.call_special(check, std::span(&value, 1)));
  }
  type_error("isinstance() arg 2 must be a type, a tuple of types, or a union");
}

bool Evaluator::is_subclass(Value cls, Value classes) {
  Interpreter& in = *interpreter_;
  if (const Tuple* tuple = classes.get<Tuple>()) {
    for (const Value& each : tuple->items) {
      if (is_subclass(cls, each)) return true;
    }
    return false;
  }
  if (const Unknown* from = cls.get<Unknown>()) in.refuse(*from, "issubclass()");
  if (const Unknown* from = classes.get<Unknown>()) in.refuse(*from, "issubclass()");
  Class* sub = cls.get<Class>();
  if (!sub) type_error("issubclass() arg 1 must be a class");
  if (Class* base = classes.get<Class>()) {
    if (base->metaclass) {
      const Interpreter::Method check = in.special(classes, "__subclasscheck__");
      if (check.function) return truthy(in.call_special(check, std::span(&cls, 1)));
    }
    return sub->is_subclass_of(base);
  }
  if (classes.is(ObjectKind::kInstance) && classes.get<Instance>()->cls->name == "UnionType") {
    return is_subclass(cls, get_attr(classes, "__args__"));
  }
  type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union");
}

}  // namespace retort::python
