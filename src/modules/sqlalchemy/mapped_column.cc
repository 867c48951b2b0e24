#include "modules/sqlalchemy/mapped_column.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "modules/arguments.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_items.h"

namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::NamedValue;
using python::Value;

namespace {

constexpr std::string_view kModule = "_orm_support";

// Keywords that shape the Python class and how rows are loaded, never the schema; and one that
// allows what is done anyway: a class that shares its parent's table shares a column of the same
// name.
constexpr auto kInert = std::to_array<std::string_view>(
    {"init", "repr", "default_factory", "compare", "kw_only", "hash", "dataclass_metadata",
     "deferred", "deferred_group", "deferred_raiseload", "active_history", "use_existing_column"});

constexpr auto kOperators = std::to_array<std::string_view>(
    {"eq",   "ne",      "lt",       "le",  "gt",   "ge",  "add", "radd",   "sub", "rsub",   "mul",
     "rmul", "truediv", "rtruediv", "mod", "rmod", "and", "or",  "invert", "neg", "getitem"});

MappedColumnItem& mapped_in(const Value& self) {
  return self.get<Instance>()->payload ? *python::native<MappedColumnItem>(self)
                                       : self.get<Instance>()->set_native(MappedColumnItem{});
}

Value column_in(Evaluator& evaluator, const Value& self) {
  const Value column = mapped_in(self).column;
  if (!column) evaluator.raise("AttributeError", "column");  // __init__ was not called
  return column;
}

void init_mapped_column(Evaluator& evaluator, const Value& self, std::span<const Value> args,
                        std::span<const std::pair<std::string, Value>> keywords) {
  MappedColumnItem made;
  std::vector<NamedValue> kept;
  for (const auto& [name, value] : keywords) {
    if (name == "sort_order") {
      made.sort_order = evaluator.index(value);
    } else if (name == "insert_default") {
      std::erase_if(kept, [](const NamedValue& one) { return one.name == "default"; });
      kept.push_back({"default", value});
      made.has_default = true;
    } else if (name == "default") {
      if (!made.has_default) kept.push_back({name, value});
      made.has_default = true;
    } else if (std::ranges::find(kInert, name) == kInert.end()) {
      kept.push_back({name, value});
    }
  }
  made.column = evaluator.call(schema_class(evaluator, "Column"), args, kept);
  self.get<Instance>()->set_native(std::move(made));
}

Class* mapped_column_class(Evaluator& evaluator) {
  return evaluator.import_module(kModule)
      .get<Module>()
      ->attributes.find("MappedColumn")
      .get<Class>();
}

// What a class attribute stands for beside a plain Column.
Class* define_property_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("MapperProperty", std::string(kModule));
  cls->attributes.set("doc", Value::none());
  evaluator.define(*cls, "_named(self, name)",
                   [](Evaluator&, Arguments&) { return Value::none(); });
  evaluator.define(*cls, "columns_to_assign(self)",
                   [](Evaluator& e, Arguments&) { return e.list(); });
  // Told its name while the class body is still being evaluated.
  cls->on_named = [](Evaluator& e, Value object, std::string_view name) {
    e.call_method(object, "_named", std::array{e.str(name)});
  };
  return cls;
}

Class* define_column_class(Evaluator& evaluator, Class* property) {
  Class* cls = evaluator.define_class("MappedColumn", std::string(kModule), {property});
  const auto name_it = [](Evaluator& e, const Value& self, std::string_view name) {
    give_name(e, column_in(e, self), name);
  };
  cls->on_named = name_it;
  evaluator.define(*cls, "__init__(self, *args, **kwargs)", [](Evaluator& e, Arguments& args) {
    init_mapped_column(e, args[0], args.rest(), args.keywords());
    return Value::none();
  });
  evaluator.define(*cls, "_named(self, name)", [name_it](Evaluator& e, Arguments& args) {
    name_it(e, args[0], text_of(e, args["name"], "a name"));
    return Value::none();
  });
  evaluator.define(*cls, "_copy(self)",
                   [](Evaluator& e, Arguments& args) { return copy_mapped_column(e, args[0]); });
  evaluator.define(*cls, "__clause_element__(self)",
                   [](Evaluator& e, Arguments& args) { return column_in(e, args[0]); });
  evaluator.define(*cls, "columns_to_assign(self)", [](Evaluator& e, Arguments& args) {
    return e.list(
        {e.tuple({column_in(e, args[0]), Value::integer(mapped_in(args[0]).sort_order)})});
  });
  evaluator.define_property(*cls, "column",
                            [](Evaluator& e, Value self) { return column_in(e, self); });
  evaluator.define_property(*cls, "sort_order", [](Evaluator&, Value self) {
    return Value::integer(mapped_in(self).sort_order);
  });
  evaluator.define(*cls, "__getattr__(self, name)", [](Evaluator& e, Arguments& args) -> Value {
    const std::string name = text_of(e, args["name"], "a name");
    if (name.starts_with('_')) e.raise("AttributeError", name);
    return e.get_attr(column_in(e, args[0]), name);
  });
  for (const std::string_view each : kOperators) {
    const std::string name = "__" + std::string(each) + "__";
    evaluator.define(*cls, name + "(self, *args)", [name](Evaluator& e, Arguments& args) {
      return e.call_method(column_in(e, args[0]), name, args.rest());
    });
  }
  evaluator.define(*cls, "__hash__(self)", [](Evaluator&, Arguments& args) {
    return Value::integer(static_cast<std::int64_t>(args[0].object()->serial));
  });
  return cls;
}

}  // namespace

Value make_mapped_column(Evaluator& evaluator) {
  const Value made = evaluator.new_instance(mapped_column_class(evaluator));
  init_mapped_column(evaluator, made, {}, {});
  return made;
}

Value copy_mapped_column(Evaluator& evaluator, const Value& mapped) {
  MappedColumnItem copy = mapped_in(mapped);
  copy.column = evaluator.call_method(column_in(evaluator, mapped), "_copy");
  Instance* made = evaluator.new_instance(mapped.get<Instance>()->cls);
  made->set_native(std::move(copy));
  return made;
}

void merge_column(Evaluator& evaluator, const Value& into, const Value& other, bool omit_defaults) {
  ColumnItem* to = item<ColumnItem>(into);
  const ColumnItem* from = item<ColumnItem>(other);
  schema::Column& column = to->column;
  const schema::Column& given = from->column;
  column.primary_key = column.primary_key || given.primary_key;
  if (given.autoincrement != schema::Autoincrement::kAuto &&
      column.autoincrement == schema::Autoincrement::kAuto) {
    column.autoincrement = given.autoincrement;
  }
  column.system = column.system || given.system;
  for (const auto& info : given.info) column.info.push_back(info);
  if (column.type == sql::Type{}) {
    column.type = given.type;
    init_column_clause(evaluator, into.get<Instance>(), column.name, column.type);
  }
  if (given.nullable_given && !column.nullable_given) {
    column.nullable = given.nullable;
    column.nullable_given = true;
  }
  if (!omit_defaults) {
    column.client_default = column.client_default || given.client_default;
    if (!column.sequence) column.sequence = given.sequence;
  }
  if (!column.server_default) column.server_default = given.server_default;
  if (!column.computed) column.computed = given.computed;
  if (!column.identity) column.identity = given.identity;
  column.unique = column.unique || given.unique;
  column.index = column.index || given.index;
  if (!column.comment) column.comment = given.comment;
  for (const schema::Option& option : given.options) {
    if (!schema::find_option(column.options, option.name)) column.options.push_back(option);
  }
  for (const schema::Constraint& constraint : from->constraints) {
    to->constraints.push_back(constraint);
  }
  to->waiting.insert(to->waiting.end(), from->waiting.begin(), from->waiting.end());
  Instance* self = into.get<Instance>();
  for (std::string_view name : {"default", "onupdate"}) {
    Value own = self->attributes.find(name);
    Value theirs = other.get<Instance>()->attributes.find(name);
    if (theirs && (!own || own.is_none()) && !omit_defaults) self->attributes.set(name, theirs);
  }
}

void define_mapped_column(Evaluator& evaluator, Module& module) {
  Class* property = define_property_class(evaluator);
  Class* column = define_column_class(evaluator, property);
  module.attributes.set("MapperProperty", property);
  module.attributes.set("MappedColumn", column);
  evaluator.define(module, "mapped_column(*args, **kwargs)", [](Evaluator& e, Arguments& args) {
    const Value made = e.new_instance(mapped_column_class(e));
    init_mapped_column(e, made, args.rest(), args.keywords());
    return made;
  });
}

}  // namespace retort::modules
