#include "dialect/postgresql/inspect.h"

#include "base/error.h"
#include "base/text.h"
#include "dialect/postgresql/inspect_parts.h"
#include "dialect/postgresql/undone.h"

namespace retort::dialect::postgresql {
namespace {

constexpr std::string_view kTables = "'r', 'p'";
constexpr std::string_view kAll = "'r', 'p', 'f', 'v', 'm'";

struct Found {
  Oid oid = 0;
  schema::Table table{};
};

void set_flag(schema::Options& options, const char* name, bool value) {
  if (value) options.push_back({name, true});
}

void set_text(schema::Options& options, const char* name, std::string value) {
  if (!value.empty()) options.push_back({name, std::move(value)});
}

std::vector<Found> read_tables(database::Connection& connection, const Scope& scope,
                               const std::string& with) {
  CatalogRows rows(
      connection, scope,
      with +
          "SELECT c.oid, c.relname::text, pg_catalog.obj_description(c.oid, 'pg_class'), "
          "c.reloptions::text[]::text, "
          "CASE WHEN m.amname <> current_setting('default_table_access_method') THEN "
          "m.amname::text END, t.spcname::text, "
          "CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END, "
          "ARRAY(SELECT p.relname::text FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p "
          "ON p.oid = i.inhparent WHERE i.inhrelid = c.oid "
          "ORDER BY i.inhseqno)::text, "
          "c.relpersistence = 'u', c.relrowsecurity, c.relforcerowsecurity "
          "FROM scope s JOIN pg_catalog.pg_class c ON c.oid = s.oid "
          "LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam AND c.relkind IN ('r', 'm') "
          "LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = c.reltablespace "
          "ORDER BY c.relname COLLATE \"C\"");
  std::vector<Found> out;
  while (rows.next()) {
    Found found;
    found.oid = rows.number(0);
    schema::Table& table = found.table;
    table.name = rows.text(1);
    table.schema = scope.shown_schema();
    table.comment = rows.optional_text(2);
    schema::Options& options = table.options;
    if (auto with_options = rows.settings(3); !with_options.empty()) {
      options.push_back({"postgresql_with", std::move(with_options)});
    }
    set_text(options, "postgresql_using", rows.text(4));
    set_text(options, "postgresql_tablespace", rows.text(5));
    set_text(options, "postgresql_partition_by", rows.text(6));
    if (auto parents = rows.list(7); !parents.empty()) {
      options.push_back({"postgresql_inherits", std::move(parents)});
    }
    set_flag(options, "postgresql_unlogged", rows.flag(8));
    set_flag(options, "postgresql_row_security", rows.flag(9));
    set_flag(options, "postgresql_force_row_security", rows.flag(10));
    if (rows.flag(8)) table.prefixes = {"UNLOGGED"};
    out.push_back(std::move(found));
  }
  return out;
}

template <typename T>
std::vector<T> taken(ByTable<T>& all, Oid oid) {
  auto found = all.find(oid);
  return found == all.end() ? std::vector<T>() : std::move(found->second);
}

std::vector<schema::Table> read_whole_tables(database::Connection& connection, const Scope& scope,
                                             std::string_view relkinds) {
  std::string with = scope_query(scope, relkinds);
  std::vector<Found> found = read_tables(connection, scope, with);
  if (found.empty()) return {};
  NamedTypes types = NamedTypes::read(connection, scope);
  ByTable<schema::Column> columns = read_columns(connection, scope, with, types);
  ByTable<schema::Constraint> constraints = read_constraints(connection, scope, with);
  ByTable<IndexInfo> indexes = read_indexes(connection, scope, with);
  std::vector<schema::Table> out;
  for (Found& one : found) {
    one.table.columns = taken(columns, one.oid);
    one.table.constraints = taken(constraints, one.oid);
    for (const IndexInfo& index : taken(indexes, one.oid)) {
      if (!index.of_constraint) one.table.indexes.push_back(index_of(index));
    }
    if (const schema::PrimaryKey* key = one.table.primary_key()) {
      for (const std::string& name : key->columns) {
        if (schema::Column* column = one.table.column(name)) column->primary_key = true;
      }
    }
    out.push_back(std::move(one.table));
  }
  return out;
}

std::string_view relkinds_of(Kind kind) {
  switch (kind) {
    case Kind::kTable:
    case Kind::kTemporaryTable:
      return kTables;
    case Kind::kView:
    case Kind::kTemporaryView:
      return "'v'";
    case Kind::kMaterializedView:
      return "'m'";
    case Kind::kSequence:
      return "'S'";
  }
  return kTables;
}

std::vector<std::string> first_column(database::Connection& connection, const std::string& sql) {
  Scope scope;
  CatalogRows rows(connection, scope, sql);
  std::vector<std::string> out;
  while (rows.next()) out.push_back(rows.text(0));
  return out;
}

}  // namespace

std::string scope_query(const Scope& scope, std::string_view relkinds) {
  return "WITH scope AS MATERIALIZED (SELECT c.oid, c.relname FROM pg_catalog.pg_class c JOIN "
         "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN (" +
         std::string(relkinds) + ") AND " + in_scope(scope) + ") ";
}

namespace {

// Catalog queries look costly enough to the server for it to compile them, which takes longer than
// they do. Until the end of the transaction.
void compile_nothing(database::Connection& connection) {
  const std::optional<sql::Datum> jit =
      connection.scalar("SELECT pg_catalog.current_setting('jit', true)");
  const auto* text = jit ? std::get_if<std::string>(&*jit) : nullptr;
  if (text && *text == "on") connection.execute("SET LOCAL jit TO off");
}

}  // namespace

schema::MetaData read_schema(database::Connection& connection, const Scope& scope) {
  const Undone transaction(connection);
  compile_nothing(connection);
  schema::MetaData out;
  out.schema = scope.shown_schema();
  out.tables = read_whole_tables(connection, scope, kTables);
  out.enums = read_enums(connection, scope);
  out.sequences = read_sequences(connection, scope);
  out.definitions = read_definitions(connection, scope);
  return out;
}

schema::MetaData inspect(database::Connection& connection, const std::string& schema) {
  return read_schema(connection, {schema, {}, {}});
}

schema::Table inspect_table(database::Connection& connection, const std::string& table,
                            const std::string& schema) {
  std::vector<schema::Table> found = read_whole_tables(connection, {schema, table, {}}, kAll);
  if (!found.empty()) return std::move(found.front());
  throw Error(code::kDatabase, "no such table: " + (schema.empty() ? table : schema + "." + table))
      .with_hint(did_you_mean(table, names(connection, Kind::kTable, schema)));
}

std::vector<IndexInfo> inspect_indexes(database::Connection& connection, const std::string& table,
                                       const std::string& schema) {
  Scope scope{schema, table, {}};
  ByTable<IndexInfo> all = read_indexes(connection, scope, scope_query(scope, kAll));
  return all.empty() ? std::vector<IndexInfo>() : std::move(all.begin()->second);
}

std::vector<std::string> names(database::Connection& connection, Kind kind,
                               const std::string& schema) {
  bool temporary = kind == Kind::kTemporaryTable || kind == Kind::kTemporaryView;
  return first_column(
      connection,
      "SELECT c.relname::text FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
      "c.relnamespace WHERE c.relkind IN (" +
          std::string(relkinds_of(kind)) + ") AND c.relpersistence " + (temporary ? "=" : "<>") +
          " 't' AND " + in_schema({schema, {}, {}}, "pg_catalog.pg_table_is_visible(c.oid)") +
          " ORDER BY c.relname COLLATE \"C\"");
}

std::vector<std::string> inspect_schemas(database::Connection& connection) {
  return first_column(connection,
                      "SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname NOT LIKE "
                      "'pg\\_%' ORDER BY nspname COLLATE \"C\"");
}

std::optional<std::string> view_definition(database::Connection& connection,
                                           const std::string& view, const std::string& schema) {
  Scope scope{schema, view, {}};
  CatalogRows rows(
      connection, scope,
      scope_query(scope, "'v', 'm'") + "SELECT pg_catalog.pg_get_viewdef(oid) FROM scope");
  if (!rows.next()) return std::nullopt;
  return rows.text(0);
}

}  // namespace retort::dialect::postgresql
