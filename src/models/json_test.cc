#include "models/json.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "dialect/dialect.h"
#include "schema/dump.h"

namespace retort::models {
namespace {

constexpr std::string_view kText = R"json({
  "format": "retort-schema", "version": 1,
  "naming_convention": {"uq": "uq_%(table_name)s"},
  "tables": [{
    "name": "users", "comment": "people",
    "columns": [
      {"name": "id", "type": {"name": "Integer"}, "primary_key": true},
      {"name": "email", "type": "VARCHAR(50)", "nullable": false, "server_default": "x"},
      {"name": "at", "type": {"name": "DateTime", "timezone": true},
       "server_default": {"sql": "now()"}, "index": true},
      {"name": "twice", "type": {"name": "Integer"}, "computed": {"sql": "id * 2", "persisted": true}}
    ],
    "constraints": [
      {"kind": "unique", "columns": ["email"], "name": "u"},
      {"kind": "check", "sql": "id > 0"},
      {"kind": "foreign_key", "columns": ["id"], "referred_table": "t", "referred_columns": ["id"],
       "ondelete": "CASCADE", "deferrable": true}
    ],
    "indexes": [{"name": "ix", "keys": ["email", {"sql": "lower(email)"}], "unique": true,
                 "options": {"postgresql_where": {"sql": "id > 1"}, "mysql_length": {"email": "5"}}}]
}],
  "sequences": [{"name": "s", "start": 3}]
})json";

TEST(Json, GoesRound) {
  const sql::Grammar& grammar = dialect::find_dialect("postgresql").grammar();
  const schema::MetaData read = from_json(kText, "text");
  ASSERT_EQ(read.tables.size(), 1u);
  EXPECT_EQ(read.tables[0].columns[1].type.sql, "VARCHAR(50)");
  EXPECT_EQ(read.tables[0].indexes[0].options.size(), 2u);
  const std::string written = to_json(read, grammar);
  const schema::MetaData again = from_json(written, "text");
  EXPECT_EQ(schema::dump(again), schema::dump(read));
  EXPECT_EQ(to_json(again, grammar), written);
}

std::string refusal(std::string_view text) {
  try {
    from_json(text, "schema.json");
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

TEST(Json, SaysWhereItIsWrong) {
  EXPECT_EQ(refusal("{}"), "schema.json: the schema has no \"format\"");
  EXPECT_EQ(refusal(R"({"format": "other"})"), "schema.json: format must be \"retort-schema\"");
  EXPECT_EQ(refusal(R"({"format": "retort-schema", "tables": [{"name": "t", "columns": [{}]}]})"),
            "schema.json: tables[0].columns[0] has no \"name\"");
  EXPECT_EQ(refusal(R"({"format": "retort-schema", "tables": [{"name": 3}]})"),
            "schema.json: tables[0].name must be a string");
  EXPECT_TRUE(refusal("[").starts_with("schema.json: not JSON: ")) << refusal("[");
}

}  // namespace
}  // namespace retort::models
