#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "schema/table.h"
#include "schema_model.h"

// Random schemas over what a model can say of tables on PostgreSQL.
namespace retort::postgresql_model {

using schema_model::chance;
using schema_model::one_of;
using schema_model::pick;
using schema_model::random_convention;
using schema_model::random_key;
using schema_model::random_name;

// The family of a column is the first letter of its name: a value survives every type of its own.
enum class Family { kNumber, kText, kEnum, kJson, kMoment, kKey };

inline Family family_of(const std::string& column) {
  switch (column[0]) {
    case 'n':
      return Family::kNumber;
    case 's':
      return Family::kText;
    case 'e':
      return Family::kEnum;
    case 'j':
      return Family::kJson;
    case 'd':
      return Family::kMoment;
    default:
      return Family::kKey;
  }
}

inline std::vector<sql::Type> types_of(Family family, const sql::Type& mood) {
  switch (family) {
    case Family::kNumber:
      return {{.name = "Integer"},      {.name = "BigInteger"},
              {.name = "SmallInteger"}, {.name = "Double"},
              {.name = "Boolean"},      {.name = "Numeric", .precision = 10, .scale = 2}};
    case Family::kText:
      return {{.name = "String", .length = 20},
              {.name = "String", .length = 50},
              {.name = "Text"},
              {.name = "String"},
              {.name = "Unicode", .length = 20}};
    case Family::kEnum:
      return {mood};
    case Family::kJson:
      return {{.name = "JSON"}, {.name = "JSONB", .dialect = "postgresql"}};
    case Family::kMoment:
      return {{.name = "DateTime"}, {.name = "DateTime", .timezone = true}, {.name = "Date"}};
    case Family::kKey:
      break;
  }
  return {{.name = "Integer"}, {.name = "BigInteger"}};
}

inline schema::ServerDefault default_of(Family family, const sql::Type& type) {
  if (type.name == "Boolean") return sql::raw("false");
  switch (family) {
    case Family::kText:
      return std::string(chance(50) ? "x" : "it's");
    case Family::kEnum:
      return std::string("a");
    case Family::kJson:
      return sql::raw("'{}'");
    case Family::kMoment:
      return sql::raw(chance(50) ? "now()" : "'2024-02-29'");
    default:
      return sql::raw(chance(50) ? "0" : "(1 + 1)");
  }
}

inline schema::Column random_column(const std::string& name, const sql::Type& mood) {
  schema::Column column;
  column.name = name;
  Family family = family_of(name);
  column.type = one_of(types_of(family, mood));
  if (chance(20)) column.comment = chance(50) ? "a remark" : "it's another";
  if (family == Family::kKey) return column;
  if (chance(35)) column.server_default = default_of(family, column.type);
  // A column can be added to a table with rows only with a value for them.
  if (column.server_default && chance(50)) column.nullable = false;
  if (family == Family::kNumber || family == Family::kText) {
    column.unique = chance(10);
    column.index = chance(15);
  }
  return column;
}

inline schema::Index random_index(const std::string& table, const std::vector<std::string>& plain) {
  schema::Index index;
  index.name = {"ix_" + table, false};
  index.keys.push_back({one_of(plain), {}});
  if (chance(30)) index.keys.push_back({"", sql::raw("lower(\"" + plain.front() + "\"::text)")});
  if (chance(30)) index.keys.push_back({"", sql::raw("id DESC")});
  index.unique = chance(30);
  if (index.keys.size() == 1 && !index.unique && chance(30)) {
    index.options.push_back({"postgresql_using", std::string("hash")});
  } else if (chance(20)) {
    index.options.push_back({"postgresql_include", std::vector<std::string>{"id"}});
  }
  if (chance(30)) {
    index.options.push_back({"postgresql_where", sql::raw("id > " + std::to_string(pick(2)))});
  }
  return index;
}

inline schema::Table random_table(const std::string& name, const sql::Type& mood) {
  static const std::vector<std::string> kNames{"n1", "s1", "n2", "s2",  "nSel", "s 3",
                                               "e1", "j1", "d1", "ref", "Ref2"};
  schema::Table table;
  table.name = name;
  table.columns.push_back(
      {.name = "id", .type = {.name = "Integer"}, .nullable = false, .primary_key = true});
  if (name == "beta") table.columns[0].identity.emplace().always = false;
  std::vector<std::string> plain;
  for (const std::string& column : kNames) {
    if (!chance(45)) continue;
    table.columns.push_back(random_column(column, mood));
    Family family = family_of(column);
    if (family == Family::kNumber || family == Family::kText) plain.push_back(column);
  }
  if (chance(20)) table.comment = chance(50) ? "of people" : "of \"things\"";
  if (chance(15)) {
    schema::Column computed;
    computed.name = "g";
    computed.type = {.name = "Integer"};
    computed.computed = schema::Computed{sql::raw("id + " + std::to_string(1 + pick(2))), true};
    table.columns.push_back(computed);
  }
  if (plain.empty()) return table;
  if (chance(25)) {
    schema::Unique unique{.name = random_name("uq_" + name), .columns = {one_of(plain), "id"}};
    if (chance(30)) unique.deferral = {true, chance(50) ? "DEFERRED" : ""};
    table.constraints.push_back(unique);
  }
  if (chance(25)) {
    table.constraints.push_back(
        schema::Check{.name = random_name("ck_" + name),
                      .condition = sql::raw(chance(50) ? "id > 0" : "id <> 7 AND id < 1000")});
  }
  if (chance(30)) table.indexes.push_back(random_index(name, plain));
  return table;
}

inline schema::MetaData random_schema() {
  schema::MetaData out;
  out.naming_convention = random_convention();
  sql::Type mood{.name = "Enum", .values = {"a", "bb"}, .type_name = "mood"};
  if (chance(30)) mood.values = {"a", "between", "bb"};
  if (chance(20)) mood.values.insert(mood.values.begin(), "first");
  for (const char* name : {"alpha", "beta", "gamma", "Delta"}) {
    if (chance(60)) out.tables.push_back(random_table(name, mood));
  }
  for (schema::Table& table : out.tables) {
    for (const schema::Column& column : table.columns) {
      if (column.name != "ref" && column.name != "Ref2") continue;
      table.constraints.push_back(random_key(table, column.name, out.tables));
    }
  }
  return out;
}

}  // namespace retort::postgresql_model
