#include <array>

#include "modules/arguments.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_items.h"
#include "sql/columns.h"
#include "sql/node.h"

// The table constraints and Index.
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

constexpr std::string_view kModule = "sqlalchemy.schema";

void read_name(Evaluator& evaluator, const Arguments& args, schema::Name& name) {
  if (present(args, "name")) name = name_of(evaluator, args["name"], "name");
}

void read_deferral(Evaluator& evaluator, const Arguments& args, schema::Deferral& deferral) {
  read_flag(evaluator, args, "deferrable", deferral.deferrable);
  read_text(evaluator, args, "initially", deferral.initially);
}

std::vector<std::string> read_columns(Evaluator& evaluator, std::span<const Value> values,
                                      std::string_view what) {
  std::vector<std::string> columns;
  for (Value value : values) columns.push_back(to_column_name(evaluator, value, what));
  return columns;
}

// The table that columns and expressions of columns are of; absent when they are in none yet.
Value table_of(Evaluator& evaluator, std::span<const Value> values) {
  for (Value value : values) {
    if (item<ColumnItem>(value)) {
      Value table = value.get<Instance>()->attributes.find("table");
      if (table && item<TableItem>(table)) return table;
    }
    if (value.is_str() || value.is_none()) continue;
    for (const sql::node::Column* column : sql::columns_in(to_expression(evaluator, value))) {
      Value table = column->from ? table_object(evaluator, column->from) : Value();
      if (table && item<TableItem>(table)) return table;
    }
  }
  return {};
}

// The values that decide the table of a constraint which is made after its table.
std::vector<Value> table_arguments(Evaluator& evaluator, const Arguments& args) {
  if (Value columns = args.signature().params[1].name == "columns" ? args["columns"] : Value()) {
    if (!columns.is_str() && !item<ColumnItem>(columns)) return evaluator.items(columns);
  }
  std::vector<Value> out(args.rest().begin(), args.rest().end());
  if (args.signature().params[1].name == "sqltext") out.push_back(args["sqltext"]);
  return out;
}

// A constraint of columns that are in a table belongs to that table at once. `self` tells by its
// attribute "table".
void attach(Evaluator& evaluator, const Arguments& args, Instance* self,
            const schema::Constraint& constraint) {
  if (std::holds_alternative<schema::Exclude>(constraint)) return;
  const std::vector<Value> columns = table_arguments(evaluator, args);
  Value table = table_of(evaluator, columns);
  if (!table) {
    wait_for_table(evaluator, columns, self);
    return;
  }
  schema::Table& owner = item<TableItem>(table)->table;
  if (std::holds_alternative<schema::PrimaryKey>(constraint)) {
    std::erase_if(owner.constraints, [](const schema::Constraint& one) {
      return std::holds_alternative<schema::PrimaryKey>(one);
    });
  }
  owner.constraints.push_back(constraint);
  self->attributes.set("table", table);
}

// What constraints are asked for in scripts that look at tables.
void finish(Evaluator& evaluator, Arguments& args, schema::Constraint constraint) {
  Instance* self = args[0].get<Instance>();
  attach(evaluator, args, self, constraint);
  const schema::Name& name = schema::name_of(constraint);
  self->attributes.set("name", name.empty() ? Value::none() : evaluator.str(name.text));
  self->attributes.set("info", present(args, "info") ? args["info"] : Value(evaluator.dict()));
  set_item(evaluator, self, ConstraintItem{std::move(constraint)});
}

Class* constraint_class(Evaluator& evaluator, std::string_view name, std::string_view signature,
                        std::function<schema::Constraint(Evaluator&, Arguments&)> read) {
  Class* cls = evaluator.define_class(std::string(name), std::string(kModule),
                                      {schema_class(evaluator, "Constraint")});
  evaluator.define(*cls, signature, [read = std::move(read)](Evaluator& e, Arguments& args) {
    finish(e, args, read(e, args));
    return Value::none();
  });
  return cls;
}

}  // namespace

void read_references(Evaluator& evaluator, std::span<const Value> values, schema::ForeignKey& key) {
  for (Value value : values) {
    schema::ForeignKey one;
    read_foreign_key_target(evaluator, value, one);
    key.referred_schema = one.referred_schema;
    key.referred_table = one.referred_table;
    if (!one.referred_columns.empty()) key.referred_columns.push_back(one.referred_columns[0]);
  }
}

Class* make_primary_key_class(Evaluator& evaluator) {
  return constraint_class(
      evaluator, "PrimaryKeyConstraint",
      "__init__(self, *columns, name=None, deferrable=None, initially=None, info=None, "
      "_implicit_generated=False, comment=None, **dialect_kw)",
      [](Evaluator& e, Arguments& args) {
        schema::PrimaryKey built;
        built.columns = distinct(read_columns(e, args.rest(), "a column of PrimaryKeyConstraint"));
        read_name(e, args, built.name);
        read_deferral(e, args, built.deferral);
        built.options = to_options(e, args.keywords(), "PrimaryKeyConstraint()", args.signature());
        return built;
      });
}

Class* make_foreign_key_constraint_class(Evaluator& evaluator) {
  return constraint_class(
      evaluator, "ForeignKeyConstraint",
      "__init__(self, columns, refcolumns, name=None, onupdate=None, ondelete=None, "
      "deferrable=None, initially=None, use_alter=False, link_to_name=False, match=None, "
      "table=None, info=None, comment=None, **dialect_kw)",
      [](Evaluator& e, Arguments& args) {
        schema::ForeignKey built;
        std::vector<Value> columns = e.items(args["columns"]);
        std::vector<Value> references = e.items(args["refcolumns"]);
        if (columns.size() != references.size()) {
          e.value_error(
              "ForeignKeyConstraint number of constrained columns must match the number "
              "of referenced columns.");
        }
        built.columns = read_columns(e, columns, "a column of ForeignKeyConstraint");
        read_references(e, references, built);
        read_name(e, args, built.name);
        read_text(e, args, "onupdate", built.onupdate);
        read_text(e, args, "ondelete", built.ondelete);
        read_text(e, args, "match", built.match);
        read_deferral(e, args, built.deferral);
        read_flag(e, args, "use_alter", built.use_alter);
        built.options = to_options(e, args.keywords(), "ForeignKeyConstraint()", args.signature());
        return built;
      });
}

Class* make_unique_class(Evaluator& evaluator) {
  return constraint_class(
      evaluator, "UniqueConstraint",
      "__init__(self, *columns, name=None, deferrable=None, initially=None, info=None, "
      "_autoattach=True, _column_flag=False, comment=None, **dialect_kw)",
      [](Evaluator& e, Arguments& args) {
        schema::Unique built;
        built.columns = distinct(read_columns(e, args.rest(), "a column of UniqueConstraint"));
        read_name(e, args, built.name);
        read_deferral(e, args, built.deferral);
        built.options = to_options(e, args.keywords(), "UniqueConstraint()", args.signature());
        return built;
      });
}

Class* make_check_class(Evaluator& evaluator) {
  return constraint_class(
      evaluator, "CheckConstraint",
      "__init__(self, sqltext, name=None, deferrable=None, initially=None, table=None, info=None, "
      "_create_rule=None, _autoattach=True, _type_bound=False, comment=None, **dialect_kw)",
      [](Evaluator& e, Arguments& args) {
        schema::Check built;
        built.condition = to_sql_text(e, args["sqltext"]);
        read_name(e, args, built.name);
        read_deferral(e, args, built.deferral);
        built.options = to_options(e, args.keywords(), "CheckConstraint()", args.signature());
        return built;
      });
}

Class* make_exclude_class(Evaluator& evaluator) {
  return constraint_class(
      evaluator, "ExcludeConstraint",
      "__init__(self, *elements, name=None, deferrable=None, initially=None, using='gist', "
      "where=None, ops=None, info=None, comment=None)",
      [](Evaluator& e, Arguments& args) {
        schema::Exclude built = read_exclude(e, args.rest());
        read_name(e, args, built.name);
        read_deferral(e, args, built.deferral);
        read_text(e, args, "using", built.method);
        if (present(args, "where")) built.where = to_sql_text(e, args["where"]);
        return built;
      });
}

schema::Exclude read_exclude(Evaluator& evaluator, std::span<const Value> elements) {
  schema::Exclude built;
  for (Value value : elements) {
    std::vector<Value> pair = evaluator.items(value);
    if (pair.size() != 2) {
      evaluator.value_error("an element of ExcludeConstraint is a pair (column, operator)");
    }
    schema::IndexKey key = to_index_key(evaluator, pair[0]);
    sql::Expression expression =
        key.expression ? key.expression : sql::make(sql::node::Column{key.column});
    built.elements.push_back({expression, text_of(evaluator, pair[1], "an operator")});
  }
  return built;
}

Class* make_index_class(Evaluator& evaluator) {
  Class* cls = evaluator.define_class("Index", std::string(kModule),
                                      {schema_class(evaluator, "SchemaItem")});
  evaluator.define(
      *cls,
      "__init__(self, name, *expressions, unique=False, quote=None, info=None, _table=None, "
      "_column_flag=False, **dialect_kw)",
      [](Evaluator& e, Arguments& args) {
        IndexItem built;
        if (!args["name"].is_none()) built.index.name = name_of(e, args["name"], "name");
        for (Value value : args.rest()) built.index.keys.push_back(to_index_key(e, value));
        read_flag(e, args, "unique", built.index.unique);
        built.index.options = to_options(e, args.keywords(), "Index()", args.signature());
        Instance* self = args[0].get<Instance>();
        self->attributes.set("name", args["name"]);
        self->attributes.set("unique", Value::boolean(built.index.unique));
        self->attributes.set("info", present(args, "info") ? args["info"] : Value(e.dict()));
        // Index("name", table.c.column) belongs to that table at once.
        if (Value table = table_of(e, args.rest())) {
          item<TableItem>(table)->table.indexes.push_back(built.index);
          self->attributes.set("table", table);
        } else {
          wait_for_table(e, args.rest(), self);
        }
        set_item(e, self, std::move(built));
        return Value::none();
      });
  define_index_creation(evaluator, *cls);
  return cls;
}

Class* make_conv_class(Evaluator& evaluator) {
  Class* cls =
      evaluator.define_class("conv", std::string(kModule), {evaluator.builtin_class("str")});
  // An object of the class itself, not a plain str: it is what tells a final name.
  evaluator.define_constructor(*cls, "(cls, name)", [cls](Evaluator& e, Arguments& args) {
    return e.as_subclass(cls, e.str(text_of(e, args["name"], "a name")));
  });
  return cls;
}

}  // namespace retort::modules
