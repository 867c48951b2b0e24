#include "runtime/run_lock.h"

#include <array>
#include <cstdio>
#include <thread>

#include "base/error.h"
#include "database/mariadb.h"
#include "database/postgresql.h"
#include "database/registry.h"

namespace retort::runtime {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{200};
constexpr std::chrono::seconds kBetweenMessages{30};

// FNV-1a, 64 bits: all releases must agree on it.
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (unsigned char c : text) hash = (hash ^ c) * 0x100000001b3U;
  return hash;
}

std::string lock_name(const Environment& environment) {
  return "retort:" + environment.version_table_schema + "." + environment.version_table;
}

bool is_true(const std::optional<sql::Datum>& datum) {
  if (!datum) return false;
  if (const bool* value = std::get_if<bool>(&*datum)) return *value;
  const auto* number = std::get_if<std::int64_t>(&*datum);
  return number != nullptr && *number == 1;
}

std::string text_of(const std::optional<sql::Datum>& datum, std::string_view otherwise) {
  const auto* text = datum ? std::get_if<std::string>(&*datum) : nullptr;
  return text != nullptr ? *text : std::string(otherwise);
}

// Asks `taken` again and again until it has the lock. `holder` tells who has it.
template <typename Taken, typename Holder>
void wait_for(const Environment& environment, Log& log, Taken&& taken, Holder&& holder) {
  Clock::time_point started = Clock::now();
  std::optional<Clock::time_point> told;
  while (!taken()) {
    Clock::time_point now = Clock::now();
    std::string who = holder();
    if (environment.lock_timeout && now - started >= *environment.lock_timeout) {
      throw Error(code::kLocked, "another run is migrating this database: " + who)
          .with_hint("wait for it to end, or wait longer with --lock-timeout 2m");
    }
    if (!told || now - *told >= kBetweenMessages) {
      log.info(kMigrationLogger, "Waiting for another run on this database to end: " + who);
      told = now;
    }
    std::this_thread::sleep_for(kPause);
  }
}

// ---- PostgreSQL

// "pid 4711 (deploy@10.0.0.7, since 10:31:02)": the session that has the lock.
std::string holder(database::Connection& connection, std::int64_t key) {
  std::array<sql::Datum, 2> halves{
      static_cast<std::int64_t>(static_cast<std::uint64_t>(key) >> 32U),
      static_cast<std::int64_t>(static_cast<std::uint64_t>(key) & 0xffffffffU)};
  auto found = connection.scalar(
      "SELECT 'pid ' || a.pid || ' (' || coalesce(a.usename, '?') || '@' || "
      "coalesce(host(a.client_addr), 'local') || ', since ' || "
      "to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS') || ')' "
      "FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid "
      "WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = "
      "(SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) "
      "AND l.classid::bigint = $1 AND l.objid::bigint = $2",
      halves);
  return text_of(found, "another session");
}

// A transaction that lasts as long as the connection. READ COMMITTED keeps no snapshot between
// statements: CREATE INDEX CONCURRENTLY waits for those that do.
void hold_transaction(database::Connection& connection) {
  connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED");
  for (std::string_view name : {"idle_in_transaction_session_timeout", "transaction_timeout"}) {
    connection.execute(
        "SELECT pg_catalog.set_config(name, '0', true) FROM pg_catalog.pg_settings "
        "WHERE name = '" +
        std::string(name) + "'");
  }
}

// ---- MySQL and MariaDB

// Named locks are the whole server's (and of 64 characters at most): the name has the database in
// it.
std::string mariadb_key(database::Connection& connection, const Environment& environment) {
  std::string database = text_of(connection.scalar("SELECT DATABASE()"), "");
  std::array<char, 17> hex{};
  std::snprintf(hex.data(), hex.size(), "%016llx",
                static_cast<unsigned long long>(hash_of(lock_name(environment) + "@" + database)));
  return "retort:" + std::string(hex.data());
}

// "connection 47 (deploy@10.0.0.7:5123)": the session that has the lock.
std::string mariadb_holder(database::Connection& connection, const sql::Datum& key) {
  auto found = connection.scalar(
      "SELECT CONCAT('connection ', p.id, ' (', p.user, '@', p.host, ')') "
      "FROM information_schema.processlist p WHERE p.id = IS_USED_LOCK(?)",
      {&key, 1});
  return text_of(found, "another session");
}

}  // namespace

RunLock::RunLock(const Environment& environment, Log& log, database::Connection* borrowed) {
  config::Backend backend = environment.database.url.backend;
  bool postgresql = borrowed != nullptr ? borrowed->dialect_name() == "postgresql"
                                        : backend == config::Backend::kPostgresql;
  bool mysql_like = borrowed != nullptr ? database::is_mysql_like(*borrowed)
                                        : backend == config::Backend::kMysql ||
                                              backend == config::Backend::kMariadb;
  if (!postgresql && !mysql_like) return;
  if (borrowed == nullptr) own_ = database::connect(environment.database.url);
  database::Connection& connection = borrowed != nullptr ? *borrowed : *own_;
  bool locked = postgresql ? lock_postgresql(connection, environment, log, borrowed != nullptr)
                           : lock_mariadb(connection, environment, log);
  if (locked) borrowed_ = borrowed;
}

bool RunLock::lock_postgresql(database::Connection& connection, const Environment& environment,
                              Log& log, bool borrowed) {
  // Advisory locks are each database's own.
  key_ = static_cast<std::int64_t>(hash_of(lock_name(environment)));
  unlock_ = "SELECT pg_catalog.pg_advisory_unlock($1)";
  bool pooled = database::behind_pooler(connection);
  if (pooled && borrowed) {
    log.warning(kMigrationLogger,
                "The connection goes through a pooler, where no lock of a session holds: nothing "
                "keeps a second run out");
    return false;
  }
  if (pooled) hold_transaction(connection);
  std::string_view sql = pooled ? "SELECT pg_catalog.pg_try_advisory_xact_lock($1)"
                                : "SELECT pg_catalog.pg_try_advisory_lock($1)";
  wait_for(
      environment, log, [&] { return is_true(connection.scalar(sql, {&key_, 1})); },
      [&] { return holder(connection, std::get<std::int64_t>(key_)); });
  return true;
}

bool RunLock::lock_mariadb(database::Connection& connection, const Environment& environment,
                           Log& log) {
  key_ = mariadb_key(connection, environment);
  unlock_ = "SELECT RELEASE_LOCK(?)";
  wait_for(
      environment, log,
      [&] { return is_true(connection.scalar("SELECT GET_LOCK(?, 0)", {&key_, 1})); },
      [&] { return mariadb_holder(connection, key_); });
  return true;
}

RunLock::~RunLock() {
  if (borrowed_ == nullptr) return;
  try {
    borrowed_->scalar(unlock_, {&key_, 1});
  } catch (const std::exception&) {
    // The connection is broken, and the lock went with it.
  }
}

}  // namespace retort::runtime
