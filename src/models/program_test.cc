#include "models/program.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "database/sqlite.h"

namespace retort::models {
namespace {

TEST(Program, GivesWhatItPrints) {
  EXPECT_EQ(program_output("printf 'a\\nb'", ""), "a\nb");
  EXPECT_EQ(program_output("pwd", "/"), "/\n");
  EXPECT_TRUE(is_json(" \n{}"));
  EXPECT_FALSE(is_json("CREATE TABLE t (id INT)"));
}

TEST(Program, FailsWithItsExitCode) {
  try {
    program_output("exit 3", "");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("exit code 3"), std::string::npos) << error.message();
  }
}

TEST(Program, SaysItsSchemaAsJsonOrSql) {
  database::ConnectionPtr place = database::open_sqlite(":memory:");
  auto scratch = [&]() -> database::Connection& { return *place; };
  auto none = []() -> database::Connection& { throw Error("test", "no place is needed"); };
  schema::MetaData sql = program_schema("echo 'CREATE TABLE t (a INT)'", "", scratch);
  ASSERT_EQ(sql.tables.size(), 1U);
  EXPECT_EQ(sql.tables[0].name, "t");
  schema::MetaData json = program_schema(
      R"(echo '{"format": "retort-schema", "version": 1, "tables": [{"name": "u"}]}')", "", none);
  ASSERT_EQ(json.tables.size(), 1U);
  EXPECT_EQ(json.tables[0].name, "u");
  EXPECT_THROW(program_schema("true", "", scratch), Error);
  EXPECT_EQ(command_of("exec: make schema"), "make schema");
  EXPECT_EQ(command_of("app.models"), "");
}

}  // namespace
}  // namespace retort::models
