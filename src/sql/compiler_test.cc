#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/error.h"
#include "sql/build.h"
#include "sql/grammar.h"

namespace retort::sql {
namespace {

struct Case {
  const char* name;
  Expression expression;
  std::string expected;
};

Type integer() { return Type{.name = "Integer"}; }
Type string() { return Type{.name = "String"}; }
Type boolean() { return Type{.name = "Boolean"}; }

Expression users() {
  return table("users", {{"id", integer()}, {"name", string()}, {"on", boolean()}});
}
Expression users(const char* name) { return column_of(users(), name); }
Expression x() { return column("x"); }
Expression y() { return column("y"); }
Datum i(std::int64_t v) { return v; }
Datum s(const char* v) { return std::string(v); }

Expression select(std::vector<Expression> columns, std::vector<Expression> where = {}) {
  node::Select n;
  n.columns = std::move(columns);
  n.where = std::move(where);
  return make(std::move(n));
}

// What SQLAlchemy's str() gives for the same expressions.
std::vector<Case> named_cases() {
  return {
      {"equality", binary(Op::kEq, x(), bind_like(x(), Op::kEq, i(5))), "x = :x_1"},
      {"negated equality", not_(binary(Op::kEq, x(), y())), "x != y"},
      {"and", and_({binary(Op::kEq, x(), y()), binary(Op::kLt, x(), y())}), "x = y AND x < y"},
      {"or inside and",
       and_({binary(Op::kEq, x(), y()),
             or_({binary(Op::kLt, x(), y()), binary(Op::kGt, x(), y())})}),
       "x = y AND (x < y OR x > y)"},
      {"and inside or",
       or_({binary(Op::kEq, x(), y()),
            and_({binary(Op::kLt, x(), y()), binary(Op::kGt, x(), y())})}),
       "x = y OR x < y AND x > y"},
      {"not and", not_(and_({binary(Op::kEq, x(), y()), binary(Op::kLt, x(), y())})),
       "NOT (x = y AND x < y)"},
      {"arithmetic", binary(Op::kMul, binary(Op::kAdd, x(), y()), x()), "(x + y) * x"},
      {"associative", binary(Op::kAdd, binary(Op::kAdd, x(), y()), x()), "x + y + x"},
      {"not associative", binary(Op::kSub, binary(Op::kSub, x(), y()), x()), "(x - y) - x"},
      {"concat", binary(Op::kAdd, users("name"), literal(s("!"))), "users.name || :param_1"},
      {"in", in(x(), {i(1), i(2)}), "x IN (__[POSTCOMPILE_x_1])"},
      {"not in", in(x(), {i(1)}, true), "(x NOT IN (__[POSTCOMPILE_x_1]))"},
      {"like", like(Op::kLike, x(), bind_like(x(), Op::kLike, s("a%")), "/"),
       "x LIKE :x_1 ESCAPE '/'"},
      {"ilike", like(Op::kIlike, x(), bind_like(x(), Op::kLike, s("a%"))),
       "lower(x) LIKE lower(:x_1)"},
      {"startswith", like(Op::kStartswith, x(), bind_like(x(), Op::kLike, s("a"))),
       "x LIKE :x_1 || '%'"},
      {"contains", like(Op::kContains, x(), bind_like(x(), Op::kLike, s("a"))),
       "x LIKE '%' || :x_1 || '%'"},
      {"is null", binary(Op::kIs, x(), null()), "x IS NULL"},
      {"between", between(x(), literal(i(1)), literal(i(2))), "x BETWEEN :param_1 AND :param_2"},
      {"desc nulls last", ordering(Op::kNullsLast, ordering(Op::kDesc, x())), "x DESC NULLS LAST"},
      {"function", function("now"), "now()"},
      {"ansi function", function("current_timestamp"), "CURRENT_TIMESTAMP"},
      {"count", function("count"), "count(*)"},
      {"package", function("f", {x()}, {}, {"pkg"}), "pkg.f(x)"},
      {"case", case_({{binary(Op::kEq, x(), y()), literal(i(1))}}, literal(i(2))),
       "CASE WHEN (x = y) THEN :param_1 ELSE :param_2 END"},
      {"cast", cast(x(), integer()), "CAST(x AS INTEGER)"},
      {"text", text("a = :v AND b = 'x\\:y' AND c::int = 1"),
       "a = :v AND b = 'x:y' AND c::int = 1"},
      {"select",
       select({users("id"), users("name")}, {binary(Op::kEq, users("id"), literal(i(1)))}),
       "SELECT users.id, users.name \nFROM users \nWHERE users.id = :param_1"},
      {"select count", select({function("count", {users("id")})}),
       "SELECT count(users.id) AS count_1 \nFROM users"},
      {"select label", select({label("n", users("id"))}), "SELECT users.id AS n \nFROM users"},
      {"boolean where", select({users("id")}, {users("on")}),
       "SELECT users.id \nFROM users \nWHERE users.\"on\""},
      {"exists", exists(select({users("id")})), "EXISTS (SELECT users.id \nFROM users)"},
      {"subquery", select({column("id", {}, subquery(select({users("id")}), "s"))}),
       "SELECT s.id \nFROM (SELECT users.id AS id \nFROM users) AS s"},
  };
}

TEST(Compile, WritesWhatSqlalchemyWrites) {
  for (const Case& c : named_cases()) {
    CompileOptions options;
    options.binds = Binds::kNamed;
    EXPECT_EQ(compile(c.expression, default_grammar(), options).sql, c.expected) << c.name;
  }
}

TEST(Compile, PositionalParametersFollowTheText) {
  const Expression e =
      and_({binary(Op::kEq, x(), bind_like(x(), Op::kEq, i(7))), in(y(), {s("a"), s("b")})});
  const Statement statement = compile(e, default_grammar(), Binds::kPositional);
  EXPECT_EQ(statement.sql, "x = ? AND y IN (?, ?)");
  EXPECT_EQ(statement.parameters, (std::vector<Datum>{i(7), s("a"), s("b")}));
}

TEST(Compile, LiteralsAreQuoted) {
  const Expression e = binary(Op::kEq, x(), bind_like(x(), Op::kEq, s("it's")));
  EXPECT_EQ(compile(e, default_grammar(), Binds::kLiteral).sql, "x = 'it''s'");
  EXPECT_EQ(compile(in(x(), std::vector<Datum>{}), default_grammar(), Binds::kLiteral).sql,
            "x IN (NULL) AND (1 != 1)");
}

TEST(Compile, ABindWithoutValueIsAnError) {
  EXPECT_THROW(compile(text("SELECT :a"), default_grammar(), Binds::kLiteral), Error);
  EXPECT_THROW(compile(text("SELECT :a"), default_grammar(), Binds::kPositional), Error);
}

TEST(Compile, DdlLeavesTablesOut) {
  EXPECT_EQ(compile_ddl(binary(Op::kGt, users("id"), literal(i(3))), default_grammar()), "id > 3");
  EXPECT_EQ(compile_ddl(raw("a ::text, ':b'"), default_grammar()), "a ::text, ':b'");
}

TEST(Expression, ComparesByStructure) {
  EXPECT_EQ(text("now()"), text("now()"));
  EXPECT_FALSE(text("now()") == text("then()"));
  EXPECT_EQ(function("now"), function("now"));
  EXPECT_EQ(users("id"), users("id"));
  EXPECT_FALSE(alias(users()) == alias(users()));
}

}  // namespace
}  // namespace retort::sql
