#include "postgresql_live.h"

namespace retort {
namespace {

using sql::Blob;
using sql::Datum;
using sql::Null;
using sql::Typed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class PostgresqlDriver : public ::testing::Test {
 protected:
  database::ConnectionPtr connection_ = connect_live();
};

TEST_F(PostgresqlDriver, ValuesComeBackAsTheyWent) {
  std::vector<Datum> values = {std::int64_t{-7},
                               true,
                               0.1,
                               std::string("it's \\ \"ä\""),
                               Blob{std::string("\0\xff", 2)},
                               Typed{"12.50", "numeric"},
                               Typed{"2020-01-31", "date"}};
  auto rows = rows_of(*connection_, "SELECT $1, $2, $3, $4, $5, $6, $7", values);
  ASSERT_EQ(rows.size(), 1U);
  // 0.1 is a constant, and those are numeric.
  values[2] = Typed{"0.1", "numeric"};
  EXPECT_EQ(rows[0], values);
}

TEST_F(PostgresqlDriver, TypesOfResults) {
  auto rows = rows_of(*connection_,
                      "SELECT NULL, 1::smallint, 1.5::float8, '{1,2}'::int[], '{\"a\": 1}'::jsonb, "
                      "'2020-01-31 10:00+00'::timestamptz, interval '1 day 2 hours', "
                      "'[1,5)'::int4range, '00000000-0000-0000-0000-000000000001'::uuid");
  EXPECT_THAT(rows[0], ElementsAre(Null{}, std::int64_t{1}, 1.5, Typed{"{1,2}", "_int4"},
                                   Typed{"{\"a\": 1}", "jsonb"},
                                   Typed{"2020-01-31 10:00:00+00", "timestamptz"},
                                   Typed{"1 day 02:00:00", "interval"}, std::string("[1,5)"),
                                   Typed{"00000000-0000-0000-0000-000000000001", "uuid"}));
}

TEST_F(PostgresqlDriver, ParametersStandWhereConstantsDo) {
  connection_->execute("CREATE TEMP TABLE t (a jsonb, d date)");
  std::vector<Datum> text = {std::string("x")};
  EXPECT_EQ(rows_of(*connection_, "SELECT jsonb_build_object('k', $1)::text", text)[0][0],
            Datum(std::string("{\"k\": \"x\"}")));
  EXPECT_EQ(rows_of(*connection_, "SELECT $1 IS NULL", {Null{}})[0][0], Datum(true));
  rows_of(*connection_, "COMMENT ON TABLE t IS $1", text);
  rows_of(*connection_, "INSERT INTO t (d) VALUES ($1)", {std::string("2020-01-31")});
  rows_of(*connection_, "ALTER TABLE t ALTER d SET DEFAULT $1", {std::string("2020-01-31")});
}

TEST_F(PostgresqlDriver, SeveralStatements) {
  EXPECT_EQ(rows_of(*connection_, "SELECT 1; SELECT 2; SELECT 3")[0][0], Datum(std::int64_t{3}));
  connection_->execute("CREATE TEMP TABLE s (a int); INSERT INTO s VALUES (1), (2);");
  auto result = connection_->query("UPDATE s SET a = a + 1");
  EXPECT_FALSE(result->next());
  EXPECT_EQ(result->affected_rows(), 2);
  // Together they are one transaction, which some statements can't be part of.
  connection_->execute(
      "CREATE TABLE c (a int); CREATE INDEX CONCURRENTLY c1 ON c (a); "
      "CREATE INDEX CONCURRENTLY c2 ON c (a)");
  connection_->execute("DROP TABLE c");
}

TEST_F(PostgresqlDriver, RowsAreStreamedAndSettled) {
  auto result = connection_->query("SELECT generate_series(1, 50000)");
  ASSERT_TRUE(result->next());
  EXPECT_EQ(result->get(0), Datum(std::int64_t{1}));
  // Another statement in between.
  EXPECT_EQ(connection_->scalar("SELECT 5"), Datum(std::int64_t{5}));
  std::int64_t count = 1;
  while (result->next()) EXPECT_EQ(result->get(0), Datum(++count));
  EXPECT_EQ(count, 50000);
  // A result that is not read to its end.
  connection_->query("SELECT generate_series(1, 50000)");
  EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(PostgresqlDriver, ErrorsSayWhere) {
  Error error = error_of([&] {
    rows_of(*connection_, "SELECT 'ä', $1\nFROM nosuch", {std::string("a long text to shift it")});
  });
  EXPECT_EQ(error.sqlstate(), "42P01");
  EXPECT_EQ(error.place().str(), "<statement>:2:6");
  EXPECT_THAT(error.statement(), HasSubstr("$1"));
  connection_->execute("CREATE TEMP TABLE u (a int PRIMARY KEY); INSERT INTO u VALUES (1)");
  error = error_of([&] { connection_->execute("INSERT INTO u VALUES (1)"); });
  EXPECT_THAT(error.message(), HasSubstr("Key (a)=(1) already exists"));
}

TEST_F(PostgresqlDriver, AFailedTransactionIsNotCommitted) {
  connection_->begin();
  EXPECT_TRUE(connection_->in_transaction());
  error_of([&] { connection_->execute("SELECT 1/0"); });
  EXPECT_EQ(error_of([&] { connection_->execute("SELECT 1"); }).sqlstate(), "25P02");
  EXPECT_THAT(error_of([&] { connection_->commit(); }).message(), HasSubstr("rolled back"));
  EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(PostgresqlDriver, CopyIsRefused) {
  connection_->execute("CREATE TEMP TABLE k (a int)");
  for (const char* sql : {"COPY k FROM STDIN", "COPY k TO STDOUT"}) {
    EXPECT_THAT(error_of([&] { connection_->execute(sql); }).message(), HasSubstr("COPY")) << sql;
    EXPECT_EQ(connection_->scalar("SELECT 1"), Datum(std::int64_t{1}));
  }
}

TEST_F(PostgresqlDriver, NoticesAndLostConnections) {
  std::vector<std::string> heard;
  connection_->on_notice([&](std::string_view severity, std::string_view message) {
    heard.push_back(std::string(severity) + " " + std::string(message));
  });
  connection_->execute("DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
  EXPECT_THAT(heard, ElementsAre("NOTICE hello"));
  EXPECT_THAT(error_of([&] {
                connection_->execute("SELECT pg_terminate_backend(pg_backend_pid())");
              }).message(),
              HasSubstr("connection to the server was lost"));
  EXPECT_FALSE(connection_->in_transaction());
  error_of([&] { connection_->execute("SELECT 1"); });
}

}  // namespace
}  // namespace retort
