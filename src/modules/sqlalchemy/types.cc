#include "modules/sqlalchemy/types.h"

#include <algorithm>
#include <array>
#include <map>

#include "modules/arguments.h"
#include "modules/invoke.h"
#include "modules/sqlalchemy/connection.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/type_table.h"
#include "sql/node.h"
#include "sql/type_repr.h"

namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

// Classes live in this module, one attribute a type: "String", "postgresql.JSONB".
constexpr std::string_view kRegistry = "retort.sqlalchemy.types";

Module& registry(Evaluator& evaluator) { return *evaluator.import_module(kRegistry).get<Module>(); }

std::string key_of(std::string_view dialect, std::string_view name) {
  return dialect.empty() ? std::string(name) : std::string(dialect) + "." + std::string(name);
}

void set_option(sql::Type& type, std::string_view name, std::string value) {
  type.options.emplace_back(name, std::move(value));
}

// Keywords that a shape leaves to the dialect, as text.
void keep_options(Evaluator& evaluator, const Arguments& args, sql::Type& type) {
  for (const auto& [name, value] : args.keywords()) {
    if (value.is_none()) continue;
    if (name == "collation" || name == "collate") {
      type.collation = text_of(evaluator, value, name);
    } else {
      set_option(type, name,
                 value.is_bool() ? (value.as_bool() ? "true" : "false") : evaluator.to_str(value));
    }
  }
}

void read_enum_class(Evaluator& evaluator, Value cls, Value values_callable, sql::Type& type) {
  if (values_callable && !values_callable.is_none()) {
    for (Value item : evaluator.items(evaluator.call(values_callable, std::array{cls}))) {
      type.values.push_back(text_of(evaluator, item, "values_callable"));
    }
  } else {
    for (Value name : evaluator.items(evaluator.get_attr(cls, "__members__"))) {
      type.values.push_back(text_of(evaluator, name, "the name of an Enum member"));
    }
  }
  if (type.type_name.empty()) {
    type.type_name = to_lower(cls.get<Class>()->name);
  }
}

void read_enum(Evaluator& evaluator, const Arguments& args, sql::Type& type) {
  Instance* self = args[0].get<Instance>();
  if (present(args, "values_callable")) {
    self->attributes.set("values_callable", args["values_callable"]);
  }
  if (args.rest().size() == 1 && args.rest()[0].get<Class>()) {
    self->attributes.set("enum_class", args.rest()[0]);
    self->stay();
    type.origin.object = self;
  }
  read_flag(evaluator, args, "native_enum", type.native);
  read_flag(evaluator, args, "create_constraint", type.create_constraint);
  read_flag(evaluator, args, "create_type", type.create_type);
  read_text(evaluator, args, "schema", type.schema);
  read_text(evaluator, args, "collation", type.collation);
  read_int(evaluator, args, "length", type.length);
  if (present(args, "charset")) {
    set_option(type, "charset", text_of(evaluator, args["charset"], "charset"));
  }
  if (Value name = args["name"]; name && !name.is_none()) {
    schema::Name read = name_of(evaluator, name, "name");
    type.type_name = read.text;
    type.type_name_final = read.final;
  }
  std::span<const Value> values = args.rest();
  // Enum(["a", "b"]) is as old as Enum("a", "b").
  std::vector<Value> unpacked;
  if (values.size() == 1 && !values[0].is_str() && !values[0].get<Class>()) {
    unpacked = evaluator.items(values[0]);
    values = unpacked;
  }
  if (values.size() == 1 && values[0].get<Class>()) {
    read_enum_class(evaluator, values[0], args["values_callable"], type);
    return;
  }
  for (Value value : values) type.values.push_back(text_of(evaluator, value, "an Enum value"));
}

struct Shape {
  TypeShape shape;
  std::string_view signature;  // without the name
  void (*read)(Evaluator&, Host&, const Arguments&, sql::Type&);
};

void read_string(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_int(evaluator, args, "length", type.length);
  read_text(evaluator, args, "collation", type.collation);
}
void read_numeric(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_int(evaluator, args, "precision", type.precision);
  read_int(evaluator, args, "scale", type.scale);
  if (args.given("asdecimal") && !evaluator.truthy(args["asdecimal"])) {
    set_option(type, "asdecimal", "false");
  }
}
void read_timezone(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_flag(evaluator, args, "timezone", type.timezone);
}
void read_boolean(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_flag(evaluator, args, "create_constraint", type.create_constraint);
  if (Value name = args["name"]; name && !name.is_none()) {
    schema::Name read = name_of(evaluator, name, "name");
    type.type_name = read.text;
    type.type_name_final = read.final;
  }
}
void read_uuid(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_flag(evaluator, args, "native_uuid", type.native);
  if (args.given("as_uuid") && !evaluator.truthy(args["as_uuid"])) {
    set_option(type, "as_uuid", "false");
  }
}
void read_array(Evaluator& evaluator, Host& host, const Arguments& args, sql::Type& type) {
  type.arguments.push_back(to_type(evaluator, host, args["item_type"], "ARRAY's item_type"));
  read_int(evaluator, args, "dimensions", type.dimensions);
}
void read_json(Evaluator& evaluator, Host& host, const Arguments& args, sql::Type& type) {
  if (args.given("none_as_null") && evaluator.truthy(args["none_as_null"])) {
    set_option(type, "none_as_null", "true");
  }
  if (args.given("astext_type") && !args["astext_type"].is_none()) {
    type.arguments.push_back(to_type(evaluator, host, args["astext_type"], "astext_type"));
  }
}
void read_interval(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_flag(evaluator, args, "native", type.native);
  read_int(evaluator, args, "second_precision", type.precision);
  if (args.given("day_precision") && !args["day_precision"].is_none()) {
    set_option(type, "day_precision", evaluator.to_str(args["day_precision"]));
  }
}
void read_timezone_precision(Evaluator& evaluator, Host& host, const Arguments& args,
                             sql::Type& type) {
  read_timezone(evaluator, host, args, type);
  read_int(evaluator, args, "precision", type.precision);
}
void read_pg_interval(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_int(evaluator, args, "precision", type.precision);
  if (args.given("fields") && !args["fields"].is_none()) {
    set_option(type, "fields", text_of(evaluator, args["fields"], "fields"));
  }
}
void read_pg_bit(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_int(evaluator, args, "length", type.length);
  if (args.given("varying") && evaluator.truthy(args["varying"])) {
    set_option(type, "varying", "true");
  }
}
void read_domain(Evaluator& evaluator, Host& host, const Arguments& args, sql::Type& type) {
  type.type_name = text_of(evaluator, args["name"], "name");
  type.arguments.push_back(to_type(evaluator, host, args["data_type"], "DOMAIN's data_type"));
  read_text(evaluator, args, "collation", type.collation);
  read_text(evaluator, args, "schema", type.schema);
  read_flag(evaluator, args, "create_type", type.create_type);
  for (std::string_view name : {"default", "constraint_name", "not_null", "check"}) {
    Value value = args[name];
    if (!value || value.is_none()) continue;
    if (name == "default" && !value.is_str()) {
      // text(...): as it is, where a str is a literal.
      sql::Expression expression = to_expression(evaluator, value);
      const auto* text = sql::get<sql::node::Text>(expression);
      if (text != nullptr) {
        set_option(type, "default_sql", text->sql);
        continue;
      }
    }
    set_option(type, name,
               value.is_bool() ? (value.as_bool() ? "true" : "false") : evaluator.to_str(value));
  }
}
void read_my_integer(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  if (args.given("display_width") && !args["display_width"].is_none()) {
    set_option(type, "display_width", evaluator.to_str(args["display_width"]));
  }
  keep_options(evaluator, args, type);
}
void read_my_numeric(Evaluator& evaluator, Host& host, const Arguments& args, sql::Type& type) {
  read_numeric(evaluator, host, args, type);
  keep_options(evaluator, args, type);
}
void read_my_time(Evaluator& evaluator, Host& host, const Arguments& args, sql::Type& type) {
  read_timezone(evaluator, host, args, type);
  read_int(evaluator, args, "fsp", type.precision);
}
void read_my_string(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  read_int(evaluator, args, "length", type.length);
  keep_options(evaluator, args, type);
}
void read_my_set(Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
  for (Value value : args.rest()) {
    type.values.push_back(text_of(evaluator, value, "a SET value"));
  }
  keep_options(evaluator, args, type);
}
void read_tuple(Evaluator& evaluator, Host& host, const Arguments& args, sql::Type& type) {
  for (Value value : args.rest()) {
    type.arguments.push_back(to_type(evaluator, host, value, "TupleType"));
  }
}

constexpr std::string_view kEnumSignature =
    "*enums, name=None, native_enum=True, create_constraint=False, create_type=True, schema=None, "
    "metadata=None, length=None, values_callable=None, validate_strings=False, "
    "inherit_schema=False, omit_aliases=True, sort_key_function=None, quote=None, collation=None, "
    "charset=None, strict=None, convert_unicode=None, **kw";

constexpr auto kShapes = std::to_array<Shape>({
    {TypeShape::kPlain, "*args, **kwargs", [](Evaluator&, Host&, const Arguments&, sql::Type&) {}},
    {TypeShape::kString,
     "length=None, collation=None, collation_schema=None, convert_unicode=None, "
     "unicode_error=None",
     read_string},
    {TypeShape::kNumeric, "precision=None, scale=None, decimal_return_scale=None, asdecimal=True",
     read_numeric},
    {TypeShape::kFloat,
     "precision=None, asdecimal=False, decimal_return_scale=None, scale=None, "
     "binary_precision=None",
     [](Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
       read_int(evaluator, args, "precision", type.precision);
     }},
    {TypeShape::kTimezone, "timezone=False, local_timezone=False", read_timezone},
    {TypeShape::kBinary, "length=None, filestream=False, convert_int=False",
     [](Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
       read_int(evaluator, args, "length", type.length);
     }},
    {TypeShape::kBoolean, "create_constraint=False, name=None, _create_events=True", read_boolean},
    {TypeShape::kEnum, kEnumSignature,
     [](Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
       read_enum(evaluator, args, type);
     }},
    {TypeShape::kUuid, "as_uuid=True, native_uuid=True", read_uuid},
    {TypeShape::kArray, "item_type, as_tuple=False, dimensions=None, zero_indexes=False",
     read_array},
    {TypeShape::kJson, "none_as_null=False, astext_type=None, use_blob=None", read_json},
    {TypeShape::kInterval, "native=True, second_precision=None, day_precision=None", read_interval},
    {TypeShape::kPgTime, "timezone=False, precision=None", read_timezone_precision},
    {TypeShape::kPgInterval, "precision=None, fields=None", read_pg_interval},
    {TypeShape::kPgBit, "length=None, varying=False", read_pg_bit},
    {TypeShape::kDomain,
     "name, data_type, *, collation=None, collation_schema=None, default=None, "
     "constraint_name=None, not_null=None, check=None, create_type=True, schema=None, "
     "metadata=None",
     read_domain},
    {TypeShape::kMyInteger, "display_width=None, **kw", read_my_integer},
    {TypeShape::kMyNumeric, "precision=None, scale=None, asdecimal=True, **kw", read_my_numeric},
    {TypeShape::kMyTime, "timezone=False, fsp=None", read_my_time},
    {TypeShape::kMyString, "length=None, **kw", read_my_string},
    {TypeShape::kMySet, "*values, **kw", read_my_set},
    {TypeShape::kMsTime, "precision=None, **kw",
     [](Evaluator& evaluator, Host&, const Arguments& args, sql::Type& type) {
       read_int(evaluator, args, "precision", type.precision);
     }},
    {TypeShape::kTuple, "*types", read_tuple},
});

const Shape& shape_of(TypeShape wanted) {
  for (const Shape& shape : kShapes) {
    if (shape.shape == wanted) return shape;
  }
  return kShapes[0];
}

Host& host_of(Evaluator& evaluator) {
  return **python::native<Host*>(registry(evaluator).attributes.find("host"));
}

Class* make_type_class(Evaluator& evaluator, const TypeSpec& spec) {
  Class* base = nullptr;
  if (spec.base != spec.name) base = type_class(evaluator, spec.dialect, spec.base);
  if (!base) base = type_class(evaluator, "", spec.base);
  std::string module =
      spec.dialect.empty() ? "sqlalchemy" : "sqlalchemy.dialects." + std::string(spec.dialect);
  Class* cls = evaluator.define_class(std::string(spec.name), module, {base});
  const Shape& shape = shape_of(spec.shape);
  std::string signature = "__init__(self, " + std::string(shape.signature) + ")";
  evaluator.define(*cls, signature, [&spec, &shape](Evaluator& e, Arguments& args) {
    sql::Type type;
    type.name = spec.name;
    type.dialect = spec.dialect;
    shape.read(e, host_of(e), args, type);
    args[0].get<Instance>()->set_native(std::move(type));
    return Value::none();
  });
  return cls;
}

// ---- types that projects define

// A decorator's `impl` with the arguments it was made with.
Value decorator_impl(Evaluator& evaluator, Value decorator) {
  Value impl = evaluator.get_attr(decorator, "impl");
  return impl.get<Class>() ? evaluator.call(impl) : impl;
}

bool overrides(Instance* instance, std::string_view method, const Class* base) {
  return !identical(instance->cls->lookup(method), base->lookup(method));
}

// @compiles(Type, "postgresql"): the text that the project's function gives; absent when it has
// none for the dialect.
std::optional<std::string> compiled_text(Evaluator& evaluator, Instance* instance) {
  const Value found = instance->cls->lookup("_retort_compilers");
  const auto* compilers = found ? found.get<python::Dict>() : nullptr;
  if (!compilers) return std::nullopt;
  Value function = compilers->find(host_of(evaluator).dialect().name());
  if (!function) function = compilers->find("default");
  if (!function) return std::nullopt;
  return text_of(evaluator, evaluator.call(function, std::array{Value(instance), Value::none()}),
                 "what a function of @compiles returns");
}

// Whether a file of the project has the class, not a module that is bound.
bool is_of_project(Evaluator& evaluator, const Class& cls) {
  const Module* module = evaluator.import_module(cls.module).get<Module>();
  return module && module->code;
}

// The project's own __init__(), if there is one.
const python::Function* own_init(const Instance* instance) {
  return instance->cls->lookup("__init__").get<python::Function>();
}

// Whether the arguments of a decorator are those of what it decorates, which its repr() shows.
bool can_be_made_again(const Instance* instance) {
  const python::Function* init = own_init(instance);
  if (!init) return true;
  for (std::size_t i = 1; i < init->parameters.size(); ++i) {
    const python::ast::Parameter& one = init->parameters[i];
    bool plain = one.kind == python::ast::Parameter::Kind::kPlain ||
                 one.kind == python::ast::Parameter::Kind::kKeywordOnly;
    if (plain && !(i < init->defaults.size() && init->defaults[i])) return false;
  }
  return true;
}

// repr() of a type with an __init__() of its own: what the attributes of its parameters' names say,
// where it is not their default.
std::string own_repr(Evaluator& evaluator, Instance* instance) {
  std::vector<std::string> arguments;
  if (const python::Function* init = own_init(instance)) {
    for (std::size_t i = 1; i < init->parameters.size(); ++i) {
      const std::string name(init->parameters[i].name);
      const Value value = evaluator.find_attr(instance, name);
      if (!value) continue;
      const Value usual = i < init->defaults.size() ? init->defaults[i] : Value();
      const std::string text = evaluator.repr(value);
      if (!usual) {
        arguments.push_back(text);
      } else if (evaluator.repr(usual) != text) {
        arguments.push_back(name + "=" + text);
      }
    }
  }
  return instance->cls->name + "(" + join(arguments, ", ") + ")";
}

sql::TypeOrigin origin_of(Evaluator& evaluator, Instance* instance) {
  instance->stay();
  return {instance->cls->module, evaluator.repr(instance), instance};
}

sql::Type type_of_instance(Evaluator& evaluator, Instance* instance) {
  if (auto text = compiled_text(evaluator, instance)) {
    sql::Type type;
    type.name = "UserDefined";
    type.sql = *std::move(text);
    type.origin = origin_of(evaluator, instance);
    return type;
  }
  Class* decorator = type_class(evaluator, "", "TypeDecorator");
  Class* user_defined = type_class(evaluator, "", "UserDefinedType");
  if (instance->cls->is_subclass_of(decorator)) {
    Value impl;
    const bool varies = overrides(instance, "load_dialect_impl", decorator);
    if (varies) {
      impl = evaluator.call_method(instance, "load_dialect_impl",
                                   std::array{dialect_object(evaluator, host_of(evaluator))});
    } else {
      impl = decorator_impl(evaluator, instance);
    }
    sql::Type type = to_type(evaluator, host_of(evaluator), impl, "a TypeDecorator's impl");
    if (const sql::Type* own = instance->native<sql::Type>()) {
      for (const auto& variant : own->variants) type.variants.push_back(variant);
    }
    // Of decorators from other packages, what they decorate says enough, unless that depends on the
    // engine.
    type.origin = {};
    if ((varies || is_of_project(evaluator, *instance->cls)) && can_be_made_again(instance)) {
      type.origin = origin_of(evaluator, instance);
    } else if (overrides(instance, kBindHook, decorator) ||
               overrides(instance, kResultHook, decorator)) {
      instance->stay();
      type.origin.object = instance;
    }
    return type;
  }
  if (instance->cls->is_subclass_of(user_defined)) {
    sql::Type type;
    if (const sql::Type* own = instance->native<sql::Type>()) type.variants = own->variants;
    type.name = "UserDefined";
    type.sql =
        text_of(evaluator, evaluator.call_method(instance, "get_col_spec"), "get_col_spec()");
    type.origin = origin_of(evaluator, instance);
    return type;
  }
  if (const sql::Type* type = instance->native<sql::Type>()) return *type;
  return {};
}

void define_type_methods(Evaluator& evaluator, Class& engine, Host& host) {
  evaluator.define(engine, "__init__(self, *args, **kwargs)", [](Evaluator&, Arguments& args) {
    args[0].get<Instance>()->set_native(sql::Type{});
    return Value::none();
  });
  evaluator.define(engine, "with_variant(self, type_, *dialect_names)",
                   [&host](Evaluator& e, Arguments& args) {
                     Instance* self = args[0].get<Instance>();
                     Instance* copy = e.new_instance(self->cls);
                     for (const auto& [name, value] : self->attributes.items())
                       copy->attributes.set(name, value);
                     const sql::Type* own = self->native<sql::Type>();
                     sql::Type type = own ? *own : sql::Type{};
                     sql::Type variant = to_type(e, host, args["type_"], "with_variant()");
                     for (Value name : args.rest()) {
                       type.variants.emplace_back(text_of(e, name, "a dialect's name"), variant);
                     }
                     copy->set_native(std::move(type));
                     return Value(copy);
                   });
  evaluator.define(engine, "copy(self, **kw)", [](Evaluator&, Arguments& args) { return args[0]; });
  evaluator.define(engine, "adapt(self, cls, **kw)",
                   [](Evaluator&, Arguments& args) { return args[0]; });
  evaluator.define(engine, "dialect_impl(self, dialect)",
                   [](Evaluator&, Arguments& args) { return args[0]; });
  evaluator.define(engine, "evaluates_none(self)",
                   [](Evaluator&, Arguments& args) { return args[0]; });
  auto compiled = [&host](Evaluator& e, Arguments& args) {
    return e.str(host.dialect().grammar().type(to_type(e, host, args[0], "compile()")));
  };
  evaluator.define(engine, "compile(self, dialect=None)", compiled);
  evaluator.define(engine, "__str__(self)", compiled);
  evaluator.define(engine, "__repr__(self)", [](Evaluator& e, Arguments& args) {
    Instance* self = args[0].get<Instance>();
    if (self->cls->is_subclass_of(type_class(e, "", "UserDefinedType"))) {
      return e.str(own_repr(e, self));
    }
    return e.str(sql::repr(type_of_instance(e, self)));
  });
  evaluator.define(engine, "create(self, bind=None, checkfirst=False, **kw)",
                   [&host](Evaluator& e, Arguments& args) {
                     bool check = args.given("checkfirst") && e.truthy(args["checkfirst"]);
                     invoke(e, host,
                            operations::CreateType{to_type(e, host, args[0], "create()"), check});
                     return Value::none();
                   });
  evaluator.define(engine, "drop(self, bind=None, checkfirst=False, **kw)",
                   [&host](Evaluator& e, Arguments& args) {
                     bool check = args.given("checkfirst") && e.truthy(args["checkfirst"]);
                     invoke(e, host,
                            operations::DropType{to_type(e, host, args[0], "drop()"), check});
                     return Value::none();
                   });

  // What inspection code asks of a type. Types that projects define may set attributes of these
  // names themselves.
  auto attribute = [&evaluator, &engine](std::string_view name, auto getter) {
    evaluator.define_property(
        engine, name,
        [name = std::string(name), getter](Evaluator& e, Value self) -> Value {
          if (const Value own = self.get<Instance>()->attributes.find(name)) return own;
          return getter(e, python::native<sql::Type>(self));
        },
        [name = std::string(name)](Evaluator&, Value self, Value value) {
          self.get<Instance>()->attributes.set(name, value);
        });
  };
  auto number = [&](std::string_view name, auto field) {
    attribute(name, [field](Evaluator&, const sql::Type* type) {
      return type && type->*field ? Value::integer(*(type->*field)) : Value::none();
    });
  };
  number("length", &sql::Type::length);
  number("precision", &sql::Type::precision);
  number("scale", &sql::Type::scale);
  number("dimensions", &sql::Type::dimensions);
  attribute("timezone", [](Evaluator&, const sql::Type* type) {
    return Value::boolean(type && type->timezone);
  });
  attribute("enums", [](Evaluator& e, const sql::Type* type) {
    std::vector<Value> values;
    if (type) {
      for (const std::string& value : type->values) values.push_back(e.str(value));
    }
    return e.list(std::move(values));
  });
  auto text = [&](std::string_view name, std::string sql::Type::* field) {
    attribute(name, [field](Evaluator& e, const sql::Type* type) {
      return type && !(type->*field).empty() ? e.str(type->*field) : Value::none();
    });
  };
  text("name", &sql::Type::type_name);
  text("schema", &sql::Type::schema);
  text("collation", &sql::Type::collation);
  attribute("item_type", [](Evaluator& e, const sql::Type* type) {
    return type && !type->arguments.empty() ? from_type(e, type->arguments[0]) : Value::none();
  });
}

void define_decorator(Evaluator& evaluator, Class& decorator) {
  decorator.attributes.set("cache_ok", Value::none());
  evaluator.define(decorator, "__init__(self, *args, **kwargs)", [](Evaluator& e, Arguments& args) {
    Instance* self = args[0].get<Instance>();
    self->set_native(sql::Type{});
    Value impl = e.find_attr(self, "impl");
    if (!impl) {
      e.raise("AttributeError",
              "TypeDecorator implementations require a class-level variable "
              "'impl' which refers to the class of type being decorated");
    }
    if (impl.get<Class>()) {
      std::vector<python::NamedValue> keywords;
      for (const auto& [name, value] : args.keywords()) keywords.push_back({name, value});
      impl = e.call(impl, args.rest(), keywords);
    }
    self->attributes.set("impl", impl);
    return Value::none();
  });
  evaluator.define(decorator, "__repr__(self)", [](Evaluator& e, Arguments& args) {
    const std::string impl = e.repr(decorator_impl(e, args[0]));
    const std::string& name = args[0].get<Instance>()->cls->name;
    const std::size_t open = impl.find('(');
    return e.str(name + (open == std::string::npos ? "()" : impl.substr(open)));
  });
  evaluator.define(decorator, "load_dialect_impl(self, dialect)",
                   [](Evaluator& e, Arguments& args) { return decorator_impl(e, args[0]); });
  evaluator.define(decorator, "type_engine(self, dialect)",
                   [](Evaluator& e, Arguments& args) { return decorator_impl(e, args[0]); });
  for (std::string_view name : {kBindHook, kResultHook}) {
    evaluator.define(decorator, std::string(name) + "(self, value, dialect)",
                     [](Evaluator&, Arguments& args) { return args[1]; });
  }
}

using TypeMap = std::map<std::string, sql::Type, std::less<>>;
constexpr std::string_view kMapped = "mapped types";

// What the configuration says of a type from elsewhere, made or not: package.Type(3).
const sql::Type* mapped_type(Evaluator& evaluator, const python::Unknown& value) {
  const TypeMap* types = python::native<TypeMap>(registry(evaluator).attributes.find(kMapped));
  if (!types) return nullptr;
  const std::string_view origin = value.origin;
  const auto found = types->find(origin.substr(0, origin.find('(')));
  return found == types->end() ? nullptr : &found->second;
}

[[noreturn]] void refuse_type(Evaluator& evaluator, const python::Unknown& value,
                              std::string_view what_for) {
  try {
    evaluator.refuse_unknown(value, what_for);
  } catch (Error& error) {
    const std::string name = value.origin.substr(0, value.origin.find('('));
    error.with_hint("say what it is in SQL: a line '" + name +
                    " = NUMERIC(12, 2)' of type_map in the configuration");
    throw;
  }
}

}  // namespace

void map_types(Evaluator& evaluator,
               const std::vector<std::pair<std::string, std::string>>& types) {
  TypeMap map;
  for (const auto& [name, text] : types) {
    sql::Type type;
    type.name = "UserDefined";
    type.sql = text;
    map.emplace(name, std::move(type));
  }
  Instance* holder = evaluator.new_instance(evaluator.builtin_class("object"));
  holder->set_native(std::move(map));
  registry(evaluator).attributes.set(kMapped, holder);
}

Class* type_class(Evaluator& evaluator, std::string_view dialect, std::string_view name) {
  Module& classes = registry(evaluator);
  std::string key = key_of(dialect, name);
  if (Value made = classes.attributes.find(key)) return made.get<Class>();
  const TypeSpec* spec = find_type_spec(dialect, name);
  if (!spec) return nullptr;
  Class* cls = make_type_class(evaluator, *spec);
  classes.attributes.set(key, cls);
  return cls;
}

Value find_type(Evaluator& evaluator, std::string_view dialect, std::string_view name) {
  Class* cls = type_class(evaluator, dialect, name);
  return cls ? Value(cls) : Value();
}

bool is_type(Evaluator& evaluator, Value value) {
  Class* engine = type_class(evaluator, "", "TypeEngine");
  if (Class* cls = value.get<Class>()) return cls->is_subclass_of(engine);
  Instance* instance = value.get<Instance>();
  return instance && instance->cls->is_subclass_of(engine);
}

sql::Type to_type(Evaluator& evaluator, const Host&, Value value, std::string_view what_for) {
  if (!value || value.is_none()) return {};
  if (auto* unknown = value.get<python::Unknown>()) {
    if (const sql::Type* mapped = mapped_type(evaluator, *unknown)) return *mapped;
    refuse_type(evaluator, *unknown, what_for);
  }
  if (!is_type(evaluator, value)) {
    evaluator.type_error("a column type was expected for " + std::string(what_for) + ", not " +
                         evaluator.repr(value));
  }
  if (value.get<Class>()) value = evaluator.call(value);
  return type_of_instance(evaluator, value.get<Instance>());
}

std::optional<Value> decorated(Evaluator& evaluator, const sql::Type& type, std::string_view hook,
                               Value value) {
  if (!type.origin.object) return std::nullopt;
  Instance* instance = const_cast<Instance*>(static_cast<const Instance*>(type.origin.object));
  Class* decorator = type_class(evaluator, "", "TypeDecorator");
  if (!instance->cls->is_subclass_of(decorator) || !overrides(instance, hook, decorator)) {
    return std::nullopt;
  }
  return evaluator.call_method(instance, hook,
                               std::array{value, dialect_object(evaluator, host_of(evaluator))});
}

Value enum_member_of(Evaluator& evaluator, const sql::Type& type, const std::string& text) {
  const auto* instance = static_cast<const Instance*>(type.origin.object);
  const Value cls = instance ? instance->attributes.find("enum_class") : Value();
  const auto found = std::ranges::find(type.values, text);
  if (!cls || found == type.values.end()) return {};
  const std::vector<Value> members = instance->attributes.find("values_callable")
                                         ? evaluator.items(cls)
                                         : evaluator.items(evaluator.call_method(
                                               evaluator.get_attr(cls, "__members__"), "values"));
  const auto at = static_cast<std::size_t>(found - type.values.begin());
  return at < members.size() ? members[at] : Value();
}

Value from_type(Evaluator& evaluator, const sql::Type& type) {
  if (type.origin.object) {
    return const_cast<Instance*>(static_cast<const Instance*>(type.origin.object));
  }
  Class* cls = type_class(evaluator, type.dialect, type.name);
  if (!cls) cls = type_class(evaluator, "", type.name);
  if (!cls) cls = type_class(evaluator, "", "NullType");
  Instance* instance = evaluator.new_instance(cls);
  instance->set_native(type);
  return instance;
}

void bind_types(Evaluator& evaluator, Host& host) {
  evaluator.bind_module(std::string(kRegistry), [&host](Evaluator& e, Module& classes) {
    Instance* holder = e.new_instance(e.define_class("Host", std::string(kRegistry)));
    holder->set_native<Host*>(&host);
    classes.attributes.set("host", holder);
    Class* engine = e.define_class("TypeEngine", "sqlalchemy.types");
    classes.attributes.set("TypeEngine", engine);
    // TypeDecorator[uuid.UUID]: the parameter is for type checkers.
    e.define_class_method(*engine, "__class_getitem__(cls, item)",
                          [](Evaluator&, Arguments& args) { return args[0]; });
    define_type_methods(e, *engine, host);
    // What a type's expressions can do; projects derive their own from it and never meet it here.
    Class* comparator = e.define_class("Comparator", "sqlalchemy.types");
    engine->attributes.set("Comparator", comparator);
    engine->attributes.set("comparator_factory", comparator);
    Class* decorator = e.define_class("TypeDecorator", "sqlalchemy.types", {engine});
    define_decorator(e, *decorator);
    classes.attributes.set("TypeDecorator", decorator);
    // What Enum and Boolean mix in; bare, it says nothing of a column.
    classes.attributes.set("SchemaType", e.define_class("SchemaType", "sqlalchemy.types"));
    classes.attributes.set("UserDefinedType",
                           e.define_class("UserDefinedType", "sqlalchemy.types", {engine}));
  });
}

}  // namespace retort::modules
