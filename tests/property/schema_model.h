#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "schema/table.h"

// Random schemas over what a model can say of tables on SQLite.
namespace retort::schema_model {

inline int pick(int below) { return *rc::gen::inRange(0, below); }
inline bool chance(int percent) { return pick(100) < percent; }
template <typename T>
const T& one_of(const std::vector<T>& values) {
  return values[static_cast<std::size_t>(pick(static_cast<int>(values.size())))];
}

// Columns hold small numbers or short texts, by their name, so that values survive other types.
inline bool is_text(const std::string& column) { return column[0] == 's'; }

inline sql::Type random_type(bool text) {
  static const std::vector<sql::Type> kTexts{
      {.name = "String", .length = 20},
      {.name = "String", .length = 50},
      {.name = "Text"},
      {.name = "Unicode", .length = 20},
      {.name = "String"},
      {.name = "Enum", .values = {"a", "bb", "x"}, .type_name = "mood"}};
  static const std::vector<sql::Type> kNumbers{
      {.name = "Integer"}, {.name = "BigInteger"}, {.name = "Numeric", .precision = 10, .scale = 2},
      {.name = "Float"},   {.name = "Boolean"},    {.name = "SmallInteger"}};
  return one_of(text ? kTexts : kNumbers);
}

// What a STRICT table may have.
inline sql::Type random_strict_type(bool text) {
  if (text) return {.name = "Text"};
  return {.name = chance(50) ? "Integer" : "REAL"};
}

inline schema::Column random_column(const std::string& name, bool strict) {
  schema::Column column;
  column.name = name;
  column.type = strict ? random_strict_type(is_text(name)) : random_type(is_text(name));
  if (chance(35)) {
    column.server_default = is_text(name)
                                ? schema::ServerDefault(chance(50) ? "x" : "it's")
                                : schema::ServerDefault(sql::raw(chance(50) ? "0" : "(1 + 1)"));
  }
  // A column can be added to a table with rows only with a value for them.
  if (column.server_default && chance(50)) column.nullable = false;
  column.unique = chance(10);
  column.index = chance(15);
  return column;
}

inline schema::Name random_name(const std::string& text) {
  return chance(60) ? schema::Name{text, chance(50)} : schema::Name{};
}

// Sometimes the names that a project's convention makes.
inline schema::NamingConvention random_convention() {
  if (!chance(40)) return {};
  return {{"ix", "ix_%(column_0_label)s"},
          {"uq", "uq_%(table_name)s_%(column_0_N_name)s"},
          {"fk", "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"},
          {"pk", "pk_%(table_name)s"}};
}

// To the id of any of the tables.
inline schema::ForeignKey random_key(const schema::Table& table, const std::string& column,
                                     const std::vector<schema::Table>& tables) {
  schema::ForeignKey key;
  key.name = random_name("fk_" + table.name + "_" + column);
  key.columns = {column};
  key.referred_table = one_of(tables).name;
  key.referred_columns = {"id"};
  if (chance(30)) key.ondelete = chance(50) ? "CASCADE" : "SET NULL";
  if (chance(20)) key.deferral = {true, chance(50) ? "DEFERRED" : ""};
  return key;
}

inline schema::Table random_table(const std::string& name) {
  static const std::vector<std::string> kNames{"n1", "s1", "n2", "s2", "nSel", "s 3"};
  schema::Table table;
  table.name = name;
  bool strict = chance(20);
  if (strict) table.options.push_back({"sqlite_strict", true});
  table.columns.push_back(
      {.name = "id", .type = {.name = "Integer"}, .nullable = false, .primary_key = true});
  for (const std::string& column : kNames) {
    if (chance(55)) table.columns.push_back(random_column(column, strict));
  }
  std::vector<std::string> plain;
  for (std::size_t i = 1; i < table.columns.size(); ++i) plain.push_back(table.columns[i].name);
  if (chance(15)) table.options.push_back({"sqlite_with_rowid", false});
  if (plain.empty()) return table;
  if (chance(15)) {
    schema::Column computed;
    computed.name = "g";
    computed.type = {.name = "Integer"};
    computed.computed =
        schema::Computed{sql::raw("id + " + std::to_string(1 + pick(2))), chance(50)};
    table.columns.push_back(computed);
  }
  if (chance(10)) {
    // The second column joins the key.
    table.columns[1].primary_key = true;
    table.columns[1].nullable = false;
    if (!table.columns[1].server_default) {
      table.columns[1].server_default = schema::ServerDefault(std::string("7"));
    }
  } else if (chance(15) && !schema::find_option(table.options, "sqlite_with_rowid")) {
    table.options.push_back({"sqlite_autoincrement", true});
  }
  if (chance(25)) {
    table.constraints.push_back(
        schema::Unique{.name = random_name("uq_" + name), .columns = {one_of(plain), "id"}});
  }
  if (chance(25)) {
    table.constraints.push_back(
        schema::Check{.name = random_name("ck_" + name),
                      .condition = sql::raw(chance(50) ? "id <> 'never'" : "length(id) < 1000")});
  }
  if (chance(30)) {
    schema::Index index;
    index.name = {"ix_" + name, false};
    index.keys.push_back({one_of(plain), {}});
    if (chance(30)) index.keys.push_back({"", sql::raw("lower(\"" + plain.front() + "\")")});
    if (chance(30)) index.keys.push_back({"", sql::raw("id DESC")});
    index.unique = chance(30);
    if (chance(30))
      index.options.push_back({"sqlite_where", sql::raw("id > " + std::to_string(pick(2)))});
    table.indexes.push_back(index);
  }
  return table;
}

inline schema::MetaData random_schema() {
  schema::MetaData out;
  out.naming_convention = random_convention();
  for (const char* name : {"alpha", "beta", "gamma", "Delta"}) {
    if (chance(60)) out.tables.push_back(random_table(name));
  }
  for (schema::Table& table : out.tables) {
    for (const schema::Column& column : table.columns) {
      if (is_text(column.name) || column.name == "id" || column.name == "g" || !chance(25))
        continue;
      table.constraints.push_back(random_key(table, column.name, out.tables));
    }
  }
  return out;
}

}  // namespace retort::schema_model
