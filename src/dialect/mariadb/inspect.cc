#include "dialect/mariadb/inspect.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "database/mariadb.h"
#include "dialect/mariadb/grammar.h"
#include "dialect/mariadb/show_create.h"

namespace retort::dialect::mariadb {
namespace {

std::string text_of(const sql::Datum& datum) {
  if (const auto* text = std::get_if<std::string>(&datum)) return *text;
  // Names and definitions come as bytes where the character set of the server's answer is binary.
  if (const auto* bytes = std::get_if<sql::Blob>(&datum)) return bytes->bytes;
  return {};
}

std::vector<std::string> first_column(database::Connection& connection, std::string_view sql,
                                      database::Parameters parameters = {}) {
  std::vector<std::string> out;
  auto rows = connection.query(sql, parameters);
  while (rows->next()) out.push_back(text_of(rows->get(0)));
  return out;
}

std::string full_name(const std::string& name, const std::string& schema) {
  const sql::Grammar& grammar = mariadb_grammar();
  std::string out = schema.empty() ? "" : grammar.quote_always(schema) + ".";
  return out + grammar.quote_always(name);
}

std::string show_create(database::Connection& connection, const std::string& table,
                        const std::string& schema) {
  auto rows = connection.query("SHOW CREATE TABLE " + full_name(table, schema));
  if (!rows->next()) return {};
  return text_of(rows->get(1));
}

bool is_view(std::string_view text) {
  return !text.starts_with("CREATE TABLE") && !text.starts_with("CREATE TEMPORARY TABLE");
}

schema::Table described(database::Connection& connection, const std::string& view,
                        const std::string& schema) {
  schema::Table out;
  out.name = view;
  auto rows = connection.query("SHOW FULL COLUMNS FROM " + full_name(view, schema));
  while (rows->next()) {
    schema::Column column;
    column.name = text_of(rows->get(0));
    column.type = read_type(text_of(rows->get(1)));
    column.nullable = text_of(rows->get(3)) != "NO";
    column.nullable_given = true;
    column.autoincrement = schema::Autoincrement::kFalse;
    out.columns.push_back(std::move(column));
  }
  return out;
}

// The table of a text. In the connection's own database what is of it, nextval(`database`.`name`),
// has no database's name.
schema::Table table_of(std::string text, const std::string& schema, const std::string& current,
                       std::string_view prefix) {
  if (schema.empty() && !current.empty()) {
    text = replace_all(std::move(text), mariadb_grammar().quote_always(current) + ".", "");
  }
  return read_show_create(text, prefix);
}

// Of a table in its schema: keys to tables beside it have the same one, those to the connection's
// database none.
void place(schema::Table& table, const std::string& schema, const std::string& current) {
  table.schema = schema;
  for (schema::Constraint& constraint : table.constraints) {
    auto* key = std::get_if<schema::ForeignKey>(&constraint);
    if (key == nullptr) continue;
    if (key->referred_schema.empty()) key->referred_schema = schema;
    if (key->referred_schema == current) key->referred_schema.clear();
  }
}

}  // namespace

std::string current_database(database::Connection& connection) {
  auto found = connection.scalar("SELECT DATABASE()");
  return found ? text_of(*found) : "";
}

std::vector<std::string> names(database::Connection& connection, Kind kind,
                               const std::string& schema) {
  std::string sql = "SELECT table_name FROM information_schema.tables WHERE table_schema = ";
  sql += schema.empty() ? "DATABASE()" : "?";
  sql += kind == Kind::kTable  ? " AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')"
         : kind == Kind::kView ? " AND table_type IN ('VIEW', 'SYSTEM VIEW')"
                               : " AND table_type = 'SEQUENCE'";
  std::array<sql::Datum, 1> parameters{schema};
  std::vector<std::string> out = first_column(
      connection, sql, schema.empty() ? database::Parameters() : database::Parameters(parameters));
  std::ranges::sort(out);
  return out;
}

std::vector<std::string> inspect_schemas(database::Connection& connection) {
  return first_column(connection, "SHOW SCHEMAS");
}

std::optional<std::string> view_definition(database::Connection& connection,
                                           const std::string& view, const std::string& schema) {
  std::string text = show_create(connection, view, schema);
  if (text.empty() || !is_view(text)) return std::nullopt;
  return text;
}

schema::Table inspect_table(database::Connection& connection, const std::string& table,
                            const std::string& schema) {
  std::string text = show_create(connection, table, schema);
  std::string current = current_database(connection);
  schema::Table out = is_view(text) ? described(connection, table, schema)
                                    : table_of(text, schema, current, connection.dialect_name());
  place(out, schema, current);
  return out;
}

schema::MetaData inspect(database::Connection& connection, const std::string& schema,
                         const std::function<bool(const std::string&)>& include) {
  schema::MetaData out;
  std::string current = current_database(connection);
  for (const std::string& name : names(connection, Kind::kTable, schema)) {
    if (include && !include(name)) continue;
    std::string text = show_create(connection, name, schema);
    out.tables.push_back(table_of(text, schema, current, connection.dialect_name()));
    place(out.tables.back(), schema, current);
  }
  if (!database::is_mariadb_server(connection)) return out;
  for (const std::string& name : names(connection, Kind::kSequence, schema)) {
    auto rows = connection.query("SHOW CREATE SEQUENCE " + full_name(name, schema));
    if (!rows->next()) continue;
    out.sequences.push_back(read_show_sequence(text_of(rows->get(1))));
    out.sequences.back().schema = schema;
  }
  return out;
}

}  // namespace retort::dialect::mariadb
