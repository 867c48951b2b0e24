#include <array>

#include "python/evaluator_state.h"

// What the syntax of types makes: list[int], int | None, type parameters and `type X = ...`.
namespace retort::python {

namespace {

Value args_of(Interpreter& in, Value alias) { return in.own_attributes(alias)->find("__args__"); }

}  // namespace

bool Interpreter::is_alias(Value value) {
  if (!value.is(ObjectKind::kInstance)) return false;
  const Class* cls = value.get<Instance>()->cls;
  return cls->module == "types" && (cls->name == "GenericAlias" || cls->name == "UnionType");
}

Value Interpreter::make_alias(Class* cls, Value key) {
  Instance* alias = ev.new_instance(builtin_class("GenericAlias"));
  alias->attributes.set("__origin__", cls);
  alias->attributes.set("__args__", key.is(ObjectKind::kTuple) ? key : ev.tuple({key}));
  return alias;
}

Value Interpreter::make_union(Value left, Value right) {
  std::vector<Value> members;
  const auto add = [&](Value value) {
    if (value.is_none()) value = builtin_class("NoneType");
    for (const Value& other : members) {
      const bool known = !other.is(ObjectKind::kUnknown) && !value.is(ObjectKind::kUnknown);
      if (identical(other, value) || (known && equal(other, value))) return;
    }
    members.push_back(value);
  };
  for (const Value& side : {left, right}) {
    if (type_of(side) == builtin_class("UnionType")) {
      for (const Value& each_member : ev.items(args_of(*this, side))) add(each_member);
    } else {
      add(side);
    }
  }
  if (members.size() == 1) return members.front();
  Instance* made = ev.new_instance(builtin_class("UnionType"));
  made->attributes.set("__args__", ev.tuple(std::move(members)));
  return made;
}

bool Interpreter::same_alias(Value left, Value right) {
  const Value a = args_of(*this, left);
  const Value b = args_of(*this, right);
  if (type_of(left)->name == "UnionType") {
    const std::vector<Value> items = ev.items(a);
    if (length(a) != length(b)) return false;
    for (const Value& item : items) {
      if (!contains(b, item)) return false;
    }
    return true;
  }
  return equal(own_attributes(left)->find("__origin__"),
               own_attributes(right)->find("__origin__")) &&
         equal(a, b);
}

// The name of a type in the text of an alias: `int`, not `<class 'int'>`.
std::string Interpreter::type_text(Value type) {
  if (const Class* cls = type.get<Class>()) {
    if (cls->name == "NoneType") return "None";
    return (cls->module == "builtins" ? "" : cls->module + ".") + cls->qualname;
  }
  if (identical(type, ellipsis)) return "...";
  if (const List* list = type.get<List>()) {
    std::string text = "[";
    for (Value item : list->items) text += (text.size() > 1 ? ", " : "") + type_text(item);
    return text + "]";
  }
  return type.is(ObjectKind::kUnknown) ? type.get<Unknown>()->origin : repr(type);
}

void Interpreter::fill_typing(Class& cls) {
  const std::string name = cls.name;
  if (name == "GenericAlias") {
    ev.define_static(cls, "__new__(cls, origin, args, /)", [](Evaluator& e, Arguments& a) -> Value {
      Instance* alias = e.new_instance(a[0].get<Class>());
      alias->attributes.set("__origin__", a[1]);
      alias->attributes.set("__args__", a[2].is(ObjectKind::kTuple) ? a[2] : e.tuple({a[2]}));
      return alias;
    });
    ev.define(cls, "__init__(self, *args)", [](Evaluator&, Arguments&) { return Value::none(); });
    ev.define(cls, "__repr__(self)", [this](Evaluator& e, Arguments& a) {
      std::string text = type_text(own_attributes(a[0])->find("__origin__")) + "[";
      const std::vector<Value> args = e.items(args_of(*this, a[0]));
      for (std::size_t i = 0; i < args.size(); ++i) {
        text += (i > 0 ? ", " : "") + type_text(args[i]);
      }
      return e.str(text + (args.empty() ? "()]" : "]"));
    });
    ev.define(cls, "__call__(self, *args, **kwargs)", [this](Evaluator&, Arguments& a) {
      std::vector<NamedValue> keywords;
      for (const auto& [key, value] : a.keywords()) keywords.push_back({key, value});
      return call(own_attributes(a[0])->find("__origin__"), a.rest(), keywords);
    });
    ev.define(cls, "__mro_entries__(self, bases, /)", [this](Evaluator& e, Arguments& a) {
      return e.tuple({own_attributes(a[0])->find("__origin__")});
    });
    ev.define(cls, "__getitem__(self, key, /)", [](Evaluator&, Arguments& a) { return a[0]; });
    ev.define(cls, "__getattr__(self, name, /)", [this](Evaluator& e, Arguments& a) {
      const std::string& wanted = a[1].as_str();
      if (wanted == "__parameters__") return empty_tuple;
      return e.get_attr(own_attributes(a[0])->find("__origin__"), wanted);
    });
    return;
  }
  if (name == "UnionType") {
    ev.define(cls, "__repr__(self)", [this](Evaluator& e, Arguments& a) {
      std::string text;
      for (const Value& each_member : e.items(args_of(*this, a[0]))) {
        text += (text.empty() ? "" : " | ") + type_text(each_member);
      }
      return e.str(text);
    });
    return;
  }
  if (name == "TypeAliasType") {
    ev.define(cls, "__repr__(self)",
              [this](Evaluator&, Arguments& a) { return own_attributes(a[0])->find("__name__"); });
    ev.define(cls, "__getitem__(self, key, /)", [](Evaluator&, Arguments& a) { return a[0]; });
    ev.define(cls, "__getattr__(self, name, /)", [this](Evaluator& e, Arguments& a) -> Value {
      const Value thunk = own_attributes(a[0])->find("_thunk");
      if (a[1].as_str() != "__value__" || !thunk) {
        e.raise("AttributeError",
                "'typing.TypeAliasType' object has no attribute '" + a[1].as_str() + "'");
      }
      return call(thunk, {}, {});
    });
    return;
  }
  ev.define_static(
      cls, "__new__(cls, name, /, *args, **kwargs)", [](Evaluator& e, Arguments& a) -> Value {
        Instance* made = e.new_instance(a[0].get<Class>());
        made->attributes.set("__name__", a[1]);
        Value bound = Value::none();
        for (const auto& [key, value] : a.keywords()) {
          if (key == "bound") bound = value;
        }
        made->attributes.set("__bound__", bound);
        made->attributes.set("__constraints__", e.tuple({a.rest().begin(), a.rest().end()}));
        return made;
      });
  ev.define(cls, "__init__(self, *args, **kwargs)",
            [](Evaluator&, Arguments&) { return Value::none(); });
  ev.define(cls, "__repr__(self)", [this](Evaluator& e, Arguments& a) {
    return e.str("~" + to_str(own_attributes(a[0])->find("__name__")));
  });
  if (name == "ParamSpec") {
    const auto self = [](Evaluator&, Value value) { return value; };
    ev.define_property(cls, "args", self);
    ev.define_property(cls, "kwargs", self);
  }
  if (name == "TypeVarTuple") {
    ev.define(cls, "__iter__(self)",
              [this](Evaluator& e, Arguments& a) { return iter(e.tuple({a[0]})); });
  }
}

void Interpreter::bind_type_params(Frame& frame, ast::TypeParams params) {
  using Kind = ast::TypeParam::Kind;
  for (const ast::TypeParam& param : params) {
    Class* cls = builtin_class(param.kind == Kind::kTypeVar        ? "TypeVar"
                               : param.kind == Kind::kTypeVarTuple ? "TypeVarTuple"
                                                                   : "ParamSpec");
    Instance* made = ev.new_instance(cls);
    made->attributes.set("__name__", str(param.name));
    store_name(frame, *param.target, made);
  }
}

// The value is evaluated when it is asked for, as in CPython.
Value Interpreter::make_type_alias(Frame& frame, const ast::TypeAlias& alias) {
  Instance* made = ev.new_instance(builtin_class("TypeAliasType"));
  made->attributes.set("__name__", str(alias.target->id));
  const Annotation annotation{alias.target->id, alias.value, annotation_scope(frame)};
  made->attributes.set("_thunk", ev.function("value()", [annotation](Evaluator& e, Arguments&) {
    return e.evaluate_annotation(annotation);
  }));
  return made;
}

}  // namespace retort::python
