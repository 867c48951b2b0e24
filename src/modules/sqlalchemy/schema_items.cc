#include "modules/sqlalchemy/schema_items.h"

#include <algorithm>
#include <array>
#include <functional>

#include "modules/arguments.h"
#include "modules/sqlalchemy/expression.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/types.h"
#include "schema/derive.h"
#include "sql/columns.h"
#include "sql/node.h"

namespace retort::modules {

using python::Arguments;
using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

constexpr std::array<std::string_view, 6> kDialectPrefixes = {"postgresql_", "mysql_", "mariadb_",
                                                              "sqlite_",     "mssql_", "oracle_"};

std::string option_text(Evaluator& evaluator, Value value, std::string_view name) {
  if (value.is_int() || value.is_float()) return evaluator.to_str(value);
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  return to_column_name(evaluator, value, name);
}

schema::Option to_option(Evaluator& evaluator, std::string_view name, Value value) {
  if (auto* unknown = value.get<python::Unknown>()) evaluator.refuse_unknown(*unknown, name);
  schema::Option option{std::string(name), {}};
  if (value.is_none()) return option;
  if (value.is_bool()) {
    option.value = value.as_bool();
  } else if (value.is_int()) {
    option.value = value.as_int();
  } else if (value.is_str()) {
    option.value = value.as_str();
  } else if (auto* dict = value.get<python::Dict>()) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& entry : dict->entries()) {
      if (!entry.key) continue;
      pairs.emplace_back(option_text(evaluator, entry.key, name),
                         option_text(evaluator, entry.value, name));
    }
    option.value = std::move(pairs);
  } else if (value.get<python::List>() || value.get<python::Tuple>()) {
    std::vector<std::string> texts;
    for (Value each : evaluator.items(value)) texts.push_back(option_text(evaluator, each, name));
    option.value = std::move(texts);
  } else {
    option.value = to_expression(evaluator, value);
  }
  return option;
}

// The keys that SQLAlchemy makes when a column is attached to its table.
void add_column_keys(schema::Table& table, const ColumnItem& item) {
  for (const schema::Constraint& constraint : item.constraints) {
    if (auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
      schema::ForeignKey own = *key;
      own.column = item.column.name;
      own.columns = {item.column.name};
      if (own.referred_columns.empty() && !own.referred_table.empty()) {
        own.referred_columns = {item.column.name};
      }
      table.constraints.emplace_back(std::move(own));
    }
  }
}

}  // namespace

bool is_dialect_keyword(std::string_view name) {
  return std::ranges::any_of(kDialectPrefixes,
                             [&](std::string_view prefix) { return name.starts_with(prefix); });
}

void warn(Evaluator& evaluator, std::string_view message) {
  evaluator.call(evaluator.get_attr(evaluator.import_module("warnings"), "warn"),
                 std::array{evaluator.str(message)});
}

std::optional<schema::ServerDefault> to_server_default(Evaluator& evaluator, Value value) {
  if (auto* unknown = value.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "server_default");
  }
  if (value.is_str()) return value.as_str();
  if (auto* wrapped = python::native<schema::ServerDefault>(value)) return *wrapped;
  if (Instance* instance = value.get<Instance>();
      instance && instance->cls->is_subclass_of(schema_class(evaluator, "FetchedValue"))) {
    return std::nullopt;  // made by a trigger: nothing to write
  }
  if (evaluator.is_instance(value, evaluator.builtin_class("str"))) {
    return text_of(evaluator, value, "server_default");
  }
  if (!python::native<sql::Expression>(value)) {
    evaluator.raise("TypeError",
                    "server_default must be a string or an SQL expression such as "
                    "sa.text('...'), not " +
                        evaluator.repr(value));
  }
  return to_expression(evaluator, value);
}

schema::Options to_options(Evaluator& evaluator,
                           std::span<const std::pair<std::string, Value>> keywords,
                           std::string_view taken_by, const python::Signature& signature) {
  schema::Options options;
  for (const auto& [name, value] : keywords) {
    // Alembic writes it for what inspection found; SQLAlchemy warns of it and goes on.
    if (name == "dialect_options") continue;
    if (!is_dialect_keyword(name)) {
      std::vector<std::string> known;
      for (const auto& param : signature.params) known.push_back(param.name);
      std::string hint = did_you_mean(name, known);
      std::size_t prefix = name.find('_', 1);
      if (!hint.empty() || prefix == std::string::npos || prefix + 1 == name.size()) {
        evaluator.type_error(std::string(taken_by) + " got an unexpected keyword argument '" +
                             name + "'" + (hint.empty() ? "" : "; " + hint));
      }
      // A keyword of a dialect that isn't there: SQLAlchemy too goes on without it.
      warn(evaluator, "Can't validate argument '" + name + "' of " + std::string(taken_by) +
                          "; can't locate any SQLAlchemy dialect named '" + name.substr(0, prefix) +
                          "'");
      continue;
    }
    options.push_back(to_option(evaluator, name, value));
  }
  return options;
}

std::vector<std::string> distinct(std::vector<std::string> columns) {
  std::vector<std::string> once;
  for (std::string& column : columns) {
    if (std::ranges::find(once, column) == once.end()) once.push_back(std::move(column));
  }
  return once;
}

schema::IndexKey to_index_key(Evaluator& evaluator, Value value) {
  if (auto* unknown = value.get<python::Unknown>()) evaluator.refuse_unknown(*unknown, "an index");
  if (value.is_str()) return {value.as_str(), {}};
  if (const ColumnItem* column = item<ColumnItem>(value)) return {column->column.name, {}};
  if (evaluator.is_instance(value, evaluator.builtin_class("str"))) {
    return {text_of(evaluator, value, "a column"), {}};
  }
  sql::Expression expression = to_expression(evaluator, value);
  if (auto* column = sql::get<sql::node::Column>(expression); column && !column->literal) {
    return {column->name, {}};
  }
  return {"", std::move(expression)};
}

std::string to_column_name(Evaluator& evaluator, Value value, std::string_view what) {
  if (const ColumnItem* column = item<ColumnItem>(value)) return column->column.name;
  if (const sql::Expression expression = clause_element(evaluator, value)) {
    if (auto* column = sql::get<sql::node::Column>(expression)) return column->name;
    if (auto* text = sql::get<sql::node::Text>(expression)) return text->sql;
  }
  return text_of(evaluator, value, what);
}

ColumnKeys keys_of(std::span<const Value> items) {
  ColumnKeys keys;
  for (const Value& value : items) {
    const ColumnItem* column = item<ColumnItem>(value);
    const Value key = column ? value.get<Instance>()->attributes.find("key") : Value();
    if (key && key.is_str() && !key.as_str().empty() && key.as_str() != column->column.name) {
      keys.emplace(key.as_str(), column->column.name);
    }
  }
  return keys;
}

void name_by_key(const schema::Table& table, const ColumnKeys& keys, std::string& column) {
  if (table.column(column)) return;
  if (const auto found = keys.find(column); found != keys.end()) column = found->second;
}

void name_by_keys(schema::Table& table, const ColumnKeys& keys) {
  if (keys.empty()) return;
  for (schema::Constraint& constraint : table.constraints) {
    std::visit(
        [&](auto& one) {
          if constexpr (requires { one.columns; }) {
            for (std::string& column : one.columns) name_by_key(table, keys, column);
          }
        },
        constraint);
  }
  for (schema::Index& index : table.indexes) {
    for (schema::IndexKey& key : index.keys) name_by_key(table, keys, key.column);
  }
}

void add_items(Evaluator& evaluator, schema::Table& table, std::span<const Value> items,
               std::string_view taken_by) {
  std::vector<const ColumnItem*> columns;
  for (Value value : items) {
    if (auto* unknown = value.get<python::Unknown>()) evaluator.refuse_unknown(*unknown, taken_by);
    if (value.is_none()) continue;
    if (const ColumnItem* column = item<ColumnItem>(value)) {
      if (column->column.name.empty()) {
        evaluator.raise("TypeError", "a Column in " + std::string(taken_by) + " needs a name");
      }
      columns.push_back(column);
      table.columns.push_back(column->column);
      for (const schema::Constraint& constraint : column->constraints) {
        if (const auto* check = std::get_if<schema::Check>(&constraint)) {
          schema::Check own = *check;
          own.column = column->column.name;
          table.constraints.emplace_back(std::move(own));
        }
      }
    } else if (const ConstraintItem* constraint = item<ConstraintItem>(value)) {
      table.constraints.push_back(constraint->constraint);
    } else if (const IndexItem* index = item<IndexItem>(value)) {
      table.indexes.push_back(index->index);
    } else {
      evaluator.type_error(std::string(taken_by) + " takes columns, constraints and indexes, not " +
                           evaluator.repr(value));
    }
  }
  name_by_keys(table, keys_of(items));
  for (const ColumnItem* column : columns) add_column_keys(table, *column);
  table = schema::with_primary_key(std::move(table));
}

namespace {

// The hidden attribute of a Column: what waits for its table.
constexpr std::string_view kWaiting = "_retort_waiting";

// The Column objects in no table that a value is, that an attribute of a class stands for or that
// an expression names.
std::vector<Value> column_objects(Evaluator& evaluator, Value value) {
  if (item<ColumnItem>(value)) return {value};
  if (!value.is_object() || value.is_str() || !value.get<Instance>()) return {};
  const Value method = evaluator.find_attr(value, "__clause_element__");
  if (method) return column_objects(evaluator, evaluator.call(method));
  std::vector<Value> out;
  for (const sql::node::Column* column : sql::columns_in(to_expression(evaluator, value))) {
    if (Value found = free_column(evaluator, *column)) out.push_back(found);
  }
  return out;
}

bool has_columns(const schema::Table& table, const schema::Constraint& constraint) {
  return std::visit(
      [&](const auto& one) {
        if constexpr (requires { one.columns; }) {
          return std::ranges::all_of(one.columns,
                                     [&](const auto& name) { return table.column(name); });
        } else {
          return true;
        }
      },
      constraint);
}

bool has_columns(const schema::Table& table, const schema::Index& index) {
  return std::ranges::all_of(index.keys, [&](const schema::IndexKey& key) {
    return key.column.empty() || table.column(key.column);
  });
}

}  // namespace

void wait_for_table(Evaluator& evaluator, std::span<const Value> columns, Value waiting) {
  for (const Value& value : columns) {
    for (const Value& column : column_objects(evaluator, value)) {
      auto& attributes = column.get<Instance>()->attributes;
      if (!attributes.find(kWaiting)) attributes.set(kWaiting, evaluator.list());
      evaluator.append(*attributes.find(kWaiting).get<python::List>(), waiting);
    }
  }
}

void add_waiting(Evaluator& evaluator, schema::Table& table, std::span<const Value> items) {
  std::vector<const Instance*> seen;  // what is put into the table anyway, first
  for (const Value& value : items) seen.push_back(value.get<Instance>());
  for (const Value& value : items) {
    if (!item<ColumnItem>(value)) continue;
    const Value list = value.get<Instance>()->attributes.find(kWaiting);
    if (!list) continue;
    for (const Value& waiting : evaluator.items(list)) {
      if (std::ranges::find(seen, waiting.get<Instance>()) != seen.end()) continue;
      seen.push_back(waiting.get<Instance>());
      const auto* constraint = item<ConstraintItem>(waiting);
      const auto* index = item<IndexItem>(waiting);
      if (constraint && has_columns(table, constraint->constraint)) {
        table.constraints.push_back(constraint->constraint);
      } else if (index && has_columns(table, index->index)) {
        table.indexes.push_back(index->index);
      }
    }
  }
}

}  // namespace retort::modules
