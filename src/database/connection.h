#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sql/datum.h"

namespace retort::database {

// Rows as they come, one at a time. The result borrows its connection.
class Result {
 public:
  virtual ~Result() = default;
  // Column names in order; empty for a statement that returns no rows.
  virtual const std::vector<std::string>& columns() const = 0;
  // Declared type of a column in lower case ("timestamp", "integer"), "" where the driver can't
  // say.
  virtual std::string column_type(std::size_t column) const = 0;
  // Moves to the next row; false after the last. Throws Error(code::kDatabase).
  virtual bool next() = 0;
  virtual sql::Datum get(std::size_t column) const = 0;
  // Rows changed by INSERT, UPDATE, DELETE; -1 where it has no meaning.
  virtual std::int64_t affected_rows() const = 0;
  // SQLite's and MariaDB's id of the last inserted row.
  virtual std::int64_t last_insert_id() const = 0;
};

// How a database is opened. What is absent is taken from the URL, then from the driver's default.
struct ConnectionOptions {
  // How long to wait for a lock that another session holds; SQLite's default is five seconds, as
  // in Python's driver.
  std::optional<std::chrono::milliseconds> busy_timeout{};
  bool read_only = false;
  // Whether a database file that is not there may be made. It is made by the first write.
  bool create = true;
  friend bool operator==(const ConnectionOptions&, const ConnectionOptions&) = default;
};

// What a server says beside its answers: its word for how grave it is ("NOTICE", "WARNING") and the
// message.
using NoticeHandler = std::function<void(std::string_view severity, std::string_view message)>;

using Parameters = std::span<const sql::Datum>;

// One session with a database. Not thread-safe. Errors are Error(code::kDatabase) with the
// statement, the SQLSTATE (or SQLite's extended code name) and, where the server tells it, the
// place in the statement.
class Connection {
 public:
  virtual ~Connection() = default;

  virtual std::string_view dialect_name() const = 0;  // "sqlite", "postgresql", "mysql", "mariadb"
  virtual std::string server_version() const = 0;
  // One statement with positional parameters in the driver's own style ("?" or "$1").
  virtual std::unique_ptr<Result> query(std::string_view sql, Parameters parameters = {}) = 0;
  // One or more statements without results.
  virtual void execute(std::string_view sql) = 0;

  virtual bool in_transaction() const = 0;
  // Starts a transaction; on SQLite BEGIN IMMEDIATE, so that a second writer is refused here and
  // not half-way.
  virtual void begin() = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;

  // Where the server's notices go; nowhere unless set. SQLite and MariaDB send none.
  virtual void on_notice(NoticeHandler /*handler*/) {}

  // The raw sqlite3*, PGconn* or MYSQL*.
  virtual void* native_handle() = 0;

  // Convenience: the first column of the first row; nullopt without a row.
  std::optional<sql::Datum> scalar(std::string_view sql, Parameters parameters = {});
};

using ConnectionPtr = std::unique_ptr<Connection>;

// A transaction that is rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(&connection) { connection.begin(); }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (connection_) connection_->rollback();
  }
  void commit() {
    connection_->commit();
    connection_ = nullptr;
  }

 private:
  Connection* connection_;
};

}  // namespace retort::database
