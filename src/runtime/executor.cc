#include "runtime/executor.h"

#include <array>

#include "base/error.h"
#include "base/text.h"

namespace retort::runtime {

namespace {

constexpr std::string_view kSavepoint = "retort_step";

bool is_on(const std::optional<sql::Datum>& datum) {
  const auto* number = datum ? std::get_if<std::int64_t>(&*datum) : nullptr;
  return number && *number != 0;
}

std::string first_word(std::string_view sql) {
  sql = trim(sql);
  std::size_t end = sql.find_first_of(" \t\r\n;(");
  return to_upper(sql.substr(0, end));
}

}  // namespace

Executor::Executor(database::Connection& connection, const dialect::Dialect& dialect,
                   const Environment& environment, Log& log)
    : connection_(&connection), dialect_(&dialect), log_(&log) {
  context_.catalog = this;
  context_.naming_convention = environment.naming_convention;
  context_.memory = &memory_;
  context_.binds = sql::Binds::kPositional;
  bool transactional = environment.transactional_ddl.value_or(dialect.transactional_ddl());
  per_step_ = environment.transaction_per_migration || !transactional;
  // Alembic commits step by step on SQLite, because Python's driver can't roll DDL back there; its
  // users count on the steps before a failing one.
  keeps_whole_steps_ = dialect.name() == "sqlite";
}

void Executor::begin_run() {
  if (at_end_) per_step_ = false;
  // What env.py did in a transaction before the run; the setting below can't be made within one.
  if (!at_end_ && dialect_->name() == "sqlite" && connection_->in_transaction()) {
    connection_->commit();
  }
  suspend_foreign_keys();
  if (!per_step_ && !connection_->in_transaction()) connection_->begin();
  cancel_.emplace(*connection_);
}

void Executor::begin_step() {
  partly_committed_ = false;
  if (!connection_->in_transaction()) connection_->begin();
  if (!dialect_->transactional_ddl()) {
    // An implicit commit ends it: abandon() looks whether it is still there.
    connection_->execute("SAVEPOINT " + std::string(kSavepoint));
    return;
  }
  if (per_step_ || !keeps_whole_steps_) return;
  connection_->execute("SAVEPOINT " + std::string(kSavepoint));
  savepoint_ = true;
}

void Executor::end_step() {
  if (savepoint_) connection_->execute("RELEASE " + std::string(kSavepoint));
  savepoint_ = false;
  committed_steps_ = true;
  if (per_step_ && connection_->in_transaction()) commit();
}

// A COMMIT that fails (a deferred constraint, a full disk) has undone the transaction.
void Executor::commit() {
  committing_ = true;
  connection_->commit();
  committing_ = false;
}

void Executor::end_run() {
  cancel_.reset();
  if (at_end_) {
    at_end_([connection = connection_, on = foreign_keys_were_on_] {
      if (on) connection->execute("PRAGMA foreign_keys=ON");
    });
    return;
  }
  if (connection_->in_transaction()) commit();
  resume_foreign_keys();
}

void Executor::abandon() noexcept {
  cancel_.reset();
  if (at_end_ && on_failure_ == OnFailure::kLeave) return end_run();
  try {
    if (!dialect_->transactional_ddl()) {
      partly_committed_ = partly_committed_ || !has_savepoint();
      connection_->rollback();
    } else if (!connection_->in_transaction()) {
      // The script has ended the transaction, or an autocommit block was not left; or the database
      // has: by a COMMIT that failed, on SQLite by an error such as a full disk.
      bool undone = committing_ || savepoint_;
      partly_committed_ = partly_committed_ || !undone;
    } else if (savepoint_ && committed_steps_) {
      connection_->execute("ROLLBACK TO " + std::string(kSavepoint));
      connection_->execute("RELEASE " + std::string(kSavepoint));
      connection_->commit();
    } else {
      connection_->rollback();
    }
  } catch (const std::exception&) {
    connection_->rollback();
  }
  try {
    resume_foreign_keys();
  } catch (const std::exception&) {
    // The connection is given up after a failed run; its settings go with it.
  }
  savepoint_ = false;
}

bool Executor::has_savepoint() {
  try {
    connection_->execute("RELEASE SAVEPOINT " + std::string(kSavepoint));
    return true;
  } catch (const Error&) {
    return false;
  }
}

void Executor::invoke(const operations::Operation& operation) {
  for (const sql::Statement& statement : dialect_->compile(operation, context_)) run(statement);
}

void Executor::enter_autocommit() {
  if (connection_->in_transaction()) connection_->commit();
  savepoint_ = false;
  partly_committed_ = true;
}

void Executor::leave_autocommit() {
  if (connection_->in_transaction()) connection_->commit();
  begin_step();
  partly_committed_ = true;
}

void Executor::run(const sql::Statement& statement) {
  if (interrupt_signal() != 0) throw Error(code::kDatabase, "interrupted");
  watch(statement.sql);
  if (dialect_->name() == "postgresql") {
    if (auto index = concurrent_index(statement.sql)) {
      create_concurrently(statement, *index);
      return;
    }
  }
  send(statement);
}

void Executor::create_concurrently(const sql::Statement& statement, const ConcurrentIndex& index) {
  // In a transaction the statement is refused as it is.
  if (connection_->in_transaction()) return send(statement);
  if (drop_if_invalid(*connection_, index)) {
    log_->warning(kMigrationLogger, "Dropped the invalid index '" + index.name +
                                        "', which an earlier CREATE INDEX CONCURRENTLY had left");
  }
  try {
    send(statement);
  } catch (Error& error) {
    try {
      if (drop_if_invalid(*connection_, index)) {
        log_->warning(kMigrationLogger,
                      "Dropped the invalid index '" + index.name + "' that was left");
      }
    } catch (const Error& cleanup) {
      error.with_hint("an invalid index '" + index.name +
                      "' may be left, which could not be dropped: " + cleanup.message());
    }
    throw;
  }
}

void Executor::send(const sql::Statement& statement) {
  if (log_->wants_statements()) log_->info(kStatementLogger, trim(statement.sql));
  if (statement.parameters.empty()) {
    connection_->execute(statement.sql);
    return;
  }
  auto result = connection_->query(statement.sql, statement.parameters);
  while (result->next()) {
  }
}

void Executor::watch(std::string_view sql) {
  static constexpr auto kWords = std::to_array<std::string_view>(
      {"BEGIN", "COMMIT", "END", "ROLLBACK", "START", "SAVEPOINT", "RELEASE"});
  std::string word = first_word(sql);
  for (std::string_view ending : kWords) {
    if (word == ending) savepoint_ = false;
  }
}

// SQLite checks foreign keys at each statement and lets them be switched only outside of a
// transaction; a table rebuild drops a table that others refer to
// (https://www.sqlite.org/lang_altertable.html#otheralter, step 1 and 12).
void Executor::suspend_foreign_keys() {
  if (dialect_->name() != "sqlite") return;
  foreign_keys_were_on_ = is_on(connection_->scalar("PRAGMA foreign_keys"));
  if (foreign_keys_were_on_) connection_->execute("PRAGMA foreign_keys=OFF");
}

void Executor::resume_foreign_keys() {
  if (foreign_keys_were_on_) connection_->execute("PRAGMA foreign_keys=ON");
  foreign_keys_were_on_ = false;
}

}  // namespace retort::runtime
