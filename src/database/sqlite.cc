#include "database/sqlite.h"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "database/sqlite_error.h"
#include "database/sqlite_statement.h"

namespace retort::database {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kDefaultBusyTimeout{5000};

// A handle that outlives its owner as long as a statement is open (sqlite3_close_v2), with the
// statements that can be used again.
struct Handle {
  explicit Handle(std::string file_name) : file(std::move(file_name)) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    cache.clear();
    if (owned) sqlite3_close_v2(db);
  }

  sqlite3* db = nullptr;
  bool owned = true;
  std::string file;  // as the user knows it
  StatementCache cache;
};
using HandlePtr = std::shared_ptr<Handle>;

// Skips spaces, comments and empty statements; where the next statement begins.
std::size_t statement_begin(std::string_view sql, std::size_t at) {
  while (at < sql.size()) {
    char c = sql[at];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == ';') {
      ++at;
    } else if (sql.substr(at, 2) == "--") {
      at = std::min(sql.find('\n', at), sql.size());
    } else if (sql.substr(at, 2) == "/*") {
      std::size_t end = sql.find("*/", at + 2);
      at = end == std::string_view::npos ? sql.size() : end + 2;
    } else {
      break;
    }
  }
  return at;
}

std::string first_word(std::string_view sql) {
  std::size_t begin = statement_begin(sql, 0);
  std::size_t end = begin;
  while (end < sql.size() && std::isalpha(static_cast<unsigned char>(sql[end])) != 0) ++end;
  return to_lower(sql.substr(begin, end - begin));
}

// Compiles the first statement of `sql`; null for text with none. `tail` becomes the offset of what
// follows it.
StatementPtr prepare(const Handle& handle, std::string_view sql, bool keep,
                     std::size_t* tail = nullptr) {
  sqlite3_stmt* statement = nullptr;
  const char* end = nullptr;
  unsigned flags = keep ? SQLITE_PREPARE_PERSISTENT : 0;
  int rc = sqlite3_prepare_v3(handle.db, sql.data(), static_cast<int>(sql.size()), flags,
                              &statement, &end);
  if (rc != SQLITE_OK) throw sqlite_error(handle.db, rc, handle.file, sql);
  if (tail != nullptr) *tail = static_cast<std::size_t>(end - sql.data());
  return StatementPtr(statement);
}

struct Binder {
  sqlite3_stmt* statement;
  int index;

  int operator()(sql::Null) const { return sqlite3_bind_null(statement, index); }
  int operator()(bool value) const { return sqlite3_bind_int(statement, index, value ? 1 : 0); }
  int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
  int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
  int operator()(const std::string& value) const { return text(value); }
  int operator()(const sql::Typed& value) const { return text(value.text); }
  int operator()(const sql::Blob& value) const {
    return sqlite3_bind_blob64(statement, index, value.bytes.data(), value.bytes.size(),
                               SQLITE_TRANSIENT);
  }
  int text(const std::string& value) const {
    return sqlite3_bind_text64(statement, index, value.data(), value.size(), SQLITE_TRANSIENT,
                               SQLITE_UTF8);
  }
};

class SqliteResult final : public Result {
 public:
  // Runs the statement up to its first row, so that what has no rows is done.
  SqliteResult(HandlePtr handle, StatementPtr statement, bool keep)
      : handle_(std::move(handle)), statement_(std::move(statement)), keep_(keep) {
    ahead_ = step();
    // After the first step: a changed schema may have changed the columns of a kept statement.
    int count = sqlite3_column_count(statement_.get());
    columns_.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      const char* name = sqlite3_column_name(statement_.get(), i);
      columns_.emplace_back(name != nullptr ? name : "");
    }
    if (sqlite3_stmt_readonly(statement_.get()) == 0) {
      std::string word = first_word(sqlite3_sql(statement_.get()));
      if (word == "insert" || word == "update" || word == "delete" || word == "replace" ||
          word == "with") {
        affected_rows_ = sqlite3_changes64(handle_->db);
      }
      last_insert_id_ = sqlite3_last_insert_rowid(handle_->db);
    }
  }
  SqliteResult(const SqliteResult&) = delete;
  SqliteResult& operator=(const SqliteResult&) = delete;
  ~SqliteResult() override {
    if (keep_) handle_->cache.give_back(std::move(statement_));
  }

  const std::vector<std::string>& columns() const override { return columns_; }

  std::string column_type(std::size_t column) const override {
    const char* type = sqlite3_column_decltype(statement_.get(), static_cast<int>(column));
    return type != nullptr ? to_lower(type) : std::string();
  }

  bool next() override {
    if (started_ && !done_) ahead_ = step();
    started_ = true;
    return ahead_;
  }

  sql::Datum get(std::size_t column) const override {
    // The column's value can be asked itself, as a connection is for one thread at a time
    // (https://www.sqlite.org/c3ref/column_blob.html, "unprotected").
    sqlite3_value* value = sqlite3_column_value(statement_.get(), static_cast<int>(column));
    auto bytes = [&](const void* data) {
      auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
      return size == 0 ? std::string() : std::string(static_cast<const char*>(data), size);
    };
    switch (sqlite3_value_type(value)) {
      case SQLITE_INTEGER:
        return static_cast<std::int64_t>(sqlite3_value_int64(value));
      case SQLITE_FLOAT:
        return sqlite3_value_double(value);
      case SQLITE_TEXT:
        return bytes(sqlite3_value_text(value));
      case SQLITE_BLOB:
        return sql::Blob{bytes(sqlite3_value_blob(value))};
      default:
        return sql::Null{};
    }
  }

  std::int64_t affected_rows() const override { return affected_rows_; }
  std::int64_t last_insert_id() const override { return last_insert_id_; }

 private:
  bool step() {
    int rc = sqlite3_step(statement_.get());
    if (rc == SQLITE_ROW) return true;
    done_ = true;
    if (rc == SQLITE_DONE) return false;
    Error error = sqlite_error(handle_->db, rc, handle_->file, sqlite3_sql(statement_.get()));
    sqlite3_reset(statement_.get());
    throw error;
  }

  HandlePtr handle_;
  StatementPtr statement_;
  bool keep_;
  bool ahead_ = false;    // the statement stands on a row
  bool started_ = false;  // that row was asked for
  bool done_ = false;
  std::vector<std::string> columns_;
  std::int64_t affected_rows_ = -1;
  std::int64_t last_insert_id_ = 0;
};

class SqliteConnection final : public Connection {
 public:
  SqliteConnection(std::string name, bool uri, const ConnectionOptions& options)
      : name_(std::move(name)), uri_(uri), options_(options) {
    if (may_be_made_later()) {
      handle_ = open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
      pending_ = true;
      return;
    }
    handle_ = open_file();
    // The header is read now, so that a file that is no database is refused here.
    StatementPtr probe = prepare(*handle_, "SELECT 1 FROM sqlite_schema LIMIT 1", false);
    int rc = sqlite3_step(probe.get());
    if (rc != SQLITE_ROW && rc != SQLITE_DONE && (rc & 0xff) != SQLITE_BUSY) {
      throw sqlite_error(handle_->db, rc, handle_->file, "");
    }
  }

  explicit SqliteConnection(sqlite3* borrowed) : uri_(false) {
    const char* file = sqlite3_db_filename(borrowed, "main");
    name_ = file == nullptr || *file == '\0' ? ":memory:" : file;
    handle_ = std::make_shared<Handle>(name_);
    handle_->db = borrowed;
    handle_->owned = false;
  }

  std::string_view dialect_name() const override { return "sqlite"; }
  std::string server_version() const override { return sqlite3_libversion(); }

  std::unique_ptr<Result> query(std::string_view sql, Parameters parameters) override {
    StatementPtr statement = handle_->cache.take(sql);
    if (statement == nullptr) {
      if (pending_) make_if_written(sql);
      std::size_t tail = 0;
      statement = prepare(*handle_, sql, !parameters.empty(), &tail);
      if (statement == nullptr) {
        throw Error(code::kDatabase, "there is no statement to run")
            .with_statement(std::string(sql));
      }
      if (statement_begin(sql, tail) < sql.size()) {
        throw Error(code::kDatabase, "more than one statement where one is expected")
            .with_statement(std::string(sql))
            .with_hint("run them one at a time");
      }
    }
    bind(statement.get(), sql, parameters);
    // Statements without rows or parameters are mostly DDL, which comes but once.
    bool keep = (!parameters.empty() || sqlite3_column_count(statement.get()) > 0) &&
                sql == sqlite3_sql(statement.get());
    return std::make_unique<SqliteResult>(handle_, std::move(statement), keep);
  }

  void execute(std::string_view sql) override {
    std::size_t at = statement_begin(sql, 0);
    while (at < sql.size()) {
      std::string_view rest = sql.substr(at);
      if (pending_) make_if_written(rest);
      std::size_t length = 0;
      StatementPtr statement = prepare(*handle_, rest, false, &length);
      std::string_view text = trim(rest.substr(0, length));
      if (statement != nullptr) {
        int rc = SQLITE_ROW;
        while (rc == SQLITE_ROW) rc = sqlite3_step(statement.get());
        if (rc != SQLITE_DONE) throw sqlite_error(handle_->db, rc, handle_->file, text);
      }
      at = statement_begin(sql, at + length);
    }
  }

  bool in_transaction() const override { return sqlite3_get_autocommit(handle_->db) == 0; }

  void begin() override {
    make();
    execute("BEGIN IMMEDIATE");
  }
  void commit() override { execute("COMMIT"); }
  void rollback() noexcept override {
    // SQLite has rolled back by itself after some errors (disk full, out of memory).
    if (in_transaction()) sqlite3_exec(handle_->db, "ROLLBACK", nullptr, nullptr, nullptr);
  }

  // Of the file itself, which is made when it isn't there: what is set on a handle must last.
  void* native_handle() override {
    make();
    return handle_->db;
  }

 private:
  bool in_memory() const { return !uri_ && (name_ == ":memory:" || name_.empty()); }

  // The file's path: of a URI the part before its parameters, decoded.
  fs::path path() const {
    if (!uri_) return name_;
    std::string_view rest = std::string_view(name_).substr(name_.find(':') + 1);
    rest = rest.substr(0, rest.find_first_of("?#"));
    if (rest.substr(0, 2) == "//") rest = rest.substr(std::min(rest.find('/', 2), rest.size()));
    std::string out;
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (rest[i] == '%' && i + 2 < rest.size() && std::isxdigit(rest[i + 1]) != 0 &&
          std::isxdigit(rest[i + 2]) != 0) {
        out += static_cast<char>(std::stoi(std::string(rest.substr(i + 1, 2)), nullptr, 16));
        i += 2;
      } else {
        out += rest[i];
      }
    }
    return out;
  }

  // Whether this is a file that is not there yet. Looks at what would keep it from being made.
  bool may_be_made_later() const {
    if (in_memory()) return false;
    if (uri_ &&
        (name_.find("mode=memory") != std::string::npos ||
         name_.find("vfs=") != std::string::npos || path().empty() || path() == ":memory:")) {
      return false;
    }
    fs::path file = path();
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) {
      throw Error(code::kDatabase, "can't open database " + name_ + ": it is a folder")
          .with_hint("the URL of an SQLite database names a file: sqlite:///folder/app.db");
    }
    if (fs::exists(file, ignored)) {
      if (::access(file.c_str(), R_OK) != 0) {
        throw Error(code::kDatabase, "can't open database " + name_ + ": no permission to read it")
            .with_hint("look at the permissions of " + file.string());
      }
      return false;
    }
    bool must_exist =
        options_.read_only || !options_.create ||
        (uri_ && (name_.find("mode=ro") != std::string::npos ||
                  name_.find("mode=rw&") != std::string::npos || name_.ends_with("mode=rw")));
    if (must_exist) {
      throw Error(code::kDatabase, "can't open database " + name_ + ": there is no such file");
    }
    fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, ignored)) {
      throw Error(code::kDatabase,
                  "can't make database " + name_ + ": folder " + folder.string() + " doesn't exist")
          .with_hint("relative paths are looked up from the working directory " +
                     fs::current_path(ignored).string());
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
      throw Error(code::kDatabase, "can't make database " + name_ +
                                       ": no permission to write to folder " + folder.string());
    }
    return true;
  }

  HandlePtr open_file() const {
    int flags = options_.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (options_.create && !options_.read_only) flags |= SQLITE_OPEN_CREATE;
    if (uri_) flags |= SQLITE_OPEN_URI;
    return open(name_, flags);
  }

  HandlePtr open(const std::string& name, int flags) const {
    auto handle = std::make_shared<Handle>(name_);
    // A connection is for one thread at a time.
    flags |= SQLITE_OPEN_NOMUTEX;
    int rc = sqlite3_open_v2(name.c_str(), &handle->db, flags, nullptr);
    if (rc != SQLITE_OK) throw sqlite_error(handle->db, rc, handle->file, "");
    sqlite3_extended_result_codes(handle->db, 1);
    auto timeout = options_.busy_timeout.value_or(kDefaultBusyTimeout);
    sqlite3_busy_timeout(handle->db, static_cast<int>(timeout.count()));
    return handle;
  }

  // While the file is not there an empty database in memory answers in its place. The settings made
  // there are made again on the file.
  void make_if_written(std::string_view sql) {
    std::string word = first_word(sql);
    bool setting = word == "pragma" || word == "attach" || word == "detach";
    bool written = !setting && word != "select" && word != "explain" && word != "values";
    if (!written) {
      StatementPtr statement;
      try {
        statement = prepare(*handle_, sql, false);
      } catch (const Error&) {
        return;  // reported by the caller
      }
      written = statement != nullptr && sqlite3_stmt_readonly(statement.get()) == 0;
      if (!written && setting && statement != nullptr) {
        settings_.emplace_back(sqlite3_sql(statement.get()));
      }
    }
    if (written) make();
  }

  void make() {
    if (!pending_) return;
    HandlePtr file = open_file();
    pending_ = false;
    handle_ = std::move(file);
    for (const std::string& setting : settings_) execute(setting);
    settings_.clear();
  }

  void bind(sqlite3_stmt* statement, std::string_view sql, Parameters parameters) const {
    auto expected = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
    if (expected != parameters.size()) {
      throw Error(code::kDatabase, "the statement has " + std::to_string(expected) +
                                       " parameters, " + std::to_string(parameters.size()) +
                                       " values were given")
          .with_statement(std::string(sql));
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      int rc = std::visit(Binder{statement, static_cast<int>(i) + 1}, parameters[i]);
      if (rc != SQLITE_OK) throw sqlite_error(handle_->db, rc, handle_->file, sql);
    }
  }

  std::string name_;
  bool uri_;
  ConnectionOptions options_;
  HandlePtr handle_;
  bool pending_ = false;
  std::vector<std::string> settings_;
};

}  // namespace

std::string sqlite_version() { return sqlite3_libversion(); }

ConnectionPtr borrow_sqlite(::sqlite3* handle) {
  return std::make_unique<SqliteConnection>(handle);
}

void use_sqlite_alone() { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

ConnectionPtr open_sqlite(const std::string& name, bool uri, const ConnectionOptions& options) {
  return std::make_unique<SqliteConnection>(name, uri, options);
}

}  // namespace retort::database
