#pragma once

#include <functional>
#include <string>
#include <vector>

#include "config/url.h"
#include "database/connection.h"
#include "dialect/dialect.h"
#include "modules/host.h"
#include "runtime/environment.h"
#include "runtime/log.h"
#include "runtime/sink.h"

namespace retort::runtime {

// One database of a run: the connection, opened by its first use, and the transactions that
// evaluated files begin on it. Between runs of a migration its statements are committed one by one
// unless a transaction was begun; within a step they belong to the step.
class Session final : public modules::Host {
 public:
  // With `offline` nothing is ever opened: statements go to the sink of the run.
  Session(config::Url database, const Environment& environment, Log& log, bool offline);
  // A dialect alone, for --sql without a URL.
  Session(const dialect::Dialect& dialect, const Environment& environment, Log& log);
  // On a connection that is open already and outlives the session.
  Session(database::Connection& connection, const Environment& environment, Log& log);

  const config::Url& database() const { return url_; }
  // The connection as it is. connection() of the host begins a transaction that was asked for.
  database::Connection& raw();
  bool is_open() const { return connection_ != nullptr; }
  // The connection when it is somebody else's, else nullptr.
  database::Connection* borrowed() const { return own_ ? nullptr : connection_; }

  // What configure() said; until then the project's settings.
  void use(const Environment& environment) { environment_ = &environment; }
  // The run whose step the statements belong to; nullptr: none.
  void attach(Sink* sink) { sink_ = sink; }
  // A transaction of the caller is open, or will be with the next statement: engine.begin(),
  // connection.begin(). A run leaves its end to the caller.
  bool in_transaction_of_caller() const { return begun_; }
  // Whether the last transaction of the caller's was rolled back.
  bool is_rolled_back() const { return rolled_back_; }
  // with context.begin_transaction(): statements before and after the run are in a transaction.
  void begin_block() { in_block_ = true; }
  void end_block(bool failed);
  // Done when the caller's transaction has ended.
  void at_end(std::function<void()> action) { at_end_ = std::move(action); }

  const dialect::Dialect& dialect() const override { return *dialect_; }
  bool offline() const override { return offline_; }
  database::Connection& connection() override;
  std::string url() const override;
  void begin() override;
  void commit() override;
  void rollback() override;
  void end(bool failed) override;
  void invoke(operations::Operation operation, const Place& place) override;
  void enter_autocommit() override;
  void leave_autocommit() override;
  schema::NamingConvention naming_convention() const override;
  std::vector<std::string> x_arguments() const override;
  std::string tag() const override;
  std::string version_table() const override;
  std::string version_table_schema() const override;

 private:
  void close_transaction(bool commit);

  config::Url url_{};
  const dialect::Dialect* dialect_;
  const Environment* environment_;
  Log* log_;
  bool offline_;
  bool begun_ = false;
  bool rolled_back_ = false;
  bool in_block_ = false;
  Sink* sink_ = nullptr;
  database::ConnectionPtr own_{};
  database::Connection* connection_ = nullptr;  // own_, or somebody else's; nullptr: not open yet
  std::function<void()> at_end_{};
};

}  // namespace retort::runtime
