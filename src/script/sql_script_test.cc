#include "script/sql_script.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace retort::script {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SourcePtr source(std::string text) {
  return std::make_shared<Source>("v/a_x.sql", std::move(text));
}

std::vector<std::string> statements(
    const std::string& text, bool upgrade,
    const Variables& variables = [](std::string_view) { return std::optional<std::string>(); }) {
  std::vector<std::string> out;
  for (const auto& statement :
       read_sql_section(source(text), upgrade, sql::SplitDialect::kSqlite, variables).statements) {
    out.push_back(statement.sql);
  }
  return out;
}

constexpr std::string_view kScript = R"(-- revision: c
-- down_revision: a, b
-- branch_labels: web
-- depends_on: x
-- message: merge the two

-- upgrade
CREATE TABLE t (a TEXT); -- not the end; really
INSERT INTO t VALUES (';');
-- downgrade
DROP TABLE t;
)";

TEST(SqlScript, header) {
  Script script = read_sql_header(source(std::string(kScript)), "/v/a_x.sql");
  EXPECT_EQ(script.revision.id, "c");
  EXPECT_THAT(script.revision.down_revisions, ElementsAre("a", "b"));
  EXPECT_THAT(script.revision.branch_labels, ElementsAre("web"));
  EXPECT_THAT(script.revision.depends_on, ElementsAre("x"));
  EXPECT_EQ(script.message(), "merge the two");
  EXPECT_EQ(script.language, Language::kSql);
}

TEST(SqlScript, parts) {
  EXPECT_THAT(statements(std::string(kScript), true),
              ElementsAre("CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES (';')"));
  EXPECT_THAT(statements(std::string(kScript), false), ElementsAre("DROP TABLE t"));
  EXPECT_THAT(statements("-- revision: a\n-- upgrade\n-- downgrade\n", true), IsEmpty());
}

TEST(SqlScript, a_part_that_is_not_there) {
  try {
    statements("-- revision: a\n-- upgrade\nSELECT 1;\n", false);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.render(), HasSubstr("no '-- downgrade' part"));
  }
}

TEST(SqlScript, only_files_that_name_a_revision) {
  EXPECT_TRUE(is_sql_revision("\n-- a note\n-- Revision ID: abc\nSELECT 1;"));
  EXPECT_FALSE(is_sql_revision("SELECT 1;\n-- revision: a\n"));
  EXPECT_FALSE(is_sql_revision("-- views of the report\nCREATE VIEW v AS SELECT 1;"));
}

TEST(SqlScript, parts_as_other_tools_mark_them) {
  EXPECT_THAT(
      statements("-- revision: a\n-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;", true),
      ElementsAre("SELECT 1"));
  EXPECT_THAT(
      statements("-- revision: a\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;", false),
      ElementsAre("SELECT 2"));
}

bool in_transaction(const std::string& text, bool upgrade) {
  return read_sql_section(source(text), upgrade, sql::SplitDialect::kPostgresql,
                          [](std::string_view) { return std::nullopt; })
      .transaction;
}

TEST(SqlScript, transaction_of_the_whole_file_or_of_one_part) {
  std::string both = "-- revision: a\n-- transaction: off\n-- upgrade\nSELECT 1;\n-- downgrade\n";
  EXPECT_FALSE(in_transaction(both, true));
  EXPECT_FALSE(in_transaction(both, false));
  std::string one = "-- revision: a\n-- upgrade\n-- transaction: off\nSELECT 1;\n-- downgrade\n";
  EXPECT_FALSE(in_transaction(one, true));
  EXPECT_TRUE(in_transaction(one, false));
  EXPECT_FALSE(in_transaction("-- revision: a\n-- migrate:up transaction:false\nSELECT 1;", true));
  EXPECT_THROW(in_transaction("-- revision: a\n-- transaction: never\n-- upgrade\n", true), Error);
}

TEST(SqlScript, variables) {
  Variables known = [](std::string_view name) {
    return name == "owner" ? std::optional<std::string>("ann") : std::nullopt;
  };
  std::string head = "-- revision: a\n-- upgrade\n";
  EXPECT_THAT(statements(head + "GRANT x TO ${owner};", true, known),
              ElementsAre("GRANT x TO ann"));
  EXPECT_THAT(statements(head + "GRANT x TO ${other:-bob};", true, known),
              ElementsAre("GRANT x TO bob"));
  EXPECT_THAT(statements(head + "SELECT '${not a name}';", true, known),
              ElementsAre("SELECT '${not a name}'"));
  EXPECT_THAT(statements(head + "-- variables: off\nSELECT '${owner}';", true, known),
              ElementsAre("SELECT '${owner}'"));
  try {
    statements(head + "SELECT 1;\nGRANT x TO ${other};", true, known);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.place().str(), "v/a_x.sql:4:12");
  }
}

}  // namespace
}  // namespace retort::script
