// The laws of autogenerate on SQLite: what it writes leads to the wanted schema and back, and the
// rows come along.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "autogenerate/autogenerate.h"
#include "autogenerate_laws.h"
#include "base/error.h"
#include "base/text.h"
#include "database/sqlite.h"
#include "dialect/inspect.h"
#include "operations/describe.h"
#include "schema/dump.h"
#include "schema_model.h"

namespace retort {
namespace {

using autogenerate::Changes;
using database::Connection;
using database::ConnectionPtr;
using namespace autogenerate_laws;

void apply(Connection& connection, const Operations& operations,
           const schema::NamingConvention& convention) {
  const dialect::Dialect& dialect = dialect::find_dialect("sqlite");
  Live live(connection);
  dialect::CompileContext context;
  context.catalog = &live;
  context.naming_convention = convention;
  for (const operations::Operation& operation : operations) {
    std::vector<sql::Statement> statements;
    try {
      statements = dialect.compile(operation, context);
      for (const sql::Statement& statement : statements) {
        if (statement.parameters.empty())
          connection.execute(statement.sql);
        else
          connection.query(statement.sql, statement.parameters)->next();
      }
    } catch (Error& error) {
      error.with_context(operations::describe(operation));
      throw;
    }
  }
}

// Everything of the schema but names that came to what had none.
std::string shape(Connection& connection) {
  std::string out;
  for (schema::Table& table : dialect::inspect(connection).tables) {
    std::vector<std::string> lines;
    for (schema::Column& column : table.columns) {
      column.options.clear();
      lines.push_back(schema::dump(column));
    }
    for (schema::Constraint& constraint : table.constraints) {
      std::visit([](auto& one) { one.name = {}; }, constraint);
      if (auto* check = std::get_if<schema::Check>(&constraint)) check->column.clear();
      lines.push_back(schema::dump(constraint));
    }
    for (const schema::Index& index : table.indexes) lines.push_back(schema::dump(index));
    for (const schema::Option& option : table.options) lines.push_back(option.name);
    std::ranges::sort(lines);
    out += table.name + "\n  " + join(lines, "\n  ") + "\n";
  }
  return out;
}

// What the tables are as a whole.
std::string options(Connection& connection) {
  std::string out;
  for (const schema::Table& table : dialect::inspect(connection).tables) {
    std::vector<std::string> names;
    for (const schema::Option& option : table.options) names.push_back(option.name);
    std::ranges::sort(names);
    out += table.name + ": " + join(names, " ") + "\n";
  }
  return out;
}

// One row in every table: nothing is NULL, and no unique key meets another row.
void fill(Connection& connection) {
  for (const schema::Table& table : dialect::inspect(connection).tables) {
    std::vector<std::string> names;
    std::vector<std::string> values;
    for (const schema::Column& column : table.columns) {
      if (column.computed) continue;
      names.push_back("\"" + column.name + "\"");
      values.emplace_back(schema_model::is_text(column.name) ? "'x'" : "1");
    }
    connection.execute("INSERT INTO \"" + table.name + "\" (" + join(names, ", ") + ") VALUES (" +
                       join(values, ", ") + ")");
  }
}

// The values of columns that were there before, by "table.column".
std::map<std::string, std::string> values(Connection& connection) {
  std::map<std::string, std::string> out;
  for (const schema::Table& table : dialect::inspect(connection).tables) {
    for (const schema::Column& column : table.columns) {
      if (column.computed) continue;
      auto value = connection.scalar("SELECT CAST(CAST(\"" + column.name +
                                     "\" AS INTEGER) AS TEXT) || '/' || (CAST(\"" + column.name +
                                     "\" AS TEXT) = 'x') FROM \"" + table.name + "\"");
      const auto* text = value ? std::get_if<std::string>(&*value) : nullptr;
      out[table.name + "." + column.name] = text ? *text : "NULL";
    }
  }
  return out;
}

ConnectionPtr made(const schema::MetaData& start) {
  ConnectionPtr connection = database::open_sqlite(":memory:");
  apply(*connection, autogenerate::find_changes(*connection, start, {}).upgrade,
        start.naming_convention);
  return connection;
}

RC_GTEST_PROP(Autogenerate, WhatWasCreatedIsNoDifference, ()) {
  schema::MetaData start = schema_model::random_schema();
  ConnectionPtr connection = made(start);
  Changes again = autogenerate::find_changes(*connection, start, {});
  RC_LOG() << schema::dump(start) << told(again.upgrade);
  RC_ASSERT(again.empty());
}

RC_GTEST_PROP(Autogenerate, UpgradeLeadsThereAndDowngradeBack, ()) {
  schema::MetaData start = schema_model::random_schema();
  schema::MetaData end = schema_model::random_schema();
  bool as_text = schema_model::chance(50);
  bool as_batch = schema_model::chance(50);
  ConnectionPtr connection = made(start);
  fill(*connection);
  std::string before = shape(*connection);
  auto rows = values(*connection);

  Changes changes = autogenerate::find_changes(*connection, end, {});
  RC_LOG() << "from\n"
           << before << "up\n"
           << told(changes.upgrade) << "down\n"
           << told(changes.downgrade);
  apply(*connection, as_text ? evaluated(changes.upgrade, "sqlite", as_batch) : changes.upgrade,
        end.naming_convention);
  Changes again = autogenerate::find_changes(*connection, end, {});
  RC_LOG() << "again\n" << told(again.upgrade);
  RC_ASSERT(again.empty());
  RC_ASSERT(options(*connection) == options(*made(end)));
  expect_kept(rows, values(*connection));

  apply(*connection, as_text ? evaluated(changes.downgrade, "sqlite", as_batch) : changes.downgrade,
        end.naming_convention);
  RC_ASSERT(shape(*connection) == before);
}

}  // namespace
}  // namespace retort
