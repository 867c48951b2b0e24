#include "runtime/migration_context.h"

#include "runtime/run_lock.h"

namespace retort::runtime {

MigrationContext::MigrationContext(const script::Directory& directory, Environment environment,
                                   Log& log, Write write)
    : directory_(directory),
      environment_(std::move(environment)),
      log_(log),
      own_(std::make_unique<Evaluation>(environment_, log)),
      evaluation_(own_.get()),
      session_(&own_->open(environment_.database.url, write != nullptr)) {
  start(std::move(write));
}

MigrationContext::MigrationContext(const script::Directory& directory, Environment environment,
                                   Log& log, database::Connection& connection)
    : directory_(directory),
      environment_(std::move(environment)),
      log_(log),
      own_(std::make_unique<Evaluation>(environment_, log)),
      evaluation_(own_.get()),
      session_(&own_->open(connection)) {
  start(nullptr);
}

MigrationContext::MigrationContext(const script::Directory& directory, Environment environment,
                                   Log& log, Evaluation& evaluation, Session& session, Write write)
    : directory_(directory),
      environment_(std::move(environment)),
      log_(log),
      evaluation_(&evaluation),
      session_(&session) {
  start(std::move(write));
}

MigrationContext::~MigrationContext() = default;

void MigrationContext::start(Write write) {
  evaluation_->use(*session_);
  session_->use(environment_);
  log_.info(kMigrationLogger, "Context impl " + std::string(dialect().impl_name()) + ".");
  if (write) {
    printer_.emplace(session_->dialect(), environment_, std::move(write));
    session_->attach(&*printer_);
    log_.info(kMigrationLogger, "Generating static SQL");
  }
  bool transactional = printer_
                           ? printer_->transactional()
                           : environment_.transactional_ddl.value_or(dialect().transactional_ddl());
  log_.info(kMigrationLogger, transactional ? "Will assume transactional DDL."
                                            : "Will assume non-transactional DDL.");
}

std::shared_ptr<RunLock> MigrationContext::lock() {
  std::shared_ptr<RunLock> held = lock_.lock();
  if (!held) {
    held = std::make_shared<RunLock>(environment_, log_, session_->borrowed());
    lock_ = held;
  }
  return held;
}

void MigrationContext::begin_block() {
  in_block_ = true;
  if (printer_) {
    printer_->begin_run();
  } else {
    session_->begin_block();
  }
}

void MigrationContext::end_block(bool failed) {
  in_block_ = false;
  if (!printer_) {
    session_->end_block(failed);
  } else if (!failed) {
    printer_->end_run();
  }
}

}  // namespace retort::runtime
