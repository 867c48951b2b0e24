#include "runtime/session.h"

#include <utility>

#include "base/error.h"
#include "database/registry.h"
#include "runtime/executor.h"

namespace retort::runtime {

Session::Session(config::Url database, const Environment& environment, Log& log, bool offline)
    : url_(std::move(database)),
      dialect_(&dialect::find_dialect(config::backend_name(url_.backend))),
      environment_(&environment),
      log_(&log),
      offline_(offline) {}

Session::Session(const dialect::Dialect& dialect, const Environment& environment, Log& log)
    : dialect_(&dialect), environment_(&environment), log_(&log), offline_(true) {}

Session::Session(database::Connection& connection, const Environment& environment, Log& log)
    : url_(environment.database.url),
      dialect_(&dialect::find_dialect(connection.dialect_name())),
      environment_(&environment),
      log_(&log),
      offline_(false),
      connection_(&connection) {}

database::Connection& Session::raw() {
  if (!connection_) {
    database::ConnectionOptions options;
    // SQLite's write lock is what a second run waits for.
    if (url_.backend == config::Backend::kSqlite) options.busy_timeout = environment_->lock_timeout;
    own_ = database::connect(url_, options);
    connection_ = own_.get();
    connection_->on_notice([log = log_](std::string_view severity, std::string_view message) {
      log->write(severity == "WARNING" ? Log::Level::kWarning : Log::Level::kInfo, "postgresql",
                 message);
    });
  }
  return *connection_;
}

database::Connection& Session::connection() {
  database::Connection& connection = raw();
  bool wanted = (begun_ || in_block_) && !sink_;
  if (wanted && !connection.in_transaction()) connection.begin();
  return connection;
}

std::string Session::url() const { return url_.drivername.empty() ? "" : url_.render(false); }

// ---- transactions of evaluated files

void Session::begin() {
  if (!sink_) begun_ = true;
}

void Session::commit() {
  if (offline_) {
    if (!sink_) return;
    enter_autocommit();
    leave_autocommit();
  } else if (sink_) {
    sink_->enter_autocommit();
    sink_->leave_autocommit();
  } else {
    close_transaction(true);
  }
}

void Session::rollback() {
  if (offline_) return;
  if (!sink_) return close_transaction(false);
  if (!raw().in_transaction()) return;
  raw().rollback();
  raw().begin();
}

void Session::end(bool failed) {
  if (sink_ || offline_) {
    if (failed) rollback();
    return;
  }
  close_transaction(!failed);
}

void Session::end_block(bool failed) {
  in_block_ = false;
  if (!begun_) close_transaction(!failed);
}

void Session::close_transaction(bool commit) {
  begun_ = false;
  if (connection_ && connection_->in_transaction()) {
    rolled_back_ = !commit;
    if (commit) {
      connection_->commit();
    } else {
      connection_->rollback();
    }
  }
  if (auto action = std::exchange(at_end_, nullptr)) action();
}

void Session::enter_autocommit() {
  if (sink_) sink_->enter_autocommit();
}
void Session::leave_autocommit() {
  if (sink_) sink_->leave_autocommit();
}

// ---- operations

void Session::invoke(operations::Operation operation, const Place& place) {
  try {
    if (sink_) {
      sink_->invoke(operation);
    } else if (offline_) {
      throw Error(code::kScript, "with --sql a statement has nowhere to go here")
          .with_hint("execute it between context.configure() and the end of the run");
    } else {
      Executor(connection(), *dialect_, *environment_, *log_).invoke(operation);
    }
  } catch (Error& error) {
    if (!error.place()) error.with_place(place);
    throw;
  }
}

schema::NamingConvention Session::naming_convention() const {
  return environment_->naming_convention;
}
std::vector<std::string> Session::x_arguments() const { return environment_->x_arguments; }
std::string Session::tag() const { return environment_->tag; }
std::string Session::version_table() const { return environment_->version_table; }
std::string Session::version_table_schema() const { return environment_->version_table_schema; }

}  // namespace retort::runtime
