#include "dialect/sqlite/rebuild_text.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "dialect/sqlite/rebuild_order.h"

namespace retort::dialect::sqlite {
namespace {

TEST(TableText, WhatIsNotTouchedKeepsItsSpelling) {
  for (std::string_view sql : {
           "CREATE TABLE t(a, b)",
           "CREATE TABLE t (\n  a INT, -- the a\n  /* before b */ b TEXT /* b */,\n  UNIQUE (a)\n)",
           "CREATE TABLE t(a,b,CHECK (a > 0)/* c */) WITHOUT ROWID /* x */ , strict",
           "CREATE TABLE t\n( a -- end\n)",
           "CREATE TABLE t(a, b) STRICT",
       }) {
    EXPECT_EQ(TableText(parse_table(sql)).str("t"), sql);
  }
}

TEST(TableText, CommentsGoWithTheirItem) {
  TableText text(parse_table(
      "CREATE TABLE t (\n  a INT, -- the a\n  -- about b\n  b TEXT, -- the b\n  c -- the c\n)"));
  TableText without_b = text;
  without_b.columns.erase(without_b.columns.begin() + 1);
  EXPECT_EQ(without_b.str("t"), "CREATE TABLE t (\n  a INT, -- the a\n  c -- the c\n)");
  TableText swapped = text;
  std::swap(swapped.columns[0], swapped.columns[2]);
  EXPECT_EQ(
      swapped.str("x"),
      "CREATE TABLE x (\n  c, -- the c\n  -- about b\n  b TEXT, -- the b\n  a INT -- the a\n)");
  TableText longer = text;
  longer.columns.push_back(text.item("d INT"));
  longer.clauses.push_back(text.item("UNIQUE (d)"));
  EXPECT_EQ(longer.str("t"),
            "CREATE TABLE t (\n  a INT, -- the a\n  -- about b\n  b TEXT, -- the b\n  c, -- the c\n"
            "  d INT,\n  UNIQUE (d)\n)");
}

TEST(TableText, ACommentNeverSwallowsWhatFollows) {
  TableText text(parse_table("CREATE TABLE t (a -- one\n, b -- two\n)"));
  std::swap(text.columns[0], text.columns[1]);
  ParsedTable again = parse_table(text.str("t"));
  ASSERT_EQ(again.columns.size(), 2U);
  EXPECT_EQ(again.columns[0].name.text, "b");
  text.columns.pop_back();
  EXPECT_EQ(parse_table(text.str("t")).columns.size(), 1U);
  EXPECT_EQ(without_clauses("a -- note\n NOT NULL DEFAULT 1", {0}), "a -- note\n DEFAULT 1");
}

TEST(ColumnText, EditsChangeOneClause) {
  const std::string wide = "a VARCHAR(5) COLLATE nocase CONSTRAINT nn NOT NULL DEFAULT 'x' UNIQUE";
  struct Case {
    std::string result;
    std::string expected;
  };
  const Case kCases[] = {
      {with_type(wide, "TEXT"), "a TEXT COLLATE nocase CONSTRAINT nn NOT NULL DEFAULT 'x' UNIQUE"},
      {with_type("a", "TEXT"), "a TEXT"},
      {with_type("a /* n */ NOT NULL", "INT"), "a INT /* n */ NOT NULL"},
      {with_type("a INT NOT NULL", ""), "a NOT NULL"},
      {with_nullable(wide, true), "a VARCHAR(5) COLLATE nocase DEFAULT 'x' UNIQUE"},
      {with_nullable(wide, false), wide},
      {with_nullable("a INT", false), "a INT NOT NULL"},
      {with_nullable("a INT DEFAULT 3 CHECK (a > 1)", false),
       "a INT DEFAULT 3 NOT NULL CHECK (a > 1)"},
      {with_nullable("a NULL", false), "a NOT NULL"},
      {with_default(wide, std::nullopt),
       "a VARCHAR(5) COLLATE nocase CONSTRAINT nn NOT NULL UNIQUE"},
      {with_default(wide, "'y'"),
       "a VARCHAR(5) COLLATE nocase CONSTRAINT nn NOT NULL DEFAULT 'y' UNIQUE"},
      {with_default("a INT NOT NULL", "(1 + 1)"), "a INT DEFAULT (1 + 1) NOT NULL"},
      {with_generated("a INT DEFAULT 1", "AS (b * 2) STORED"), "a INT AS (b * 2) STORED"},
      {with_generated("a INT GENERATED ALWAYS AS (b) VIRTUAL NOT NULL", std::nullopt),
       "a INT NOT NULL"},
      {with_generated("a AS (b)", "AS (c)"), "a AS (c)"},
      {with_collation("a TEXT NOT NULL", "nocase"), "a TEXT COLLATE nocase NOT NULL"},
      {with_collation(wide, "rtrim"),
       "a VARCHAR(5) COLLATE rtrim CONSTRAINT nn NOT NULL DEFAULT 'x' UNIQUE"},
      {with_name("[a b] INT", "Select"), "\"Select\" INT"},
      {without_clauses(wide, {1, 3}), "a VARCHAR(5) COLLATE nocase DEFAULT 'x'"},
      {without_qualifier("CHECK (t.a > \"T\".b AND tt.c = 't.d')", "t"),
       "CHECK (a > b AND tt.c = 't.d')"},
  };
  for (const Case& test : kCases) EXPECT_EQ(test.result, test.expected);
}

TEST(ColumnOrderTest, FollowsAlembic) {
  using Names = std::vector<std::string>;
  {
    ColumnOrder order({"a", "b", "c"}, {});
    order.add("x", "b", "");
    order.add("y", "", "x");
    order.add("z", "", "");
    EXPECT_EQ(order.sorted({"a", "b", "c", "x", "y", "z"}), (Names{"a", "x", "y", "b", "c", "z"}));
  }
  {
    ColumnOrder order({"a", "b", "c"}, {{"c", "a"}, {"a", "b"}});
    EXPECT_EQ(order.sorted({"a", "b", "c"}), (Names{"c", "a", "b"}));
  }
  {
    ColumnOrder order({"a", "b", "c"}, {});
    order.move("c", "a", "");
    EXPECT_EQ(order.sorted({"a", "b", "c"}), (Names{"c", "a", "b"}));
  }
  {
    ColumnOrder order({"a", "b", "c"}, {});
    order.add("x", "", "");
    order.add("y", "c", "");
    order.drop("c");
    order.add("z", "a", "");
    EXPECT_EQ(order.sorted({"a", "b", "x", "y", "z"}), (Names{"x", "z", "a", "b", "y"}));
  }
  {
    ColumnOrder order({"a", "b"}, {{"a", "b"}, {"b", "a"}});
    EXPECT_THROW(order.sorted({"a", "b"}), Error);
  }
  {
    ColumnOrder order({"a", "b"}, {{"a", "bb"}});
    EXPECT_THROW(order.sorted({"a", "b"}), Error);
  }
}

}  // namespace
}  // namespace retort::dialect::sqlite
