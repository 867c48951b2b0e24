#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort::config {

// The database systems retort speaks to. A URL of any Python driver names one of them.
enum class Backend { kSqlite, kPostgresql, kMysql, kMariadb };

// "sqlite", "postgresql", "mysql", "mariadb": SQLAlchemy's dialect names.
std::string_view backend_name(Backend backend);

// A database URL with SQLAlchemy's meaning:
// dialect[+driver]://user:password@host:port/database?query. User, password and database are stored
// unescaped.
struct Url {
  std::string drivername{};  // as written: "postgresql+asyncpg"
  Backend backend = Backend::kSqlite;
  std::optional<std::string> username{};
  std::optional<std::string> password{};
  std::optional<std::string> host{};  // an IPv6 address without its brackets
  std::optional<int> port{};
  std::optional<std::string> database{};
  std::map<std::string, std::vector<std::string>> query{};

  // The part of drivername after '+', or nothing.
  std::string_view driver() const;
  // The last value of a query key.
  std::optional<std::string> query_value(const std::string& key) const;
  // The URL as text, byte for byte as SQLAlchemy renders it; the password is `***` unless asked
  // for.
  std::string render(bool hide_password = true) const;

  friend bool operator==(const Url&, const Url&) = default;
};

// Throws Error(code::kUrl) for text that is no URL, a dialect or driver that is not known and a bad
// port. No message repeats the text, which may hold a password.
//
// Beyond SQLAlchemy: `postgres://` means `postgresql://`, and libpq's
// `postgresql://h1:5432,h2:5433/db` is taken as `?host=h1:5432&host=h2:5433`.
Url parse_url(std::string_view text);

// What SQLite is asked to open. `name` is ":memory:", a path as given, or with `uri` a file: URI
// together with its own parameters.
struct SqliteFile {
  std::string name = ":memory:";
  bool uri = false;
  std::optional<double> timeout{};  // seconds to wait for a lock

  friend bool operator==(const SqliteFile&, const SqliteFile&) = default;
};

// Throws Error(code::kUrl) when the URL has a host or user: one slash too few.
SqliteFile sqlite_file(const Url& url);

// A server, or with a leading '/' the folder of a unix socket. No host: the client's default.
struct HostPort {
  std::optional<std::string> host{};
  std::optional<int> port{};

  friend bool operator==(const HostPort&, const HostPort&) = default;
};

// The servers to try in order: from the URL, from `?host=h1:p1&host=h2:p2` or from
// `?host=h1,h2&port=p1,p2`. Always at least one.
std::vector<HostPort> hosts(const Url& url);

}  // namespace retort::config
