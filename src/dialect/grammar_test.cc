#include "dialect/mariadb/grammar.h"

#include <gtest/gtest.h>

#include "dialect/postgresql/grammar.h"
#include "dialect/sqlite/grammar.h"
#include "sql/build.h"

namespace retort::dialect {
namespace {

using sql::Binds;
using sql::Datum;
using sql::Expression;
using sql::Op;
using sql::Type;
using sql::Typed;

// An expression and what SQLAlchemy's dialects make of it with literal_binds.
struct Case {
  const char* name;
  Expression expression;
  std::string sqlite, postgresql, mysql;
};

Type type(std::string_view name) { return Type{.name = std::string(name)}; }
Expression typed(const char* text, const char* kind, const char* sql_type) {
  return sql::literal(Typed{text, kind}, type(sql_type));
}
Expression x() { return sql::column("x"); }
Expression json(const char* steps, const char* steps_type) {
  return sql::literal(Typed{steps, "jsonpath"}, type(steps_type));
}
Expression json_item(const char* column_type, const char* result_type) {
  sql::node::Binary b;
  b.op = Op::kJsonGetitem;
  b.left = sql::column("d", type(column_type));
  b.right = json(R"(["a"])", "JSONIndexType");
  return sql::make(std::move(b), type(result_type));
}
Expression boolean_where() {
  sql::node::Select s;
  const Expression t = sql::table("t", {{"a", type("Integer")}, {"on", type("Boolean")}});
  s.columns = {sql::column_of(t, "a")};
  s.where = {sql::not_(sql::column_of(t, "on"))};
  s.limit = sql::literal(std::int64_t{5});
  return sql::make(std::move(s));
}

std::vector<Case> cases() {
  return {
      {"true", sql::literal(true), "1", "true", "true"},
      {"quote", sql::literal(std::string("it's \\")), "'it''s \\'", "'it''s \\'", "'it''s \\\\'"},
      {"float", sql::literal(1e20), "1e+20", "1e+20", "1e+20"},
      {"timestamp", typed("2020-01-02 03:04:05", "timestamp", "DateTime"),
       "'2020-01-02 03:04:05.000000'", "'2020-01-02 03:04:05'", "'2020-01-02 03:04:05'"},
      {"zoned", typed("2020-01-02 03:04:05.000060+00:00", "timestamptz", "DateTime"),
       "'2020-01-02 03:04:05.000060'", "'2020-01-02 03:04:05.000060+00:00'",
       "'2020-01-02 03:04:05.000060+00:00'"},
      {"date", typed("2020-01-02", "date", "Date"), "'2020-01-02'", "'2020-01-02'", "'2020-01-02'"},
      {"time", typed("01:02:03", "time", "Time"), "'01:02:03.000000'", "'01:02:03'", "'01:02:03'"},
      {"numeric", typed("1.10", "numeric", "Numeric"), "1.10", "1.10", "1.10"},
      {"uuid", typed("00000000-0000-0000-0000-000000000005", "uuid", "Uuid"),
       "'00000000000000000000000000000005'", "'00000000-0000-0000-0000-000000000005'",
       "'00000000000000000000000000000005'"},
      {"interval", typed("86405.0", "interval", "Interval"), "'1970-01-02 00:00:05.000000'",
       "make_interval(secs=>86405.0)", "'1970-01-02 00:00:05.000000'"},
      {"array",
       sql::literal(Typed{R"(["a'b","c"])", "array"},
                    Type{.name = "ARRAY", .arguments = {type("String")}}),
       "'[\"a''b\",\"c\"]'", "ARRAY['a''b', 'c']", "'[\"a''b\",\"c\"]'"},
      {"now", sql::function("now"), "CURRENT_TIMESTAMP", "now()", "now()"},
      {"current_timestamp", sql::function("current_timestamp"), "CURRENT_TIMESTAMP",
       "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"},
      {"concat", sql::binary(Op::kConcat, x(), sql::literal(std::string("a"))), "x || 'a'",
       "x || 'a'", "concat(x, 'a')"},
      {"ilike", sql::like(Op::kIlike, x(), sql::literal(std::string("a"))),
       "lower(x) LIKE lower('a')", "x ILIKE 'a'", "lower(x) LIKE lower('a')"},
      {"contains", sql::like(Op::kContains, x(), sql::literal(std::string("a"))),
       "x LIKE '%' || 'a' || '%'", "x LIKE '%' || 'a' || '%'", "x LIKE concat('%', 'a', '%')"},
      {"regexp", sql::regexp_match(x(), sql::literal(std::string("a"))), "x REGEXP 'a'", "x ~ 'a'",
       "x REGEXP 'a'"},
      {"distinct from", sql::binary(Op::kIsDistinctFrom, x(), sql::null()), "x IS NOT NULL",
       "x IS DISTINCT FROM NULL", "NOT (x <=> NULL)"},
      {"extract", sql::extract("year", x()), "CAST(STRFTIME('%Y', x) AS INTEGER)",
       "EXTRACT(year FROM x)", "EXTRACT(year FROM x)"},
      {"cast", sql::cast(x(), type("Integer")), "CAST(x AS INTEGER)", "CAST(x AS INTEGER)",
       "CAST(x AS SIGNED INTEGER)"},
      {"empty in", sql::in(x(), std::vector<Datum>{}), "x IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)",
       "x IN (NULL) AND (1 != 1)", "x IN (NULL) AND (1 != 1)"},
      {"json", json_item("JSON", "JSON"), "JSON_QUOTE(JSON_EXTRACT(d, '$.\"a\"'))", "d -> 'a'",
       "JSON_EXTRACT(d, '$.\"a\"')"},
      {"json text", json_item("JSON", "Unicode"), "CAST(JSON_EXTRACT(d, '$.\"a\"') AS VARCHAR)",
       "CAST(d ->> 'a' AS VARCHAR)",
       "CASE JSON_EXTRACT(d, '$.\"a\"') WHEN 'null' THEN NULL ELSE "
       "JSON_UNQUOTE(JSON_EXTRACT(d, '$.\"a\"')) END"},
      {"jsonb", json_item("JSONB", "JSONB"), "JSON_QUOTE(JSON_EXTRACT(d, '$.\"a\"'))", "d['a']",
       "JSON_EXTRACT(d, '$.\"a\"')"},
      {"boolean condition and limit", boolean_where(),
       "SELECT t.a \nFROM t \nWHERE t.\"on\" = 0\n LIMIT 5 OFFSET 0",
       "SELECT t.a \nFROM t \nWHERE NOT t.\"on\" \n LIMIT 5",
       "SELECT t.a \nFROM t \nWHERE t.`on` = 0 \n LIMIT 5"},
  };
}

TEST(Grammar, WritesWhatSqlalchemysDialectsWrite) {
  for (const Case& c : cases()) {
    EXPECT_EQ(sql::compile(c.expression, sqlite::grammar(), Binds::kLiteral).sql, c.sqlite)
        << c.name;
    EXPECT_EQ(sql::compile(c.expression, postgresql::grammar(), Binds::kLiteral).sql, c.postgresql)
        << c.name;
    EXPECT_EQ(sql::compile(c.expression, mariadb::mysql_grammar(), Binds::kLiteral).sql, c.mysql)
        << c.name;
  }
}

TEST(Grammar, QuotesItsReservedWords) {
  EXPECT_EQ(sqlite::grammar().quote("order"), "\"order\"");
  EXPECT_EQ(sqlite::grammar().quote("user"), "user");
  EXPECT_EQ(postgresql::grammar().quote("user"), "\"user\"");
  EXPECT_EQ(postgresql::grammar().quote("Name"), "\"Name\"");
  EXPECT_EQ(postgresql::grammar().quote("1a"), "\"1a\"");
  EXPECT_EQ(postgresql::grammar().quote("a\"b"), "\"a\"\"b\"");
  EXPECT_EQ(mariadb::mysql_grammar().quote("rank"), "`rank`");
  EXPECT_EQ(mariadb::mariadb_grammar().quote("rank"), "rank");
}

TEST(Grammar, PostgresqlCastsWhatAConstantDoesNotTell) {
  const auto equal = [](const char* name, Datum value) {
    return sql::binary(Op::kEq, sql::column("a", type(name)),
                       sql::bind("v", std::move(value), type(name)));
  };
  const auto text = [](const Expression& e) {
    return sql::compile(e, postgresql::grammar(), Binds::kPositional).sql;
  };
  EXPECT_EQ(text(equal("Integer", std::int64_t{1})), "a = $1");
  EXPECT_EQ(text(equal("String", std::string("x"))), "a = $1");
  EXPECT_EQ(text(equal("Interval", Typed{"60", "interval"})), "a = $1::INTERVAL");
  EXPECT_EQ(
      sql::compile(equal("Integer", std::int64_t{1}), sqlite::grammar(), Binds::kPositional).sql,
      "a = ?");
}

TEST(Grammar, BindsWhatTheEngineStores) {
  EXPECT_EQ(sqlite::grammar().bind(true, type("Boolean")), Datum(std::int64_t{1}));
  EXPECT_EQ(sqlite::grammar().bind(Typed{"2020-01-02 03:04:05", "timestamp"}, type("DateTime")),
            Datum(std::string("2020-01-02 03:04:05.000000")));
  // Of unknown type: as the driver itself writes it.
  EXPECT_EQ(sqlite::grammar().bind(Typed{"2020-01-02 03:04:05", "timestamp"}, Type{}),
            Datum(std::string("2020-01-02 03:04:05")));
  EXPECT_EQ(postgresql::grammar().bind(Typed{R"([1,null,"a\"b"])", "array"},
                                       Type{.name = "ARRAY", .arguments = {type("String")}}),
            Datum(std::string(R"({1,NULL,"a\"b"})")));
}

}  // namespace
}  // namespace retort::dialect
