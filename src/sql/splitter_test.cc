#include "sql/splitter.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace retort::sql {
namespace {

using enum SplitDialect;

std::vector<std::string> texts(std::string_view script, SplitDialect dialect) {
  std::vector<std::string> out;
  for (const SplitStatement& s : split_statements(script, dialect)) {
    if (s.text.begin < s.text.end) {
      out.emplace_back(script.substr(s.text.begin, s.text.end - s.text.begin));
    }
  }
  return out;
}

struct Case {
  const char* name;
  SplitDialect dialect;
  const char* script;
  std::vector<std::string> expected;
};

TEST(Splitter, FindsTheStatements) {
  const std::vector<Case> cases = {
      {"two", kSqlite, "SELECT 1; SELECT 2", {"SELECT 1", "SELECT 2"}},
      {"empty", kSqlite, "  -- nothing\n", {}},
      {"empty statements", kSqlite, ";;SELECT 1;;", {"SELECT 1"}},
      {"string", kSqlite, "SELECT 'a;''b'; SELECT 2", {"SELECT 'a;''b'", "SELECT 2"}},
      {"identifiers",
       kSqlite,
       "SELECT \"a;b\", [c;d], `e;f`; X",
       {"SELECT \"a;b\", [c;d], `e;f`", "X"}},
      {"comments",
       kSqlite,
       "SELECT 1 -- a;b\n, /* c;d */ 2; X",
       {"SELECT 1 -- a;b\n, /* c;d */ 2", "X"}},
      {"leading comment", kSqlite, "-- first;\nSELECT 1;", {"SELECT 1"}},
      {"nested comment",
       kPostgresql,
       "SELECT /* a /* b; */ c; */ 1; X",
       {"SELECT /* a /* b; */ c; */ 1", "X"}},
      {"dollar", kPostgresql, "DO $$ BEGIN a; END $$; X", {"DO $$ BEGIN a; END $$", "X"}},
      {"dollar tag", kPostgresql, "SELECT $a$ ; $$ ; $a$; X", {"SELECT $a$ ; $$ ; $a$", "X"}},
      {"parameter is no dollar quote",
       kPostgresql,
       "SELECT $1; SELECT $1",
       {"SELECT $1", "SELECT $1"}},
      {"escape string", kPostgresql, "SELECT E'a\\';b'; X", {"SELECT E'a\\';b'", "X"}},
      {"plain backslash", kPostgresql, "SELECT 'a\\'; X", {"SELECT 'a\\'", "X"}},
      {"atomic body",
       kPostgresql,
       "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; "
       "END; X",
       {"CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; "
        "END",
        "X"}},
      {"transaction", kPostgresql, "BEGIN; SELECT 1; END; X", {"BEGIN", "SELECT 1", "END", "X"}},
      {"trigger",
       kSqlite,
       "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE "
       "FROM d; END; X",
       {"CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE b SET c = CASE WHEN 1 THEN 2 END; DELETE "
        "FROM d; END",
        "X"}},
      {"temp trigger",
       kSqlite,
       "CREATE TEMP TRIGGER t DELETE ON a BEGIN SELECT 1; END; X",
       {"CREATE TEMP TRIGGER t DELETE ON a BEGIN SELECT 1; END", "X"}},
      {"sqlite transaction", kSqlite, "BEGIN; SELECT 1; COMMIT", {"BEGIN", "SELECT 1", "COMMIT"}},
      {"mysql comment",
       kMysql,
       "SELECT 1 # a;b\n; SELECT 1--1; X",
       {"SELECT 1", "SELECT 1--1", "X"}},
      {"mysql backslash", kMysql, "SELECT 'a\\';b'; X", {"SELECT 'a\\';b'", "X"}},
      {"delimiter",
       kMysql,
       "DELIMITER //\nCREATE PROCEDURE p() BEGIN a; b; END//\nDELIMITER ;\nX;",
       {"CREATE PROCEDURE p() BEGIN a; b; END", "X"}},
      {"mysql body",
       kMysql,
       "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF x THEN y; END IF; z; END; X",
       {"CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN IF x THEN y; END IF; z; END", "X"}},
      {"executable comment",
       kMysql,
       "/*!40101 SET NAMES utf8 */; X",
       {"/*!40101 SET NAMES utf8 */", "X"}},
      {"open string", kSqlite, "SELECT 'a; b", {"SELECT 'a; b"}},
  };
  for (const Case& c : cases) EXPECT_EQ(texts(c.script, c.dialect), c.expected) << c.name;
}

TEST(Splitter, PiecesJoinToTheScript) {
  static const std::vector<std::string> kParts = {"SELECT 1",
                                                  ";",
                                                  "\n",
                                                  " ",
                                                  "'a;b'",
                                                  "\"x",
                                                  "$$",
                                                  "$t$",
                                                  "-- c\n",
                                                  "/*",
                                                  "*/",
                                                  "BEGIN",
                                                  "END",
                                                  "CREATE TRIGGER t",
                                                  "CREATE FUNCTION f",
                                                  "ATOMIC",
                                                  "CASE",
                                                  "E'\\'",
                                                  "`",
                                                  "[",
                                                  "]",
                                                  "DELIMITER //\n",
                                                  "//",
                                                  "#",
                                                  "\\",
                                                  "\xC3\xA9"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string script;
    const auto size = random() % 14;
    for (std::size_t i = 0; i < size; ++i) script += kParts[random() % kParts.size()];
    for (const SplitDialect dialect : {kSqlite, kPostgresql, kMysql}) {
      std::size_t at = 0;
      for (const SplitStatement& s : split_statements(script, dialect)) {
        ASSERT_EQ(s.whole.begin, at) << script;
        ASSERT_GT(s.whole.end, s.whole.begin) << script;
        ASSERT_LE(s.whole.begin, s.text.begin) << script;
        ASSERT_LE(s.text.begin, s.text.end) << script;
        ASSERT_LE(s.text.end, s.whole.end) << script;
        at = s.whole.end;
      }
      ASSERT_EQ(at, script.size()) << script;
    }
  }
}

}  // namespace
}  // namespace retort::sql
