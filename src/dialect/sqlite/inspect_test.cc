#include "dialect/sqlite/inspect.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "base/error.h"
#include "database/sqlite.h"

namespace retort::dialect::sqlite {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kSchema = R"(
CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT UNIQUE ON CONFLICT REPLACE,
  a, b, CONSTRAINT uq_ab UNIQUE (a, b DESC));
CREATE TABLE child (
  id INTEGER NOT NULL,
  Name VARCHAR(50) COLLATE NOCASE DEFAULT 'x' NOT NULL ON CONFLICT IGNORE,
  price NUMERIC(10, 2) DEFAULT (1 + 2) CHECK (price > 0),
  total AS (price * 2) STORED,
  parent_id INT REFERENCES parent ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  a, b,
  CONSTRAINT pk_child PRIMARY KEY (id),
  CONSTRAINT fk_ab FOREIGN KEY (a, b) REFERENCES parent (a, b) ON UPDATE SET NULL MATCH SIMPLE,
  CONSTRAINT ck CHECK (a <> b) -- comment
);
CREATE UNIQUE INDEX ix_z ON child (name DESC, lower(Name)) WHERE id > 1;
CREATE INDEX ix_a ON child (a, b);
CREATE TABLE kv (k TEXT, v, w INT NOT NULL, PRIMARY KEY (v, k COLLATE nocase DESC)) WITHOUT ROWID;
CREATE TABLE strict_t (id INTEGER PRIMARY KEY, k TEXT, v ANY) STRICT;
CREATE TABLE strict_k (a INT, b TEXT, PRIMARY KEY (a, b)) STRICT;
CREATE TABLE copied AS SELECT 1 AS one, 'x' AS "two words";
CREATE VIEW v (x) AS SELECT id FROM child;
CREATE TRIGGER tr AFTER INSERT ON child BEGIN SELECT 1; END;
CREATE VIRTUAL TABLE docs USING fts5(body);
ALTER TABLE kv ADD COLUMN added REAL DEFAULT 1.5;
)";

class InspectTest : public ::testing::Test {
 protected:
  void SetUp() override { connection_->execute(kSchema); }
  database::ConnectionPtr connection_ = database::open_sqlite(":memory:");
};

TEST_F(InspectTest, TablesAreSortedAndVirtualOnesLeftOut) {
  std::vector<std::string> names;
  schema::MetaData all = inspect(*connection_);
  for (const schema::Table& table : all.tables) {
    names.push_back(table.name);
    EXPECT_EQ(inspect_table(*connection_, table.name), table);
  }
  EXPECT_THAT(names,
              ::testing::ElementsAre("child", "copied", "kv", "parent", "strict_k", "strict_t"));
}

TEST_F(InspectTest, AWholeTable) {
  schema::Table t = inspect_table(*connection_, "CHILD");
  EXPECT_EQ(t.name, "child");
  const schema::Column& name = *t.column("Name");
  EXPECT_EQ(name.type, (sql::Type{.name = "VARCHAR", .length = 50, .collation = "NOCASE"}));
  EXPECT_FALSE(name.nullable);
  EXPECT_EQ(name.server_default, schema::ServerDefault(sql::raw("'x'")));
  EXPECT_EQ(std::get<std::string>(find_option(name.options, "sqlite_on_conflict_not_null")->value),
            "IGNORE");
  EXPECT_EQ(t.column("price")->server_default, schema::ServerDefault(sql::raw("(1 + 2)")));
  EXPECT_EQ(t.column("total")->computed, (schema::Computed{sql::raw("price * 2"), true}));
  EXPECT_TRUE(t.column("id")->primary_key);
  ASSERT_EQ(t.constraints.size(), 5U);
  EXPECT_EQ(std::get<schema::PrimaryKey>(t.constraints[0]),
            (schema::PrimaryKey{.name = {"pk_child", true}, .columns = {"id"}}));
  EXPECT_EQ(std::get<schema::Check>(t.constraints[1]).condition, sql::raw("price > 0"));
  schema::ForeignKey cascade;
  cascade.columns = {"parent_id"};
  cascade.referred_table = "parent";
  cascade.ondelete = "CASCADE";
  cascade.deferral = {true, "DEFERRED"};
  EXPECT_EQ(std::get<schema::ForeignKey>(t.constraints[2]), cascade);
  EXPECT_EQ(std::get<schema::ForeignKey>(t.constraints[3]).onupdate, "SET NULL");
  EXPECT_EQ(std::get<schema::Check>(t.constraints[4]).name, (schema::Name{"ck", true}));
  ASSERT_EQ(t.indexes.size(), 2U);
  EXPECT_EQ(t.indexes[0].keys, (std::vector<schema::IndexKey>{{"a", {}}, {"b", {}}}));
  EXPECT_TRUE(t.indexes[1].unique);
  EXPECT_EQ(t.indexes[1].keys, (std::vector<schema::IndexKey>{{"", sql::raw("name DESC")},
                                                              {"", sql::raw("lower(Name)")}}));
  EXPECT_EQ(std::get<sql::Expression>(find_option(t.indexes[1].options, "sqlite_where")->value),
            sql::raw("id > 1"));
}

TEST_F(InspectTest, OptionsOfTablesAndKeys) {
  EXPECT_NE(find_option(inspect_table(*connection_, "parent").options, "sqlite_autoincrement"),
            nullptr);
  schema::Table kv = inspect_table(*connection_, "kv");
  EXPECT_EQ(std::get<bool>(find_option(kv.options, "sqlite_with_rowid")->value), false);
  EXPECT_EQ(kv.primary_key()->columns, (std::vector<std::string>{"v", "k"}));
  EXPECT_EQ(std::get<std::vector<std::string>>(
                find_option(kv.primary_key()->options, "sqlite_keys")->value),
            (std::vector<std::string>{"v", "k COLLATE nocase DESC"}));
  EXPECT_NE(kv.column("added"), nullptr);
  EXPECT_NE(find_option(inspect_table(*connection_, "strict_t").options, "sqlite_strict"), nullptr);
}

// The parser must agree with the engine about everything that PRAGMAs tell.
TEST_F(InspectTest, AgreesWithThePragmas) {
  auto number = [](const sql::Datum& value) { return std::get<std::int64_t>(value); };
  auto text = [](const sql::Datum& value) {
    const auto* found = std::get_if<std::string>(&value);
    return found != nullptr ? *found : std::string();
  };
  for (const schema::Table& table : inspect(*connection_).tables) {
    sql::Datum name = table.name;
    auto columns = connection_->query(
        "SELECT name, type, \"notnull\", pk, hidden FROM pragma_table_xinfo(?)", {&name, 1});
    std::size_t count = 0;
    while (columns->next()) {
      ASSERT_LT(count, table.columns.size());
      const schema::Column& column = table.columns[count++];
      std::string where = table.name + "." + column.name;
      EXPECT_EQ(text(columns->get(0)), column.name);
      std::string declared =
          std::get<std::string>(find_option(column.options, "sqlite_declared_type")->value);
      EXPECT_EQ(text(columns->get(1)), declared) << where;
      EXPECT_EQ(number(columns->get(2)) == 0, column.nullable) << where;
      EXPECT_EQ(number(columns->get(3)) > 0, column.primary_key) << where;
      if (column.primary_key) {
        EXPECT_EQ(
            table.primary_key()->columns.at(static_cast<std::size_t>(number(columns->get(3))) - 1),
            column.name);
      }
      std::int64_t hidden = column.computed ? (*column.computed->persisted ? 3 : 2) : 0;
      EXPECT_EQ(number(columns->get(4)), hidden) << where;
    }
    EXPECT_EQ(count, table.columns.size()) << table.name;
    auto keys =
        std::count_if(table.constraints.begin(), table.constraints.end(),
                      [](const auto& c) { return std::holds_alternative<schema::ForeignKey>(c); });
    EXPECT_EQ(connection_->scalar("SELECT count(DISTINCT id) FROM pragma_foreign_key_list(?)",
                                  {&name, 1}),
              sql::Datum(static_cast<std::int64_t>(keys)));
    EXPECT_EQ(connection_->scalar("SELECT count(*) FROM pragma_index_list(?) WHERE origin = 'c'",
                                  {&name, 1}),
              sql::Datum(static_cast<std::int64_t>(table.indexes.size())));
  }
}

TEST_F(InspectTest, ViewsTriggersAndVirtualTables) {
  std::vector<View> views = inspect_views(*connection_);
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].definition, "SELECT id FROM child");
  EXPECT_EQ(views[0].columns, (std::vector<std::string>{"x"}));
  std::vector<Trigger> triggers = inspect_triggers(*connection_);
  ASSERT_EQ(triggers.size(), 1U);
  EXPECT_EQ(triggers[0].table, "child");
  ASSERT_EQ(inspect_virtual_tables(*connection_).size(), 1U);
}

TEST_F(InspectTest, AttachedDatabases) {
  connection_->execute("ATTACH ':memory:' AS \"Other one\"; CREATE TABLE \"Other one\".t (a)");
  EXPECT_THAT(inspect_schemas(*connection_), ::testing::ElementsAre("main", "Other one"));
  schema::MetaData other = inspect(*connection_, "Other one");
  ASSERT_EQ(other.tables.size(), 1U);
  EXPECT_EQ(other.tables[0].full_name(), "Other one.t");
}

TEST_F(InspectTest, AMissingTableIsSaid) {
  try {
    inspect_table(*connection_, "chil");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_THAT(error.hint(), HasSubstr("child"));
  }
}

TEST(TypeOf, FollowsSqlalchemy) {
  struct Case {
    std::string declared;
    sql::Type type;
  };
  const Case kCases[] = {
      {"integer", {.name = "INTEGER"}},
      {"VARCHAR(20)", {.name = "VARCHAR", .length = 20}},
      {"decimal(10, 2)", {.name = "DECIMAL", .precision = 10, .scale = 2}},
      {"NUMERIC(5)", {.name = "NUMERIC", .precision = 5}},
      {"BOOLEAN", {.name = "BOOLEAN"}},
      {"UNSIGNED BIG INT", {.name = "INTEGER"}},
      {"NATIVE CHARACTER(70)", {.name = "TEXT", .length = 70}},
      {"DOUBLE PRECISION", {.name = "REAL"}},
      {"JSON", {.name = "JSON", .dialect = "sqlite"}},
      {"UUID", {.name = "NUMERIC"}},
      {"", {.name = "NullType"}},
      {"INTEGER(11)", {.name = "INTEGER"}},
  };
  for (const Case& test : kCases) EXPECT_EQ(type_of(test.declared), test.type) << test.declared;
}

}  // namespace
}  // namespace retort::dialect::sqlite
