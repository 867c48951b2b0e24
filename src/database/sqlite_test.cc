#include "database/sqlite.h"

#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "config/url.h"
#include "database/registry.h"

namespace retort::database {
namespace {

namespace fs = std::filesystem;
using sql::Blob;
using sql::Datum;
using sql::Null;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SqliteTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "retort-sqlite-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    fs::permissions(folder_, fs::perms::owner_all);
    fs::remove_all(folder_);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  fs::path folder_;
};

template <typename F>
Error error_of(F&& f) {
  try {
    f();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error was thrown";
  return Error("", "");
}

std::vector<std::vector<Datum>> rows(Connection& c, std::string_view sql, Parameters p = {}) {
  std::vector<std::vector<Datum>> out;
  auto result = c.query(sql, p);
  while (result->next()) {
    out.emplace_back();
    for (std::size_t i = 0; i < result->columns().size(); ++i) out.back().push_back(result->get(i));
  }
  EXPECT_FALSE(result->next());
  return out;
}

TEST_F(SqliteTest, EveryKindOfValueGoesInAndComesBack) {
  ConnectionPtr c = open_sqlite(":memory:");
  std::string zero("a\0b", 3);
  std::vector<Datum> in{Null{},
                        true,
                        std::int64_t{-5},
                        2.5,
                        zero,
                        Blob{zero},
                        sql::Typed{"2020-01-02", "date"},
                        std::string(),
                        Blob{}};
  EXPECT_EQ(rows(*c, "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?", in),
            (std::vector<std::vector<Datum>>{{Null{}, std::int64_t{1}, std::int64_t{-5}, 2.5, zero,
                                              Blob{zero}, std::string("2020-01-02"), std::string(),
                                              Blob{}}}));
}

TEST_F(SqliteTest, ResultsTellColumnsTypesAndCounts) {
  ConnectionPtr c = open_sqlite(":memory:");
  c->execute("CREATE TABLE t (id INTEGER PRIMARY KEY, at TIMESTAMP, n NUMERIC(3, 1)); ; -- end");
  std::vector<Datum> values{std::string("now"), 1.5};
  auto inserted = c->query("INSERT INTO t (at, n) VALUES (?, ?), ('x', 2)", values);
  EXPECT_FALSE(inserted->next());
  EXPECT_EQ(inserted->affected_rows(), 2);
  EXPECT_EQ(inserted->last_insert_id(), 2);
  EXPECT_TRUE(inserted->columns().empty());
  auto result = c->query("SELECT id, at AS moment, n, 1 FROM t");
  EXPECT_THAT(result->columns(), ElementsAre("id", "moment", "n", "1"));
  EXPECT_EQ(result->column_type(1), "timestamp");
  EXPECT_EQ(result->column_type(2), "numeric(3, 1)");
  EXPECT_EQ(result->column_type(3), "");
  EXPECT_EQ(result->affected_rows(), -1);
  EXPECT_EQ(c->query("WITH x(a) AS (SELECT 1) DELETE FROM t WHERE id IN x")->affected_rows(), 1);
  EXPECT_EQ(c->query("CREATE TABLE u (a)")->affected_rows(), -1);
  EXPECT_EQ(c->scalar("SELECT count(*) FROM t"), Datum(std::int64_t{1}));
  EXPECT_EQ(c->scalar("SELECT 1 WHERE 0"), std::nullopt);
}

TEST_F(SqliteTest, KeptStatementsFollowTheSchema) {
  ConnectionPtr c = open_sqlite(":memory:");
  c->execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
  EXPECT_EQ(rows(*c, "SELECT * FROM t").at(0).size(), 1U);
  c->execute("ALTER TABLE t ADD COLUMN b");
  EXPECT_EQ(rows(*c, "SELECT * FROM t").at(0).size(), 2U);
  for (std::int64_t i = 0; i < 200; ++i) {
    Datum value = i;
    std::string sql = "SELECT ? + " + std::to_string(i % 100);
    EXPECT_EQ(rows(*c, sql, {&value, 1}).at(0).at(0), Datum(i + i % 100));
  }
  // The same statement twice at once.
  auto outer = c->query("SELECT a FROM t");
  auto inner = c->query("SELECT a FROM t");
  EXPECT_TRUE(outer->next());
  EXPECT_TRUE(inner->next());
}

TEST_F(SqliteTest, AResultOutlivesItsConnection) {
  ConnectionPtr c = open_sqlite(":memory:");
  auto result = c->query("SELECT 7");
  c.reset();
  ASSERT_TRUE(result->next());
  EXPECT_EQ(result->get(0), Datum(std::int64_t{7}));
}

TEST_F(SqliteTest, ErrorsTellStatementCodeAndPlace) {
  ConnectionPtr c = open_sqlite(":memory:");
  Error syntax = error_of([&] { c->execute("CREATE TABLE t (a UNIQUE);\n SELCT *\n FROM t; x"); });
  EXPECT_EQ(syntax.code(), code::kDatabase);
  EXPECT_EQ(syntax.sqlstate(), "SQLITE_ERROR");
  EXPECT_THAT(syntax.message(), HasSubstr("near \"SELCT\": syntax error"));
  ASSERT_TRUE(syntax.place());
  EXPECT_THAT(syntax.place().excerpt(), HasSubstr("^^^^^"));

  Error unknown = error_of([&] { c->query("SELECT a,\n bb FROM t"); });
  EXPECT_EQ(unknown.place().str(), "<statement>:2:2");
  EXPECT_EQ(unknown.statement(), "SELECT a,\n bb FROM t");

  c->execute("INSERT INTO t VALUES (1)");
  Error unique = error_of([&] { c->query("INSERT INTO t VALUES (1)"); });
  EXPECT_EQ(unique.sqlstate(), "SQLITE_CONSTRAINT_UNIQUE");
  EXPECT_EQ(unique.message(), "UNIQUE constraint failed: t.a");

  EXPECT_THAT(error_of([&] { c->query("SELECT 1; SELECT 2"); }).message(),
              HasSubstr("more than one statement"));
  EXPECT_THAT(error_of([&] { c->query(" -- nothing"); }).message(), HasSubstr("no statement"));
  EXPECT_THAT(error_of([&] { c->query("SELECT ?"); }).message(),
              HasSubstr("1 parameters, 0 values"));
}

TEST_F(SqliteTest, TransactionsRollBackDdl) {
  ConnectionPtr c = open_sqlite(":memory:");
  {
    Transaction transaction(*c);
    EXPECT_TRUE(c->in_transaction());
    c->execute("CREATE TABLE t (a)");
  }
  EXPECT_FALSE(c->in_transaction());
  EXPECT_EQ(c->scalar("SELECT count(*) FROM sqlite_schema"), Datum(std::int64_t{0}));
  Transaction transaction(*c);
  c->execute("CREATE TABLE t (a)");
  transaction.commit();
  EXPECT_EQ(c->scalar("SELECT count(*) FROM sqlite_schema"), Datum(std::int64_t{1}));
}

TEST_F(SqliteTest, AMissingFileIsEmptyUntilWritten) {
  std::string file = path("new.db");
  {
    ConnectionPtr c = open_sqlite(file);
    EXPECT_EQ(c->scalar("SELECT count(*) FROM sqlite_schema"), Datum(std::int64_t{0}));
    EXPECT_EQ(rows(*c, "PRAGMA table_list").size(), 2U);
    c->execute("PRAGMA foreign_keys = ON");
    EXPECT_THROW(c->query("SELECT * FROM alembic_version"), Error);
    EXPECT_FALSE(fs::exists(file));
    c->execute("CREATE TABLE t (a)");
    EXPECT_TRUE(fs::exists(file));
    EXPECT_EQ(c->scalar("PRAGMA foreign_keys"), Datum(std::int64_t{1}));
  }
  EXPECT_EQ(open_sqlite(file)->scalar("SELECT name FROM sqlite_schema"), Datum(std::string("t")));
  ConnectionPtr uri = open_sqlite("file:" + path("a%20b.db") + "?cache=private", true);
  uri->begin();
  uri->commit();
  EXPECT_TRUE(fs::exists(path("a b.db")));
}

TEST_F(SqliteTest, WhatCanNotBeOpenedIsSaidAtOnce) {
  std::ofstream(path("text.db")) << std::string(4096, 'x');
  struct Case {
    std::string name;
    ConnectionOptions options;
    std::string message;
  };
  const Case kCases[] = {
      {folder_.string(), {}, "it is a folder"},
      {path("none/app.db"), {}, "doesn't exist"},
      {path("none.db"), {.read_only = true}, "no such file"},
      {path("none.db"), {.create = false}, "no such file"},
      {path("text.db"), {}, "file is not a database"},
  };
  for (const Case& test : kCases) {
    Error error = error_of([&] { open_sqlite(test.name, false, test.options); });
    EXPECT_EQ(error.code(), code::kDatabase);
    EXPECT_THAT(error.message(), HasSubstr(test.message));
  }
  open_sqlite(path("app.db"))->execute("CREATE TABLE t (a)");
  ConnectionPtr reader = open_sqlite(path("app.db"), false, {.read_only = true});
  Error error = error_of([&] { reader->execute("INSERT INTO t VALUES (1)"); });
  EXPECT_EQ(error.sqlstate(), "SQLITE_READONLY");
  EXPECT_NE(error.hint(), "");
  if (::geteuid() != 0) {  // root may write anywhere
    fs::permissions(path("app.db"), fs::perms::none);
    EXPECT_THAT(error_of([&] { open_sqlite(path("app.db")); }).message(),
                HasSubstr("no permission to read"));
    fs::permissions(folder_, fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_THAT(error_of([&] { open_sqlite(path("new.db")); }).message(),
                HasSubstr("no permission to write"));
  }
}

TEST_F(SqliteTest, ASecondWriterIsRefusedAtBegin) {
  ConnectionPtr first = open_sqlite(path("app.db"));
  first->execute("CREATE TABLE t (a)");
  ConnectionPtr second =
      open_sqlite(path("app.db"), false, {.busy_timeout = std::chrono::milliseconds(1)});
  Transaction transaction(*first);
  Error error = error_of([&] { second->begin(); });
  EXPECT_EQ(error.code(), code::kLocked);
  EXPECT_EQ(error.sqlstate(), "SQLITE_BUSY");
  EXPECT_THAT(error.hint(), HasSubstr("fuser"));
  EXPECT_FALSE(second->in_transaction());
}

TEST_F(SqliteTest, CodeNames) {
  EXPECT_EQ(sqlite_code_name(SQLITE_CONSTRAINT_UNIQUE), "SQLITE_CONSTRAINT_UNIQUE");
  EXPECT_EQ(sqlite_code_name(SQLITE_IOERR | (200 << 8)), "SQLITE_IOERR");
  EXPECT_EQ(sqlite_code_name(250), "250");
}

TEST_F(SqliteTest, UrlsChooseTheDriver) {
  ConnectionPtr c = connect(config::parse_url("sqlite://"));
  EXPECT_EQ(c->dialect_name(), "sqlite");
  connect(config::parse_url("sqlite:///" + path("u.db")))->execute("CREATE TABLE t (a)");
  EXPECT_TRUE(fs::exists(path("u.db")));
  ConnectionPtr reader =
      connect(config::parse_url("sqlite:///file:" + path("u.db") + "?mode=ro&uri=true"));
  EXPECT_THROW(reader->execute("INSERT INTO t VALUES (1)"), Error);
  EXPECT_EQ(error_of([] { connect(config::parse_url("sqlite://host/x.db")); }).code(), code::kUrl);
}

}  // namespace
}  // namespace retort::database
