#include <algorithm>

#include "base/file.h"
#include "dialect/postgresql/canonical.h"
#include "dialect/postgresql/inspect.h"
#include "postgresql_live.h"
#include "schema/dump.h"

namespace retort {
namespace {

namespace pg = dialect::postgresql;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// One database with everything that an inspector can meet, for all tests.
class PostgresqlSchema : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    database::ConnectionPtr connection = connect_live();
    connection->execute(
        read_file(std::string(RETORT_SOURCE_DIR) + "/tests/oracle/postgresql/rich.sql"));
    // SQLAlchemy has no type for `name`: it reflects a String.
    connection->execute("ALTER TABLE types DROP COLUMN c_name");
  }
  database::ConnectionPtr connection_ = connect_live();
};

std::vector<std::string> table_names(const schema::MetaData& metadata) {
  std::vector<std::string> out;
  for (const schema::Table& table : metadata.tables) out.push_back(table.name);
  return out;
}

// What CREATE TABLE does not say.
void forget_later_settings(schema::MetaData& metadata) {
  for (schema::Table& table : metadata.tables) {
    auto forget = [](schema::Options& options) {
      std::erase_if(options, [](const schema::Option& option) {
        return option.name == "postgresql_comment" || option.name == "postgresql_not_valid";
      });
    };
    forget(table.options);
    for (schema::Constraint& constraint : table.constraints) {
      std::visit([&](auto& one) { forget(one.options); }, constraint);
    }
  }
}

TEST_F(PostgresqlSchema, PartitionsAndObjectsOfExtensionsAreLeftOut) {
  schema::MetaData found = pg::inspect(*connection_);
  EXPECT_THAT(table_names(found), Contains("measure"));
  EXPECT_THAT(table_names(found), Not(Contains("measure_2024")));
  for (const schema::Definition& one : found.definitions) {
    if (one.kind != schema::Definition::Kind::kFunction) continue;
    EXPECT_EQ(one.name, "touch()");
  }
}

TEST_F(PostgresqlSchema, SequencesOfColumnsBelongToThem) {
  schema::MetaData found = pg::inspect(*connection_);
  ASSERT_EQ(found.sequences.size(), 1U);
  EXPECT_EQ(found.sequences[0].name, "free_seq");
  const schema::Column* id = found.table("", "types")->column("id");
  EXPECT_NE(schema::find_option(id->options, "postgresql_serial"), nullptr);
  EXPECT_FALSE(id->server_default);
}

// The law of the canonical form: what the engine says of a schema, made anew, is what it said.
TEST_F(PostgresqlSchema, ACopyReadsAsItsOriginal) {
  for (const std::string schema : {"", "app"}) {
    schema::MetaData have = pg::inspect(*connection_, schema);
    schema::MetaData copy = pg::canonical(have, *connection_);
    forget_later_settings(have);
    ASSERT_EQ(table_names(copy), table_names(have));
    for (std::size_t i = 0; i < have.tables.size(); ++i) {
      EXPECT_EQ(copy.tables[i], have.tables[i])
          << schema::dump(copy.tables[i]) << schema::dump(have.tables[i]);
    }
    // The types of other schemas that its tables use are made as well.
    auto elsewhere = [&](const auto& one) { return one.schema != schema; };
    std::erase_if(copy.enums, elsewhere);
    for (auto* definitions : {&copy.definitions, &have.definitions}) {
      std::erase_if(*definitions, elsewhere);
    }
    EXPECT_EQ(copy.enums, have.enums);
    EXPECT_EQ(copy.sequences, have.sequences);
    auto key = [](const schema::Definition& one) { return std::pair(one.kind, one.name); };
    std::ranges::sort(copy.definitions, {}, key);
    std::ranges::sort(have.definitions, {}, key);
    ASSERT_EQ(copy.definitions.size(), have.definitions.size());
    for (std::size_t i = 0; i < have.definitions.size(); ++i) {
      EXPECT_EQ(copy.definitions[i].sql, have.definitions[i].sql);
    }
  }
}

TEST_F(PostgresqlSchema, NothingIsLeftOfACopy) {
  schema::MetaData have = pg::inspect(*connection_);
  pg::canonical(have, *connection_);
  schema::MetaData wrong = have;
  wrong.tables[0].columns.back().type = sql::Type{.name = "UserDefined", .sql = "nosuchtype"};
  Error error = error_of([&] { pg::canonical(wrong, *connection_); });
  EXPECT_THAT(error.message(), HasSubstr("table " + wrong.tables[0].name));
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_THAT(pg::inspect_schemas(*connection_), Each(Not(HasSubstr("retort"))));
  // Inside a transaction of somebody else's the rest of it stays.
  connection_->begin();
  connection_->execute("CREATE TABLE kept (a int)");
  pg::canonical(have, *connection_);
  EXPECT_TRUE(connection_->in_transaction());
  EXPECT_THAT(table_names(pg::inspect(*connection_)), Contains("kept"));
  connection_->rollback();
}

TEST_F(PostgresqlSchema, TheWordsOfTheEngine) {
  schema::MetaData wanted;
  schema::Table table;
  table.name = "words";
  schema::Column column;
  column.name = "at";
  column.type = sql::Type{.name = "DateTime", .timezone = true};
  column.server_default = sql::raw("CURRENT_TIMESTAMP");
  table.columns.push_back(column);
  column = {};
  column.name = "mood";
  column.type = sql::Type{.name = "Enum", .values = {"sad", "great"}, .type_name = "mood"};
  column.server_default = std::string("sad");
  table.columns.push_back(column);
  table.constraints.push_back(
      schema::Check{.name = {"ck", true}, .condition = sql::raw("mood in ('sad', 'great')")});
  wanted.tables.push_back(table);
  schema::MetaData found = pg::canonical(wanted, *connection_);
  ASSERT_EQ(found.tables.size(), 1U);
  const schema::Table& made = found.tables[0];
  EXPECT_EQ(made.columns[0].type.name, "TIMESTAMP");
  EXPECT_EQ(made.columns[0].server_default, schema::ServerDefault(sql::raw("CURRENT_TIMESTAMP")));
  // The type of this name that the database has is another one.
  EXPECT_EQ(made.columns[1].type.values, (std::vector<std::string>{"sad", "great"}));
  EXPECT_EQ(made.columns[1].type.schema, "");
  EXPECT_EQ(made.columns[1].server_default, schema::ServerDefault(sql::raw("'sad'::mood")));
  EXPECT_EQ(std::get<schema::Check>(made.constraints[0]).condition,
            sql::raw("mood = ANY (ARRAY['sad'::mood, 'great'::mood])"));
}

}  // namespace
}  // namespace retort
