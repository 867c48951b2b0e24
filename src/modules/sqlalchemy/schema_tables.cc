#include <algorithm>
#include <array>

#include "modules/arguments.h"
#include "modules/invoke.h"
#include "modules/sqlalchemy/contributors.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_events.h"
#include "modules/sqlalchemy/schema_info.h"
#include "modules/sqlalchemy/schema_items.h"
#include "modules/sqlalchemy/types.h"
#include "schema/derive.h"
#include "schema/order.h"

// Table and MetaData, and the table of classes of sqlalchemy.schema.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Dict;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

constexpr std::string_view kModule = "sqlalchemy.schema";
constexpr std::string_view kRegistry = "retort.sqlalchemy.schema";

Class* make_schema_item_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("SchemaItem", std::string(kModule));
  // Of a constraint or an index: nothing changes the item, so both may have the same.
  evaluator.define(*cls, "copy(self, **kw)", [](Evaluator& e, Arguments& args) {
    Instance* self = args[0].get<Instance>();
    Instance* copy = e.new_instance(self->cls);
    for (const auto& [name, value] : self->attributes.items()) copy->attributes.set(name, value);
    return Value(copy);
  });
  cls->attributes.set("_copy", cls->attributes.find("copy"));
  return cls;
}
Class* make_constraint_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("Constraint", std::string(kModule),
                                      {schema_class(evaluator, "SchemaItem")});
  // Over its columns, once it has a table.
  evaluator.define(*cls, "__iter__(self)", [](Evaluator& e, Arguments& args) {
    return e.call_method(e.get_attr(args[0], "columns"), "__iter__");
  });
  evaluator.define(*cls, "__contains__(self, column)", [](Evaluator& e, Arguments& args) {
    return e.call_method(e.get_attr(args[0], "columns"), "__contains__", std::array{args[1]});
  });
  return cls;
}

constexpr auto kMakers = std::to_array<NamedMaker>({
    {"SchemaItem", make_schema_item_class},
    {"Constraint", make_constraint_class},
    {"ColumnCollectionConstraint", make_constraint_class},
    {"Column", make_column_class},
    {"ForeignKey", make_foreign_key_class},
    {"Computed", make_computed_class},
    {"Identity", make_identity_class},
    {"Sequence", make_sequence_class},
    {"FetchedValue", make_fetched_value_class},
    {"DefaultClause", make_default_clause_class},
    {"ColumnDefault", make_column_default_class},
    {"PrimaryKeyConstraint", make_primary_key_class},
    {"ForeignKeyConstraint", make_foreign_key_constraint_class},
    {"UniqueConstraint", make_unique_class},
    {"CheckConstraint", make_check_class},
    {"ExcludeConstraint", make_exclude_class},
    {"Index", make_index_class},
    {"Table", make_table_class},
    {"MetaData", make_metadata_class},
    {"conv", make_conv_class},
});

// The columns of a Table become its own: their `table` is set, `.c` finds them.
void attach(Evaluator& evaluator, Instance* table, const schema::Table& built,
            std::span<const Value> items) {
  std::vector<Value> columns;
  for (Value value : items) {
    if (!item<ColumnItem>(value)) continue;
    value.get<Instance>()->attributes.set("table", table);
    columns.push_back(value);
  }
  init_table_clause(evaluator, table, built, columns);
}

// The type of the column that a column's foreign key refers to; absent while it isn't known.
const sql::Type* referred_type(const schema::Table& table, const std::string& column,
                               const Dict& tables, const std::string& default_schema) {
  for (const schema::Constraint& constraint : table.constraints) {
    const auto* key = std::get_if<schema::ForeignKey>(&constraint);
    if (!key || key->columns.size() != key->referred_columns.size()) continue;
    for (std::size_t i = 0; i < key->columns.size(); ++i) {
      if (key->columns[i] != column) continue;
      const std::string& schema =
          key->referred_schema.empty() ? default_schema : key->referred_schema;
      const Value found = tables.find((schema.empty() ? "" : schema + ".") + key->referred_table);
      const TableItem* referred = found ? item<TableItem>(found) : nullptr;
      const schema::Column* target =
          referred ? referred->table.column(key->referred_columns[i]) : nullptr;
      if (target && !target->type.is_null()) return &target->type;
    }
  }
  return nullptr;
}

bool has_untyped_key(const schema::Table& table) {
  return std::ranges::any_of(table.columns, [&](const schema::Column& column) {
    return column.type.is_null() && schema::has_foreign_key(table, column.name);
  });
}

// Columns without a type get that of the column they refer to, where it is known now.
void fill_types(Evaluator& evaluator, Value value, const Dict& tables,
                const std::string& default_schema) {
  resolve_foreign_keys(evaluator, value, true);
  schema::Table& table = item<TableItem>(value)->table;
  std::vector<Value> columns = evaluator.items(evaluator.get_attr(value, "c"));
  bool filled = false;
  for (Value each : columns) {
    ColumnItem* column = item<ColumnItem>(each);
    if (!column || !column->column.type.is_null()) continue;
    const sql::Type* type = referred_type(table, column->column.name, tables, default_schema);
    if (!type) continue;
    column->column.type = *type;
    table.column(column->column.name)->type = *type;
    init_column_clause(evaluator, each.get<Instance>(), column->column.name, *type);
    filled = true;
  }
  if (filled) attach(evaluator, value.get<Instance>(), table, columns);
}

// After a table was made: it may have the types that others wait for, and they its own.
void fill_types(Evaluator& evaluator, MetaDataItem& metadata, Value made, const Dict& tables) {
  if (has_untyped_key(item<TableItem>(made)->table)) metadata.untyped.push_back(made);
  for (std::size_t before = 0; before != metadata.untyped.size();) {
    before = metadata.untyped.size();
    for (Value each : metadata.untyped) {
      fill_types(evaluator, each, tables, metadata.metadata.schema);
    }
    std::erase_if(metadata.untyped,
                  [](Value each) { return !has_untyped_key(item<TableItem>(each)->table); });
  }
}

MetaDataItem* metadata_in(Value value) { return item<MetaDataItem>(value); }

// Table("name", metadata) without columns is the table of that name that is there already.
bool share_existing(Instance* self, Value metadata, const schema::Table& named) {
  auto* tables = metadata.get<Instance>()->attributes.find("tables").get<Dict>();
  Value existing = tables ? tables->find(named.full_name()) : Value();
  if (!existing) return false;
  for (const auto& [name, value] : existing.get<Instance>()->attributes.items()) {
    self->attributes.set(name, value);
  }
  self->set_native(*python::native<sql::Expression>(existing));
  return true;
}

// Takes the column of that name out of a table, with the foreign keys and checks written inside of
// it, and gives its place: what comes instead keeps its index and UNIQUE.
std::size_t take_column(schema::Table& table, schema::Column& instead) {
  const auto old = std::ranges::find(table.columns, instead.name, &schema::Column::name);
  if (old == table.columns.end()) return table.columns.size();
  instead.index = instead.index || old->index;
  instead.unique = instead.unique || old->unique;
  std::erase_if(table.constraints, [&](const schema::Constraint& constraint) {
    const auto* key = std::get_if<schema::ForeignKey>(&constraint);
    const auto* check = std::get_if<schema::Check>(&constraint);
    return (key && key->column == instead.name) || (check && check->column == instead.name);
  });
  const auto at = static_cast<std::size_t>(old - table.columns.begin());
  table.columns.erase(old);
  return at;
}

// Columns and constraints that come after the table was made.
void append(Evaluator& evaluator, Value self, Value added) {
  // A constraint or index of this table's columns came to it when it was made.
  if (const Instance* made = added.get<Instance>(); made && !item<ColumnItem>(added)) {
    const Value table = made->attributes.find("table");
    if (table && table.object() == self.object()) return;
  }
  TableItem& owner = *item<TableItem>(self);
  schema::Table table = owner.table;
  ColumnItem* column = item<ColumnItem>(added);
  const std::size_t at = column ? take_column(table, column->column) : 0;
  add_items(evaluator, table, std::array{added}, "Table");
  std::vector<Value> columns;
  for (Value each : evaluator.items(evaluator.get_attr(self, "c"))) {
    const ColumnItem* old = item<ColumnItem>(each);
    if (old && column && old->column.name == column->column.name) continue;
    columns.push_back(each);
  }
  if (column) {
    std::rotate(table.columns.begin() + static_cast<std::ptrdiff_t>(at), table.columns.end() - 1,
                table.columns.end());
    columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(std::min(at, columns.size())),
                   added);
  }
  owner.keys.merge(keys_of(std::array{added}));
  name_by_keys(table, owner.keys);
  owner.table = table;
  attach(evaluator, self.get<Instance>(), table, columns);
  tell_attached(evaluator, self, std::array{added});
}

// Table("name", metadata, ..., extend_existing=True): what is given comes to the table there is.
bool extend_existing(Evaluator& evaluator, Instance* self, Arguments& args,
                     const schema::Table& named) {
  if (!present(args, "extend_existing") ||
      !flag_of(evaluator, args["extend_existing"], "extend_existing")) {
    return false;
  }
  auto* tables = args["metadata"].get<Instance>()->attributes.find("tables").get<Dict>();
  const Value existing = tables ? tables->find(named.full_name()) : Value();
  if (!existing) return false;
  for (const Value& each : args.rest()) append(evaluator, existing, each);
  schema::Table& table = item<TableItem>(existing)->table;
  if (named.comment) table.comment = named.comment;
  for (const schema::Option& option : named.options) {
    std::erase_if(table.options,
                  [&](const schema::Option& old) { return old.name == option.name; });
    table.options.push_back(option);
  }
  return share_existing(self, args["metadata"], named);
}

Value init_table(Evaluator& evaluator, Arguments& args) {
  Instance* self = args[0].get<Instance>();
  schema::Table built;
  built.name = text_of(evaluator, args["name"], "a Table's name");
  MetaDataItem* metadata = metadata_in(args["metadata"]);
  if (metadata) built.schema = metadata->metadata.schema;
  read_text(evaluator, args, "schema", built.schema);
  read_text(evaluator, args, "comment", built.comment);
  if (present(args, "prefixes")) built.prefixes = texts_of(evaluator, args["prefixes"], "prefixes");
  built.options = to_options(evaluator, args.keywords(), "Table()", args.signature());

  std::vector<Value> items(args.rest().begin(), args.rest().end());
  if (items.empty() && metadata && share_existing(self, args["metadata"], built)) {
    return Value::none();
  }
  if (metadata && extend_existing(evaluator, self, args, built)) return Value::none();
  if (present(args, "autoload_with") ||
      (present(args, "autoload") && flag_of(evaluator, args["autoload"], "autoload"))) {
    std::vector<Value> reflected = reflect_table(evaluator, built.schema, built.name);
    // Columns written by hand replace reflected ones of the same name.
    std::erase_if(reflected, [&](Value value) {
      const ColumnItem* column = item<ColumnItem>(value);
      return column && std::ranges::any_of(items, [&](Value own) {
               const ColumnItem* other = item<ColumnItem>(own);
               return other && other->column.name == column->column.name;
             });
    });
    items.insert(items.begin(), reflected.begin(), reflected.end());
  }
  add_items(evaluator, built, items, "Table()");
  add_waiting(evaluator, built, items);
  self->attributes.set("name", evaluator.str(built.name));
  self->attributes.set("schema",
                       built.schema.empty() ? Value::none() : evaluator.str(built.schema));
  self->attributes.set("fullname", evaluator.str(built.full_name()));
  self->attributes.set("metadata", args["metadata"]);
  self->attributes.set("info", present(args, "info") ? args["info"] : Value(evaluator.dict()));
  self->attributes.set("comment", built.comment ? evaluator.str(*built.comment) : Value::none());
  if (present(args, "info")) built.info = info_of(evaluator, args["info"]);
  attach(evaluator, self, built, items);
  if (metadata) {
    if (auto* tables = args["metadata"].get<Instance>()->attributes.find("tables").get<Dict>()) {
      tables->set(evaluator, evaluator.str(built.full_name()), self);
    }
  }
  TableItem made{std::move(built), keys_of(items)};
  if (metadata && !made.keys.empty()) metadata->has_keys = true;
  set_item(evaluator, self, std::move(made));
  tell_attached(evaluator, self, items);
  if (metadata) {
    const auto* tables = args["metadata"].get<Instance>()->attributes.find("tables").get<Dict>();
    if (tables) fill_types(evaluator, *metadata, self, *tables);
  }
  return Value::none();
}

}  // namespace

Class* make_table_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class(
      "Table", std::string(kModule),
      {expression_class(evaluator, "TableClause"), schema_class(evaluator, "SchemaItem")});
  evaluator.define(*cls,
                   "__init__(self, name, metadata, *args, schema=None, quote=None, "
                   "quote_schema=None, autoload_with=None, autoload=None, "
                   "autoload_replace=True, keep_existing=False, extend_existing=False, "
                   "resolve_fks=True, include_columns=None, implicit_returning=True, comment=None, "
                   "info=None, listeners=None, prefixes=None, must_exist=False, **kw)",
                   init_table);
  define_table_parts(evaluator, *cls);
  evaluator.define(*cls, "append_column(self, column, replace_existing=False)",
                   [](Evaluator& e, Arguments& args) {
                     append(e, args[0], args["column"]);
                     return Value::none();
                   });
  evaluator.define(*cls, "append_constraint(self, constraint)", [](Evaluator& e, Arguments& args) {
    append(e, args[0], args["constraint"]);
    return Value::none();
  });
  define_table_creation(evaluator, *cls);
  return cls;
}

Class* make_metadata_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("MetaData", std::string(kModule));
  evaluator.define(
      *cls,
      "__init__(self, schema=None, quote_schema=None, naming_convention=None, "
      "info=None, bind=None, reflect=None)",
      [](Evaluator& e, Arguments& args) {
        MetaDataItem built;
        // MetaData(bind) of SQLAlchemy 1.x: the first argument was the bind.
        if (Value schema = args["schema"]; schema && schema.is_str()) {
          built.metadata.schema = schema.as_str();
        }
        if (present(args, "naming_convention")) {
          built.metadata.naming_convention = to_naming_convention(e, args["naming_convention"]);
        }
        Instance* self = args[0].get<Instance>();
        self->attributes.set("tables", e.dict());
        self->attributes.set(
            "schema", built.metadata.schema.empty() ? Value::none() : e.str(built.metadata.schema));
        self->attributes.set("naming_convention", present(args, "naming_convention")
                                                      ? args["naming_convention"]
                                                      : Value(e.dict()));
        self->attributes.set("info", present(args, "info") ? args["info"] : Value(e.dict()));
        set_item(e, self, std::move(built));
        return Value::none();
      });
  evaluator.define_property(*cls, "sorted_tables", [](Evaluator& e, Value self) {
    evaluate_contributors(e);
    return sorted_tables(e, self);
  });
  define_metadata_creation(evaluator, *cls);
  evaluator.define(
      *cls,
      "reflect(self, bind=None, schema=None, views=False, only=None, extend_existing=False, "
      "autoload_replace=True, resolve_fks=True, **dialect_kwargs)",
      [](Evaluator& e, Arguments& args) {
        std::string schema;
        read_text(e, args, "schema", schema);
        std::vector<std::string> only;
        if (present(args, "only") && !args["only"].get<python::Function>()) {
          only = texts_of(e, args["only"], "only");
        }
        Value table_class = Value(schema_class(e, "Table"));
        for (const std::string& name : only.empty() ? reflected_table_names(e, schema) : only) {
          std::vector<python::NamedValue> keywords{{"autoload_with", Value::boolean(true)}};
          if (!schema.empty()) keywords.push_back({"schema", e.str(schema)});
          e.call(table_class, std::array{e.str(name), args[0]}, keywords);
        }
        return Value::none();
      });
  evaluator.define(*cls, "clear(self)", [](Evaluator&, Arguments& args) {
    args[0].get<Instance>()->attributes.find("tables").get<Dict>()->clear();
    return Value::none();
  });
  evaluator.define(*cls, "remove(self, table)", [](Evaluator& e, Arguments& args) {
    auto* tables = args[0].get<Instance>()->attributes.find("tables").get<Dict>();
    tables->erase(e, e.get_attr(args["table"], "fullname"));
    return Value::none();
  });
  return cls;
}

schema::NamingConvention to_naming_convention(Evaluator& evaluator, Value value) {
  if (auto* unknown = value.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "a naming convention");
  }
  auto* dict = value.get<Dict>();
  if (!dict) evaluator.type_error("naming_convention must be a dict");
  schema::NamingConvention convention;
  for (const auto& entry : dict->entries()) {
    if (!entry.key) continue;
    convention.emplace_back(text_of(evaluator, entry.key, "a key of naming_convention"),
                            text_of(evaluator, entry.value, "a template of naming_convention"));
  }
  return convention;
}

Value sorted_tables(Evaluator& evaluator, Value metadata) {
  auto* tables = metadata.get<Instance>()->attributes.find("tables").get<Dict>();
  schema::MetaData all;
  for (const auto& entry : tables->entries()) {
    if (entry.key) all.tables.push_back(table_in(evaluator, entry.value));
  }
  std::vector<Value> sorted;
  for (std::size_t index : schema::dependency_order(all.tables).tables) {
    sorted.push_back(tables->find(all.tables[index].full_name()));
  }
  return evaluator.list(std::move(sorted));
}

namespace {

Instance* named_table(Evaluator& evaluator, const schema::Table& table) {
  auto* self = evaluator.new_instance(schema_class(evaluator, "Table"));
  self->attributes.set("name", evaluator.str(table.name));
  self->attributes.set("schema",
                       table.schema.empty() ? Value::none() : evaluator.str(table.schema));
  self->attributes.set("fullname", evaluator.str(table.full_name()));
  return self;
}

}  // namespace

Value make_table_of(Evaluator& evaluator, const schema::Table& table,
                    std::span<const Value> items) {
  Instance* self = named_table(evaluator, table);
  self->attributes.set("info", evaluator.dict());
  attach(evaluator, self, table, items);
  set_item(evaluator, self, TableItem{table});
  return self;
}

Value make_table(Evaluator& evaluator, const schema::Table& table) {
  Instance* self = named_table(evaluator, table);
  std::vector<Value> columns;
  for (const schema::Column& column : table.columns) {
    columns.push_back(make_column(evaluator, column));
    columns.back().get<Instance>()->attributes.set("table", self);
  }
  init_table_clause(evaluator, self, table, columns);
  set_item(evaluator, self, TableItem{table});
  return self;
}

Class* schema_class(Evaluator& evaluator, std::string_view name) {
  return find_schema_item(evaluator, name).get<Class>();
}

const schema::Table& table_in(Evaluator& evaluator, Value value) {
  const TableItem* table = item<TableItem>(value);
  if (!table) evaluator.type_error("a Table was expected, not " + evaluator.repr(value));
  resolve_foreign_keys(evaluator, value);
  return table->table;
}

Module& schema_registry(Evaluator& evaluator) {
  return *evaluator.import_module(kRegistry).get<Module>();
}

Host& schema_host(Evaluator& evaluator) {
  return **python::native<Host*>(schema_registry(evaluator).attributes.find("host"));
}

Value find_schema_item(Evaluator& evaluator, std::string_view name) {
  Module& classes = schema_registry(evaluator);
  if (Value made = classes.attributes.find(name)) return made;
  for (std::span<const NamedMaker> makers : {std::span<const NamedMaker>(kMakers), ddl_makers()}) {
    for (const NamedMaker& maker : makers) {
      if (maker.name != name) continue;
      Class* cls = maker.make(evaluator);
      classes.attributes.set(name, cls);
      return cls;
    }
  }
  return {};
}

void bind_schema_items(Evaluator& evaluator, Host& host) {
  evaluator.bind_module(std::string(kRegistry), [&host](Evaluator& e, Module& classes) {
    Instance* holder = e.new_instance(e.builtin_class("object"));
    holder->set_native<Host*>(&host);
    classes.attributes.set("host", holder);
  });
}

}  // namespace retort::modules
