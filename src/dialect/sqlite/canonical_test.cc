#include "dialect/sqlite/canonical.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "dialect/sqlite/inspect.h"

namespace retort::dialect::sqlite {
namespace {

schema::MetaData wanted() {
  schema::Table account;
  account.name = "account";
  account.columns = {
      {.name = "id", .type = {.name = "Integer"}, .nullable = false, .primary_key = true},
      {.name = "name", .type = {.name = "String", .length = 50}, .index = true},
      {.name = "made",
       .type = {.name = "DateTime"},
       .server_default = sql::raw("CURRENT_TIMESTAMP")},
  };
  account.constraints.push_back(schema::Unique{.columns = {"name", "made"}});
  account.constraints.push_back(schema::Check{.condition = sql::raw("length(name) > 1")});
  schema::Table log;
  log.name = "log";
  log.schema = "other";
  log.columns = {{.name = "line", .type = {.name = "Text"}}};
  schema::MetaData out;
  out.naming_convention = {{"ix", "ix_%(column_0_label)s"},
                           {"uq", "uq_%(table_name)s_%(column_0_name)s"}};
  out.tables = {account, log};
  return out;
}

TEST(Canonical, IsWhatTheDatabaseWouldHold) {
  schema::MetaData have = canonical(wanted());
  ASSERT_EQ(have.tables.size(), 2U);
  const schema::Table& account = have.tables[0];
  EXPECT_EQ(account.column("name")->type, (sql::Type{.name = "VARCHAR", .length = 50}));
  EXPECT_TRUE(account.column("id")->primary_key);
  ASSERT_EQ(account.indexes.size(), 1U);
  EXPECT_EQ(account.indexes[0].name.text, "ix_account_name");
  bool named = false;
  for (const schema::Constraint& constraint : account.constraints) {
    named = named || schema::name_of(constraint).text == "uq_account_name";
  }
  EXPECT_TRUE(named);
  EXPECT_EQ(have.tables[1].full_name(), "other.log");
}

TEST(Canonical, IsItsOwnCanonicalForm) {
  schema::MetaData once = canonical(wanted());
  EXPECT_EQ(canonical(once).tables, once.tables);
}

TEST(Canonical, ARefusedTableIsNamed) {
  schema::MetaData bad = wanted();
  bad.tables[0].constraints.push_back(schema::Check{.condition = sql::raw("nothing > 1")});
  try {
    canonical(bad);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), ::testing::StartsWith("table account: "));
  }
}

TEST(Canonical, StatementsAlone) {
  std::vector<sql::Statement> create{{"CREATE TABLE t (a)", {}}, {"CREATE INDEX i ON t (a)", {}}};
  schema::MetaData have = canonical(create);
  ASSERT_EQ(have.tables.size(), 1U);
  EXPECT_EQ(have.tables[0].indexes.size(), 1U);
}

}  // namespace
}  // namespace retort::dialect::sqlite
