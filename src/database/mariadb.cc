#include "database/mariadb.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include "base/error.h"
#include "base/text.h"
#include "database/mariadb_error.h"
#include "database/mariadb_library.h"
#include "database/mariadb_options.h"
#include "database/mariadb_session.h"
#include "database/mariadb_text.h"
#include "sql/engine.h"

namespace retort::database {
namespace {

const char* or_null(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

// A session as the options say; null when there is none, with the reason in `handle`.
void open(const Libmariadb& api, const MariadbOptions& options, MariadbSession& session,
          const std::string& where) {
  MariadbHandle* handle = api.init(nullptr);
  session.handle = handle;
  if (handle == nullptr) throw mariadb_connect_error(api, nullptr, where);
  for (const auto& [option, text] : options.texts) api.option(handle, option, text.c_str());
  for (const auto& [option, number] : options.numbers) {
    // Some read an unsigned int, others a my_bool: its first byte, on machines that keep it first.
    bool flag = option == mariadb_option::kSslEnforce || option == mariadb_option::kVerifyServer;
    char byte = number != 0 ? 1 : 0;
    api.option(handle, option, flag ? static_cast<const void*>(&byte) : &number);
  }
  if (options.tcp) api.option(handle, mariadb_option::kProtocol, &kMariadbProtocolTcp);
  unsigned long flags =
      mariadb_client::kFoundRows | mariadb_client::kMultiStatements | mariadb_client::kMultiResults;
  if (api.connect(handle, or_null(options.host), or_null(options.user), or_null(options.password),
                  or_null(options.database), options.port, or_null(options.socket),
                  flags) == nullptr) {
    throw mariadb_connect_error(api, handle, where);
  }
}

class MariadbConnection final : public Connection {
 public:
  MariadbConnection(const config::Url& url, const ConnectionOptions& options)
      : api_(libmariadb()),
        name_(config::backend_name(url.backend)),
        where_(url.render()),
        options_(mariadb_options(url, options)),
        session_(std::make_shared<MariadbSession>()) {
    start();
  }

  explicit MariadbConnection(const MariadbConnection& other)
      : api_(other.api_),
        name_(other.name_),
        where_(other.where_),
        options_(other.options_),
        session_(std::make_shared<MariadbSession>()) {
    start();
  }
  MariadbConnection& operator=(const MariadbConnection&) = delete;

  void start() {
    open(api_, options_, *session_, where_);
    if (name_ == "mariadb" && server_version().find("MariaDB") == std::string::npos) {
      throw Error(code::kUrl, "MySQL version " + server_version() + " is not a MariaDB variant.")
          .with_hint("write mysql:// in the URL where it has mariadb://");
    }
    for (const std::string& statement : options_.statements) run(statement);
  }

  std::string_view dialect_name() const override { return name_; }
  std::string server_version() const override {
    const char* version = api_.server_version(session_->handle);
    return version != nullptr ? version : "";
  }

  std::unique_ptr<Result> query(std::string_view sql, Parameters parameters) override {
    if (parameters.empty()) {
      return mariadb_run(session_, {.sent = std::string(sql), .shown = std::string(sql)});
    }
    FilledMarks filled(sql, parameters, [&](std::string_view text) { return escaped(text); });
    MariadbStatement statement;
    statement.sent = filled.text();
    statement.shown = std::string(sql);
    statement.place = [filled](std::size_t offset) { return filled.original(offset); };
    return mariadb_run(session_, std::move(statement));
  }

  void execute(std::string_view sql) override { run(sql); }

  bool in_transaction() const override {
    session_->settle();
    unsigned int status = mariadb_status::kAutocommit;
    api_.info(session_->handle, kMariadbServerStatus, &status);
    return (status & mariadb_status::kInTransaction) != 0 ||
           (status & mariadb_status::kAutocommit) == 0;
  }

  // Not by BEGIN: the first DDL statement would end what that began.
  void begin() override { run("SET autocommit = 0"); }
  void commit() override {
    run("COMMIT");
    run("SET autocommit = 1");
  }
  void rollback() noexcept override {
    try {
      run("ROLLBACK");
      run("SET autocommit = 1");
    } catch (const Error&) {
      // The session is gone, and its transaction with it.
    }
  }

  void* native_handle() override { return session_->handle; }

  const MariadbOptions& options() const { return options_; }
  const std::string& where() const { return where_; }
  unsigned long thread_id() const { return api_.thread_id(session_->handle); }

 private:
  void run(std::string_view sql) {
    auto result = mariadb_run(session_, {.sent = std::string(sql), .shown = std::string(sql)});
    while (result->next()) {
    }
  }

  std::string escaped(std::string_view text) const {
    std::string out(2 * text.size() + 1, '\0');
    out.resize(api_.escape(session_->handle, out.data(), text.data(), text.size()));
    return out;
  }

  const Libmariadb& api_;
  std::string name_;
  std::string where_;
  MariadbOptions options_;
  MariadbSessionPtr session_;
};

// A handler may only write a byte: a thread waits for it and does the rest.
class Canceller final : public MariadbCancel {
 public:
  explicit Canceller(const MariadbConnection& connection)
      : options_(connection.options()), where_(connection.where()), id_(connection.thread_id()) {
    if (::pipe2(pipe_.data(), O_CLOEXEC) != 0) return;
    // Signals go to the threads that expect them.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    thread_ = std::thread([this] { wait(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }
  Canceller(const Canceller&) = delete;
  Canceller& operator=(const Canceller&) = delete;
  ~Canceller() override {
    if (!thread_.joinable()) return;
    ::close(pipe_[1]);
    thread_.join();
    ::close(pipe_[0]);
  }

  void cancel() override {
    char byte = 1;
    if (thread_.joinable() && ::write(pipe_[1], &byte, 1) != 1) return;
  }

 private:
  void wait() {
    char byte = 0;
    ssize_t got = 0;
    do {
      got = ::read(pipe_[0], &byte, 1);
    } while (got < 0 && errno == EINTR);
    if (got != 1) return;
    try {
      MariadbSession session;
      open(libmariadb(), options_, session, where_);
      std::string sql = "KILL QUERY " + std::to_string(id_);
      libmariadb().query(session.handle, sql.data(), sql.size());
    } catch (const Error&) {
      // The statement goes on; a second signal ends the program.
    }
  }

  MariadbOptions options_;
  std::string where_;
  unsigned long id_;
  std::array<int, 2> pipe_{};
  std::thread thread_;
};

}  // namespace

ConnectionPtr open_beside(Connection& connection) {
  const auto* own = dynamic_cast<const MariadbConnection*>(&connection);
  if (own == nullptr) throw Error(code::kMisuse, "this is no session of MySQL or MariaDB");
  return std::make_unique<MariadbConnection>(*own);
}

ConnectionPtr open_mariadb(const config::Url& url, const ConnectionOptions& options) {
  return std::make_unique<MariadbConnection>(url, options);
}

bool is_mysql_like(const Connection& connection) {
  return sql::is_mysql_like(connection.dialect_name());
}

bool is_mariadb_server(Connection& connection) {
  return is_mysql_like(connection) &&
         connection.server_version().find("MariaDB") != std::string::npos;
}

std::shared_ptr<MariadbCancel> mariadb_cancel(Connection& connection) {
  const auto* own = dynamic_cast<const MariadbConnection*>(&connection);
  return own != nullptr ? std::make_shared<Canceller>(*own) : nullptr;
}

}  // namespace retort::database
