#include <gmock/gmock.h>

#include <cstdlib>
#include <thread>

#include "database/cancel.h"
#include "database/mariadb.h"
#include "database/mariadb_options.h"
#include "database/mariadb_text.h"
#include "postgresql_live.h"

namespace retort {
namespace {

using sql::Blob;
using sql::Datum;
using sql::Null;
using sql::Typed;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

config::Url live_url() {
  const char* url = std::getenv("MARIADB_URL");
  if (url == nullptr) throw Error(code::kUrl, "MARIADB_URL is not set");
  return config::parse_url(url);
}

class MariadbDriver : public ::testing::Test {
 protected:
  database::ConnectionPtr connection_ = database::connect(live_url());
};

TEST_F(MariadbDriver, ValuesComeBackAsTheyWent) {
  std::vector<Datum> values = {std::int64_t{INT64_MIN},
                               0.1,
                               std::string("it's \\ \"ä\" 😀 % ?"),
                               Blob{std::string("\0\xff'", 3)},
                               Typed{"12.50", "numeric"},
                               Null{}};
  auto rows = rows_of(*connection_, "SELECT ?, ?, ?, ?, ?, ? /* ? */ -- ?\n# ?", values);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0], values);
  EXPECT_EQ(rows_of(*connection_, "SELECT ?, '?', \"\\\"?\", `?` FROM (SELECT 3 AS `?`) t", {true}),
            (std::vector<std::vector<Datum>>{
                {std::int64_t{1}, std::string("?"), std::string("\"?"), std::int64_t{3}}}));
  EXPECT_EQ(rows_of(*connection_, "SELECT 5-?", {std::int64_t{-3}})[0][0], Datum(std::int64_t{8}));
  EXPECT_THAT(error_of([&] { rows_of(*connection_, "SELECT ?", {Null{}, Null{}}); }).message(),
              HasSubstr("has 1 parameters, 2 values were given"));
}

TEST_F(MariadbDriver, TypesOfResults) {
  connection_->execute(
      "CREATE TABLE typed (a TINYINT(1), b BIGINT UNSIGNED, c DOUBLE, d DATE, e DATETIME(6), f "
      "TIME, "
      "g YEAR, h BIT(3), i JSON, j ENUM('x', 'y'), k VARBINARY(3), l TEXT, m FLOAT, n DATE);"
      "SET SESSION sql_mode = '';"
      "INSERT INTO typed VALUES (1, 18446744073709551615, 1.5, '2020-01-31', "
      "'2020-01-31 10:00:00.5', '-26:00:01', 2020, b'101', '{\"a\": 1}', 'y', x'00ff', 'ä', 0.5, "
      "'0000-00-00')");
  auto result = connection_->query("SELECT * FROM typed");
  ASSERT_TRUE(result->next());
  std::vector<Datum> row;
  std::vector<std::string> types;
  for (std::size_t i = 0; i < result->columns().size(); ++i) {
    row.push_back(result->get(i));
    types.push_back(result->column_type(i));
  }
  EXPECT_EQ(row, (std::vector<Datum>{
                     std::int64_t{1}, Typed{"18446744073709551615", "bigint unsigned"}, 1.5,
                     Typed{"2020-01-31", "date"}, Typed{"2020-01-31 10:00:00.500000", "datetime"},
                     Typed{"-26:00:01", "interval"}, std::int64_t{2020}, Blob{"\x05"},
                     std::string("{\"a\": 1}"), std::string("y"), Blob{std::string("\0\xff", 2)},
                     std::string("ä"), 0.5, std::string("0000-00-00")}));
  EXPECT_THAT(types, ElementsAre("tinyint", "bigint", "double", "date", "datetime", "time", "year",
                                 "bit", "text", "enum", "varbinary", "text", "float", "date"));
}

TEST_F(MariadbDriver, SeveralStatementsGiveTheFirstResult) {
  EXPECT_EQ(rows_of(*connection_, "SELECT 1; SELECT 2; SELECT 3")[0][0], Datum(std::int64_t{1}));
  connection_->execute(
      "CREATE TABLE s (a INT AUTO_INCREMENT PRIMARY KEY, b INT); "
      "INSERT INTO s (b) VALUES (1), (2);");
  auto result = connection_->query("UPDATE s SET b = b WHERE a > 0");
  EXPECT_FALSE(result->next());
  // Rows that are found, changed or not.
  EXPECT_EQ(result->affected_rows(), 2);
  EXPECT_EQ(connection_->query("INSERT INTO s (b) VALUES (3)")->last_insert_id(), 3);
  EXPECT_THAT(error_of([&] { connection_->execute("SELECT 1; SELECT nosuch"); }).message(),
              HasSubstr("nosuch"));
  connection_->execute("CREATE PROCEDURE p() BEGIN SELECT 7; SELECT 8; END");
  EXPECT_EQ(rows_of(*connection_, "CALL p()"),
            (std::vector<std::vector<Datum>>{{std::int64_t{7}}}));
  EXPECT_EQ(connection_->scalar("SELECT 5"), Datum(std::int64_t{5}));
}

TEST_F(MariadbDriver, RowsAreStreamedAndSettled) {
  auto result = connection_->query("SELECT seq FROM seq_1_to_50000");
  ASSERT_TRUE(result->next());
  EXPECT_EQ(result->get(0), Datum(std::int64_t{1}));
  // Another statement in between.
  EXPECT_EQ(connection_->scalar("SELECT 5"), Datum(std::int64_t{5}));
  EXPECT_EQ(result->get(0), Datum(std::int64_t{1}));
  std::int64_t count = 1;
  while (result->next()) EXPECT_EQ(result->get(0), Datum(++count));
  EXPECT_EQ(count, 50000);
  // A result that is not read to its end.
  connection_->query("SELECT seq FROM seq_1_to_50000");
  EXPECT_FALSE(connection_->in_transaction());
}

TEST_F(MariadbDriver, ErrorsSayWhere) {
  Error error = error_of([&] {
    rows_of(*connection_, "SELECT 'ä', ?\nFROMM nosuch x",
            {std::string("a long text to shift it")});
  });
  EXPECT_EQ(error.sqlstate(), "42000");
  EXPECT_THAT(error.message(), ::testing::EndsWith("(1064)"));
  EXPECT_EQ(error.place().str(), "<statement>:2:7");
  EXPECT_THAT(error.statement(), HasSubstr("?"));
  connection_->execute("CREATE TABLE u (a INT PRIMARY KEY); INSERT INTO u VALUES (1)");
  error = error_of([&] { connection_->execute("INSERT INTO u VALUES (1)"); });
  EXPECT_EQ(error.message(), "Duplicate entry '1' for key 'PRIMARY' (1062)");
  EXPECT_EQ(error.sqlstate(), "23000");
}

TEST_F(MariadbDriver, ATransactionGoesOnAfterDdl) {
  EXPECT_FALSE(connection_->in_transaction());
  connection_->begin();
  EXPECT_TRUE(connection_->in_transaction());
  connection_->execute("CREATE TABLE v (a INT)");
  connection_->execute("INSERT INTO v VALUES (1)");
  EXPECT_TRUE(connection_->in_transaction());
  connection_->rollback();
  EXPECT_FALSE(connection_->in_transaction());
  EXPECT_EQ(connection_->scalar("SELECT count(*) FROM v"), Datum(std::int64_t{0}));
  connection_->begin();
  connection_->execute("INSERT INTO v VALUES (1)");
  connection_->commit();
  connection_->execute("INSERT INTO v VALUES (2)");
  EXPECT_EQ(database::connect(live_url())->scalar("SELECT count(*) FROM v"),
            Datum(std::int64_t{2}));
}

TEST_F(MariadbDriver, StatementsAreCancelledByASecondConnection) {
  std::shared_ptr<database::MariadbCancel> cancel = database::mariadb_cancel(*connection_);
  std::thread soon([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    cancel->cancel();
  });
  EXPECT_THAT(error_of([&] { connection_->execute("SELECT SLEEP(60) FROM seq_1_to_2"); }).message(),
              HasSubstr("(1317)"));
  soon.join();
}

TEST_F(MariadbDriver, LostConnections) {
  EXPECT_THAT(error_of([&] { connection_->execute("KILL CONNECTION_ID()"); }).message(),
              HasSubstr("connection to the server was lost"));
  error_of([&] { connection_->execute("SELECT 1"); });
}

TEST_F(MariadbDriver, ConnectionsThatCantBeMade) {
  config::Url url = live_url();
  url.password = "wrong";
  Error error = error_of([&] { database::connect(url); });
  EXPECT_THAT(error.message(), HasSubstr("Access denied"));
  EXPECT_THAT(error.message(), ::testing::Not(HasSubstr("wrong")));
  EXPECT_THAT(error.hint(), HasSubstr("%40"));
  url = live_url();
  url.database = "nosuch";
  EXPECT_THAT(error_of([&] { database::connect(url); }).hint(), HasSubstr("CREATE DATABASE"));
  url = live_url();
  url.query["conect_timeout"] = {"3"};
  EXPECT_THAT(error_of([&] { database::connect(url); }).hint(), HasSubstr("connect_timeout"));
}

TEST_F(MariadbDriver, OptionsOfUrls) {
  config::Url url = live_url();
  url.query["sql_mode"] = {"ANSI_QUOTES"};
  url.query["charset"] = {"utf8"};
  url.query["init_command"] = {"SET @x = 5"};
  url.query["read_timeout"] = {"2.5"};
  database::ConnectionPtr other = database::connect(url);
  EXPECT_EQ(other->scalar("SELECT CONCAT(@@sql_mode, @x, @@character_set_client)"),
            Datum(std::string("ANSI_QUOTES5utf8mb4")));
  auto options = [](const char* text) {
    return database::mariadb_options(config::parse_url(text), {});
  };
  EXPECT_TRUE(options("mysql+pymysql://localhost/d").tcp);
  EXPECT_FALSE(options("mysql://localhost/d").tcp);
  EXPECT_FALSE(options("mysql+pymysql://localhost/d?unix_socket=/s").tcp);
  EXPECT_EQ(options("mysql+mysqldb://u:p%40@/d?unix_socket=/run/s.sock&ssl_ca=/ca.pem").socket,
            "/run/s.sock");
  EXPECT_EQ(options("mysql://u:p%40@h:3307/d").password, "p@");
}

TEST_F(MariadbDriver, AMysqlUrlReachesAMariadb) {
  config::Url url = live_url();
  url.drivername = "mysql";
  url.backend = config::Backend::kMysql;
  database::ConnectionPtr other = database::connect(url);
  EXPECT_EQ(other->dialect_name(), "mysql");
  EXPECT_TRUE(database::is_mariadb_server(*other));
}

}  // namespace
}  // namespace retort
