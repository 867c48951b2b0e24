// The laws of autogenerate on a PostgreSQL server: what it writes leads to the wanted schema and
// back, and the rows come along.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "autogenerate/autogenerate.h"
#include "autogenerate_laws.h"
#include "base/error.h"
#include "base/text.h"
#include "config/url.h"
#include "database/registry.h"
#include "dialect/inspect.h"
#include "dialect/postgresql/canonical.h"
#include "operations/describe.h"
#include "postgresql_model.h"
#include "schema/dump.h"

namespace retort {
namespace {

using autogenerate::Changes;
using database::Connection;
using namespace autogenerate_laws;
using postgresql_model::Family;

// The test's own database, without anything in it.
Connection& emptied() {
  static database::ConnectionPtr connection =
      database::connect(config::parse_url(std::getenv("POSTGRESQL_URL")));
  connection->execute("SET client_min_messages = warning");
  connection->execute("DROP SCHEMA public CASCADE");
  connection->execute("CREATE SCHEMA public");
  return *connection;
}

void apply(Connection& connection, const Operations& operations,
           const schema::NamingConvention& convention) {
  const dialect::Dialect& dialect = dialect::find_dialect("postgresql");
  Live live(connection);
  dialect::RunMemory memory;
  dialect::CompileContext context;
  context.catalog = &live;
  context.memory = &memory;
  context.binds = sql::Binds::kLiteral;
  context.naming_convention = convention;
  for (const operations::Operation& operation : operations) {
    try {
      for (const sql::Statement& statement : dialect.compile(operation, context)) {
        connection.execute(statement.sql);
      }
    } catch (Error& error) {
      error.with_context(operations::describe(operation));
      throw;
    }
  }
}

// Everything of the schema but the order of columns and constraints.
std::string shape(Connection& connection) {
  schema::MetaData all = dialect::inspect(connection);
  std::string out;
  for (const schema::Table& table : all.tables) {
    std::vector<std::string> lines;
    for (const schema::Column& column : table.columns) lines.push_back(schema::dump(column));
    for (const schema::Constraint& one : table.constraints) lines.push_back(schema::dump(one));
    for (const schema::Index& index : table.indexes) lines.push_back(schema::dump(index));
    if (table.comment) lines.push_back("comment " + *table.comment);
    std::ranges::sort(lines);
    out += table.name + "\n  " + join(lines, "\n  ") + "\n";
  }
  for (const sql::Type& type : all.enums)
    out += type.type_name + ": " + join(type.values, " ") + "\n";
  return out;
}

// One row in every table: nothing but references is NULL, and no unique key meets another row.
void fill(Connection& connection) {
  for (const schema::Table& table : dialect::inspect(connection).tables) {
    std::vector<std::string> names{"id"};
    std::vector<std::string> values{"1"};
    for (const schema::Column& column : table.columns) {
      Family family = postgresql_model::family_of(column.name);
      if (column.computed || column.name == "id" || family == Family::kKey) continue;
      names.push_back("\"" + column.name + "\"");
      bool is_boolean = column.type.name == "BOOLEAN" || column.type.name == "Boolean";
      values.emplace_back(family == Family::kText     ? "'x'"
                          : family == Family::kEnum   ? "'a'"
                          : family == Family::kJson   ? "'{\"k\": 1}'"
                          : family == Family::kMoment ? "'2024-02-29'"
                          : is_boolean                ? "true"
                                                      : "1");
    }
    connection.execute("INSERT INTO \"" + table.name + "\" (" + join(names, ", ") + ") VALUES (" +
                       join(values, ", ") + ")");
  }
}

// The values by "table.column", without what the type makes of them.
std::map<std::string, std::string> values(Connection& connection) {
  std::map<std::string, std::string> out;
  for (const schema::Table& table : dialect::inspect(connection).tables) {
    for (const schema::Column& column : table.columns) {
      if (column.computed) continue;
      auto value = connection.scalar("SELECT CAST(\"" + column.name + "\" AS TEXT) FROM \"" +
                                     table.name + "\"");
      const auto* found = value ? std::get_if<std::string>(&*value) : nullptr;
      std::string text = found ? *found : "NULL";
      Family family = postgresql_model::family_of(column.name);
      if (family == Family::kNumber && found) text = text[0] == 't' ? "1" : text.substr(0, 1);
      if (family == Family::kMoment && found) text = text.substr(0, 10);
      out[table.name + "." + column.name] = text;
    }
  }
  return out;
}

// What was created is no difference.
void make(Connection& connection, const schema::MetaData& start) {
  apply(connection, autogenerate::find_changes(connection, start, {}).upgrade,
        start.naming_convention);
  Changes again = autogenerate::find_changes(connection, start, {});
  RC_LOG() << schema::dump(start) << told(again.upgrade);
  RC_ASSERT(again.empty());
}

RC_GTEST_PROP(AutogeneratePostgresql, UpgradeLeadsThereAndDowngradeBack, ()) {
  schema::MetaData start = postgresql_model::random_schema();
  schema::MetaData end = postgresql_model::random_schema();
  bool as_text = schema_model::chance(50);
  Connection& connection = emptied();
  make(connection, start);
  fill(connection);
  std::string before = shape(connection);
  auto rows = values(connection);

  Changes changes = autogenerate::find_changes(connection, end, {});
  RC_LOG() << "from\n"
           << before << "up\n"
           << told(changes.upgrade) << "down\n"
           << told(changes.downgrade);
  apply(connection, as_text ? evaluated(changes.upgrade, "postgresql") : changes.upgrade,
        end.naming_convention);
  Changes again = autogenerate::find_changes(connection, end, {});
  RC_LOG() << "again\n" << told(again.upgrade);
  RC_ASSERT(again.empty());
  expect_kept(rows, values(connection));

  apply(connection, as_text ? evaluated(changes.downgrade, "postgresql") : changes.downgrade,
        end.naming_convention);
  std::string after = shape(connection);
  RC_LOG() << "after\n" << after;
  RC_ASSERT(after == before);
}

// What is known without the server is what the server says.
RC_GTEST_PROP(AutogeneratePostgresql, PlainTablesNeedNoServer, ()) {
  schema::MetaData wanted = postgresql_model::random_schema();
  Connection& connection = emptied();
  schema::MetaData known = dialect::postgresql::canonical(wanted, connection);
  schema::MetaData asked = dialect::postgresql::canonical(wanted, connection, true);
  RC_LOG() << schema::dump(known) << "asked\n" << schema::dump(asked);
  RC_ASSERT(known == asked);
}

// A role that may not make a schema, which every server has but once.
void act_without_rights(Connection& connection) {
  connection.execute(
      "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'retort_law_role') THEN "
      "CREATE ROLE retort_law_role; END IF; END $$");
  connection.execute("GRANT USAGE ON SCHEMA public TO retort_law_role; SET ROLE retort_law_role");
}

RC_GTEST_PROP(AutogeneratePostgresql, TemporaryTablesTellTheSame, ()) {
  schema::MetaData wanted = postgresql_model::random_schema();
  Connection& connection = emptied();
  schema::MetaData scratch = dialect::postgresql::canonical(wanted, connection, true);
  act_without_rights(connection);
  std::vector<std::string> notes;
  schema::MetaData temporary = dialect::postgresql::canonical(wanted, connection, true, &notes);
  connection.execute("RESET ROLE");
  RC_LOG() << schema::dump(scratch) << "temporary\n"
           << schema::dump(temporary) << join(notes, "\n");
  RC_ASSERT(notes.empty());
  RC_ASSERT(scratch == temporary);
}

}  // namespace
}  // namespace retort
