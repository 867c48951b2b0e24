#pragma once

// A session with a database: statements, rows, transactions.
//
//   Connection db = connect("sqlite:///app.db");
//   Transaction transaction = db.begin();
//   db.execute("INSERT INTO users (email) VALUES (:email)", {{"email", "a@b.c"}});
//   for (const Row& row : db.query("SELECT id, email FROM users")) {
//     std::int64_t id = row.get<std::int64_t>("id");
//   }
//   transaction.commit();
//
// Over a connection that the application already has, which stays the application's:
//   Connection db = Connection::over(sqlite3_handle);
//
// One thread at a time may use a Connection and what came from it; different connections are
// independent. Every member but is_open() and close() throws Error(code::kMisuse) after close().

#include <retort/expression.h>
#include <retort/value.h>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct sqlite3;
struct pg_conn;  // PGconn

namespace retort {

namespace library {
class Session;
class Cursor;
}  // namespace library

// One row. A copy of what the database sent: it stays good after the next one.
class Row {
 public:
  std::size_t size() const { return values_.size(); }
  const std::vector<std::string>& columns() const;

  // The value as a C++ type (see Value::as). Throws Error(code::kType) that names the column when
  // it is of another type, Error(code::kMisuse) when there is no such column.
  template <typename T>
  T get(std::size_t column) const {
    return read<T>(at(column), column);
  }
  template <typename T>
  T get(std::string_view column) const {
    std::size_t index = find(column);
    return read<T>(values_[index], index);
  }
  const Value& at(std::size_t column) const;
  const Value& operator[](std::string_view column) const { return values_[find(column)]; }

 private:
  friend class library::Cursor;
  std::size_t find(std::string_view column) const;
  [[noreturn]] void blame(std::size_t column, const std::exception& error) const;
  template <typename T>
  T read(const Value& value, std::size_t column) const {
    try {
      return value.as<T>();
    } catch (const std::exception& error) {
      blame(column, error);
    }
  }

  std::shared_ptr<const std::vector<std::string>> names_;
  std::vector<Value> values_;
};

// The rows of a statement, read as they are asked for; they can be walked through once.
class Result {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    using pointer = const Row*;
    using reference = const Row&;

    Iterator() = default;
    explicit Iterator(Result* result) : result_(result) { ++*this; }
    const Row& operator*() const { return row_; }
    const Row* operator->() const { return &row_; }
    Iterator& operator++();
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& a, const Iterator& b) {
      return (a.result_ == nullptr) == (b.result_ == nullptr);
    }

   private:
    Result* result_ = nullptr;  // null: past the last row
    Row row_;
  };

  Iterator begin() { return Iterator(this); }
  Iterator end() { return {}; }
  // The next row; nullopt after the last.
  std::optional<Row> next();
  std::vector<Row> all();
  const std::vector<std::string>& columns() const;

 private:
  friend class Connection;
  explicit Result(std::shared_ptr<library::Cursor> cursor) : cursor_(std::move(cursor)) {}
  library::Cursor& cursor() const;
  std::shared_ptr<library::Cursor> cursor_;
};

// A transaction that is rolled back unless it is committed. On SQLite it takes the write lock at
// its begin. Must not outlive its connection's close().
class [[nodiscard]] Transaction {
 public:
  Transaction(Transaction&& other) noexcept = default;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  void commit();
  void rollback() noexcept;

 private:
  friend class Connection;
  explicit Transaction(std::shared_ptr<library::Session> session) : session_(std::move(session)) {}
  std::shared_ptr<library::Session> session_;  // null: over
};

// A time to wait, of any std::chrono::duration: {.lock_timeout = 30s}.
class Timeout {
 public:
  template <detail::Duration T>
  Timeout(const T& duration)
      : Timeout(static_cast<double>(duration.count()) * T::period::num / T::period::den) {}
  std::int64_t milliseconds() const { return milliseconds_; }

 private:
  explicit Timeout(double seconds);
  std::int64_t milliseconds_;
};

struct ConnectOptions {
  // How long to wait for a lock that another session holds.
  std::optional<Timeout> lock_timeout{};
  bool read_only = false;
  bool create = true;  // whether an SQLite file that is not there may be made
};

class Connection {
 public:
  // Over a handle that the application owns and closes, after this object is gone. It must be
  // between statements. Throws Error(code::kMisuse) for null and for a PGconn whose transaction has
  // failed, Error(code::kDatabase) when its server is gone. Its DateStyle becomes ISO.
  static Connection over(sqlite3* handle);
  static Connection over(pg_conn* handle);

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  std::string dialect() const;  // "sqlite", "postgresql", "mysql", "mariadb"
  std::string server_version() const;

  // A statement and what it gives. With `parameters` every ":name" in the text is one of them;
  // without, the text goes to the database as it is.
  Result query(std::string_view sql, const Parameters& parameters = {});
  Result query(const Expression& statement, const Parameters& parameters = {});
  // The first column of the first row; nullopt without a row.
  template <typename T>
  std::optional<T> scalar(std::string_view sql, const Parameters& parameters = {}) {
    std::optional<Row> row = query(sql, parameters).next();
    return row ? std::optional<T>(row->get<T>(0)) : std::nullopt;
  }
  template <typename T>
  std::optional<T> scalar(const Expression& statement, const Parameters& parameters = {}) {
    std::optional<Row> row = query(statement, parameters).next();
    return row ? std::optional<T>(row->get<T>(0)) : std::nullopt;
  }
  // Runs a statement; without parameters the text may hold several. The number of rows changed,
  // where the database tells it.
  std::int64_t execute(std::string_view sql, const Parameters& parameters = {});
  std::int64_t execute(const Expression& statement, const Parameters& parameters = {});

  Transaction begin();
  bool in_transaction() const;

  bool is_open() const;
  // Ends the session; results that are still being read end with it. Does nothing the second time.
  void close() noexcept;

  // The sqlite3*, PGconn* or MYSQL*.
  void* native_handle() const;

  // For the library's own use.
  explicit Connection(std::shared_ptr<library::Session> session);
  library::Session& session() const;
  std::shared_ptr<library::Session> share() const;

 private:
  std::shared_ptr<library::Session> session_;
};

// Opens a database by its URL: "sqlite:///app.db" (relative), "sqlite:////var/app.db",
// "sqlite://" (in memory), "postgresql://user:password@host/database". Throws Error(code::kUrl) for
// a URL that is not understood and Error(code::kDatabase) when the database can't be opened. No
// message shows a password.
Connection connect(std::string_view url, const ConnectOptions& options = {});

}  // namespace retort
