#include <algorithm>
#include <set>

#include "dialect/dialect.h"
#include "modules/arguments.h"
#include "modules/invoke.h"
#include "modules/sqlalchemy/contributors.h"
#include "modules/sqlalchemy/exceptions.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_events.h"
#include "schema/order.h"

// Making and dropping tables without a directive of op: Table.create(), MetaData.create_all().
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Value;

namespace {

void drop(Evaluator& evaluator, Value value, bool check_first) {
  const schema::Table& table = table_in(evaluator, value);
  operations::DropTable drop{table.name, table.schema};
  drop.dropped = table;
  drop.if_exists = check_first;
  tell_created(evaluator, "before_drop", value);
  invoke(evaluator, schema_host(evaluator), std::move(drop));
  tell_created(evaluator, "after_drop", value);
}

void create(Evaluator& evaluator, Value value, schema::Table table, bool check_first) {
  tell_created(evaluator, "before_create", value);
  invoke(evaluator, schema_host(evaluator), operations::CreateTable{std::move(table), check_first});
  tell_created(evaluator, "after_create", value);
}

// With --sql nobody can look, and SQLAlchemy doesn't.
bool check_first(Evaluator& evaluator, const Arguments& args, bool otherwise) {
  if (schema_host(evaluator).session().offline()) return false;
  return args.given("checkfirst") ? flag_of(evaluator, args["checkfirst"], "checkfirst")
                                  : otherwise;
}

// The tables of create_all() and drop_all(), as they were given or defined, and the order in which
// they can be made. SQLAlchemy keeps the order of definition among tables that don't refer to each
// other.
struct Tables {
  std::vector<Value> objects{};
  std::vector<schema::Table> tables{};
  schema::TableOrder order{};

  Tables(Evaluator& evaluator, const Arguments& args) {
    evaluate_contributors(evaluator);
    const Value given =
        present(args, "tables")
            ? args["tables"]
            : evaluator.call_method(evaluator.get_attr(args[0], "tables"), "values");
    objects = evaluator.items(given);
    for (Value object : objects) tables.push_back(table_in(evaluator, object));
    order = schema::dependency_order(tables, schema::Among::kAsGiven);
  }
};

// The types that an engine with types of its own makes before the tables, in the order of the
// columns; each once.
std::vector<sql::Type*> named_types(std::vector<schema::Table>& tables) {
  std::vector<sql::Type*> found;
  for (schema::Table& table : tables) {
    for (schema::Column& column : table.columns) {
      sql::Type* type = &column.type;
      while (type->name == "ARRAY" && !type->arguments.empty()) type = &type->arguments.front();
      const bool own =
          (type->name == "Enum" && type->native) || type->name == "ENUM" || type->name == "DOMAIN";
      if (own && type->create_type && !type->type_name.empty()) found.push_back(type);
    }
  }
  return found;
}

// Calls `act` for every type of these tables, and has the tables leave their types alone.
template <typename Act>
void for_each_type(std::vector<schema::Table>& tables, Act act) {
  std::set<std::string> seen;
  for (sql::Type* type : named_types(tables)) {
    if (seen.insert(type->schema + "." + type->type_name).second) act(*type);
    type->create_type = false;
  }
}

// Takes the keys out of the tables that can only be added when all tables are there.
std::vector<operations::AddConstraint> take_late_keys(Tables& all) {
  std::vector<operations::AddConstraint> late;
  for (std::size_t i : all.order.tables) {
    schema::Table& table = all.tables[i];
    std::vector<schema::Constraint> kept;
    for (std::size_t c = 0; c < table.constraints.size(); ++c) {
      const auto* key = std::get_if<schema::ForeignKey>(&table.constraints[c]);
      const bool is_late =
          key &&
          (key->use_alter || std::ranges::find(all.order.late, schema::TableOrder::LateKey{i, c}) !=
                                 all.order.late.end());
      if (is_late) {
        late.push_back({table.name, table.schema, table.constraints[c]});
        std::get<schema::ForeignKey>(late.back().constraint).use_alter = false;
      } else {
        kept.push_back(table.constraints[c]);
      }
    }
    table.constraints = std::move(kept);
  }
  return late;
}

// Whether there is no context yet to make tables in: a module of the application makes its tables
// when it is imported. Migrations do that here.
bool is_before_the_run(Evaluator& evaluator, const Arguments& args) {
  const Value bind = args["bind"];
  if (!bind || bind.is_none()) return false;
  try {
    schema_host(evaluator).session();
    return false;
  } catch (const Error& error) {
    if (error.code() != code::kScript) throw;
  }
  const Value said[] = {Value::integer(30), evaluator.str("retort"),
                        evaluator.str("create_all() of a module that env.py imports is left out: "
                                      "the migrations make the tables")};
  evaluator.call(evaluator.get_attr(evaluator.import_module("_support"), "log"), said);
  return true;
}

Value create_all(Evaluator& evaluator, const Arguments& args) {
  if (is_before_the_run(evaluator, args)) return Value::none();
  Host& host = schema_host(evaluator).session();
  const std::string_view dialect = host.dialect().name();
  const bool check = check_first(evaluator, args, true);
  Tables all(evaluator, args);
  tell_created(evaluator, "before_create", args[0]);
  std::vector<operations::AddConstraint> late;
  if (dialect != "sqlite") late = take_late_keys(all);
  if (check && !late.empty()) {
    std::erase_if(late, [&](const operations::AddConstraint& one) {
      return std::ranges::count(reflected_table_names(evaluator, one.schema), one.table) > 0;
    });
  }
  if (dialect == "postgresql") {
    for_each_type(all.tables, [&](const sql::Type& type) {
      invoke(evaluator, host, operations::CreateType{type, check});
    });
  }
  for (std::size_t i : all.order.tables) create(evaluator, all.objects[i], all.tables[i], check);
  for (operations::AddConstraint& key : late) invoke(evaluator, host, std::move(key));
  tell_created(evaluator, "after_create", args[0]);
  return Value::none();
}

Value drop_all(Evaluator& evaluator, const Arguments& args) {
  Host& host = schema_host(evaluator).session();
  const bool check = check_first(evaluator, args, true);
  Tables all(evaluator, args);
  tell_created(evaluator, "before_drop", args[0]);
  for (auto i = all.order.tables.rbegin(); i != all.order.tables.rend(); ++i) {
    drop(evaluator, all.objects[*i], check);
  }
  if (host.dialect().name() == "postgresql") {
    for_each_type(all.tables, [&](const sql::Type& type) {
      invoke(evaluator, host, operations::DropType{type, check});
    });
  }
  tell_created(evaluator, "after_drop", args[0]);
  return Value::none();
}

}  // namespace

void define_table_creation(Evaluator& evaluator, Class& table) {
  evaluator.define(table, "create(self, bind=None, checkfirst=False)",
                   [](Evaluator& e, Arguments& args) {
                     create(e, args[0], table_in(e, args[0]), check_first(e, args, false));
                     return Value::none();
                   });
  evaluator.define(table, "drop(self, bind=None, checkfirst=False)",
                   [](Evaluator& e, Arguments& args) {
                     drop(e, args[0], check_first(e, args, false));
                     return Value::none();
                   });
}

operations::CreateTable table_creation(Evaluator& evaluator, Value table) {
  std::vector<schema::Table> one{table_in(evaluator, table)};
  for_each_type(one, [](const sql::Type&) {});
  operations::CreateTable made{std::move(one.front())};
  made.table.indexes.clear();
  for (schema::Column& column : made.table.columns) column.index = false;
  return made;
}

operations::CreateIndex index_creation(Evaluator& evaluator, Value index) {
  const IndexItem* made = item<IndexItem>(index);
  if (!made) evaluator.type_error("an Index was expected, not " + evaluator.repr(index));
  const Value table = index.get<python::Instance>()->attributes.find("table");
  if (!table || !item<TableItem>(table)) {
    evaluator.raise(exception_class(evaluator, "CompileError"),
                    "Index '" + made->index.name.text + "' is not associated with any table.");
  }
  const schema::Table& owner = item<TableItem>(table)->table;
  return {owner.name, owner.schema, made->index};
}

operations::DropIndex index_removal(Evaluator& evaluator, Value index) {
  operations::CreateIndex made = index_creation(evaluator, index);
  operations::DropIndex drop{made.index.name, made.table, made.schema};
  drop.dropped = std::move(made.index);
  return drop;
}

void define_index_creation(Evaluator& evaluator, Class& index) {
  evaluator.define(index, "create(self, bind=None, checkfirst=False)",
                   [](Evaluator& e, Arguments& args) {
                     operations::CreateIndex made = index_creation(e, args[0]);
                     made.if_not_exists = check_first(e, args, false);
                     invoke(e, schema_host(e), std::move(made));
                     return Value::none();
                   });
  evaluator.define(index, "drop(self, bind=None, checkfirst=False)",
                   [](Evaluator& e, Arguments& args) {
                     operations::DropIndex made = index_removal(e, args[0]);
                     made.if_exists = check_first(e, args, false);
                     invoke(e, schema_host(e), std::move(made));
                     return Value::none();
                   });
}

void define_metadata_creation(Evaluator& evaluator, Class& metadata) {
  evaluator.define(metadata, "create_all(self, bind=None, tables=None, checkfirst=True)",
                   create_all);
  evaluator.define(metadata, "drop_all(self, bind=None, tables=None, checkfirst=True)", drop_all);
}

}  // namespace retort::modules
