#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "database/cancel.h"
#include "runtime/concurrent_index.h"
#include "runtime/environment.h"
#include "runtime/log.h"
#include "runtime/sink.h"

namespace retort::runtime {

// Executes a run's statements and keeps its transactions.
//
// Where the engine rolls DDL back, one transaction holds the whole run and a savepoint each step,
// so that a failing step leaves nothing of itself and the steps before it can still be kept
// (https://www.sqlite.org/lang_savepoint.html). With transaction_per_migration every step is
// committed. Where it does not (MySQL, MariaDB), DDL commits by itself, with the data that was
// changed before it, and only what follows the last DDL statement of a failing step is undone.
//
// PostgreSQL keeps all steps of a run or none. An autocommit block, or a script's own COMMIT, ends
// what came before it in the run for good.
class Executor final : public Sink, private dialect::Catalog {
 public:
  Executor(database::Connection& connection, const dialect::Dialect& dialect,
           const Environment& environment, Log& log);

  // The end of the run does not commit: the transaction is the caller's, or a block's that goes on
  // after the run. `at_end` takes what is to be done once it has ended. A run that fails leaves the
  // rollback to the caller, or undoes all.
  enum class OnFailure { kLeave, kUndo };
  void leave_open(std::function<void(std::function<void()>)> at_end, OnFailure on_failure) {
    at_end_ = std::move(at_end);
    on_failure_ = on_failure;
  }

  // Whether the run is one transaction that is kept or undone as a whole.
  bool is_whole() const { return !per_step_ && !keeps_whole_steps_; }

  // Whether every step is a transaction of its own.
  bool per_step() const { return per_step_; }

  void begin_run();
  void begin_step();
  void end_step();
  void end_run();
  // After an error: the failing step is undone, the whole steps before it are kept where the engine
  // keeps them step by step.
  void abandon() noexcept;
  // Whether the step that is running, or was abandoned, has committed something of itself.
  bool partly_committed() const { return partly_committed_; }

  void invoke(const operations::Operation& operation) override;
  void enter_autocommit() override;
  void leave_autocommit() override;

 private:
  database::Connection& connection() override { return *connection_; }
  void run(const sql::Statement& statement);
  void create_concurrently(const sql::Statement& statement, const ConcurrentIndex& index);
  void send(const sql::Statement& statement);
  // The script's own BEGIN, COMMIT or ROLLBACK ends the savepoint with the transaction.
  void watch(std::string_view sql);
  bool has_savepoint();
  void suspend_foreign_keys();
  void resume_foreign_keys();
  void commit();

  std::function<void(std::function<void()>)> at_end_{};
  OnFailure on_failure_ = OnFailure::kLeave;
  database::Connection* connection_;
  const dialect::Dialect* dialect_;
  Log* log_;
  dialect::RunMemory memory_;
  dialect::CompileContext context_;
  bool per_step_ = false;
  bool keeps_whole_steps_ = false;
  bool savepoint_ = false;
  bool committed_steps_ = false;
  bool partly_committed_ = false;
  bool committing_ = false;
  std::optional<database::CancelOnInterrupt> cancel_{};
  bool foreign_keys_were_on_ = false;
};

}  // namespace retort::runtime
