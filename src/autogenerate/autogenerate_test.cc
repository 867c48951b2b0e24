#include "autogenerate/autogenerate.h"

#include <gmock/gmock.h>

#include "autogenerate/render.h"
#include "base/text.h"
#include "database/sqlite.h"
#include "operations/describe.h"

namespace retort::autogenerate {
namespace {

using ::testing::ElementsAre;

struct Fixture {
  database::ConnectionPtr live = database::open_sqlite(":memory:");
  schema::MetaData model{};
  compare::Options options{};

  explicit Fixture(const std::string& sql) { live->execute(sql); }

  schema::Table& table(const std::string& name) {
    schema::Table made;
    made.name = name;
    made.columns.push_back(
        {.name = "id", .type = {.name = "Integer"}, .nullable = false, .primary_key = true});
    model.tables.push_back(made);
    return model.tables.back();
  }

  Changes changes() { return find_changes(*live, model, options); }
  static std::vector<std::string> told(const std::vector<operations::Operation>& operations) {
    std::vector<std::string> out;
    for (const operations::Operation& one : operations) out.push_back(operations::describe(one));
    return out;
  }
  static std::vector<std::string> log(const Changes& changes) {
    std::vector<std::string> out;
    for (const compare::Message& one : changes.messages) out.push_back(one.text);
    return out;
  }
};

constexpr const char* kUsers =
    "CREATE TABLE users (id INTEGER NOT NULL, name VARCHAR(50), PRIMARY KEY (id))";

TEST(Autogenerate, NothingToSay) {
  Fixture f(kUsers);
  f.table("users").columns.push_back({.name = "name", .type = {.name = "String", .length = 50}});
  EXPECT_THAT(Fixture::told(f.changes().upgrade), ElementsAre());
}

TEST(Autogenerate, AColumn) {
  Fixture f(kUsers);
  schema::Table& users = f.table("users");
  users.columns.push_back({.name = "name", .type = {.name = "String", .length = 50}});
  users.columns.push_back({.name = "phone", .type = {.name = "String", .length = 20}});
  Changes changes = f.changes();
  EXPECT_THAT(Fixture::told(changes.upgrade),
              ElementsAre("add column users.phone String(length=20)"));
  EXPECT_THAT(Fixture::told(changes.downgrade), ElementsAre("drop column users.phone"));
  EXPECT_THAT(Fixture::log(changes), ElementsAre("Detected added column 'users.phone'"));
}

TEST(Autogenerate, ARenameIsAskedFor) {
  Fixture f(kUsers);
  f.table("users").columns.push_back({.name = "title", .type = {.name = "String", .length = 50}});
  Changes asked = f.changes();
  ASSERT_EQ(asked.candidates.size(), 1U);
  EXPECT_EQ(asked.candidates[0], (compare::RenameCandidate{"users.name", "title"}));
  EXPECT_THAT(Fixture::told(asked.upgrade),
              ElementsAre("add column users.title String(length=50)", "drop column users.name"));
  f.options.renames = {{"users.name", "title"}};
  Changes answered = f.changes();
  EXPECT_TRUE(answered.candidates.empty());
  EXPECT_THAT(Fixture::told(answered.upgrade),
              ElementsAre("alter column users.name: renamed to title"));
  EXPECT_THAT(Fixture::told(answered.downgrade),
              ElementsAre("alter column users.title: renamed to name"));
}

TEST(Autogenerate, TheModelMayTellTheOldName) {
  Fixture f(kUsers);
  schema::Table& people = f.table("people");
  people.info = {{"renamed_from", "users"}};
  people.columns.push_back({.name = "name", .type = {.name = "String", .length = 50}});
  EXPECT_THAT(Fixture::told(f.changes().upgrade), ElementsAre("rename table users to people"));
}

TEST(Autogenerate, WhatHasNoNameIsDroppedInABatchThatNamesIt) {
  Fixture f("CREATE TABLE users (id INTEGER NOT NULL, name VARCHAR(50) UNIQUE, PRIMARY KEY (id))");
  f.table("users").columns.push_back({.name = "name", .type = {.name = "String", .length = 50}});
  Changes changes = f.changes();
  ASSERT_EQ(changes.upgrade.size(), 1U);
  const auto& batch = std::get<operations::BatchAlterTable>(changes.upgrade[0]);
  const auto& drop = std::get<operations::DropConstraint>(batch.operations[0]);
  EXPECT_EQ(drop.name.text, "uq_users_name");
  // It comes back as it was.
  const auto& add = std::get<operations::AddConstraint>(changes.downgrade[0]);
  EXPECT_TRUE(schema::name_of(add.constraint).empty());
}

TEST(Autogenerate, AnUnnamedConstraintGetsANameThatItCanBeDroppedBy) {
  Fixture f(kUsers);
  schema::Table& users = f.table("users");
  users.columns.push_back(
      {.name = "name", .type = {.name = "String", .length = 50}, .unique = true});
  Changes changes = f.changes();
  const auto& add = std::get<operations::AddConstraint>(changes.upgrade[0]);
  EXPECT_EQ(schema::name_of(add.constraint).text, "uq_users_name");
}

TEST(Autogenerate, EquivalentSpellingsAreEqual) {
  Fixture f(
      "CREATE TABLE users (id INTEGER PRIMARY KEY, flag BOOLEAN DEFAULT (0) "
      "CHECK (flag IN (0, 1)), price DECIMAL(10, 2), made DATETIME DEFAULT current_timestamp)");
  schema::Table& users = f.table("users");
  users.columns.push_back(
      {.name = "flag", .type = {.name = "Boolean"}, .server_default = std::string("0")});
  users.columns.push_back(
      {.name = "price", .type = {.name = "Numeric", .precision = 10, .scale = 2}});
  users.columns.push_back({.name = "made",
                           .type = {.name = "DateTime"},
                           .server_default = sql::raw("(CURRENT_TIMESTAMP)")});
  EXPECT_THAT(Fixture::log(f.changes()), ElementsAre());
}

TEST(Autogenerate, ATypeThatIsOnlyItsSqlIsTheOneTheEngineMakesOfIt) {
  Fixture f(kUsers);
  schema::Table& users = f.table("users");
  users.columns.push_back({.name = "name", .type = {.name = "UserDefined", .sql = "VARCHAR(50)"}});
  users.columns.push_back({.name = "phone", .type = {.name = "UserDefined", .sql = "VARCHAR(20)"}});
  runtime::RevisionHooks hooks;
  Rendered text = render_python(f.changes().upgrade, {dialect::find_dialect("sqlite"), hooks});
  EXPECT_THAT(text.body,
              testing::HasSubstr("sa.Column('phone', sa.VARCHAR(length=20), nullable=True)"));
}

TEST(Autogenerate, WhatPythonHasNoTypeForIsAStatement) {
  operations::AddColumn add;
  add.table = "users";
  add.column = {.name = "place", .type = {.name = "UserDefined", .sql = "geometry(point)"}};
  runtime::RevisionHooks hooks;
  Rendered text = render_python({add}, {dialect::find_dialect("postgresql"), hooks});
  EXPECT_THAT(text.body, testing::HasSubstr(
                             "op.execute('ALTER TABLE users ADD COLUMN place geometry(point)')"));
}

}  // namespace
}  // namespace retort::autogenerate
