// The C++ library on a MariaDB server: values, transactions, migrating, comparing.
#include <gmock/gmock.h>
#include <retort/retort.h>

#include <cstdlib>
#include <thread>

#include "library_schema.h"
#include "postgresql_live.h"

namespace retort {
namespace {

std::string url() {
  const char* given = std::getenv("MARIADB_URL");
  if (given == nullptr) throw Error(code::kUrl, "MARIADB_URL is not set");
  return given;
}

constexpr Revision kUsers{
    .id = "a1",
    .message = "users",
    .upgrade =
        [](Op& op) {
          op.create_table(
              Table("lib_users", Column("id", BigInteger(), primary_key),
                    Column("email", String(80), not_null, unique),
                    Column("state", Enum({"new", "old"}, {.name = "lib_state"}), not_null)));
          op.bulk_insert(table("lib_users", {column("id"), column("email"), column("state")}),
                         {{{"id", 1}, {"email", "a@b.c"}, {"state", "new"}}});
        },
    .downgrade = [](Op& op) { op.drop_table("lib_users"); },
};
constexpr const Revision* kCompiled[] = {&kUsers};
constinit const Bundle kBundle{kCompiled, {}};

class MariadbLibrary : public ::testing::Test {
 protected:
  Connection db_ = connect(url());
};

TEST_F(MariadbLibrary, values_and_transactions) {
  EXPECT_EQ(db_.dialect(), "mariadb");
  db_.execute(
      "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, price DECIMAL(6, 2), at DATETIME)");
  EXPECT_EQ(db_.execute("INSERT INTO t (price, at) VALUES (:price, :at)",
                        {{"price", 2.5}, {"at", "2020-01-31 10:00:00"}}),
            1);
  for (const Row& row : db_.query("SELECT * FROM t WHERE price > :least", {{"least", 1}})) {
    EXPECT_EQ(row.get<int>("id"), 1);
    EXPECT_EQ(row["price"].str(), "2.50");
    EXPECT_EQ(row["at"].kind(), Value::Kind::kTimestamp);
  }
  {
    Transaction undone = db_.begin();
    db_.execute("DELETE FROM t");
  }
  EXPECT_EQ(db_.scalar<int>("SELECT count(*) FROM t"), 1);
}

TEST_F(MariadbLibrary, migrates_and_finds_no_difference) {
  Migrator migrator(db_, kBundle);
  migrator.upgrade();
  EXPECT_TRUE(migrator.is_current());
  EXPECT_EQ(db_.scalar<std::string>("SELECT state FROM lib_users"), "new");
  EXPECT_TRUE(migrator.check(models(), only_ours()).empty())
      << migrator.check(models(), only_ours()).str();
  MetaData more = models();
  more.table("lib_orders", Column("id", Integer(), primary_key),
             Column("user_id", References{"lib_users.id", Action::cascade}, not_null, indexed),
             Column("total", Numeric(12, 2), not_null, server_default(0)));
  Differences found = differences(db_, more, only_ours());
  for (const Difference& each : found) {
    for (const std::string& sql : each.sql) db_.execute(sql);
  }
  EXPECT_THAT(differences(db_, more, only_ours()).str(), "");
  for (const Difference& each : found.downgrade()) {
    for (const std::string& sql : each.sql) db_.execute(sql);
  }
  EXPECT_FALSE(Inspector(db_).has_table("lib_orders"));
  migrator.downgrade("base");
  EXPECT_FALSE(Inspector(db_).has_table("lib_users"));
}

TEST_F(MariadbLibrary, two_migrators_at_once) {
  auto run = [] {
    Connection db = connect(url(), {.lock_timeout = std::chrono::seconds(30)});
    Migrator(db, kBundle).upgrade();
  };
  std::thread first(run);
  std::thread second(run);
  first.join();
  second.join();
  EXPECT_EQ(db_.scalar<int>("SELECT count(*) FROM lib_users"), 1);
  Migrator(db_, kBundle).downgrade("base");
}

}  // namespace
}  // namespace retort
