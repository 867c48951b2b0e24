#pragma once

#include <retort/connection.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/url.h"
#include "database/connection.h"
#include "dialect/dialect.h"

namespace retort::library {

class Cursor;

// What a public Connection is: a session that may be closed while results of it are still held.
class Session {
 public:
  Session(database::ConnectionPtr connection, config::Url url);
  // A connection that belongs to somebody else for as long as this object lives.
  Session(database::Connection& borrowed, config::Url url);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Throws Error(code::kMisuse) when it is closed.
  database::Connection& connection() const;
  const dialect::Dialect& dialect() const;
  const config::Url& url() const { return url_; }

  bool is_open() const { return connection_ != nullptr; }
  void close() noexcept;

  std::shared_ptr<Cursor> query(std::string_view sql, const Parameters& parameters);
  std::shared_ptr<Cursor> query(const Expression& statement, const Parameters& parameters);
  std::int64_t execute(std::string_view sql, const Parameters& parameters);
  std::int64_t execute(const Expression& statement, const Parameters& parameters);

 private:
  std::shared_ptr<Cursor> open(const sql::Statement& statement);

  database::ConnectionPtr own_;
  database::Connection* connection_;  // null: closed
  const dialect::Dialect* dialect_;
  config::Url url_;
  std::vector<std::weak_ptr<Cursor>> cursors_;
};

// A result that knows when its session has ended.
class Cursor {
 public:
  explicit Cursor(std::unique_ptr<database::Result> result);
  std::optional<Row> next();
  const std::vector<std::string>& columns() const { return *names_; }
  void close() noexcept;

 private:
  std::unique_ptr<database::Result> result_;
  bool closed_ = false;  // by its session
  std::shared_ptr<const std::vector<std::string>> names_;
  std::vector<std::string> types_;
};

}  // namespace retort::library
