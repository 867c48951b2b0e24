#pragma once

#include <functional>
#include <string>
#include <vector>

#include "database/connection.h"
#include "schema/table.h"

namespace retort::dialect {

// What of a database is read. An empty schema name is the connection's default schema, here and in
// what is read.
struct InspectScope {
  // All schemas but the engine's own (information_schema, pg_catalog); otherwise the default one.
  bool all_schemas = false;
  // Further schemas, by name. One that is not there has no tables.
  std::vector<std::string> schemas{};
  // By name, before anything is read; absent: everything.
  std::function<bool(const std::string& schema)> include_schema{};
  std::function<bool(const std::string& schema, const std::string& table)> include_table{};
  // Views, triggers, functions and extensions as well.
  bool definitions = false;
};

// The live schema with everything that the engine can show of it: tables in the order of their
// schemas and names, sequences, enum types. Names are final, expressions raw text as the engine
// writes them. The number of queries does not depend on the number of tables, but on MariaDB, where
// one is asked for each. Throws
// Error(code::kOperation) for an engine whose schema can't be read.
schema::MetaData inspect(database::Connection& connection, const InspectScope& scope = {});

}  // namespace retort::dialect
