#include "dialect/has_table.h"

#include <array>

namespace retort::dialect {

namespace {

bool found(database::Connection& connection, std::string_view sql,
           database::Parameters parameters) {
  return connection.scalar(sql, parameters).has_value();
}

}  // namespace

bool has_table(database::Connection& connection, std::string_view schema, std::string_view table) {
  std::string_view dialect = connection.dialect_name();
  std::array<sql::Datum, 2> both{std::string(table), std::string(schema)};
  database::Parameters name_only = std::span<const sql::Datum>(both).first(1);
  if (dialect == "sqlite") {
    if (schema.empty()) {
      return found(connection,
                   "SELECT 1 FROM (SELECT name FROM main.sqlite_master WHERE type IN ('table', "
                   "'view') UNION ALL SELECT name FROM temp.sqlite_master) WHERE name = ?1 COLLATE "
                   "NOCASE",
                   name_only);
    }
    return found(connection, "SELECT 1 FROM pragma_table_list WHERE name = ?1 AND schema = ?2",
                 both);
  }
  if (dialect == "postgresql") {
    if (schema.empty()) {
      return found(connection,
                   "SELECT 1 FROM pg_catalog.pg_class WHERE relname = $1 AND "
                   "pg_catalog.pg_table_is_visible(oid) AND relkind IN ('r', 'p', 'f', 'v', 'm')",
                   name_only);
    }
    return found(connection,
                 "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
                 "c.relnamespace WHERE c.relname = $1 AND n.nspname = $2 AND c.relkind IN ('r', "
                 "'p', 'f', 'v', 'm')",
                 both);
  }
  if (schema.empty()) {
    return found(connection,
                 "SELECT 1 FROM information_schema.tables WHERE table_name = ? AND table_schema = "
                 "DATABASE()",
                 name_only);
  }
  return found(connection,
               "SELECT 1 FROM information_schema.tables WHERE table_name = ? AND table_schema = ?",
               both);
}

}  // namespace retort::dialect
