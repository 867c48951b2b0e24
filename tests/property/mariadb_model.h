#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "postgresql_model.h"

// Random schemas over what a model can say of tables on MariaDB.
namespace retort::mariadb_model {

using postgresql_model::Family;
using postgresql_model::family_of;
using schema_model::chance;
using schema_model::one_of;
using schema_model::pick;
using schema_model::random_convention;
using schema_model::random_key;
using schema_model::random_name;

inline std::vector<sql::Type> mariadb_types(Family family) {
  auto mysql = [](sql::Type type) {
    type.dialect = "mysql";
    return type;
  };
  switch (family) {
    case Family::kNumber:
      return {{.name = "Integer"},
              {.name = "BigInteger"},
              {.name = "SmallInteger"},
              {.name = "Boolean"},
              {.name = "Double"},
              {.name = "Numeric", .precision = 10, .scale = 2},
              mysql({.name = "TINYINT", .options = {{"unsigned", "true"}}})};
    case Family::kText:
      return {{.name = "String", .length = 20},
              {.name = "String", .length = 50},
              {.name = "Unicode", .length = 20},
              mysql({.name = "VARCHAR", .length = 30, .collation = "utf8mb4_bin"})};
    case Family::kEnum:
      return {{.name = "Enum", .values = {"a", "bb"}, .type_name = "mood"},
              {.name = "Enum", .values = {"a", "it's"}, .type_name = "mood"},
              {.name = "Enum", .values = {"a", "bb", "c"}, .type_name = "mood"}};
    case Family::kJson:
      return {{.name = "JSON"}, mysql({.name = "LONGTEXT"})};
    case Family::kMoment:
      return {{.name = "DateTime"}, {.name = "Date"}, mysql({.name = "DATETIME", .precision = 3})};
    case Family::kKey:
      break;
  }
  return {{.name = "Integer"}};
}

inline schema::ServerDefault mariadb_default(Family family, const sql::Type& type) {
  switch (family) {
    case Family::kText:
      return std::string(chance(50) ? "x" : "it's \\ \"%\"");
    case Family::kEnum:
      return std::string("a");
    case Family::kMoment:
      if (type.name == "DateTime" && chance(50)) return sql::raw("CURRENT_TIMESTAMP");
      return std::string("2024-02-29");
    default:
      return type.name == "Boolean" || chance(50) ? schema::ServerDefault(sql::raw("0"))
                                                  : schema::ServerDefault(sql::raw("(1 + 1)"));
  }
}

inline schema::Column random_column(const std::string& name) {
  schema::Column column;
  column.name = name;
  Family family = family_of(name);
  column.type = one_of(mariadb_types(family));
  if (chance(20)) column.comment = chance(50) ? "a remark" : "it's another, \\ and \"so\" on";
  if (family == Family::kKey) {
    column.index = chance(30);
    return column;
  }
  if (chance(35) && family != Family::kJson)
    column.server_default = mariadb_default(family, column.type);
  // A column can be added to a table with rows only with a value for them.
  if (column.server_default && chance(50)) column.nullable = false;
  if (family == Family::kNumber || family == Family::kText) {
    column.unique = chance(10);
    column.index = chance(15);
  }
  return column;
}

inline schema::Table random_table(const std::string& name) {
  static const std::vector<std::string> kNames{"n1", "s1", "n2", "s2",  "nSel", "s 3",
                                               "e1", "j1", "d1", "ref", "Ref2"};
  schema::Table table;
  table.name = name;
  table.columns.push_back(
      {.name = "id", .type = {.name = "Integer"}, .nullable = false, .primary_key = true});
  std::vector<std::string> plain;
  std::vector<std::string> texts;
  for (const std::string& column : kNames) {
    if (!chance(45)) continue;
    table.columns.push_back(mariadb_model::random_column(column));
    Family family = family_of(column);
    if (family == Family::kNumber || family == Family::kText) plain.push_back(column);
    if (family == Family::kText) texts.push_back(column);
  }
  if (chance(20)) table.comment = chance(50) ? "of people" : "of \"things\", it's \\";
  if (chance(15)) {
    schema::Column computed;
    computed.name = "g";
    computed.type = {.name = "Integer"};
    computed.computed =
        schema::Computed{sql::raw("n1 + " + std::to_string(1 + pick(2))), chance(50)};
    if (table.column("n1") != nullptr) table.columns.push_back(computed);
  }
  if (plain.empty()) return table;
  if (chance(25)) {
    table.constraints.push_back(
        schema::Unique{.name = random_name("uq_" + name), .columns = {one_of(plain), "id"}});
  }
  if (chance(40) && table.column("n1") != nullptr) {
    table.constraints.push_back(
        schema::Check{.name = random_name("ck_" + name),
                      .condition = sql::raw(chance(50) ? "n1 >= 0" : "n1 <> 7 AND n1 < 1000")});
  }
  if (chance(30)) {
    schema::Index index;
    index.name = {"ix_" + name, false};
    index.keys.push_back({one_of(plain), {}});
    if (chance(30)) index.keys.push_back({"id", {}});
    index.unique = chance(30);
    if (!texts.empty() && chance(40)) {
      index.keys = {{texts.front(), {}}};
      index.options.push_back({"mariadb_length", std::vector<std::pair<std::string, std::string>>{
                                                     {texts.front(), "5"}}});
    }
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
      if (column.name != "ref" && column.name != "Ref2") continue;
      schema::ForeignKey key = random_key(table, column.name, out.tables);
      key.deferral = {};
      table.constraints.push_back(std::move(key));
    }
  }
  return out;
}

}  // namespace retort::mariadb_model
