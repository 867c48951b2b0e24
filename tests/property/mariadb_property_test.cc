// The laws of autogenerate on a MariaDB server: what is created is no difference, what it writes
// leads to the wanted schema and back, and the rows come along.
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
#include "mariadb_model.h"
#include "operations/describe.h"
#include "schema/dump.h"

namespace retort {
namespace {

using autogenerate::Changes;
using database::Connection;
using namespace autogenerate_laws;
using postgresql_model::Family;

std::string quoted(const std::string& name) { return "`" + name + "`"; }

// The test's own database, without anything in it.
Connection& emptied() {
  static database::ConnectionPtr connection =
      database::connect(config::parse_url(std::getenv("MARIADB_URL")));
  connection->execute("SET foreign_key_checks = 0");
  for (const schema::Table& table : dialect::inspect(*connection).tables) {
    connection->execute("DROP TABLE " + quoted(table.name));
  }
  connection->execute("SET foreign_key_checks = 1");
  return *connection;
}

void apply(Connection& connection, const Operations& operations,
           const schema::NamingConvention& convention) {
  const dialect::Dialect& dialect = dialect::find_dialect("mariadb");
  Live live(connection);
  dialect::CompileContext context;
  context.catalog = &live;
  context.binds = sql::Binds::kLiteral;
  context.naming_convention = convention;
  for (const operations::Operation& operation : operations) {
    try {
      for (const sql::Statement& statement : dialect.compile(operation, context)) {
        connection.execute(statement.sql);
      }
    } catch (Error& error) {
      error.with_context(operations::describe(operation));
      RC_FAIL(error.render());
    }
  }
}

// Everything of the schema but the order of columns and constraints, and the names of foreign keys
// that the server chooses.
std::string shape(Connection& connection) {
  std::string out;
  for (schema::Table& table : dialect::inspect(connection).tables) {
    std::vector<std::string> lines;
    for (const schema::Column& column : table.columns) lines.push_back(schema::dump(column));
    for (schema::Constraint& one : table.constraints) {
      if (auto* key = std::get_if<schema::ForeignKey>(&one)) key->name = {};
      lines.push_back(schema::dump(one));
    }
    for (const schema::Index& index : table.indexes) {
      bool plain = index.name.text.starts_with("fk_") ||
                   index.name.text.find("_ibfk_") != std::string::npos ||
                   index.name.text == index.keys.front().column;
      if (!plain || index.unique) lines.push_back(schema::dump(index));
    }
    if (table.comment) lines.push_back("comment " + *table.comment);
    std::ranges::sort(lines);
    out += table.name + "\n  " + join(lines, "\n  ") + "\n";
  }
  return out;
}

void fill(Connection& connection) {
  for (const schema::Table& table : dialect::inspect(connection).tables) {
    std::vector<std::string> names{"id"};
    std::vector<std::string> values{"1"};
    for (const schema::Column& column : table.columns) {
      Family family = postgresql_model::family_of(column.name);
      if (column.computed || column.name == "id" || family == Family::kKey) continue;
      names.push_back(quoted(column.name));
      values.emplace_back(family == Family::kText     ? "'x'"
                          : family == Family::kEnum   ? "'a'"
                          : family == Family::kJson   ? "'{\"k\": 1}'"
                          : family == Family::kMoment ? "'2024-02-29'"
                                                      : "1");
    }
    connection.execute("INSERT INTO " + quoted(table.name) + " (" + join(names, ", ") +
                       ") VALUES (" + join(values, ", ") + ")");
  }
}

// The values by "table.column", without what the type makes of them.
std::map<std::string, std::string> values(Connection& connection) {
  std::map<std::string, std::string> out;
  for (const schema::Table& table : dialect::inspect(connection).tables) {
    for (const schema::Column& column : table.columns) {
      if (column.computed) continue;
      auto value = connection.scalar("SELECT CAST(" + quoted(column.name) +
                                     " AS CHAR CHARACTER SET utf8mb4) FROM " + quoted(table.name));
      const auto* found = value ? std::get_if<std::string>(&*value) : nullptr;
      std::string text = found ? *found : "NULL";
      Family family = postgresql_model::family_of(column.name);
      if (family == Family::kNumber && found) text = text.substr(0, 1);
      if (family == Family::kMoment && found) text = text.substr(0, 10);
      out[table.name + "." + column.name] = text;
    }
  }
  return out;
}

RC_GTEST_PROP(AutogenerateMariadb, UpgradeLeadsThereAndDowngradeBack, ()) {
  schema::MetaData start = mariadb_model::random_schema();
  schema::MetaData end = mariadb_model::random_schema();
  bool as_text = schema_model::chance(50);
  Connection& connection = emptied();
  apply(connection, autogenerate::find_changes(connection, start, {}).upgrade,
        start.naming_convention);
  Changes again = autogenerate::find_changes(connection, start, {});
  RC_LOG() << schema::dump(start) << told(again.upgrade);
  // What was created is no difference.
  RC_ASSERT(again.empty());
  fill(connection);
  std::string before = shape(connection);
  auto rows = values(connection);

  Changes changes = autogenerate::find_changes(connection, end, {});
  RC_LOG() << "from\n"
           << before << "up\n"
           << told(changes.upgrade) << "down\n"
           << told(changes.downgrade);
  apply(connection, as_text ? evaluated(changes.upgrade, "mariadb") : changes.upgrade,
        end.naming_convention);
  again = autogenerate::find_changes(connection, end, {});
  RC_LOG() << "wanted\n"
           << schema::dump(end) << "again\n"
           << told(again.upgrade) << "there\n"
           << shape(connection);
  RC_ASSERT(again.empty());
  expect_kept(rows, values(connection));

  apply(connection, as_text ? evaluated(changes.downgrade, "mariadb") : changes.downgrade,
        end.naming_convention);
  std::string after = shape(connection);
  RC_LOG() << "after\n" << after;
  RC_ASSERT(after == before);
}

}  // namespace
}  // namespace retort
