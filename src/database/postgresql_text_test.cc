#include "database/postgresql_text.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "database/postgresql_options.h"

namespace retort::database {
namespace {

using sql::Datum;
using sql::Typed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::string escape(std::string_view text) { return "'" + std::string(text) + "'"; }

std::string filled(std::string_view sql, const std::vector<Datum>& values) {
  return FilledStatement(sql, values, escape).text();
}

TEST(FilledStatement, WritesValuesAsConstants) {
  EXPECT_EQ(filled("SELECT $1, $2, $3, $4", {std::int64_t{7}, std::string("a"), true, sql::Null{}}),
            "SELECT 7, 'a', true, NULL");
  EXPECT_EQ(filled("$1 $2 $3", {1.0, 0.1, Typed{"2020-01-31", "date"}}),
            "1.0 0.1 '2020-01-31'::date");
  EXPECT_EQ(filled("$1 $2", {Typed{"1.50", "numeric"}, Typed{"NaN", "numeric"}}),
            "1.50 'NaN'::numeric");
  EXPECT_EQ(filled("$1", {sql::Blob{std::string("\x00\xff", 2)}}), "'\\x00ff'::bytea");
  EXPECT_EQ(filled("$1::JSONB", {Typed{"{}", "json"}}), "'{}'::JSONB");
  EXPECT_EQ(filled("$2 $1 $2", {std::string("a"), std::string("b")}), "'b' 'a' 'b'");
}

TEST(FilledStatement, NegativeNumbers) {
  EXPECT_EQ(filled("1-$1", {std::int64_t{-5}}), "1- -5");
  EXPECT_EQ(filled("$1::INTEGER", {std::int64_t{-5}}), "(-5)::INTEGER");
  EXPECT_EQ(filled("$1", {INT64_MIN}), "'-9223372036854775808'::bigint");
}

TEST(FilledStatement, MarksInTextAreText) {
  std::vector<Datum> one = {std::int64_t{1}};
  for (std::string_view text : {"'$1'", "'it''s $1'", "E'\\'$1'", "\"$1\"", "$$ $1 $$",
                                "$a$ $1 $$ $1 $a$", "-- $1\n", "/* $1 /* $1 */ $1 */", "a$1"}) {
    std::string sql = std::string(text) + " $1";
    EXPECT_EQ(filled(sql, one), std::string(text) + " 1") << sql;
  }
}

TEST(FilledStatement, CountsValues) {
  EXPECT_THROW(filled("SELECT $2", {std::int64_t{1}}), Error);
  EXPECT_THROW(filled("SELECT 1", {std::int64_t{1}}), Error);
}

TEST(FilledStatement, PlacesOfTheOriginal) {
  FilledStatement statement("a $1 b $2 c", {std::string("long text"), std::int64_t{1}}, escape);
  EXPECT_EQ(statement.text(), "a 'long text' b 1 c");
  EXPECT_EQ(statement.original(0), 0U);
  EXPECT_EQ(statement.original(5), 2U);  // inside the first value
  EXPECT_EQ(statement.original(statement.text().find('b')), 5U);
  EXPECT_EQ(statement.original(statement.text().find('c')), 10U);
}

TEST(PostgresqlDatum, ByType) {
  EXPECT_EQ(postgresql_datum(16, "t"), Datum(true));
  EXPECT_EQ(postgresql_datum(20, "-12"), Datum(std::int64_t{-12}));
  EXPECT_EQ(postgresql_datum(701, "1.5"), Datum(1.5));
  EXPECT_EQ(postgresql_datum(17, "\\x00fF"), Datum(sql::Blob{std::string("\x00\xff", 2)}));
  EXPECT_EQ(postgresql_datum(1700, "1.50"), Datum(Typed{"1.50", "numeric"}));
  EXPECT_EQ(postgresql_datum(1184, "2020-01-31 10:00:00+00"),
            Datum(Typed{"2020-01-31 10:00:00+00", "timestamptz"}));
  EXPECT_EQ(postgresql_datum(1007, "{1,2}"), Datum(Typed{"{1,2}", "_int4"}));
  EXPECT_EQ(postgresql_datum(123456, "mood"), Datum(std::string("mood")));
}

const std::vector<std::string> kKnown = {"host",
                                         "port",
                                         "user",
                                         "password",
                                         "dbname",
                                         "sslmode",
                                         "options",
                                         "connect_timeout",
                                         "service",
                                         "client_encoding",
                                         "fallback_application_name"};

std::vector<std::pair<std::string, std::string>> options(std::string_view url) {
  auto out = postgresql_options(config::parse_url(url), {}, kKnown);
  // What every connection has.
  EXPECT_EQ(out.back().first, "fallback_application_name");
  out.pop_back();
  EXPECT_EQ(out.back().first, "client_encoding");
  out.pop_back();
  return out;
}

TEST(PostgresqlOptions, UrlsOfEveryDriver) {
  EXPECT_THAT(
      options("postgresql://u:p%40ss@h:5433/d?sslmode=require"),
      ElementsAre(Pair("host", "h"), Pair("port", "5433"), Pair("user", "u"),
                  Pair("password", "p@ss"), Pair("dbname", "d"), Pair("sslmode", "require")));
  EXPECT_THAT(options("postgresql+asyncpg://h/d?ssl=true&prepared_statement_cache_size=0"),
              ElementsAre(Pair("host", "h"), Pair("dbname", "d"), Pair("sslmode", "require")));
  EXPECT_THAT(options("postgresql+asyncpg://h/d?timeout=2.5"),
              ElementsAre(Pair("host", "h"), Pair("dbname", "d"), Pair("connect_timeout", "3")));
  EXPECT_THAT(options("postgresql+psycopg2:///d?host=/var/run/postgresql"),
              ElementsAre(Pair("host", "/var/run/postgresql"), Pair("dbname", "d")));
  EXPECT_THAT(options("postgresql+pg8000:///d?unix_sock=/run/pg/.s.PGSQL.5432"),
              ElementsAre(Pair("dbname", "d"), Pair("host", "/run/pg")));
  EXPECT_THAT(options("postgres:///?service=app"), ElementsAre(Pair("service", "app")));
  EXPECT_THAT(options("postgresql://u@/d?host=a:1&host=b:2"),
              ElementsAre(Pair("host", "a,b"), Pair("port", "1,2"), Pair("user", "u"),
                          Pair("dbname", "d")));
}

TEST(PostgresqlOptions, UnknownOption) {
  try {
    options("postgresql://u:secret@h/d?sslmod=require");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code::kUrl);
    EXPECT_THAT(error.hint(), HasSubstr("sslmode"));
    EXPECT_THAT(error.render(), ::testing::Not(HasSubstr("secret")));
  }
}

}  // namespace
}  // namespace retort::database
