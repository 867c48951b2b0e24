#include "dialect/sqlite/inspect.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "dialect/sqlite/parse_token.h"

namespace retort::dialect::sqlite {
namespace {

std::string text_at(const database::Result& result, std::size_t column) {
  sql::Datum value = result.get(column);
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : std::string();
}

std::string catalog_of(const std::string& schema) {
  return quoted(schema.empty() ? "main" : schema) + ".sqlite_schema";
}

bool is_virtual(const Object& object) {
  return equal_ignoring_case(std::string_view(object.sql).substr(0, 14), "CREATE VIRTUAL");
}

// The tables that a virtual table keeps its data in.
std::set<std::string> shadow_tables(database::Connection& connection, const std::string& schema) {
  std::set<std::string> out;
  sql::Datum name = schema.empty() ? std::string("main") : schema;
  auto result = connection.query(
      "SELECT name FROM pragma_table_list WHERE type = 'shadow' AND schema = ? COLLATE NOCASE",
      {&name, 1});
  while (result->next()) out.insert(text_at(*result, 0));
  return out;
}

}  // namespace

std::vector<schema::Table> tables_of(const std::vector<Object>& rows, const std::string& schema,
                                     const std::set<std::string>& left_out) {
  std::vector<schema::Table> out;
  std::map<std::string, std::size_t> by_name;
  for (const Object& object : rows) {
    if (object.type != "table" || is_virtual(object) || left_out.contains(object.name)) continue;
    by_name.emplace(to_lower(object.name), out.size());
    out.push_back(table_of(parse_table(object.sql), schema));
  }
  for (const Object& object : rows) {
    if (object.type != "index") continue;
    auto table = by_name.find(to_lower(object.table));
    if (table != by_name.end()) {
      out[table->second].indexes.push_back(index_of(parse_index(object.sql)));
    }
  }
  for (schema::Table& table : out) {
    std::sort(
        table.indexes.begin(), table.indexes.end(),
        [](const schema::Index& a, const schema::Index& b) { return a.name.text < b.name.text; });
  }
  return out;
}

std::vector<Object> objects(database::Connection& connection, const std::string& schema,
                            std::optional<std::string_view> table) {
  std::string sql = "SELECT type, name, tbl_name, sql FROM " + catalog_of(schema) +
                    " WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
  std::vector<sql::Datum> parameters;
  if (table) {
    sql += " AND tbl_name = ? COLLATE NOCASE";
    parameters.emplace_back(std::string(*table));
  }
  sql += " ORDER BY rowid";
  std::vector<Object> out;
  auto result = connection.query(sql, parameters);
  while (result->next()) {
    out.push_back(
        {text_at(*result, 0), text_at(*result, 1), text_at(*result, 2), text_at(*result, 3)});
  }
  return out;
}

schema::MetaData inspect(database::Connection& connection, const std::string& schema) {
  std::vector<Object> all = objects(connection, schema);
  std::set<std::string> left_out;
  if (std::any_of(all.begin(), all.end(), is_virtual)) left_out = shadow_tables(connection, schema);
  schema::MetaData out;
  out.schema = schema;
  out.tables = tables_of(all, schema, left_out);
  std::sort(out.tables.begin(), out.tables.end(),
            [](const schema::Table& a, const schema::Table& b) { return a.name < b.name; });
  return out;
}

schema::Table inspect_table(database::Connection& connection, const std::string& table,
                            const std::string& schema) {
  std::vector<schema::Table> found = tables_of(objects(connection, schema, table), schema, {});
  if (!found.empty()) return std::move(found.front());
  std::vector<std::string> known;
  for (const Object& object : objects(connection, schema)) {
    if (object.type == "table") known.push_back(object.name);
  }
  throw Error(code::kDatabase, "no such table: " + (schema.empty() ? table : schema + "." + table))
      .with_hint(did_you_mean(table, known));
}

std::vector<View> inspect_views(database::Connection& connection, const std::string& schema) {
  std::vector<View> out;
  for (const Object& object : objects(connection, schema)) {
    if (object.type != "view") continue;
    ParsedView parsed = parse_view(object.sql);
    View view{object.name, schema, {}, std::string(text_of(parsed.sql, parsed.select)), object.sql};
    for (const ParsedName& column : parsed.columns) view.columns.push_back(column.text);
    out.push_back(std::move(view));
  }
  return out;
}

std::vector<Trigger> inspect_triggers(database::Connection& connection, const std::string& schema) {
  std::vector<Trigger> out;
  for (const Object& object : objects(connection, schema)) {
    if (object.type == "trigger") out.push_back({object.name, schema, object.table, object.sql});
  }
  return out;
}

std::vector<VirtualTable> inspect_virtual_tables(database::Connection& connection,
                                                 const std::string& schema) {
  std::vector<VirtualTable> out;
  for (const Object& object : objects(connection, schema)) {
    if (is_virtual(object)) out.push_back({object.name, schema, object.sql});
  }
  return out;
}

std::vector<std::string> inspect_schemas(database::Connection& connection) {
  std::vector<std::string> out;
  auto result = connection.query(
      "SELECT name FROM pragma_database_list WHERE name <> 'temp' "
      "ORDER BY seq");
  while (result->next()) out.push_back(text_at(*result, 0));
  return out;
}

}  // namespace retort::dialect::sqlite
