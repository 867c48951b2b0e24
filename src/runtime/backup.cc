#include "runtime/backup.h"

#include <array>
#include <cstring>
#include <ctime>
#include <system_error>

#include "base/error.h"
#include "base/process.h"
#include "base/text.h"
#include "database/mariadb_options.h"
#include "database/postgresql_options.h"
#include "database/registry.h"
#include "database/sqlite_backup.h"

namespace retort::runtime {

namespace fs = std::filesystem;

namespace {

std::string time_stamp() {
  std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S", &parts)};
}

// The file to write: `where`, or below it or below `folder` a name that is not taken.
fs::path target(const std::string& where, const fs::path& folder, const std::string& stem,
                const std::string& extension) {
  std::error_code ignored;
  bool is_folder = fs::is_directory(where, ignored);
  if (!where.empty() && !is_folder) return where;
  fs::path base = (is_folder ? fs::path(where) : folder) / (stem + "-" + time_stamp());
  fs::path file = base.string() + extension;
  for (int count = 2; fs::exists(file, ignored); ++count) {
    file = base.string() + "-" + std::to_string(count) + extension;
  }
  return file;
}

Backup finished(const fs::path& file) {
  std::error_code ignored;
  return {file, fs::file_size(file, ignored)};
}

std::optional<Backup> back_up_sqlite(const config::Url& url, const std::string& where) {
  config::SqliteFile named = config::sqlite_file(url);
  std::error_code ignored;
  if (!named.uri && !fs::exists(named.name, ignored)) return std::nullopt;
  database::ConnectionPtr connection = database::connect(url, {.create = false});
  fs::path source = database::sqlite_path(*connection);
  if (source.empty()) return std::nullopt;
  if (!connection->scalar("SELECT 1 FROM sqlite_schema LIMIT 1")) return std::nullopt;
  // As the user named it where that is possible: the driver's path is absolute.
  if (!named.uri) source = named.name;
  fs::path to = target(where, source.parent_path(), source.filename().string() + ".backup", "");
  database::back_up_sqlite(*connection, to);
  return finished(to);
}

// A value in a connection string (PostgreSQL 15, section 34.1.1.1).
std::string conninfo_value(const std::string& value) {
  return "'" + replace_all(replace_all(value, "\\", "\\\\"), "'", "\\'") + "'";
}

// What the connection itself is opened with. It has been, so every option is one that libpq knows.
std::vector<std::pair<std::string, std::string>> connection_options(const config::Url& url) {
  std::vector<std::string> known{"sslmode", "connect_timeout", "dbname", "host"};
  for (const auto& [name, values] : url.query) known.push_back(name);
  return database::postgresql_options(url, {}, known);
}

void refuse_existing(const fs::path& to) {
  std::error_code ignored;
  if (!fs::exists(to, ignored)) return;
  throw Error(code::kFile, "the file '" + to.string() + "' is there already")
      .with_hint("an older backup is never written over: give another name");
}

// Runs a server's own tool, which writes `unfinished`; what is whole is called `to`.
Backup run_dump(const Command& command, const fs::path& to, const fs::path& unfinished,
                const std::string& missing_hint) {
  const std::string& tool = command.program;
  int status = 0;
  if (int failed = run_process(command, status); failed != 0) {
    throw Error(code::kFile, "can't run " + tool + ": " + std::strerror(failed))
        .with_hint(missing_hint);
  }
  std::error_code error;
  if (status != 0) {
    fs::remove(unfinished, error);
    throw Error(code::kFile, tool + " failed (exit code " + std::to_string(status) + ")")
        .with_hint("its message is above; " + tool + " may not be older than the server");
  }
  fs::rename(unfinished, to, error);
  if (error) throw Error(code::kFile, "can't write '" + to.string() + "': " + error.message());
  return finished(to);
}

std::optional<Backup> back_up_postgresql(const config::Url& url, const std::string& where) {
  fs::path to = target(where, "", url.database.value_or("database"), ".dump");
  refuse_existing(to);
  Command command{"pg_dump", {"--format=custom", "--no-password"}};
  std::string conninfo;
  for (auto& [name, value] : connection_options(url)) {
    if (name == "password") {
      command.variables.emplace_back("PGPASSWORD", value);
    } else {
      conninfo += (conninfo.empty() ? "" : " ") + name + "=" + conninfo_value(value);
    }
  }
  fs::path unfinished = to.string() + ".unfinished";
  command.arguments.push_back("--file=" + unfinished.string());
  command.arguments.push_back("--dbname=" + conninfo);
  return run_dump(command, to, unfinished,
                  "a backup of a PostgreSQL database needs pg_dump: install the package "
                  "postgresql-client, or go on without --backup");
}

std::optional<Backup> back_up_mariadb(const config::Url& url, const std::string& where) {
  fs::path to = target(where, "", url.database.value_or("database"), ".sql");
  refuse_existing(to);
  database::MariadbOptions options = database::mariadb_options(url, {});
  fs::path unfinished = to.string() + ".unfinished";
  Command command{"mariadb-dump",
                  {"--single-transaction", "--routines", "--events", "--hex-blob",
                   "--default-character-set=utf8mb4", "--result-file=" + unfinished.string()}};
  auto add = [&](const std::string& name, const std::string& value) {
    if (!value.empty()) command.arguments.push_back("--" + name + "=" + value);
  };
  add("host", options.host);
  add("socket", options.socket);
  add("user", options.user);
  if (options.port != 0) add("port", std::to_string(options.port));
  if (options.tcp) add("protocol", "tcp");
  for (const char* name : {"ssl_ca", "ssl_cert", "ssl_key"}) {
    add(replace_all(name, "_", "-"), url.query_value(name).value_or(""));
  }
  if (!options.password.empty()) command.variables.emplace_back("MYSQL_PWD", options.password);
  command.arguments.push_back(options.database);
  return run_dump(command, to, unfinished,
                  "a backup of a MariaDB database needs mariadb-dump: install the package "
                  "mariadb-client, or go on without --backup");
}

}  // namespace

std::optional<Backup> back_up(const config::Url& url, const std::string& where) {
  try {
    switch (url.backend) {
      case config::Backend::kSqlite:
        return back_up_sqlite(url, where);
      case config::Backend::kPostgresql:
        return back_up_postgresql(url, where);
      case config::Backend::kMysql:
      case config::Backend::kMariadb:
        return back_up_mariadb(url, where);
    }
    return std::nullopt;
  } catch (Error& error) {
    error.with_context("backup");
    throw;
  }
}

}  // namespace retort::runtime
