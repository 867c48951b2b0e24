#include <algorithm>

#include "base/text.h"
#include "dialect/mariadb/inspect.h"
#include "modules/sqlalchemy/inspector_values.h"
#include "modules/sqlalchemy/types.h"

// sa.inspect(bind) of a MySQL or MariaDB database, in the shapes of SQLAlchemy's MySQLDialect.
namespace retort::modules {

using python::Class;
using python::Evaluator;
using python::Value;

namespace {

Value optional_text(Evaluator& evaluator, const std::optional<std::string>& text) {
  return text ? evaluator.str(*text) : Value::none();
}

Value column_value(Evaluator& evaluator, const schema::Column& column,
                   const sql::Grammar& grammar) {
  std::optional<std::string> value;
  if (column.server_default) {
    value = sql::compile_ddl(std::get<sql::Expression>(*column.server_default), grammar);
    if (value->starts_with("NULL ON UPDATE")) value.reset();
  }
  DictBuilder dict(evaluator);
  dict.text("name", column.name);
  dict.set("type", from_type(evaluator, column.type));
  dict.set("default", optional_text(evaluator, value));
  dict.set("comment", optional_text(evaluator, column.comment));
  dict.flag("nullable", column.nullable);
  bool numbered = column.autoincrement == schema::Autoincrement::kTrue;
  if (numbered || column.autoincrement == schema::Autoincrement::kFalse) {
    dict.flag("autoincrement", numbered);
  }
  if (column.computed) {
    DictBuilder computed(evaluator);
    computed.text("sqltext", sql::compile_ddl(column.computed->expression, grammar));
    if (column.computed->persisted) computed.flag("persisted", *column.computed->persisted);
    dict.set("computed", computed);
  }
  return dict;
}

Value foreign_key_value(Evaluator& evaluator, const schema::ForeignKey& key) {
  DictBuilder options(evaluator);
  if (!key.onupdate.empty()) options.text("onupdate", key.onupdate);
  if (!key.ondelete.empty()) options.text("ondelete", key.ondelete);
  DictBuilder dict(evaluator);
  dict.text("name", key.name.text);
  dict.set("constrained_columns", texts(evaluator, key.columns));
  dict.text("referred_schema", key.referred_schema);
  dict.text("referred_table", key.referred_table);
  dict.set("referred_columns", texts(evaluator, key.referred_columns));
  dict.set("options", options);
  return dict;
}

Value index_columns(Evaluator& evaluator, const schema::Index& index) {
  std::vector<std::string> names;
  for (const schema::IndexKey& key : index.keys) {
    if (!key.column.empty()) names.push_back(key.column);
  }
  return texts(evaluator, names);
}

Value option_value(Evaluator& evaluator, const schema::OptionValue& value) {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  if (const auto* text = std::get_if<std::string>(&value)) return evaluator.str(*text);
  if (const auto* pairs = std::get_if<Pairs>(&value)) {
    DictBuilder dict(evaluator);
    for (const auto& [name, number] : *pairs) dict.set(name, evaluator.integer_from(number));
    return dict;
  }
  return Value::none();
}

Value index_value(Evaluator& evaluator, const schema::Index& index) {
  DictBuilder dict(evaluator);
  dict.text("name", index.name.text);
  dict.set("column_names", index_columns(evaluator, index));
  dict.flag("unique", index.unique);
  DictBuilder options(evaluator);
  for (const schema::Option& option : index.options) {
    options.set(option.name, option_value(evaluator, option.value));
  }
  if (!options.empty()) dict.set("dialect_options", options);
  return dict;
}

std::vector<schema::Index> sorted_indexes(const schema::Table& table) {
  std::vector<schema::Index> out = table.indexes;
  std::ranges::stable_sort(out, {}, [](const schema::Index& index) { return index.name.text; });
  return out;
}

Value check_values(Evaluator& evaluator, const schema::Table& table, const sql::Grammar& grammar) {
  std::vector<const schema::Check*> checks;
  for (const schema::Constraint& constraint : table.constraints) {
    const auto* check = std::get_if<schema::Check>(&constraint);
    if (check && !check->name.empty()) checks.push_back(check);
  }
  std::ranges::stable_sort(checks, {}, [](const schema::Check* one) { return one->name.text; });
  std::vector<Value> out;
  for (const schema::Check* check : checks) {
    DictBuilder dict(evaluator);
    dict.text("name", check->name.text);
    dict.text("sqltext", sql::compile_ddl(check->condition, grammar));
    out.push_back(dict);
  }
  return evaluator.list(std::move(out));
}

}  // namespace

void define_mariadb_inspector(Evaluator& evaluator, Class& cls, const sql::Grammar& grammar,
                              database::Connection& connection) {
  auto define = [&](std::string_view name, auto get) {
    define_table_method(evaluator, cls, name, get);
  };
  evaluator.define(cls, "get_sequence_names(self, schema=None, **kw)",
                   [&connection](Evaluator& e, python::Arguments& args) {
                     return texts(
                         e, dialect::mariadb::names(connection, dialect::mariadb::Kind::kSequence,
                                                    schema_argument(e, args)));
                   });
  define("get_columns", [&grammar](Evaluator& e, const schema::Table& table) -> Value {
    std::vector<Value> out;
    for (const schema::Column& one : table.columns) out.push_back(column_value(e, one, grammar));
    return e.list(std::move(out));
  });
  define("get_foreign_keys", [](Evaluator& e, const schema::Table& table) -> Value {
    std::vector<Value> out;
    for (const schema::Constraint& constraint : table.constraints) {
      const auto* key = std::get_if<schema::ForeignKey>(&constraint);
      if (key) out.push_back(foreign_key_value(e, *key));
    }
    return e.list(std::move(out));
  });
  define("get_indexes", [](Evaluator& e, const schema::Table& table) -> Value {
    std::vector<Value> out;
    for (const schema::Index& index : sorted_indexes(table)) out.push_back(index_value(e, index));
    return e.list(std::move(out));
  });
  define("get_unique_constraints", [](Evaluator& e, const schema::Table& table) -> Value {
    std::vector<Value> out;
    for (const schema::Index& index : sorted_indexes(table)) {
      if (!index.unique) continue;
      DictBuilder dict(e);
      dict.text("name", index.name.text);
      dict.set("column_names", index_columns(e, index));
      dict.text("duplicates_index", index.name.text);
      out.push_back(dict);
    }
    return e.list(std::move(out));
  });
  define("get_check_constraints", [&grammar](Evaluator& e, const schema::Table& table) -> Value {
    return check_values(e, table, grammar);
  });
  define("get_table_comment", [](Evaluator& e, const schema::Table& table) -> Value {
    DictBuilder dict(e);
    dict.set("text", optional_text(e, table.comment));
    return dict;
  });
  define("get_table_options", [&grammar](Evaluator& e, const schema::Table& table) -> Value {
    DictBuilder dict(e);
    for (const schema::Option& option : table.options) {
      // SQLAlchemy has the words as the server prints them.
      std::string name = replace_all(option.name, "default_charset", "default charset");
      dict.set(name, option_value(e, option.value));
    }
    if (table.comment) {
      dict.set(std::string(grammar.name()) + "_comment", e.str(*table.comment));
    }
    return dict;
  });
}

}  // namespace retort::modules
