#include "dialect/inspect.h"

#include <algorithm>

#include "base/error.h"
#include "dialect/sqlite/inspect.h"

namespace retort::dialect {

namespace {

std::vector<std::string> schemas_of(database::Connection& connection, const InspectScope& scope) {
  std::vector<std::string> out{""};
  std::vector<std::string> there = sqlite::inspect_schemas(connection);
  for (const std::string& name : there) {
    bool wanted =
        scope.all_schemas || std::ranges::find(scope.schemas, name) != scope.schemas.end();
    if (name != "main" && name != "temp" && wanted) out.push_back(name);
  }
  std::ranges::sort(out);
  if (scope.include_schema) {
    std::erase_if(out, [&](const std::string& name) { return !scope.include_schema(name); });
  }
  return out;
}

schema::MetaData inspect_sqlite(database::Connection& connection, const InspectScope& scope) {
  schema::MetaData out;
  for (const std::string& schema : schemas_of(connection, scope)) {
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

}  // namespace

schema::MetaData inspect(database::Connection& connection, const InspectScope& scope) {
  if (connection.dialect_name() == "sqlite") return inspect_sqlite(connection, scope);
  throw Error(code::kOperation, "the schema of a " + std::string(connection.dialect_name()) +
                                    " database can't be read");
}

}  // namespace retort::dialect
