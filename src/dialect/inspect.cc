#include "dialect/inspect.h"

#include <algorithm>
#include <iterator>

#include "base/error.h"
#include "database/mariadb.h"
#include "dialect/mariadb/inspect.h"
#include "dialect/postgresql/inspect.h"
#include "dialect/sqlite/inspect.h"

namespace retort::dialect {

namespace {

// Of those that are `there` the ones to read, the default one as "". `own`: the default schema's
// name, and schemas that nobody means.
std::vector<std::string> schemas_of(const std::vector<std::string>& there,
                                    const std::vector<std::string>& own,
                                    const InspectScope& scope) {
  std::vector<std::string> out{""};
  for (const std::string& name : there) {
    bool wanted =
        scope.all_schemas || std::ranges::find(scope.schemas, name) != scope.schemas.end();
    if (wanted && std::ranges::find(own, name) == own.end()) out.push_back(name);
  }
  std::ranges::sort(out);
  if (scope.include_schema) {
    std::erase_if(out, [&](const std::string& name) { return !scope.include_schema(name); });
  }
  return out;
}

schema::MetaData inspect_sqlite(database::Connection& connection, const InspectScope& scope) {
  schema::MetaData out;
  std::vector<std::string> there = sqlite::inspect_schemas(connection);
  for (const std::string& schema : schemas_of(there, {"main", "temp"}, scope)) {
    for (schema::Table& table : sqlite::inspect(connection, schema).tables) {
      if (scope.include_table && !scope.include_table(schema, table.name)) continue;
      out.tables.push_back(std::move(table));
    }
    if (!scope.definitions) continue;
    for (sqlite::View& view : sqlite::inspect_views(connection, schema)) {
      out.definitions.push_back({schema::Definition::Kind::kView, schema, view.name, "", view.sql});
    }
    for (sqlite::Trigger& trigger : sqlite::inspect_triggers(connection, schema)) {
      out.definitions.push_back(
          {schema::Definition::Kind::kTrigger, schema, trigger.name, trigger.table, trigger.sql});
    }
  }
  return out;
}

schema::MetaData inspect_postgresql(database::Connection& connection, const InspectScope& scope) {
  schema::MetaData out;
  auto found = connection.scalar("SELECT pg_catalog.current_schema()::text");
  const auto* text = found ? std::get_if<std::string>(&*found) : nullptr;
  std::vector<std::string> own{"information_schema", text ? *text : ""};
  std::vector<std::string> there = postgresql::inspect_schemas(connection);
  for (const std::string& schema : schemas_of(there, own, scope)) {
    schema::MetaData part = postgresql::inspect(connection, schema);
    for (schema::Table& table : part.tables) {
      if (scope.include_table && !scope.include_table(schema, table.name)) continue;
      out.tables.push_back(std::move(table));
    }
    std::ranges::move(part.enums, std::back_inserter(out.enums));
    std::ranges::move(part.sequences, std::back_inserter(out.sequences));
    if (!scope.definitions) continue;
    for (schema::Definition& one : part.definitions) {
      // Extensions are the database's: every schema tells of them.
      bool told = one.kind == schema::Definition::Kind::kExtension &&
                  std::ranges::find(out.definitions, one) != out.definitions.end();
      if (!told) out.definitions.push_back(std::move(one));
    }
  }
  return out;
}

schema::MetaData inspect_mariadb(database::Connection& connection, const InspectScope& scope) {
  schema::MetaData out;
  std::vector<std::string> own{"information_schema", "mysql", "performance_schema", "sys",
                               mariadb::current_database(connection)};
  std::vector<std::string> there;
  if (scope.all_schemas || !scope.schemas.empty()) there = mariadb::inspect_schemas(connection);
  for (const std::string& schema : schemas_of(there, own, scope)) {
    auto include = [&](const std::string& table) {
      return !scope.include_table || scope.include_table(schema, table);
    };
    schema::MetaData part = mariadb::inspect(connection, schema, include);
    std::ranges::move(part.tables, std::back_inserter(out.tables));
    std::ranges::move(part.sequences, std::back_inserter(out.sequences));
  }
  return out;
}

}  // namespace

schema::MetaData inspect(database::Connection& connection, const InspectScope& scope) {
  if (connection.dialect_name() == "sqlite") return inspect_sqlite(connection, scope);
  if (connection.dialect_name() == "postgresql") return inspect_postgresql(connection, scope);
  if (database::is_mysql_like(connection)) return inspect_mariadb(connection, scope);
  throw Error(code::kOperation, "the schema of a " + std::string(connection.dialect_name()) +
                                    " database can't be read");
}

}  // namespace retort::dialect
