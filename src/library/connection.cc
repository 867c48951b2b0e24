#include <retort/connection.h>
#include <retort/error.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "base/text.h"
#include "database/postgresql.h"
#include "database/registry.h"
#include "database/sqlite.h"
#include "library/session.h"

namespace retort {

const Value& Row::at(std::size_t column) const {
  if (column >= values_.size()) {
    throw Error(code::kMisuse, "the row has " + std::to_string(values_.size()) +
                                   " columns; there is no column " + std::to_string(column))
        .with_hint("columns count from 0");
  }
  return values_[column];
}

const std::vector<std::string>& Row::columns() const {
  static const std::vector<std::string> kNone;
  return names_ ? *names_ : kNone;
}

std::size_t Row::find(std::string_view column) const {
  const std::vector<std::string>& names = columns();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == column) return i;
  }
  throw Error(code::kMisuse, "the row has no column '" + std::string(column) + "'")
      .with_hint(did_you_mean(column, names));
}

void Row::blame(std::size_t column, const std::exception& error) const {
  if (const auto* known = dynamic_cast<const Error*>(&error)) {
    Error own = *known;
    own.with_context("column '" + columns()[column] + "'");
    throw own;
  }
  throw Error(code::kType, error.what());
}

Result::Iterator& Result::Iterator::operator++() {
  std::optional<Row> row = result_ != nullptr ? result_->next() : std::nullopt;
  if (row) {
    row_ = std::move(*row);
  } else {
    result_ = nullptr;
  }
  return *this;
}

library::Cursor& Result::cursor() const {
  if (!cursor_) throw Error(code::kMisuse, "the result was moved away");
  return *cursor_;
}

std::optional<Row> Result::next() { return cursor().next(); }

std::vector<Row> Result::all() {
  std::vector<Row> rows;
  while (std::optional<Row> row = next()) rows.push_back(std::move(*row));
  return rows;
}

const std::vector<std::string>& Result::columns() const { return cursor().columns(); }

Transaction::~Transaction() { rollback(); }

void Transaction::commit() {
  if (!session_) throw Error(code::kMisuse, "the transaction is over already");
  session_->connection().commit();
  session_.reset();
}

void Transaction::rollback() noexcept {
  if (session_ && session_->is_open() && session_->connection().in_transaction()) {
    session_->connection().rollback();
  }
  session_.reset();
}

Connection Connection::over(sqlite3* handle) {
  if (handle == nullptr) throw Error(code::kMisuse, "the sqlite3* is null");
  config::Url url;
  url.drivername = "sqlite";
  return Connection(std::make_shared<library::Session>(database::borrow_sqlite(handle), url));
}

Connection Connection::over(pg_conn* handle) {
  if (handle == nullptr) throw Error(code::kMisuse, "the PGconn is null");
  config::Url url;
  url.drivername = "postgresql";
  url.backend = config::Backend::kPostgresql;
  return Connection(std::make_shared<library::Session>(database::borrow_postgresql(handle), url));
}

Connection::Connection(std::shared_ptr<library::Session> session) : session_(std::move(session)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

library::Session& Connection::session() const {
  if (!session_) throw Error(code::kMisuse, "the connection was moved away");
  return *session_;
}

std::shared_ptr<library::Session> Connection::share() const {
  session();
  return session_;
}

std::string Connection::dialect() const { return std::string(session().dialect().name()); }
std::string Connection::server_version() const { return session().connection().server_version(); }

Result Connection::query(std::string_view sql, const Parameters& parameters) {
  return Result(session().query(sql, parameters));
}
Result Connection::query(const Expression& statement, const Parameters& parameters) {
  return Result(session().query(statement, parameters));
}
std::int64_t Connection::execute(std::string_view sql, const Parameters& parameters) {
  return session().execute(sql, parameters);
}
std::int64_t Connection::execute(const Expression& statement, const Parameters& parameters) {
  return session().execute(statement, parameters);
}

Transaction Connection::begin() {
  database::Connection& connection = session().connection();
  if (connection.in_transaction()) {
    throw Error(code::kMisuse, "a transaction is open already on this connection");
  }
  connection.begin();
  return Transaction(session_);
}
bool Connection::in_transaction() const { return session().connection().in_transaction(); }

bool Connection::is_open() const { return session_ && session_->is_open(); }
void Connection::close() noexcept {
  if (session_) session_->close();
}
void* Connection::native_handle() const { return session().connection().native_handle(); }

Timeout::Timeout(double seconds)
    : milliseconds_(static_cast<std::int64_t>(std::clamp(std::ceil(seconds * 1000), 0.0, 2e9))) {}

Connection connect(std::string_view text, const ConnectOptions& options) {
  config::Url url = config::parse_url(text);
  database::ConnectionOptions own;
  if (options.lock_timeout) {
    own.busy_timeout = std::chrono::milliseconds(options.lock_timeout->milliseconds());
  }
  own.read_only = options.read_only;
  own.create = options.create;
  database::ConnectionPtr connection = database::connect(url, own);
  return Connection(std::make_shared<library::Session>(std::move(connection), std::move(url)));
}

}  // namespace retort
