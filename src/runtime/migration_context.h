#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/environment.h"
#include "runtime/evaluation.h"
#include "runtime/log.h"
#include "runtime/printer.h"
#include "runtime/session.h"
#include "script/directory.h"

namespace retort::runtime {

class RunLock;

// What a command acts on: one database, or with --sql the text for one, and how it is migrated.
// context.configure() of env.py makes it, or the configuration alone.
class MigrationContext {
 public:
  using Write = std::function<void(std::string_view)>;
  // With an evaluation and a session of its own, from a whole Environment. `write` makes it the
  // text of --sql.
  MigrationContext(const script::Directory& directory, Environment environment, Log& log,
                   Write write = nullptr);
  // On a connection that is open already and outlives the context.
  MigrationContext(const script::Directory& directory, Environment environment, Log& log,
                   database::Connection& connection);
  MigrationContext(const script::Directory& directory, Environment environment, Log& log,
                   Evaluation& evaluation, Session& session, Write write);
  ~MigrationContext();
  MigrationContext(const MigrationContext&) = delete;
  MigrationContext& operator=(const MigrationContext&) = delete;

  const script::Directory& directory() const { return directory_; }
  const Environment& environment() const { return environment_; }
  Environment& environment() { return environment_; }
  Log& log() const { return log_; }
  Evaluation& evaluation() { return *evaluation_; }
  Session& session() { return *session_; }
  const dialect::Dialect& dialect() const { return session_->dialect(); }
  bool offline() const { return printer_.has_value(); }
  // Opened by its first use; never offline.
  database::Connection& connection() { return session_->raw(); }
  // Of --sql.
  Printer& printer() { return *printer_; }

  // The keywords of run_migrations(), which upgrade() and downgrade() are called with.
  const Evaluation::Keywords& keywords() const { return keywords_; }
  void set_keywords(Evaluation::Keywords keywords) { keywords_ = std::move(keywords); }
  // with context.begin_transaction(): with --sql what is written there stands in one transaction.
  void begin_block();
  void end_block(bool failed);
  bool in_block() const { return in_block_; }

  // The run's lock, taken by the first run and shared by those that follow before it is given up.
  std::shared_ptr<RunLock> lock();

 private:
  // The end of every construction; the log says what the context is on.
  void start(Write write);

  const script::Directory& directory_;
  Environment environment_;
  Log& log_;
  std::unique_ptr<Evaluation> own_{};
  Evaluation* evaluation_;
  Session* session_;
  std::optional<Printer> printer_{};
  Evaluation::Keywords keywords_{};
  bool in_block_ = false;
  std::weak_ptr<RunLock> lock_{};
};

}  // namespace retort::runtime
