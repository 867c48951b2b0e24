#pragma once

#include "database/connection.h"
#include "runtime/environment.h"
#include "runtime/log.h"

namespace retort::runtime {

// Keeps other deployers out while a run lasts, where the run's own transaction does not.
//
// PostgreSQL: a session-level advisory lock, one for each version table of a database, held by a
// second connection that has no transaction open. Behind a pooler (database::behind_pooler()),
// where the next statement may go to another session, it is the lock of a transaction that stays
// open and does nothing: it has no snapshot, so that nobody waits for it. It is asked for again and
// again and not waited for: CREATE INDEX CONCURRENTLY waits until every older transaction has
// ended, those that wait for a lock as well, so that a waiting deployer would block the working one
// for good.
//
// MySQL and MariaDB: a named lock (GET_LOCK) of a second connection, one for each version table of
// a database. It outlives the commits of DDL statements, and ends with its connection.
class RunLock {
 public:
  // Returns with the lock; at once on engines that need none. While somebody else has it the log
  // says who. Throws Error(code::kLocked) after environment.lock_timeout. With `borrowed`, whose
  // database may be known to its owner only, that connection holds the lock; behind a pooler it
  // can't, and the log warns of it.
  RunLock(const Environment& environment, Log& log, database::Connection* borrowed = nullptr);
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;
  ~RunLock();

 private:
  bool lock_postgresql(database::Connection& connection, const Environment& environment, Log& log,
                       bool borrowed);
  bool lock_mariadb(database::Connection& connection, const Environment& environment, Log& log);

  database::ConnectionPtr own_;  // holds it until it closes
  database::Connection* borrowed_ = nullptr;
  sql::Datum key_{};
  std::string_view unlock_{};
};

}  // namespace retort::runtime
