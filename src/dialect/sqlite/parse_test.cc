#include "dialect/sqlite/parse.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "dialect/sqlite/parse_token.h"

namespace retort::dialect::sqlite {
namespace {

using ::testing::ElementsAre;

TEST(ParseToken, TokensCoverAllButSpaceAndComments) {
  std::string sql = "a\"b\"\"c\"`d`[e f]'g''h'x'00' 1.5e-3 .5 0x1F ->> || <= ( -- c\n/* d */ é$1";
  std::vector<std::string> texts;
  for (const Token& token : tokenize(sql)) texts.emplace_back(text_of(sql, token.span));
  EXPECT_THAT(texts, ElementsAre("a", "\"b\"\"c\"", "`d`", "[e f]", "'g''h'", "x'00'", "1.5e-3",
                                 ".5", "0x1F", "->>", "||", "<=", "(", "é$1"));
  EXPECT_TRUE(tokenize(" -- only").empty());
  EXPECT_TRUE(tokenize("/* open").empty());
  EXPECT_THROW(tokenize("'open"), Error);
}

TEST(ParseToken, Names) {
  EXPECT_EQ(unquoted("\"b\"\"c\""), "b\"c");
  EXPECT_EQ(unquoted("[e f]"), "e f");
  EXPECT_EQ(unquoted("plain"), "plain");
  EXPECT_EQ(quoted("plain_1"), "plain_1");
  EXPECT_EQ(quoted("Plain"), "\"Plain\"");
  EXPECT_EQ(quoted("select"), "\"select\"");
  EXPECT_EQ(quoted("1a"), "\"1a\"");
  EXPECT_EQ(quoted("a\"b"), "\"a\"\"b\"");
  EXPECT_TRUE(same_tokens("A > 1 /* x */ AND [b c]='X'", "a>1 and \"b c\" = 'X'"));
  EXPECT_FALSE(same_tokens("a > 'x'", "a > 'X'"));
  EXPECT_FALSE(same_tokens("a > 1", "a > 1 + 1"));
}

// Everything a column can hold, with comments in the way.
constexpr std::string_view kWide = R"(CREATE TABLE "wide table" (
  id INTEGER CONSTRAINT pk PRIMARY KEY ASC ON CONFLICT ROLLBACK AUTOINCREMENT, -- the key
  [a b] VARCHAR (50) COLLATE NOCASE NOT NULL ON CONFLICT FAIL DEFAULT 'x,y)' /* text */,
  c DOUBLE PRECISION(1, -2) CONSTRAINT c_ck CHECK (c > 0 AND c < (1 + 2)) UNIQUE ON CONFLICT IGNORE,
  d DEFAULT -1 REFERENCES other (x) ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL
    NOT DEFERRABLE INITIALLY IMMEDIATE,
  e DEFAULT (1 + (2)) NULL CONSTRAINT loose,
  f INT GENERATED ALWAYS AS (id * 2) STORED,
  g AS (d || ')') VIRTUAL,
  h "odd type" DEFAULT CURRENT_TIMESTAMP REFERENCES "wide table",
  CONSTRAINT u UNIQUE ("a b" COLLATE binary DESC, c) ON CONFLICT REPLACE
  CHECK (c <> 5) CONSTRAINT fk FOREIGN KEY (d, "e") REFERENCES other (x, y) DEFERRABLE
    INITIALLY DEFERRED,
  CHECK (e > 1) -- last
))";

TEST(ParseTable, ReadsEveryClauseWithItsText) {
  ParsedTable t = parse_table(kWide);
  EXPECT_EQ(t.name.text, "wide table");
  std::vector<std::string> names;
  std::vector<std::string> types;
  for (const ParsedColumn& column : t.columns) {
    names.push_back(column.name.text);
    types.emplace_back(t.text(column.type));
  }
  EXPECT_THAT(names, ElementsAre("id", "a b", "c", "d", "e", "f", "g", "h"));
  EXPECT_THAT(types, ElementsAre("INTEGER", "VARCHAR (50)", "DOUBLE PRECISION(1, -2)", "", "",
                                 "INT", "", "\"odd type\""));

  const ParsedClause& key = t.columns[0].clauses.at(0);
  EXPECT_EQ(t.text(key.span), "CONSTRAINT pk PRIMARY KEY ASC ON CONFLICT ROLLBACK AUTOINCREMENT");
  EXPECT_EQ(t.text(key.keyword), "PRIMARY");
  EXPECT_EQ(t.text(key.autoincrement), "AUTOINCREMENT");
  EXPECT_EQ(key.conflict, "ROLLBACK");
  EXPECT_TRUE(t.autoincrement());
  ASSERT_NE(t.rowid_column(), nullptr);

  const ParsedColumn& text = t.columns[1];
  EXPECT_EQ(text.clause(ClauseKind::kCollate)->collation, "NOCASE");
  EXPECT_EQ(text.clause(ClauseKind::kNotNull)->conflict, "FAIL");
  EXPECT_EQ(t.text(text.clause(ClauseKind::kDefault)->expression), "'x,y)'");

  const ParsedClause& check = *t.columns[2].clause(ClauseKind::kCheck);
  EXPECT_EQ(check.name->text, "c_ck");
  EXPECT_EQ(t.text(check.expression), "c > 0 AND c < (1 + 2)");
  EXPECT_EQ(t.columns[2].clause(ClauseKind::kUnique)->conflict, "IGNORE");

  const ParsedReference& reference = t.columns[3].clause(ClauseKind::kForeignKey)->reference;
  EXPECT_EQ(t.text(t.columns[3].clause(ClauseKind::kDefault)->expression), "-1");
  EXPECT_EQ(reference.table.text, "other");
  EXPECT_EQ(reference.on_delete, "SET NULL");
  EXPECT_EQ(reference.on_update, "NO ACTION");
  EXPECT_EQ(reference.match, "FULL");
  EXPECT_EQ(reference.deferrable, false);
  EXPECT_EQ(reference.initially, "IMMEDIATE");

  EXPECT_EQ(t.text(t.columns[4].clause(ClauseKind::kDefault)->expression), "(1 + (2))");
  EXPECT_EQ(t.columns[4].clauses.back().kind, ClauseKind::kNameOnly);
  EXPECT_TRUE(t.columns[5].clause(ClauseKind::kGenerated)->stored);
  EXPECT_EQ(t.text(t.columns[6].clause(ClauseKind::kGenerated)->expression), "d || ')'");
  EXPECT_FALSE(t.columns[6].clause(ClauseKind::kGenerated)->stored);

  ASSERT_EQ(t.clauses.size(), 4U);
  EXPECT_EQ(t.clauses[0].keys.at(0).column, "a b");
  EXPECT_EQ(t.clauses[0].keys.at(0).collation, "binary");
  EXPECT_TRUE(t.clauses[0].keys.at(0).descending);
  EXPECT_EQ(t.clauses[0].conflict, "REPLACE");
  EXPECT_EQ(t.text(t.clauses[1].span), "CHECK (c <> 5)");
  EXPECT_EQ(t.clauses[2].name->text, "fk");
  EXPECT_EQ(t.clauses[2].reference.initially, "DEFERRED");
  EXPECT_EQ(t.text(t.clauses[2].keys.at(1).span), "\"e\"");
  EXPECT_EQ(t.text(t.clauses[3].span), "CHECK (e > 1)");
  EXPECT_TRUE(t.text(t.body).ends_with("-- last\n"));
}

TEST(ParseTable, OptionsAndRowids) {
  struct Case {
    std::string sql;
    bool without_rowid;
    bool strict;
    std::string rowid;
  };
  const Case kCases[] = {
      {"CREATE TABLE t(a INTEGER PRIMARY KEY)", false, false, "a"},
      {"CREATE TABLE t(a INTEGER PRIMARY KEY DESC)", false, false, ""},
      {"CREATE TABLE t(a INTEGER, PRIMARY KEY(A DESC))", false, false, "a"},
      {"CREATE TABLE t(a INT PRIMARY KEY)", false, false, ""},
      {"CREATE TABLE t(a INTEGER, b, PRIMARY KEY(a, b))", false, false, ""},
      {"CREATE TABLE t(a INTEGER PRIMARY KEY) WITHOUT ROWID", true, false, ""},
      {"CREATE TEMP TABLE IF NOT EXISTS temp.t(a int) strict, Without rowid;", true, true, ""},
  };
  for (const Case& test : kCases) {
    ParsedTable t = parse_table(test.sql);
    EXPECT_EQ(t.name.text, "t");
    EXPECT_EQ(t.without_rowid, test.without_rowid) << test.sql;
    EXPECT_EQ(t.strict, test.strict) << test.sql;
    EXPECT_EQ(t.rowid_column() != nullptr ? t.rowid_column()->name.text : "", test.rowid);
  }
}

TEST(ParseTable, WhatIsNoTableIsSaidWithItsPlace) {
  for (std::string_view sql :
       {"CREATE TABLE", "CREATE TABLE t", "CREATE TABLE t(a", "CREATE TABLE t(a) FOO",
        "CREATE TABLE t(a CHECK a > 1)", "CREATE TABLE t(a, UNIQUE ())", "DROP TABLE t",
        "CREATE TABLE t(a DEFAULT)", "CREATE TABLE t(a) x y", "CREATE TABLE t(a NOT)"}) {
    try {
      parse_table(sql);
      ADD_FAILURE() << sql;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code::kSyntax) << sql;
      EXPECT_TRUE(error.place()) << sql;
    }
  }
}

TEST(ParseIndex, KeysAndCondition) {
  ParsedIndex i = parse_index(
      "CREATE UNIQUE INDEX IF NOT EXISTS main.\"ix 1\" ON t (a, b COLLATE nocase DESC, "
      "lower(c) ASC, d + 1) WHERE a > 1 AND b IS NOT NULL");
  EXPECT_TRUE(i.unique);
  EXPECT_EQ(i.name.text, "ix 1");
  EXPECT_EQ(i.table.text, "t");
  ASSERT_EQ(i.keys.size(), 4U);
  EXPECT_EQ(i.keys[0].column, "a");
  EXPECT_EQ(i.keys[1].column, "b");
  EXPECT_EQ(i.keys[1].collation, "nocase");
  EXPECT_TRUE(i.keys[1].descending);
  EXPECT_EQ(i.keys[2].column, "");
  EXPECT_EQ(i.text(i.keys[2].expression), "lower(c)");
  EXPECT_EQ(i.text(i.keys[3].span), "d + 1");
  EXPECT_EQ(i.text(i.where), "a > 1 AND b IS NOT NULL");
}

TEST(ParseObjects, TriggersAndViews) {
  ParsedTrigger t = parse_trigger(
      "CREATE TEMP TRIGGER [tr] AFTER UPDATE OF a, \"b\" ON main.t BEGIN SELECT 1; END");
  EXPECT_EQ(t.name.text, "tr");
  EXPECT_EQ(t.timing + "|" + t.event + "|" + t.table.text, "AFTER|UPDATE|t");
  ASSERT_EQ(t.columns.size(), 2U);
  EXPECT_EQ(t.columns[1].text, "b");
  ParsedTrigger instead =
      parse_trigger("CREATE TRIGGER x INSTEAD OF INSERT ON v BEGIN SELECT 1; END");
  EXPECT_EQ(instead.timing + "|" + instead.event + "|" + instead.table.text, "INSTEAD OF|INSERT|v");
  ParsedView v = parse_view("CREATE VIEW v (x, y) AS SELECT 1, 2 -- end\n;");
  EXPECT_EQ(v.columns.size(), 2U);
  EXPECT_EQ(text_of(v.sql, v.select), "SELECT 1, 2");
}

TEST(ParseMentions, ColumnsAreToldFromFunctionsAndStrings) {
  std::string text = "a + t.A + \"a\" + a(1) + 'a' + ab COLLATE a + CAST(b AS a) + a.b";
  std::vector<std::size_t> found;
  for (Span span : mentions(text, "a")) found.push_back(span.begin);
  EXPECT_THAT(found, ElementsAre(0U, 6U, 10U));
}

}  // namespace
}  // namespace retort::dialect::sqlite
