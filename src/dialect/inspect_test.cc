#include "dialect/inspect.h"

#include <gtest/gtest.h>

#include "database/sqlite.h"
#include "dialect/canonical.h"

namespace retort::dialect {
namespace {

database::ConnectionPtr sample() {
  database::ConnectionPtr connection = database::open_sqlite(":memory:");
  connection->execute(
      "ATTACH ':memory:' AS other; CREATE TABLE a (x INTEGER); CREATE TABLE b (x INTEGER);"
      "CREATE TABLE other.c (x INTEGER); CREATE VIEW v AS SELECT x FROM a");
  return connection;
}

std::string names(const schema::MetaData& metadata) {
  std::string out;
  for (const schema::Table& table : metadata.tables) out += table.full_name() + " ";
  return out;
}

TEST(Inspect, TheDefaultSchemaUnlessToldOtherwise) {
  auto connection = sample();
  EXPECT_EQ(names(inspect(*connection)), "a b ");
  EXPECT_EQ(names(inspect(*connection, {.all_schemas = true})), "a b other.c ");
  EXPECT_EQ(names(inspect(*connection, {.schemas = {"other"}})), "a b other.c ");
}

TEST(Inspect, LeavesOutWhatIsFiltered) {
  auto connection = sample();
  InspectScope scope{.all_schemas = true};
  scope.include_schema = [](const std::string& schema) { return schema != "other"; };
  scope.include_table = [](const std::string&, const std::string& table) { return table != "a"; };
  EXPECT_EQ(names(inspect(*connection, scope)), "b ");
}

TEST(Inspect, DefinitionsWhereAskedFor) {
  auto connection = sample();
  EXPECT_TRUE(inspect(*connection).definitions.empty());
  schema::MetaData have = inspect(*connection, {.definitions = true});
  ASSERT_EQ(have.definitions.size(), 1U);
  EXPECT_EQ(have.definitions[0].name, "v");
  EXPECT_EQ(canonical(have, *connection).definitions, have.definitions);
}

}  // namespace
}  // namespace retort::dialect
