#include "database/postgresql.h"

#include <algorithm>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "database/postgresql_error.h"
#include "database/postgresql_library.h"
#include "database/postgresql_options.h"
#include "database/postgresql_session.h"
#include "database/postgresql_text.h"
#include "sql/splitter.h"

namespace retort::database {
namespace {

// active_sql_transaction: the statement can't be part of a transaction.
constexpr std::string_view kInTransaction = "25001";

std::vector<std::string> known_options() {
  std::vector<std::string> names;
  PgOption* options = libpq().defaults();
  for (PgOption* one = options; one != nullptr && one->keyword != nullptr; ++one) {
    names.emplace_back(one->keyword);
  }
  libpq().free_options(options);
  return names;
}

std::vector<std::string> statements_of(std::string_view sql) {
  std::vector<std::string> out;
  // Without a semicolon inside there is but one.
  std::size_t semicolon = sql.find(';');
  if (semicolon == std::string_view::npos || trim(sql.substr(semicolon + 1)).empty()) {
    out.emplace_back(sql);
    return out;
  }
  for (const sql::SplitStatement& piece :
       sql::split_statements(sql, sql::SplitDialect::kPostgresql)) {
    if (piece.text.begin == piece.text.end) continue;
    out.emplace_back(sql.substr(piece.text.begin, piece.text.end - piece.text.begin));
  }
  return out;
}

void receive_notice(void* session, const PgResult* result) {
  const auto& handler = static_cast<PostgresqlSession*>(session)->notice;
  if (!handler) return;
  auto field = [&](int which) {
    const char* text = libpq().result_error_field(result, which);
    return std::string(text != nullptr ? text : "");
  };
  std::string message = field(pg_field::kMessage);
  if (std::string detail = field(pg_field::kDetail); !detail.empty()) message += ": " + detail;
  handler(field(pg_field::kSeverity), message);
}

class PostgresqlConnection final : public Connection {
 public:
  PostgresqlConnection(const config::Url& url, const ConnectionOptions& options)
      : pq_(libpq()), session_(std::make_shared<PostgresqlSession>()) {
    auto given = postgresql_options(url, options, known_options());
    std::vector<const char*> keywords;
    std::vector<const char*> values;
    for (const auto& [keyword, value] : given) {
      keywords.push_back(keyword.c_str());
      values.push_back(value.c_str());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    session_->where = url.render();
    session_->handle = pq_.connect(keywords.data(), values.data(), 0);
    if (session_->handle == nullptr || pq_.status(session_->handle) != 0) {
      throw postgresql_connect_error(
          session_->handle != nullptr ? pq_.error_message(session_->handle) : "out of memory",
          session_->where);
    }
    pq_.set_notice_receiver(session_->handle, receive_notice, session_.get());
    // The forms that values are read in.
    set_unless("DateStyle", "ISO", "SET DateStyle TO 'ISO'");
    set_unless("IntervalStyle", "postgres", "SET IntervalStyle TO 'postgres'");
    if (options.busy_timeout) {
      execute("SET lock_timeout TO " + std::to_string(options.busy_timeout->count()));
    }
  }

  explicit PostgresqlConnection(PgConnection* borrowed)
      : pq_(libpq()), session_(std::make_shared<PostgresqlSession>()) {
    session_->where = "the application's connection";
    session_->handle = borrowed;
    session_->owned = false;
    if (pq_.status(borrowed) != 0) {
      throw postgresql_connect_error(pq_.error_message(borrowed), session_->where);
    }
    PgTransaction status = pq_.transaction_status(borrowed);
    if (status == PgTransaction::kInError) {
      throw Error(code::kMisuse, "the transaction of the PGconn has failed")
          .with_hint("roll it back before the connection is used here");
    }
    if (status == PgTransaction::kActive) {
      throw Error(code::kMisuse, "the PGconn is in the middle of a statement")
          .with_hint("read its results to the end before the connection is used here");
    }
    set_unless("DateStyle", "ISO", "SET DateStyle TO 'ISO'");
    set_unless("IntervalStyle", "postgres", "SET IntervalStyle TO 'postgres'");
  }

  std::string_view dialect_name() const override { return "postgresql"; }
  std::string server_version() const override {
    const char* version = pq_.parameter_status(session_->handle, "server_version");
    return version != nullptr ? version : "";
  }

  std::unique_ptr<Result> query(std::string_view sql, Parameters parameters) override {
    bool stream = statements_of(sql).size() <= 1;
    if (parameters.empty()) {
      return postgresql_run(session_, {.sent = std::string(sql), .shown = std::string(sql)},
                            stream);
    }
    FilledStatement filled(sql, {parameters.begin(), parameters.end()},
                           [&](std::string_view text) { return quoted(text); });
    PostgresqlStatement statement;
    statement.sent = filled.text();
    statement.shown = std::string(sql);
    statement.place = [filled](std::size_t offset) { return filled.original(offset); };
    return postgresql_run(session_, std::move(statement), stream);
  }

  void execute(std::string_view sql) override {
    bool alone = !in_transaction();
    try {
      run(std::string(sql));
    } catch (const Error& error) {
      // Statements that are sent together are one transaction, which was rolled back.
      if (!alone || error.sqlstate() != kInTransaction) throw;
      std::vector<std::string> statements = statements_of(sql);
      if (statements.size() < 2) throw;
      for (std::string& statement : statements) run(std::move(statement));
    }
  }

  bool in_transaction() const override {
    session_->settle();
    PgTransaction status = pq_.transaction_status(session_->handle);
    return status == PgTransaction::kInTransaction || status == PgTransaction::kInError;
  }

  void begin() override { run("BEGIN"); }
  void commit() override {
    session_->settle();
    bool failed = pq_.transaction_status(session_->handle) == PgTransaction::kInError;
    run("COMMIT");
    // COMMIT of a failed transaction rolls it back and says so in its answer only.
    if (failed) {
      throw Error(code::kDatabase,
                  "the transaction was rolled back: one of its statements had failed")
          .with_statement("COMMIT", "25P02")
          .with_hint("put what may fail into `with bind.begin_nested():`");
    }
  }
  void rollback() noexcept override {
    try {
      if (in_transaction()) run("ROLLBACK");
    } catch (const Error&) {
      // The session is gone, and its transaction with it.
    }
  }

  void* native_handle() override { return session_->handle; }
  void on_notice(NoticeHandler handler) override { session_->notice = std::move(handler); }

 private:
  void run(std::string sql) { postgresql_run(session_, {.sent = sql, .shown = sql}, false); }

  void set_unless(const char* name, std::string_view begins, const char* statement) {
    const char* value = pq_.parameter_status(session_->handle, name);
    if (value == nullptr || !std::string_view(value).starts_with(begins)) run(statement);
  }

  std::string quoted(std::string_view text) const {
    if (text.find('\0') != std::string_view::npos) {
      throw Error(code::kDatabase, "a text of PostgreSQL can't hold the character NUL");
    }
    char* literal = pq_.escape_literal(session_->handle, text.data(), text.size());
    if (literal == nullptr) {
      throw Error(code::kDatabase, std::string(trim(pq_.error_message(session_->handle))));
    }
    std::string out(trim(literal));
    pq_.free_memory(literal);
    return out;
  }

  const Libpq& pq_;
  PostgresqlSessionPtr session_;
};

}  // namespace

ConnectionPtr borrow_postgresql(::pg_conn* handle) {
  return std::make_unique<PostgresqlConnection>(handle);
}

bool behind_pooler(Connection& connection) {
  if (connection.dialect_name() != "postgresql") return false;
  auto found = connection.scalar("SELECT pg_catalog.pg_backend_pid()");
  const auto* pid = found ? std::get_if<std::int64_t>(&*found) : nullptr;
  const auto* handle = static_cast<const PgConnection*>(connection.native_handle());
  return pid != nullptr && *pid != libpq().backend_pid(handle);
}

ConnectionPtr open_postgresql(const config::Url& url, const ConnectionOptions& options) {
  return std::make_unique<PostgresqlConnection>(url, options);
}

}  // namespace retort::database
