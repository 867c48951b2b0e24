#include <algorithm>
#include <array>

#include "modules/arguments.h"
#include "modules/invoke.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_events.h"
#include "modules/sqlalchemy/schema_info.h"
#include "modules/sqlalchemy/schema_items.h"
#include "modules/sqlalchemy/types.h"
#include "sql/node.h"

// Column and what may stand inside it.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

constexpr std::string_view kModule = "sqlalchemy.schema";

void read_sequence(Evaluator& evaluator, const Arguments& args, schema::SequenceOptions& options) {
  read_int(evaluator, args, "start", options.start);
  read_int(evaluator, args, "increment", options.increment);
  read_int(evaluator, args, "minvalue", options.min_value);
  read_int(evaluator, args, "maxvalue", options.max_value);
  read_int(evaluator, args, "cache", options.cache);
  read_flag(evaluator, args, "nominvalue", options.no_min_value);
  read_flag(evaluator, args, "nomaxvalue", options.no_max_value);
  read_flag(evaluator, args, "cycle", options.cycle);
}

}  // namespace

void read_foreign_key_target(Evaluator& evaluator, Value target, schema::ForeignKey& key) {
  if (auto* unknown = target.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "the target of a ForeignKey");
  }
  if (const ColumnItem* column = item<ColumnItem>(target)) {
    Value table = target.get<Instance>()->attributes.find("table");
    const TableItem* owner = table ? item<TableItem>(table) : nullptr;
    if (!owner) {
      evaluator.raise("TypeError", "ForeignKey() was given the Column '" + column->column.name +
                                       "', which is in no table yet; name the target as "
                                       "'table.column'");
    }
    key.referred_schema = owner->table.schema;
    key.referred_table = owner->table.name;
    key.referred_columns = {column->column.name};
    return;
  }
  Value tried = evaluator.find_attr(target, "__clause_element__");
  if (tried && !target.is_str()) {
    return read_foreign_key_target(evaluator, evaluator.call(tried), key);
  }
  std::vector<std::string> parts =
      split(text_of(evaluator, target, "the target of a ForeignKey"), '.');
  if (parts.size() == 1) {
    key.referred_table = parts[0];
    return;
  }
  key.referred_columns = {parts.back()};
  key.referred_table = parts[parts.size() - 2];
  parts.resize(parts.size() - 2);
  key.referred_schema = join(parts, ".");
}

namespace {

// Whether the target of a foreign key can't be told yet.
bool must_wait(Value target) {
  if (target.get<python::Function>() || target.get<python::BoundMethod>()) return true;
  if (!item<ColumnItem>(target)) return false;
  Value table = target.get<Instance>()->attributes.find("table");
  return !table || !item<TableItem>(table);
}

void read_column_item(Evaluator& evaluator, Value value, ColumnItem& column) {
  if (auto* unknown = value.get<python::Unknown>()) evaluator.refuse_unknown(*unknown, "a Column");
  if (const ForeignKeyItem* key = item<ForeignKeyItem>(value)) {
    column.constraints.emplace_back(key->key);
    if (key->waiting) column.waiting.push_back(key->waiting);
    // A Column, which may be of another MetaData, gives its type at once; names are looked up
    // later.
    const Value target = value.get<Instance>()->attributes.find("_colspec");
    const ColumnItem* referred = target ? item<ColumnItem>(target) : nullptr;
    if (referred && column.column.type.is_null()) column.column.type = referred->column.type;
  } else if (const ConstraintItem* constraint = item<ConstraintItem>(value)) {
    column.constraints.push_back(constraint->constraint);
  } else if (auto* computed = python::native<schema::Computed>(value)) {
    column.column.computed = *computed;
  } else if (auto* identity = python::native<schema::Identity>(value)) {
    column.column.identity = *identity;
  } else if (auto* sequence = python::native<schema::Sequence>(value)) {
    column.column.sequence = *sequence;
  } else if (python::native<schema::ServerDefault>(value) ||
             evaluator.is_instance(value, schema_class(evaluator, "FetchedValue"))) {
    column.column.server_default = to_server_default(evaluator, value);
  } else if (evaluator.is_instance(value, schema_class(evaluator, "ColumnDefault"))) {
    column.column.client_default = true;
  } else if (value.get<Instance>() && evaluator.type_of(value)->unknown_base) {
    evaluator.refuse_unknown(*evaluator.type_of(value)->unknown_base,
                             "the type of column '" + column.column.name + "'");
  } else {
    evaluator.type_error(
        "Column() takes a name, a type, ForeignKey, CheckConstraint, Sequence, "
        "Identity, Computed or a default, not " +
        evaluator.repr(value));
  }
}

void set_server_default(Evaluator& evaluator, schema::Column& column, Value value) {
  column.server_default.reset();
  if (!value || value.is_none()) return;
  if (auto* computed = python::native<schema::Computed>(value)) {
    column.computed = *computed;
  } else if (auto* identity = python::native<schema::Identity>(value)) {
    column.identity = *identity;
  } else {
    column.server_default = to_server_default(evaluator, value);
  }
}

void read_autoincrement(Evaluator& evaluator, const Arguments& args, schema::Column& column) {
  Value value = args["autoincrement"];
  if (!value || value.is_none()) return;
  if (value.is_str()) {
    if (value.as_str() == "auto") return;
    if (value.as_str() == "ignore_fk") {
      column.autoincrement = schema::Autoincrement::kIgnoreForeignKey;
      return;
    }
  }
  column.autoincrement = flag_of(evaluator, value, "autoincrement") ? schema::Autoincrement::kTrue
                                                                    : schema::Autoincrement::kFalse;
}

Value init_column(Evaluator& evaluator, Arguments& args) {
  Host& host = schema_host(evaluator);
  ColumnItem built;
  schema::Column& column = built.column;
  std::span<const Value> rest = args.rest();
  if (!rest.empty() && (rest[0].is_none() || rest[0].is_str() ||
                        evaluator.is_instance(rest[0], evaluator.builtin_class("str")))) {
    if (!rest[0].is_none()) column.name = text_of(evaluator, rest[0], "a Column's name");
    rest = rest.subspan(1);
  }
  if (present(args, "name")) column.name = text_of(evaluator, args["name"], "name");
  std::string what = "the type of column '" + column.name + "'";
  Value type = args["type_"];
  if (!rest.empty() && (rest[0].get<python::Unknown>() || is_type(evaluator, rest[0]))) {
    type = rest[0];
    rest = rest.subspan(1);
  }
  column.type = to_type(evaluator, host, type, what);
  for (Value value : rest) read_column_item(evaluator, value, built);

  read_flag(evaluator, args, "primary_key", column.primary_key);
  column.nullable = !column.primary_key;
  if (present(args, "nullable")) {
    column.nullable_given = true;
    column.nullable = flag_of(evaluator, args["nullable"], "nullable");
  }
  read_flag(evaluator, args, "index", column.index);
  read_flag(evaluator, args, "unique", column.unique);
  read_flag(evaluator, args, "system", column.system);
  read_text(evaluator, args, "comment", column.comment);
  set_server_default(evaluator, column, args["server_default"]);
  column.client_default =
      column.client_default || present(args, "default") || present(args, "insert_default");
  read_autoincrement(evaluator, args, column);
  column.options = to_options(evaluator, args.keywords(), "Column()", args.signature());
  if (present(args, "info")) column.info = info_of(evaluator, args["info"]);
  if (column.identity) column.nullable = column.nullable_given && column.nullable;

  Instance* self = args[0].get<Instance>();
  init_column_clause(evaluator, self, column.name, column.type);
  for (std::string_view name : {"default", "onupdate", "key", "doc", "info", "insert_default"}) {
    Value value = args[name];
    if (!value) {
      if (name == "key")
        value = evaluator.str(column.name);
      else if (name == "info")
        value = Value(evaluator.dict());
      else
        value = Value::none();
    }
    self->attributes.set(name, value);
  }
  self->attributes.set(kServerDefault,
                       args.given("server_default") ? args["server_default"] : Value::none());
  self->attributes.set("table", Value::none());
  if (type.get<Class>()) type = Value();
  if (type && type.get<Instance>()) self->attributes.set(kTypeObject, type);
  set_item(evaluator, self, std::move(built));
  if (type && type.get<Instance>()) {
    tell(evaluator, "before_parent_attach", type, self);
    tell(evaluator, "after_parent_attach", type, self);
  }
  return Value::none();
}

// An attribute of a Column that may be set. `set` changes the column, which its table, where it has
// one, holds as well.
void column_property(Evaluator& evaluator, Class& cls, std::string_view name,
                     std::function<Value(Evaluator&, Value self)> getter,
                     void (*set)(Evaluator&, schema::Column&, Value)) {
  evaluator.define_property(cls, name, std::move(getter),
                            [set](Evaluator& e, Value self, Value value) {
                              ColumnItem* column = item<ColumnItem>(self);
                              if (!column) return;
                              const Value table = self.get<Instance>()->attributes.find("table");
                              TableItem* owner = table ? item<TableItem>(table) : nullptr;
                              if (owner) {
                                if (schema::Column* own = owner->table.column(column->column.name))
                                  set(e, *own, value);
                              }
                              set(e, column->column, value);
                            });
}

// What of a Column can be read alone.
template <typename Getter>
auto of_column(Getter getter) {
  return [getter](Evaluator& e, Value self) {
    const ColumnItem* column = item<ColumnItem>(self);
    return column ? getter(e, column->column) : Value::none();
  };
}

template <bool schema::Column::* kMember>
void flag_property(Evaluator& evaluator, Class& cls, std::string_view name) {
  column_property(
      evaluator, cls, name, of_column([](Evaluator&, const schema::Column& column) {
        return Value::boolean(column.*kMember);
      }),
      [](Evaluator& e, schema::Column& column, Value value) { column.*kMember = e.truthy(value); });
}

void define_column_attributes(Evaluator& evaluator, Class& cls) {
  flag_property<&schema::Column::nullable>(evaluator, cls, "nullable");
  flag_property<&schema::Column::primary_key>(evaluator, cls, "primary_key");
  flag_property<&schema::Column::unique>(evaluator, cls, "unique");
  flag_property<&schema::Column::index>(evaluator, cls, "index");
  column_property(evaluator, cls, "comment",
                  of_column([](Evaluator& e, const schema::Column& column) {
                    return column.comment ? e.str(*column.comment) : Value::none();
                  }),
                  [](Evaluator& e, schema::Column& column, Value value) {
                    column.comment.reset();
                    if (!value.is_none()) column.comment = text_of(e, value, "comment");
                  });
  column_property(
      evaluator, cls, "server_default",
      [](Evaluator& e, Value self) {
        const Value given = self.get<Instance>()->attributes.find(kServerDefault);
        if (!given || given.is_none()) return Value::none();
        if (e.is_instance(given, schema_class(e, "FetchedValue"))) return given;
        return e.call(schema_class(e, "DefaultClause"), std::array{given});
      },
      set_server_default);
}

}  // namespace

void set_column_type(Evaluator& evaluator, Value self, ColumnItem& column, Value type) {
  Instance* object = self.get<Instance>();
  column.column.type = to_type(evaluator, schema_host(evaluator), type,
                               "the type of column '" + column.column.name + "'");
  init_column_clause(evaluator, object, column.column.name, column.column.type);
  object->attributes.erase(kTypeObject);
  if (type.get<Instance>()) object->attributes.set(kTypeObject, type);
  const Value table = object->attributes.find("table");
  if (TableItem* owner = table ? item<TableItem>(table) : nullptr) {
    if (schema::Column* own = owner->table.column(column.column.name)) {
      own->type = column.column.type;
    }
  }
}

void give_name(Evaluator& evaluator, Value value, std::string_view name) {
  ColumnItem& column = *item<ColumnItem>(value);
  if (!column.column.name.empty()) return;
  Instance* self = value.get<Instance>();
  column.column.name = name;
  init_column_clause(evaluator, self, name, column.column.type);
  Value key = self->attributes.find("key");
  if (!key || !key.is_str() || key.as_str().empty()) {
    self->attributes.set("key", evaluator.str(name));
  }
}

Class* make_column_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class(
      "Column", std::string(kModule),
      {expression_class(evaluator, "ColumnClause"), schema_class(evaluator, "SchemaItem")});
  evaluator.define(*cls,
                   "__init__(self, *args, name=None, type_=None, autoincrement='auto', "
                   "default=None, insert_default=None, doc=None, key=None, index=None, "
                   "unique=None, info=None, nullable=True, onupdate=None, primary_key=False, "
                   "server_default=None, server_onupdate=None, quote=None, system=False, "
                   "comment=None, sort_order=None, _proxies=None, **dialect_kwargs)",
                   init_column);
  evaluator.define_property(*cls, "name", of_column([](Evaluator& e, const schema::Column& column) {
    return column.name.empty() ? Value::none() : e.str(column.name);
  }));
  define_column_attributes(evaluator, *cls);
  evaluator.define_property(
      *cls, "type",
      [](Evaluator& e, Value self) {
        const Value given = self.get<Instance>()->attributes.find(kTypeObject);
        if (given) return given;
        const ColumnItem* column = item<ColumnItem>(self);
        return column ? from_type(e, column->column.type) : Value::none();
      },
      [](Evaluator& e, Value self, Value type) {
        if (ColumnItem* column = item<ColumnItem>(self)) {
          set_column_type(e, self, *column, type);
        }
      });
  // Of a mapped attribute, which is the column itself:
  // `Note.title.property.columns[0].type.length`.
  for (const char* name : {"property", "prop"}) {
    evaluator.define_property(*cls, name, [](Evaluator& e, Value self) {
      const Value module = e.import_module("_orm_attributes");
      return e.call(e.get_attr(module, "ColumnProperty"), std::array{self});
    });
  }
  evaluator.define(*cls, "copy(self, **kw)", [](Evaluator& e, Arguments& args) {
    Instance* self = args[0].get<Instance>();
    Instance* copy = e.new_instance(self->cls);
    for (const auto& [name, value] : self->attributes.items()) copy->attributes.set(name, value);
    const ColumnItem* column = item<ColumnItem>(self);
    init_column_clause(e, copy, column->column.name, column->column.type);
    copy->attributes.set("table", Value::none());
    set_item(e, copy, *column);
    return Value(copy);
  });
  cls->attributes.set("_copy", cls->attributes.find("copy"));
  // Statements later in the class body may use it: Index("ix", func.lower(name)).
  cls->on_named = [](Evaluator& e, Value column, std::string_view name) {
    if (item<ColumnItem>(column)) give_name(e, column, name);
  };
  return cls;
}

Value make_column(Evaluator& evaluator, const schema::Column& column) {
  Instance* self = evaluator.new_instance(schema_class(evaluator, "Column"));
  init_column_clause(evaluator, self, column.name, column.type);
  self->attributes.set("key", evaluator.str(column.name));
  for (std::string_view name : {"default", "onupdate", "doc", "table"}) {
    self->attributes.set(name, Value::none());
  }
  set_item(evaluator, self, ColumnItem{column, {}});
  return self;
}

namespace {

// Foreign keys may name the columns of other tables by their keys.
void name_referred_columns(schema::Table& table, Value metadata) {
  const MetaDataItem* owner = metadata ? item<MetaDataItem>(metadata) : nullptr;
  if (!owner || !owner->has_keys) return;
  const auto* tables = metadata.get<Instance>()->attributes.find("tables").get<python::Dict>();
  if (!tables) return;
  for (schema::Constraint& constraint : table.constraints) {
    auto* key = std::get_if<schema::ForeignKey>(&constraint);
    if (!key) continue;
    const std::string& schema =
        key->referred_schema.empty() ? owner->metadata.schema : key->referred_schema;
    const Value found = tables->find((schema.empty() ? "" : schema + ".") + key->referred_table);
    const TableItem* referred = found ? item<TableItem>(found) : nullptr;
    if (!referred) continue;
    for (std::string& column : key->referred_columns) {
      name_by_key(referred->table, referred->keys, column);
    }
  }
}

}  // namespace

void resolve_foreign_keys(Evaluator& evaluator, Value table, bool only_ready) {
  TableItem& owner = *item<TableItem>(table);
  for (Value value : evaluator.items(evaluator.get_attr(table, "c"))) {
    ColumnItem* column = item<ColumnItem>(value);
    if (!column || column->waiting.empty()) continue;
    if (only_ready && std::ranges::any_of(column->waiting, must_wait)) continue;
    std::size_t next = 0;
    for (schema::Constraint& constraint : owner.table.constraints) {
      auto* key = std::get_if<schema::ForeignKey>(&constraint);
      if (!key || key->column != column->column.name || !key->referred_table.empty()) continue;
      if (next == column->waiting.size()) break;
      Value target = column->waiting[next++];
      if (target.get<python::Function>() || target.get<python::BoundMethod>()) {
        target = evaluator.call(target);
      }
      key->referred_columns.clear();
      read_foreign_key_target(evaluator, target, *key);
      if (key->referred_columns.empty()) key->referred_columns = {column->column.name};
    }
    column->waiting.clear();
  }
  name_referred_columns(owner.table, table.get<Instance>()->attributes.find("metadata"));
}

Class* make_foreign_key_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("ForeignKey", std::string(kModule),
                                      {schema_class(evaluator, "SchemaItem")});
  evaluator.define(
      *cls,
      "__init__(self, column, _constraint=None, use_alter=False, name=None, onupdate=None, "
      "ondelete=None, deferrable=None, initially=None, link_to_name=False, match=None, info=None, "
      "comment=None, **dialect_kw)",
      [](Evaluator& e, Arguments& args) {
        ForeignKeyItem built;
        if (must_wait(args["column"])) {
          built.waiting = args["column"];
        } else {
          read_foreign_key_target(e, args["column"], built.key);
        }
        args[0].get<Instance>()->attributes.set("_colspec", args["column"]);
        if (present(args, "name")) built.key.name = name_of(e, args["name"], "name");
        read_text(e, args, "onupdate", built.key.onupdate);
        read_text(e, args, "ondelete", built.key.ondelete);
        read_text(e, args, "match", built.key.match);
        read_text(e, args, "initially", built.key.deferral.initially);
        read_flag(e, args, "deferrable", built.key.deferral.deferrable);
        read_flag(e, args, "use_alter", built.key.use_alter);
        built.key.options = to_options(e, args.keywords(), "ForeignKey()", args.signature());
        set_item(e, args[0], std::move(built));
        return Value::none();
      });
  return cls;
}

Class* make_computed_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("Computed", std::string(kModule),
                                      {schema_class(evaluator, "FetchedValue")});
  evaluator.define(*cls, "__init__(self, sqltext, persisted=None)",
                   [](Evaluator& e, Arguments& args) {
                     schema::Computed built;
                     built.expression = to_sql_text(e, args["sqltext"]);
                     read_flag(e, args, "persisted", built.persisted);
                     args[0].get<Instance>()->set_native(std::move(built));
                     return Value::none();
                   });
  return cls;
}

Class* make_identity_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("Identity", std::string(kModule),
                                      {schema_class(evaluator, "FetchedValue")});
  evaluator.define(*cls,
                   "__init__(self, always=False, on_null=None, start=None, increment=None, "
                   "minvalue=None, maxvalue=None, nominvalue=None, nomaxvalue=None, cycle=None, "
                   "cache=None, order=None, **dialect_kw)",
                   [](Evaluator& e, Arguments& args) {
                     schema::Identity built;
                     read_flag(e, args, "always", built.always);
                     read_flag(e, args, "on_null", built.on_null);
                     read_sequence(e, args, built.sequence);
                     args[0].get<Instance>()->set_native(std::move(built));
                     return Value::none();
                   });
  return cls;
}

Class* make_sequence_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("Sequence", std::string(kModule),
                                      {schema_class(evaluator, "SchemaItem")});
  evaluator.define(*cls,
                   "__init__(self, name, start=None, increment=None, minvalue=None, "
                   "maxvalue=None, nominvalue=None, nomaxvalue=None, cycle=None, schema=None, "
                   "cache=None, order=None, data_type=None, optional=False, quote=None, "
                   "metadata=None, quote_schema=None, for_update=False, **dialect_kw)",
                   [](Evaluator& e, Arguments& args) {
                     schema::Sequence built;
                     built.name = text_of(e, args["name"], "a Sequence's name");
                     read_text(e, args, "schema", built.schema);
                     read_sequence(e, args, built.options);
                     read_flag(e, args, "optional", built.optional);
                     if (present(args, "data_type")) {
                       Host& host = schema_host(e);
                       built.data_type = host.dialect().grammar().type(
                           to_type(e, host, args["data_type"], "a Sequence's data_type"));
                     }
                     if (present(args, "metadata")) {
                       MetaDataItem* metadata = item<MetaDataItem>(args["metadata"]);
                       if (metadata && built.schema.empty())
                         built.schema = metadata->metadata.schema;
                       if (metadata) metadata->metadata.sequences.push_back(built);
                     }
                     Instance* self = args[0].get<Instance>();
                     self->attributes.set("name", e.str(built.name));
                     self->set_native(std::move(built));
                     return Value::none();
                   });
  auto sequence_of = [](Arguments& args) { return *python::native<schema::Sequence>(args[0]); };
  evaluator.define(*cls, "create(self, bind=None, checkfirst=True)",
                   [sequence_of](Evaluator& e, Arguments& args) {
                     bool check = !args.given("checkfirst") || e.truthy(args["checkfirst"]);
                     invoke(e, schema_host(e),
                            operations::CreateSequence{sequence_of(args), check});
                     return Value::none();
                   });
  evaluator.define(*cls, "drop(self, bind=None, checkfirst=True)",
                   [sequence_of](Evaluator& e, Arguments& args) {
                     bool check = !args.given("checkfirst") || e.truthy(args["checkfirst"]);
                     invoke(e, schema_host(e), operations::DropSequence{sequence_of(args), check});
                     return Value::none();
                   });
  evaluator.define(*cls, "next_value(self)", [sequence_of](Evaluator& e, Arguments& args) {
    return next_value(e, sequence_of(args));
  });
  return cls;
}

Class* make_fetched_value_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("FetchedValue", std::string(kModule),
                                      {schema_class(evaluator, "SchemaItem")});
  evaluator.define(*cls, "__init__(self, for_update=False)",
                   [](Evaluator&, Arguments&) { return Value::none(); });
  return cls;
}

Class* make_default_clause_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("DefaultClause", std::string(kModule),
                                      {schema_class(evaluator, "FetchedValue")});
  evaluator.define(*cls, "__init__(self, arg, for_update=False, _reflected=False)",
                   [](Evaluator& e, Arguments& args) {
                     if (auto read = to_server_default(e, args["arg"])) {
                       args[0].get<Instance>()->set_native(std::move(*read));
                     }
                     args[0].get<Instance>()->attributes.set("arg", args["arg"]);
                     return Value::none();
                   });
  return cls;
}

Class* make_column_default_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("ColumnDefault", std::string(kModule),
                                      {schema_class(evaluator, "SchemaItem")});
  evaluator.define(*cls, "__init__(self, arg, **kwargs)", [](Evaluator&, Arguments& args) {
    args[0].get<Instance>()->attributes.set("arg", args["arg"]);
    return Value::none();
  });
  return cls;
}

}  // namespace retort::modules
