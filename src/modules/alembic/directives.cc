#include "modules/alembic/directives.h"

#include <algorithm>
#include <array>

#include "modules/arguments.h"
#include "modules/sqlalchemy/exceptions.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/expression_defaults.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_events.h"
#include "modules/sqlalchemy/schema_items.h"
#include "modules/sqlalchemy/types.h"
#include "sql/build.h"
#include "sql/node.h"

namespace retort::modules {

using python::Arguments;
using python::Evaluator;
using python::Value;

namespace {

template <typename Operation>
void read_table(Evaluator& evaluator, const Arguments& args, Operation& operation,
                std::string_view parameter = "table_name") {
  read_text(evaluator, args, parameter, operation.table);
  read_text(evaluator, args, "schema", operation.schema);
}

std::string called(const Arguments& args) { return "op." + args.signature().name + "()"; }

// The keywords that are handed on to SQLAlchemy's object; `info` and `quote` say nothing to a
// database.
schema::Options options_of(Evaluator& evaluator, const Arguments& args) {
  std::vector<std::pair<std::string, Value>> said(args.keywords().begin(), args.keywords().end());
  std::erase_if(said, [](const auto& one) { return one.first == "info" || one.first == "quote"; });
  return to_options(evaluator, said, called(args), args.signature());
}

// alter_column() and drop_column() hand their keywords on to whoever knows them.
schema::Options known_options(Evaluator& evaluator, const Arguments& args) {
  std::vector<std::pair<std::string, Value>> known;
  for (const auto& keyword : args.keywords()) {
    if (is_dialect_keyword(keyword.first)) {
      known.push_back(keyword);
      continue;
    }
    std::vector<std::string> names;
    for (const auto& param : args.signature().params) names.push_back(param.name);
    const std::string hint = did_you_mean(keyword.first, names);
    warn(evaluator, called(args) + " takes no notice of the argument '" + keyword.first + "'" +
                        (hint.empty() ? "" : "; " + hint));
  }
  return to_options(evaluator, known, called(args), args.signature());
}

const ColumnItem& column_in(Evaluator& evaluator, const Arguments& args, std::string_view name) {
  Value value = args[name];
  if (auto* unknown = value.get<python::Unknown>())
    evaluator.refuse_unknown(*unknown, called(args));
  const ColumnItem* column = item<ColumnItem>(value);
  if (!column) {
    evaluator.type_error(called(args) + " needs a sa.Column, not " + evaluator.repr(value));
  }
  return *column;
}

schema::Name read_name(Evaluator& evaluator, const Arguments& args, std::string_view name) {
  return present(args, name) ? name_of(evaluator, args[name], name) : schema::Name{};
}

std::vector<std::string> column_names(Evaluator& evaluator, Value value, std::string_view what) {
  if (auto* unknown = value.get<python::Unknown>()) evaluator.refuse_unknown(*unknown, what);
  if (value.is_str()) return {value.as_str()};
  std::vector<std::string> names;
  for (Value each : evaluator.items(value)) names.push_back(to_column_name(evaluator, each, what));
  return names;
}

void read_deferral(Evaluator& evaluator, const Arguments& args, schema::Deferral& deferral) {
  read_flag(evaluator, args, "deferrable", deferral.deferrable);
  read_text(evaluator, args, "initially", deferral.initially);
}

// server_default and its like: False says nothing, None removes.
bool says_something(const Arguments& args, std::string_view name) {
  Value value = args[name];
  return value && !(value.is_bool() && !value.as_bool());
}

void read_new_default(Evaluator& evaluator, const Arguments& args, operations::AlterColumn& alter) {
  if (!says_something(args, "server_default")) return;
  Value value = args["server_default"];
  if (value.is_none()) {
    alter.server_default.emplace(std::nullopt);
  } else if (auto* computed = python::native<schema::Computed>(value)) {
    alter.computed.emplace(*computed);
  } else if (auto* identity = python::native<schema::Identity>(value)) {
    alter.identity.emplace(*identity);
  } else {
    alter.server_default.emplace(to_server_default(evaluator, value));
  }
}

void read_existing_default(Evaluator& evaluator, const Arguments& args,
                           operations::AlterColumn& alter) {
  if (!says_something(args, "existing_server_default")) return;
  Value value = args["existing_server_default"];
  if (value.is_none()) {
    alter.existing_server_default.emplace(std::nullopt);
  } else if (auto* identity = python::native<schema::Identity>(value)) {
    alter.existing_identity.emplace(*identity);
    // server_default=None removes what is there.
    if (alter.server_default && !*alter.server_default) {
      alter.server_default.reset();
      alter.identity.emplace(std::nullopt);
    }
  } else if (python::native<schema::Computed>(value)) {
    if (alter.server_default && !*alter.server_default) {
      alter.server_default.reset();
      alter.computed.emplace(std::nullopt);
    }
  } else {
    alter.existing_server_default.emplace(to_server_default(evaluator, value));
  }
}

// Table keywords that SQLAlchemy takes and that have no meaning for the schema.
constexpr auto kIgnoredTableKeywords = std::to_array<std::string_view>(
    {"quote", "quote_schema", "listeners", "keep_existing", "extend_existing", "implicit_returning",
     "comment", "info", "prefixes"});

schema::Options table_options(Evaluator& evaluator, const Arguments& args) {
  std::vector<std::pair<std::string, Value>> dialect_keywords;
  for (const auto& keyword : args.keywords()) {
    if (keyword.first == "must_exist" || keyword.first == "mustexist") {
      // A directive has tables of its own: nothing is in there before.
      if (!evaluator.truthy(keyword.second)) continue;
      evaluator.raise(
          exception_class(evaluator, "InvalidRequestError"),
          "Table '" + text_of(evaluator, args["table_name"], "table_name") + "' not defined");
    }
    if (std::ranges::find(kIgnoredTableKeywords, keyword.first) == kIgnoredTableKeywords.end()) {
      dialect_keywords.push_back(keyword);
    }
  }
  return to_options(evaluator, dialect_keywords, called(args), args.signature());
}

}  // namespace

namespace {

// Indexes and checks that listeners of the column's type make.
void add_what_the_type_makes(Evaluator& evaluator, const Arguments& args,
                             operations::AddColumn& add) {
  schema::Table table;
  table.name = add.table;
  table.schema = add.schema;
  if (const auto* batch = python::native<operations::BatchAlterTable>(args[0])) {
    table.name = batch->table;
    table.schema = batch->schema;
  }
  table.columns.push_back(add.column);
  attach_items(evaluator, table, std::array{args["column"]});
  add.column = table.columns[0];
  add.indexes = table.indexes;
  add.constraints.insert(add.constraints.end(), table.constraints.begin(), table.constraints.end());
}

}  // namespace

operations::AddColumn read_add_column(Evaluator& evaluator, const Arguments& args) {
  operations::AddColumn add;
  read_table(evaluator, args, add);
  const ColumnItem& column = column_in(evaluator, args, "column");
  add.column = column.column;
  for (schema::Constraint constraint : column.constraints) {
    if (auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
      key->columns = {add.column.name};
      if (key->referred_columns.empty()) key->referred_columns = {add.column.name};
    } else if (auto* check = std::get_if<schema::Check>(&constraint)) {
      check->column = add.column.name;
    }
    add.constraints.push_back(std::move(constraint));
  }
  add_what_the_type_makes(evaluator, args, add);
  read_flag(evaluator, args, "if_not_exists", add.if_not_exists);
  read_flag(evaluator, args, "inline_references", add.inline_references);
  read_flag(evaluator, args, "inline_primary_key", add.inline_primary_key);
  read_text(evaluator, args, "insert_before", add.insert_before);
  read_text(evaluator, args, "insert_after", add.insert_after);
  return add;
}

operations::DropColumn read_drop_column(Evaluator& evaluator, const Arguments& args) {
  operations::DropColumn drop;
  read_table(evaluator, args, drop);
  drop.column = to_column_name(evaluator, args["column_name"], "column_name");
  read_flag(evaluator, args, "if_exists", drop.if_exists);
  drop.options = known_options(evaluator, args);
  return drop;
}

operations::AlterColumn read_alter_column(Evaluator& evaluator, Host& host, const Arguments& args) {
  operations::AlterColumn alter;
  read_table(evaluator, args, alter);
  alter.column = to_column_name(evaluator, args["column_name"], "column_name");
  read_text(evaluator, args, "new_column_name", alter.new_name);
  std::string what = called(args) + " of column '" + alter.column + "'";
  if (present(args, "type_")) alter.type = to_type(evaluator, host, args["type_"], what);
  if (present(args, "existing_type")) {
    alter.existing_type = to_type(evaluator, host, args["existing_type"], what);
  }
  read_flag(evaluator, args, "nullable", alter.nullable);
  read_flag(evaluator, args, "existing_nullable", alter.existing_nullable);
  read_flag(evaluator, args, "autoincrement", alter.autoincrement);
  read_flag(evaluator, args, "existing_autoincrement", alter.existing_autoincrement);
  read_text(evaluator, args, "existing_comment", alter.existing_comment);
  if (says_something(args, "comment")) {
    alter.comment.emplace();
    if (!args["comment"].is_none()) *alter.comment = text_of(evaluator, args["comment"], "comment");
  }
  read_new_default(evaluator, args, alter);
  read_existing_default(evaluator, args, alter);
  read_text(evaluator, args, "insert_before", alter.insert_before);
  read_text(evaluator, args, "insert_after", alter.insert_after);
  alter.options = known_options(evaluator, args);
  return alter;
}

operations::CreateTable read_create_table(Evaluator& evaluator, const Arguments& args) {
  operations::CreateTable create;
  schema::Table& table = create.table;
  table.name = text_of(evaluator, args["table_name"], "table_name");
  read_text(evaluator, args, "schema", table.schema);
  read_text(evaluator, args, "comment", table.comment);
  if (present(args, "prefixes")) table.prefixes = texts_of(evaluator, args["prefixes"], "prefixes");
  read_flag(evaluator, args, "if_not_exists", create.if_not_exists);
  table.options = table_options(evaluator, args);
  add_items(evaluator, table, args.rest(), called(args));
  attach_items(evaluator, table, args.rest());
  return create;
}

operations::DropTable read_drop_table(Evaluator& evaluator, const Arguments& args) {
  operations::DropTable drop;
  read_table(evaluator, args, drop);
  read_flag(evaluator, args, "if_exists", drop.if_exists);
  drop.options = table_options(evaluator, args);
  return drop;
}

operations::CreateIndex read_create_index(Evaluator& evaluator, const Arguments& args) {
  operations::CreateIndex create;
  read_table(evaluator, args, create);
  create.index.name = read_name(evaluator, args, "index_name");
  Value columns = args["columns"];
  if (auto* unknown = columns.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, called(args));
  }
  if (columns.is_str()) {
    evaluator.value_error("columns must be a list of column names, not the string " +
                          evaluator.repr(columns));
  }
  for (Value column : evaluator.items(columns)) {
    create.index.keys.push_back(to_index_key(evaluator, column));
  }
  read_flag(evaluator, args, "unique", create.index.unique);
  read_flag(evaluator, args, "if_not_exists", create.if_not_exists);
  create.index.options = options_of(evaluator, args);
  return create;
}

operations::DropIndex read_drop_index(Evaluator& evaluator, const Arguments& args) {
  operations::DropIndex drop;
  read_table(evaluator, args, drop);
  drop.name = read_name(evaluator, args, "index_name");
  read_flag(evaluator, args, "if_exists", drop.if_exists);
  drop.options = options_of(evaluator, args);
  return drop;
}

operations::AddConstraint read_primary_key(Evaluator& evaluator, const Arguments& args) {
  operations::AddConstraint add;
  read_table(evaluator, args, add);
  schema::PrimaryKey key;
  key.name = read_name(evaluator, args, "constraint_name");
  key.columns = column_names(evaluator, args["columns"], "columns");
  key.options = options_of(evaluator, args);
  add.constraint = std::move(key);
  return add;
}

operations::AddConstraint read_unique_constraint(Evaluator& evaluator, const Arguments& args) {
  operations::AddConstraint add;
  read_table(evaluator, args, add);
  schema::Unique unique;
  unique.name = read_name(evaluator, args, "constraint_name");
  unique.columns = column_names(evaluator, args["columns"], "columns");
  read_deferral(evaluator, args, unique.deferral);
  unique.options = options_of(evaluator, args);
  add.constraint = std::move(unique);
  return add;
}

operations::AddConstraint read_check_constraint(Evaluator& evaluator, const Arguments& args) {
  operations::AddConstraint add;
  read_table(evaluator, args, add);
  schema::Check check;
  check.name = read_name(evaluator, args, "constraint_name");
  check.condition = to_sql_text(evaluator, args["condition"]);
  read_deferral(evaluator, args, check.deferral);
  check.options = options_of(evaluator, args);
  add.constraint = std::move(check);
  return add;
}

operations::AddConstraint read_foreign_key(Evaluator& evaluator, const Arguments& args) {
  operations::AddConstraint add;
  read_text(evaluator, args, "source_table", add.table);
  read_text(evaluator, args, "source_schema", add.schema);
  schema::ForeignKey key;
  key.name = read_name(evaluator, args, "constraint_name");
  key.referred_table = text_of(evaluator, args["referent_table"], "referent_table");
  read_text(evaluator, args, "referent_schema", key.referred_schema);
  key.columns = column_names(evaluator, args["local_cols"], "local_cols");
  key.referred_columns = column_names(evaluator, args["remote_cols"], "remote_cols");
  read_text(evaluator, args, "onupdate", key.onupdate);
  read_text(evaluator, args, "ondelete", key.ondelete);
  read_text(evaluator, args, "match", key.match);
  read_deferral(evaluator, args, key.deferral);
  std::vector<std::pair<std::string, Value>> dialect_keywords;
  for (const auto& keyword : args.keywords()) {
    if (keyword.first == "use_alter") {
      key.use_alter = flag_of(evaluator, keyword.second, "use_alter");
    } else if (keyword.first != "info") {
      dialect_keywords.push_back(keyword);
    }
  }
  key.options = to_options(evaluator, dialect_keywords, called(args), args.signature());
  add.constraint = std::move(key);
  return add;
}

operations::AddConstraint read_exclude_constraint(Evaluator& evaluator, const Arguments& args) {
  operations::AddConstraint add;
  read_table(evaluator, args, add);
  schema::Exclude exclude = read_exclude(evaluator, args.rest());
  exclude.name = read_name(evaluator, args, "constraint_name");
  read_text(evaluator, args, "using", exclude.method);
  if (present(args, "where")) exclude.where = to_sql_text(evaluator, args["where"]);
  read_deferral(evaluator, args, exclude.deferral);
  add.constraint = std::move(exclude);
  return add;
}

operations::DropConstraint read_drop_constraint(Evaluator& evaluator, const Arguments& args) {
  operations::DropConstraint drop;
  read_table(evaluator, args, drop);
  drop.name = read_name(evaluator, args, "constraint_name");
  read_text(evaluator, args, "type_", drop.type);
  if (!drop.type.empty() && drop.type != "foreignkey" && drop.type != "primary" &&
      drop.type != "unique" && drop.type != "check") {
    evaluator.type_error(
        "'type' can be one of 'check', 'foreignkey', 'primary', 'unique', None; not '" + drop.type +
        "'");
  }
  read_flag(evaluator, args, "if_exists", drop.if_exists);
  return drop;
}

operations::SetTableComment read_table_comment(Evaluator& evaluator, const Arguments& args) {
  operations::SetTableComment set;
  read_table(evaluator, args, set);
  read_text(evaluator, args, "comment", set.comment);
  read_text(evaluator, args, "existing_comment", set.existing_comment);
  return set;
}

namespace {

// The columns a row names, in the table's order. A name that the table lacks is an error where the
// row is a statement of its own; a driver that is given the rows takes what the statement asks for.
std::vector<std::string> row_columns(Evaluator& evaluator, const sql::node::Table& table,
                                     const python::Dict& row, bool strict) {
  std::vector<std::string> names;
  for (const auto& column : table.columns) {
    if (row.find(column.key.empty() ? column.name : column.key)) names.push_back(column.name);
  }
  if (names.size() == row.size()) return names;
  for (const auto& entry : row.entries()) {
    if (!entry.key) continue;
    std::string key = text_of(evaluator, entry.key, "a column of bulk_insert()");
    bool known = std::ranges::any_of(table.columns, [&](const auto& column) {
      return (column.key.empty() ? column.name : column.key) == key;
    });
    if (known) continue;
    if (strict) evaluator.value_error("Unconsumed column names: " + key);
    warn(evaluator, "op.bulk_insert() leaves out '" + key + "': table '" + table.name +
                        "' is given without such a column");
  }
  return names;
}

// The named columns and those with a default, in the table's order.
std::vector<std::string> with_default_columns(const sql::node::Table& table,
                                              const std::vector<std::string>& named,
                                              const std::vector<ColumnDefault>& defaults) {
  std::vector<std::string> all;
  for (const auto& column : table.columns) {
    const std::string& key = column.key.empty() ? column.name : column.key;
    if (std::ranges::find(named, column.name) != named.end() ||
        std::ranges::find(defaults, key, &ColumnDefault::key) != defaults.end()) {
      all.push_back(column.name);
    }
  }
  return all;
}

Value default_cell(Evaluator& evaluator, const std::vector<ColumnDefault>& defaults,
                   const std::string& key, const python::Dict& values) {
  const auto found = std::ranges::find(defaults, key, &ColumnDefault::key);
  if (found->expression) return found->initial;
  ParameterRow row;
  for (const auto& entry : values.entries()) {
    if (entry.key) row.emplace_back(text_of(evaluator, entry.key, "a column"), entry.value);
  }
  return default_value(evaluator, *found, row);
}

}  // namespace

operations::BulkInsert read_bulk_insert(Evaluator& evaluator, Host& host, const Arguments& args) {
  operations::BulkInsert insert;
  const sql::Expression* target = python::native<sql::Expression>(args["table"]);
  const auto* table = target ? sql::get<sql::node::Table>(*target) : nullptr;
  if (!table) {
    evaluator.type_error(
        "op.bulk_insert() needs a table made by sa.table() or op.create_table(), not " +
        evaluator.repr(args["table"]));
  }
  insert.table.name = table->name;
  insert.table.schema = table->schema;
  read_flag(evaluator, args, "multiinsert", insert.multiinsert);
  for (const auto& column : table->columns) {
    schema::Column own;
    own.name = column.name;
    own.type = column.type;
    insert.table.columns.push_back(std::move(own));
  }
  if (args["rows"].get<python::Dict>()) evaluator.type_error("List expected");
  const std::vector<ColumnDefault> defaults = insert_defaults(evaluator, *target);
  // Rows of one statement have the columns of the first.
  const bool alone = host.offline() || !insert.multiinsert;
  std::vector<std::string> named;
  bool first = true;
  const std::vector<Value> rows = evaluator.items(args["rows"]);
  if (alone) {
    std::vector<std::string> all;
    for (Value row : rows) {
      const auto* values = row.get<python::Dict>();
      if (!values) evaluator.type_error("List of dictionaries expected");
      std::ranges::move(row_columns(evaluator, *table, *values, true), std::back_inserter(all));
    }
    insert.columns = with_default_columns(*table, all, defaults);
  }
  for (Value row : rows) {
    auto* values = row.get<python::Dict>();
    if (!values) evaluator.type_error("List of dictionaries expected");
    if (alone || first) named = row_columns(evaluator, *table, *values, alone);
    if (!alone && first) insert.columns = with_default_columns(*table, named, defaults);
    first = false;
    std::vector<std::variant<sql::Datum, sql::Expression>> cells;
    for (const auto& column : table->columns) {
      if (std::ranges::find(insert.columns, column.name) == insert.columns.end()) continue;
      const std::string& key = column.key.empty() ? column.name : column.key;
      const bool given = std::ranges::find(named, column.name) != named.end();
      if (!given && std::ranges::find(defaults, key, &ColumnDefault::key) == defaults.end()) {
        cells.emplace_back(sql::Expression());
        continue;
      }
      Value cell = given ? values->find(key) : default_cell(evaluator, defaults, key, *values);
      if (!cell) {
        evaluator.value_error("A value is required for bind parameter '" + column.name +
                              "', in row " + evaluator.repr(row));
      }
      if (auto* expression = python::native<sql::Expression>(cell)) {
        cells.emplace_back(*expression);
      } else {
        cells.emplace_back(to_datum(evaluator, host, cell, column.type));
      }
    }
    insert.rows.push_back(std::move(cells));
  }
  return insert;
}

namespace {

// PostgreSQL tells the key that it gave a new row in RETURNING; SQLAlchemy asks for it wherever a
// Table says what its key is.
sql::Expression with_new_key(Evaluator& evaluator, const sql::Expression& statement) {
  const auto* insert = sql::get<sql::node::Insert>(statement);
  if (!insert || !insert->rows.empty() || insert->select || !insert->returning.empty() ||
      schema_host(evaluator).dialect().name() != "postgresql") {
    return statement;
  }
  sql::node::Insert asking = *insert;
  for (const sql::node::TableColumn& column : sql::columns_of(insert->table)) {
    const bool given = std::ranges::any_of(insert->values, [&](const auto& value) {
      return value.column == column.name || value.column == column.key;
    });
    if (column.primary_key && !given) {
      asking.returning.push_back(sql::column(column.name, column.type, insert->table));
    }
  }
  return sql::make(std::move(asking));
}

}  // namespace

operations::Operation read_execute(Evaluator& evaluator, const Arguments& args) {
  Value value = args["sqltext"];
  if (auto* unknown = value.get<python::Unknown>())
    evaluator.refuse_unknown(*unknown, called(args));
  if (auto* operation = python::native<operations::Operation>(value)) return *operation;
  // As it stands: to_expression() would put a statement in parentheses, as for use inside another.
  if (auto* statement = python::native<sql::Expression>(value)) {
    std::vector<ParameterRow> no_rows;
    return operations::Execute{
        with_new_key(evaluator, with_defaults(evaluator, *statement, no_rows))};
  }
  std::string text = text_of(evaluator, value, "the statement of " + called(args));
  return operations::Execute{sql::make(sql::node::Text{std::move(text), true, {}})};
}

}  // namespace retort::modules
