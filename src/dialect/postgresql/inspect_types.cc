#include <algorithm>

#include "base/text.h"
#include "dialect/postgresql/inspect_parts.h"

// Enums and domains.
namespace retort::dialect::postgresql {
namespace {

std::string types_in(const Scope& scope, std::string_view kind) {
  return "pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace "
         "WHERE t.typtype = '" +
         std::string(kind) + "' AND " + in_schema(scope, "pg_catalog.pg_type_is_visible(t.oid)") +
         (scope.schema == "*" ? "" : " AND " + of_no_extension("pg_type", "t.oid")) +
         " ORDER BY n.nspname COLLATE \"C\", t.typname COLLATE \"C\"";
}

// "*" reads all: the types that the search_path shows have no schema then.
std::string schema_of(const Scope& scope, bool visible, std::string own) {
  if (scope.schema == "*") return visible ? "" : own;
  return scope.shown_schema();
}

}  // namespace

std::vector<sql::Type> read_enums(database::Connection& connection, const Scope& scope) {
  CatalogRows rows(connection, scope,
                   "SELECT t.typname::text, n.nspname::text, pg_catalog.pg_type_is_visible(t.oid), "
                   "ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = "
                   "t.oid ORDER BY e.enumsortorder)::text FROM " +
                       types_in(scope, "e"));
  std::vector<sql::Type> out;
  while (rows.next()) {
    sql::Type type{.name = "ENUM", .dialect = "postgresql"};
    type.type_name = rows.text(0);
    type.type_name_final = true;
    type.schema = schema_of(scope, rows.flag(2), rows.text(1));
    type.values = rows.list(3);
    out.push_back(std::move(type));
  }
  return out;
}

std::vector<sql::Type> read_domains(database::Connection& connection, const Scope& scope) {
  CatalogRows rows(
      connection, scope,
      "SELECT t.typname::text, n.nspname::text, pg_catalog.pg_type_is_visible(t.oid), "
      "pg_catalog.format_type(t.typbasetype, t.typtypmod), t.typnotnull, t.typdefault, "
      "(SELECT o.collname::text FROM pg_catalog.pg_collation o, pg_catalog.pg_type b WHERE o.oid = "
      "t.typcollation AND b.oid = t.typbasetype AND b.typcollation <> t.typcollation), "
      "ARRAY(SELECT k.conname::text FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND "
      "k.contype = 'c' ORDER BY k.conname COLLATE \"C\")::text, "
      "ARRAY(SELECT pg_catalog.pg_get_constraintdef(k.oid, true) FROM pg_catalog.pg_constraint k "
      "WHERE k.contypid = t.oid AND k.contype = 'c' ORDER BY k.conname COLLATE \"C\")::text FROM " +
          types_in(scope, "d"));
  std::vector<sql::Type> out;
  while (rows.next()) {
    sql::Type type{.name = "DOMAIN", .dialect = "postgresql"};
    type.type_name = rows.text(0);
    type.type_name_final = true;
    type.schema = schema_of(scope, rows.flag(2), rows.text(1));
    type.arguments.push_back(reflect_type(rows.text(3), {}));
    type.create_type = false;
    type.collation = rows.text(6);
    auto option = [&](const char* name, std::string value) {
      if (!value.empty()) type.options.emplace_back(name, std::move(value));
    };
    option("default_sql", rows.text(5));
    std::vector<std::string> checks = rows.list(8);
    if (!checks.empty()) {
      option("constraint_name", rows.list(7).front());
      // "CHECK (...)"
      option("check", checks.front().substr(7, checks.front().size() - 8));
    }
    if (rows.flag(4)) option("not_null", "true");
    out.push_back(std::move(type));
  }
  return out;
}

std::vector<sql::Type> inspect_enums(database::Connection& connection, const std::string& schema) {
  return read_enums(connection, {schema, {}, {}});
}

std::vector<sql::Type> inspect_domains(database::Connection& connection,
                                       const std::string& schema) {
  return read_domains(connection, {schema, {}, {}});
}

}  // namespace retort::dialect::postgresql
