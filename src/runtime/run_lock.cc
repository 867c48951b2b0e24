#include "runtime/run_lock.h"

#include <array>
#include <thread>

#include "base/error.h"
#include "database/postgresql.h"
#include "database/registry.h"

namespace retort::runtime {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{200};
constexpr std::chrono::seconds kBetweenMessages{30};

// The lock's number, from the version table's name. Advisory locks are each database's own. FNV-1a,
// 64 bits: all releases must agree on it.
std::int64_t lock_key(const Environment& environment) {
  std::string name = "retort:" + environment.version_table_schema + "." + environment.version_table;
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (unsigned char c : name) hash = (hash ^ c) * 0x100000001b3U;
  return static_cast<std::int64_t>(hash);
}

bool is_true(const std::optional<sql::Datum>& datum) {
  const bool* value = datum ? std::get_if<bool>(&*datum) : nullptr;
  return value != nullptr && *value;
}

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
  const auto* text = found ? std::get_if<std::string>(&*found) : nullptr;
  return text != nullptr ? *text : "another session";
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

}  // namespace

RunLock::RunLock(const Environment& environment, Log& log, database::Connection* borrowed)
    : key_(lock_key(environment)) {
  bool postgresql = borrowed != nullptr
                        ? borrowed->dialect_name() == "postgresql"
                        : environment.database.url.backend == config::Backend::kPostgresql;
  if (!postgresql) return;
  if (borrowed == nullptr) own_ = database::connect(environment.database.url);
  database::Connection* connection = borrowed != nullptr ? borrowed : own_.get();
  bool pooled = database::behind_pooler(*connection);
  if (pooled && borrowed != nullptr) {
    log.warning(kMigrationLogger,
                "The connection goes through a pooler, where no lock of a session holds: nothing "
                "keeps a second run out");
    return;
  }
  if (pooled) hold_transaction(*connection);
  std::string_view sql = pooled ? "SELECT pg_catalog.pg_try_advisory_xact_lock($1)"
                                : "SELECT pg_catalog.pg_try_advisory_lock($1)";
  auto taken = [&] { return is_true(connection->scalar(sql, {&key_, 1})); };
  Clock::time_point started = Clock::now();
  std::optional<Clock::time_point> told;
  while (!taken()) {
    Clock::time_point now = Clock::now();
    std::string who = holder(*connection, std::get<std::int64_t>(key_));
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
  borrowed_ = borrowed;
}

RunLock::~RunLock() {
  if (borrowed_ == nullptr) return;
  try {
    borrowed_->scalar("SELECT pg_catalog.pg_advisory_unlock($1)", {&key_, 1});
  } catch (const std::exception&) {
    // The connection is broken, and the lock went with it.
  }
}

}  // namespace retort::runtime
