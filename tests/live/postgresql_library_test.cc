// The C++ library on a real server: over a connection of the application's, migrating, comparing.
#include <gmock/gmock.h>
#include <retort/retort.h>

#include <cstdlib>
#include <thread>

#include "library_schema.h"
#include "postgresql_live.h"

namespace retort {
namespace {

std::string url() {
  const char* given = std::getenv("POSTGRESQL_URL");
  if (given == nullptr) throw Error(code::kUrl, "POSTGRESQL_URL is not set");
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
    .downgrade =
        [](Op& op) {
          op.drop_table("lib_users");
          op.drop_type(Enum({"new", "old"}, {.name = "lib_state"}));
        },
};
constexpr const Revision* kCompiled[] = {&kUsers};
constinit const Bundle kBundle{kCompiled, {}};

class PostgresqlLibrary : public ::testing::Test {
 protected:
  pg_conn* handle() { return static_cast<pg_conn*>(application_.native_handle()); }
  Connection application_ = connect(url());
};

TEST_F(PostgresqlLibrary, migrates_over_a_connection_of_the_applications) {
  Connection db = Connection::over(handle());
  Migrator migrator(db, kBundle);
  migrator.upgrade();
  EXPECT_TRUE(migrator.is_current());
  EXPECT_EQ(application_.scalar<std::string>("SELECT state FROM lib_users"), "new");
  EXPECT_TRUE(migrator.check(models(), only_ours()).empty())
      << migrator.check(models(), only_ours()).str();
  migrator.downgrade("base");
  EXPECT_FALSE(Inspector(db).has_table("lib_users"));
  EXPECT_EQ(application_.scalar<int>("SELECT count(*) FROM pg_type WHERE typname = 'lib_state'"),
            0);
  db.close();
  // The handle is still the application's.
  EXPECT_EQ(application_.scalar<int>("SELECT 1"), 1);
}

TEST_F(PostgresqlLibrary, differences_go_and_come_back) {
  MetaData more = models();
  more.table("lib_orders", Column("id", Integer(), primary_key),
             Column("user_id", References{"lib_users.id", Action::cascade}, not_null, indexed),
             Column("tags", ARRAY(Text()), nullable),
             Column("total", Numeric(12, 2), not_null, server_default(0)));
  Differences found = differences(application_, more, only_ours());
  for (const Difference& each : found) {
    for (const std::string& sql : each.sql) application_.execute(sql);
  }
  EXPECT_THAT(differences(application_, more, only_ours()).str(), "");
  for (const Difference& each : found.downgrade()) {
    for (const std::string& sql : each.sql) application_.execute(sql);
  }
  EXPECT_FALSE(Inspector(application_).has_table("lib_orders"));
  EXPECT_FALSE(Inspector(application_).has_table("lib_users"));
}

TEST_F(PostgresqlLibrary, misuse_is_a_typed_error) {
  EXPECT_EQ(error_of([] { Connection::over(static_cast<pg_conn*>(nullptr)); }).code(),
            code::kMisuse);
  application_.execute("BEGIN");
  EXPECT_EQ(error_of([&] { application_.execute("SELECT no_such_column"); }).code(),
            code::kDatabase);
  // A transaction that has failed can't be worked in.
  EXPECT_EQ(error_of([&] { Connection::over(handle()); }).code(), code::kMisuse);
  application_.execute("ROLLBACK");
  Connection db = Connection::over(handle());
  EXPECT_EQ(db.scalar<int>("SELECT 2"), 2);
}

TEST_F(PostgresqlLibrary, two_migrators_at_once) {
  auto run = [] {
    Connection db = connect(url(), {.lock_timeout = std::chrono::seconds(30)});
    Migrator(db, kBundle).upgrade();
  };
  std::thread first(run);
  std::thread second(run);
  first.join();
  second.join();
  EXPECT_EQ(application_.scalar<int>("SELECT count(*) FROM lib_users"), 1);
  Migrator(application_, kBundle).downgrade("base");
}

TEST_F(PostgresqlLibrary, a_lost_server_is_an_error) {
  Connection other = connect(url());
  int pid = other.scalar<int>("SELECT pg_backend_pid()").value();
  application_.execute("SELECT pg_terminate_backend(" + std::to_string(pid) + ")");
  Error error = error_of([&] {
    // The first word may still be on its way.
    for (int i = 0; i < 100; ++i) {
      other.execute("SELECT 1");
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  });
  EXPECT_EQ(error.code(), code::kDatabase) << error.render();
}

}  // namespace
}  // namespace retort
