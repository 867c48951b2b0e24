// Connections, rows and transactions, over SQLite.
#include <gmock/gmock.h>
#include <retort/retort.h>
#include <sqlite3.h>

#include <chrono>

namespace retort {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// The error of a call, by code and message.
template <typename Call>
Error error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return {"none", "nothing was thrown"};
}

Connection sample() {
  Connection db = connect("sqlite://");
  db.execute("CREATE TABLE t (id INTEGER, name TEXT, data BLOB, price NUMERIC(10, 2))");
  db.execute("INSERT INTO t VALUES (1, 'one', x'00ff', 2.5), (2, NULL, NULL, NULL)");
  return db;
}

TEST(Connection, rows) {
  Connection db = sample();
  std::vector<std::string> seen;
  for (const Row& row : db.query("SELECT id, name FROM t ORDER BY id")) {
    seen.push_back(std::to_string(row.get<int>("id")) +
                   row.get<std::optional<std::string>>("name").value_or("-"));
  }
  EXPECT_THAT(seen, ElementsAre("1one", "2-"));
  EXPECT_EQ(db.query("SELECT data FROM t WHERE id = 1").next()->get<Blob>(0).bytes.size(), 2u);
  EXPECT_EQ(db.scalar<double>("SELECT price FROM t"), 2.5);
  EXPECT_EQ(db.scalar<int>("SELECT id FROM t WHERE id = 9"), std::nullopt);
}

TEST(Connection, parameters) {
  Connection db = sample();
  EXPECT_EQ(db.execute("UPDATE t SET name = :name WHERE id = :id", {{"name", "it's"}, {"id", 2}}),
            1);
  EXPECT_EQ(db.scalar<std::string>("SELECT name FROM t WHERE id = :id", {{"id", 2}}), "it's");
  Expression t = table("t", {column("id", Integer()), column("name", String())});
  EXPECT_EQ(db.scalar<int>(select({func::count()}).from(t).where(t.c("name") == "it's")), 1);
  EXPECT_EQ(error_of([&] { db.query("SELECT :a, :b", {{"a", 1}}); }).code(), code::kMisuse);
}

TEST(Connection, values_of_time) {
  Connection db = connect("sqlite://");
  db.execute("CREATE TABLE t (at DATETIME, day DATE)");
  std::chrono::sys_time<std::chrono::microseconds> now =
      std::chrono::sys_days(std::chrono::year(2026) / 2 / 28) + std::chrono::hours(13) +
      std::chrono::microseconds(7);
  db.execute("INSERT INTO t VALUES (:at, :day)",
             {{"at", now}, {"day", std::chrono::year(2026) / 2 / std::chrono::day(28)}});
  Row row = *db.query("SELECT at, day FROM t").next();
  EXPECT_EQ(row.get<decltype(now)>("at"), now);
  EXPECT_EQ(row.get<std::chrono::year_month_day>("day"),
            std::chrono::year(2026) / 2 / std::chrono::day(28));
}

TEST(Connection, values_of_time_of_any_precision) {
  using std::chrono::nanoseconds;
  using Nanos = std::chrono::sys_time<nanoseconds>;
  Connection db = connect("sqlite://");
  auto kept = [&](const Value& value) { return *db.query("SELECT :v", {{"v", value}}).next(); };
  std::chrono::sys_days day = std::chrono::year(1969) / 7 / 20;
  Row row = kept(day + std::chrono::hours(20) + nanoseconds(1));
  EXPECT_EQ(row.get<std::string>(0), "1969-07-20 20:00:00.000000");
  EXPECT_EQ(row.get<std::chrono::sys_days>(0), day);
  EXPECT_EQ(row.get<std::optional<Nanos>>(0), day + std::chrono::hours(20));
  // Before 1970 as well, what is finer is cut downwards.
  EXPECT_EQ(kept(day - nanoseconds(1)).get<std::string>(0), "1969-07-19 23:59:59.999999");
  EXPECT_EQ(error_of([] { Value none(std::chrono::year(2026) / 2 / std::chrono::day(30)); }).code(),
            code::kType);
  EXPECT_EQ(error_of([] { Value far(std::chrono::sys_time<std::chrono::hours>::max()); }).code(),
            code::kType);
  EXPECT_EQ(error_of([&] { kept("9999-01-01").get<Nanos>(0); }).code(), code::kType);
}

TEST(Connection, a_timeout_is_of_any_duration) {
  using namespace std::chrono_literals;
  EXPECT_EQ(Timeout(30s).milliseconds(), 30'000);
  EXPECT_EQ(Timeout(1.5min).milliseconds(), 90'000);
  EXPECT_EQ(Timeout(1us).milliseconds(), 1);
  EXPECT_EQ(Timeout(-1s).milliseconds(), 0);
  EXPECT_EQ(Timeout(std::chrono::hours::max()).milliseconds(), 2'000'000'000);
}

TEST(Connection, a_wrong_type_names_the_column) {
  Connection db = sample();
  Row row = *db.query("SELECT id, name FROM t ORDER BY id DESC").next();
  Error null = error_of([&] { row.get<std::string>("name"); });
  EXPECT_EQ(null.code(), code::kType);
  EXPECT_THAT(null.message(), HasSubstr("'name'"));
  EXPECT_THAT(null.hint(), HasSubstr("std::optional"));
  EXPECT_EQ(error_of([&] { row.get<std::string>("id"); }).code(), code::kType);
  Error missing = error_of([&] { row.get<int>("names"); });
  EXPECT_EQ(missing.code(), code::kMisuse);
  EXPECT_THAT(missing.hint(), HasSubstr("name"));
  EXPECT_EQ(error_of([&] { row.get<int>(7); }).code(), code::kMisuse);
  db.execute("UPDATE t SET id = 300");
  EXPECT_EQ(error_of([&] { db.scalar<std::int8_t>("SELECT id FROM t"); }).code(), code::kType);
}

TEST(Connection, everything_after_close_is_an_error) {
  Connection db = sample();
  Result result = db.query("SELECT id FROM t");
  Inspector inspector(db);
  Transaction transaction = db.begin();
  db.close();
  db.close();
  EXPECT_FALSE(db.is_open());
  EXPECT_EQ(error_of([&] { db.query("SELECT 1"); }).code(), code::kMisuse);
  EXPECT_EQ(error_of([&] { db.dialect(); }).code(), code::kMisuse);
  EXPECT_EQ(error_of([&] { result.next(); }).code(), code::kMisuse);
  EXPECT_EQ(error_of([&] { inspector.table_names(); }).code(), code::kMisuse);
  EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), code::kMisuse);
  EXPECT_EQ(error_of([&] { Migrator(db, Bundle{}); }).code(), "none");
}

TEST(Connection, what_was_moved_away_is_an_error) {
  Connection db = connect("sqlite://");
  Result result = db.query("SELECT 1");
  Result moved = std::move(result);
  EXPECT_EQ(error_of([&] { result.next(); }).code(), code::kMisuse);
  EXPECT_EQ(error_of([&] { result.columns(); }).code(), code::kMisuse);
  Row row = *moved.next();
  EXPECT_EQ(error_of([] { Row().get<int>(0); }).code(), code::kMisuse);
  EXPECT_TRUE(Row().columns().empty());
  Connection other = std::move(db);
  EXPECT_EQ(error_of([&] { db.execute("SELECT 1"); }).code(), code::kMisuse);
  EXPECT_FALSE(db.is_open());
  const char* none = nullptr;
  EXPECT_TRUE(other.query("SELECT :x", {{"x", none}}).next()->at(0).is_null());
}

TEST(Connection, results_outlive_a_connection_that_is_gone) {
  std::optional<Result> result;
  {
    Connection db = sample();
    result = db.query("SELECT id FROM t");
  }
  EXPECT_EQ(error_of([&] { result->next(); }).code(), code::kMisuse);
}

TEST(Connection, transactions_end_with_their_scope) {
  Connection db = sample();
  {
    Transaction transaction = db.begin();
    db.execute("DELETE FROM t");
  }
  EXPECT_EQ(db.scalar<int>("SELECT count(*) FROM t"), 2);
  Transaction transaction = db.begin();
  EXPECT_EQ(error_of([&] { (void)db.begin(); }).code(), code::kMisuse);
  db.execute("DELETE FROM t");
  transaction.commit();
  EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), code::kMisuse);
  EXPECT_EQ(db.scalar<int>("SELECT count(*) FROM t"), 0);
}

TEST(Connection, over_the_application_s_own_handle) {
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(":memory:", &handle), SQLITE_OK);
  {
    Connection db = Connection::over(handle);
    db.execute("CREATE TABLE t (a INTEGER)");
    EXPECT_EQ(db.native_handle(), handle);
  }
  EXPECT_EQ(sqlite3_exec(handle, "INSERT INTO t VALUES (1)", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_EQ(sqlite3_close(handle), SQLITE_OK);
  EXPECT_EQ(error_of([] { Connection::over(static_cast<sqlite3*>(nullptr)); }).code(),
            code::kMisuse);
}

TEST(Connection, errors_have_what_the_database_said) {
  Connection db = sample();
  Error error = error_of([&] { db.execute("SELEC 1"); });
  EXPECT_EQ(error.code(), code::kDatabase);
  EXPECT_EQ(error.statement(), "SELEC 1");
  EXPECT_FALSE(error.sqlstate().empty());
  EXPECT_EQ(error_of([] { connect("nonsense://x"); }).code(), code::kUrl);
}

TEST(Inspector, tables_as_they_are) {
  Connection db = connect("sqlite://");
  db.execute(
      "CREATE TABLE o (id INTEGER PRIMARY KEY);"
      "CREATE TABLE t (a VARCHAR(20) NOT NULL, o INTEGER REFERENCES o (id) ON DELETE CASCADE);"
      "CREATE INDEX ix_t_a ON t (a)");
  Inspector inspector(db);
  EXPECT_THAT(inspector.table_names(), ElementsAre("o", "t"));
  EXPECT_TRUE(inspector.has_column("t", "a"));
  EXPECT_FALSE(inspector.has_column("t", "b"));
  EXPECT_TRUE(inspector.has_index("t", "ix_t_a"));
  Table t = inspector.table("t");
  EXPECT_EQ(t.column("a")->type.length(), 20);
  EXPECT_FALSE(t.column("a")->nullable_in_fact());
  EXPECT_EQ(error_of([&] { inspector.table("nothing"); }).code(), code::kDatabase);
}

}  // namespace
}  // namespace retort
