#include "config/url.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "config/percent.h"

namespace retort::config {
namespace {

struct Dialect {
  std::string_view name;
  Backend backend;
  std::vector<std::string> drivers;
};

const std::vector<Dialect>& dialects() {
  static const std::vector<std::string> kSqlite = {"pysqlite", "aiosqlite", "pysqlite_numeric"};
  static const std::vector<std::string> kPostgresql = {"psycopg",       "psycopg2", "asyncpg",
                                                       "psycopg_async", "pg8000",   "psycopg2cffi",
                                                       "pygresql",      "asyncpgsa"};
  static const std::vector<std::string> kMysql = {"pymysql", "mysqldb",        "aiomysql",
                                                  "asyncmy", "mysqlconnector", "mariadbconnector",
                                                  "cymysql", "pyodbc",         "oursql"};
  static const std::vector<Dialect> kDialects = {
      {"sqlite", Backend::kSqlite, kSqlite},
      {"postgresql", Backend::kPostgresql, kPostgresql},
      {"postgres", Backend::kPostgresql, kPostgresql},
      {"mysql", Backend::kMysql, kMysql},
      {"mariadb", Backend::kMariadb, kMysql},
  };
  return kDialects;
}

std::string with_suggestion(std::string_view word, const std::vector<std::string>& known,
                            std::string_view what) {
  std::string hint = did_you_mean(word, known);
  if (!hint.empty()) hint += " ";
  return hint + "known " + std::string(what) + ": " + join(known, ", ");
}

// The names alone: what stands before "://" is never a secret.
Backend find_backend(const std::string& drivername) {
  std::size_t plus = drivername.find('+');
  std::string name = to_lower(drivername.substr(0, plus));
  for (const Dialect& dialect : dialects()) {
    if (dialect.name != name) continue;
    if (plus == std::string::npos) return dialect.backend;
    std::string driver = to_lower(drivername.substr(plus + 1));
    if (std::find(dialect.drivers.begin(), dialect.drivers.end(), driver) ==
        dialect.drivers.end()) {
      throw Error(code::kUrl,
                  "unknown driver '" + driver + "' in the database URL '" + drivername + "://'")
          .with_hint(with_suggestion(driver, dialect.drivers, name + " drivers"));
    }
    return dialect.backend;
  }
  static const std::vector<std::string> kNames = {"sqlite", "postgresql", "mysql", "mariadb"};
  // Engines that SQLAlchemy has dialects for: nobody misspelt one of ours.
  static const std::vector<std::string> kOthers = {
      "access", "awsathena", "bigquery",  "clickhouse", "cockroachdb", "databricks",
      "db2",    "duckdb",    "firebird",  "hana",       "ibm_db_sa",   "mssql",
      "oracle", "redshift",  "snowflake", "sybase",     "teradatasql"};
  if (std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end()) {
    throw Error(code::kUrl, "unknown database dialect '" + name + "' in the URL '" + drivername +
                                "://': retort has none for this engine")
        .with_hint("known dialects: " + join(kNames, ", "));
  }
  throw Error(code::kUrl,
              "unknown database dialect '" + name + "' in the URL '" + drivername + "://'")
      .with_hint(with_suggestion(name, kNames, "dialects"));
}

[[noreturn]] void fail(const std::string& drivername, const std::string& why,
                       const std::string& hint) {
  throw Error(code::kUrl, "can't parse the database URL '" + drivername + "://...': " + why)
      .with_hint(hint);
}

constexpr std::string_view kForm =
    "the form is dialect+driver://user:password@host:port/database; write '@', ':', '/' and '%' in "
    "a user or password as %40, %3A, %2F and %25";

std::optional<int> port_number(std::string_view text) {
  int port = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port < 0 || port > 65535) {
    return std::nullopt;
  }
  return port;
}

void parse_query(std::string_view text, Url& url) {
  for (const std::string& pair : split(text, '&')) {
    std::size_t equals = pair.find('=');
    // A key without a value says nothing and is left out, as parse_qsl does.
    if (equals == std::string::npos || equals + 1 == pair.size()) continue;
    std::string key = query_decode(std::string_view(pair).substr(0, equals));
    url.query[key].push_back(query_decode(std::string_view(pair).substr(equals + 1)));
  }
}

// Takes "user:password@" off the front of `rest`. The user ends at the last '@' before a ':' or
// '/'; a password may hold '/' and '?' but no '@'.
void take_credentials(std::string_view& rest, Url& url) {
  std::size_t run = std::min(rest.find_first_of(":/"), rest.size());
  if (run < rest.size() && rest[run] == ':') {
    std::size_t at = rest.find('@', run + 1);
    if (at != std::string_view::npos) {
      url.username = percent_decode(rest.substr(0, run));
      url.password = percent_decode(rest.substr(run + 1, at - run - 1));
      rest.remove_prefix(at + 1);
      return;
    }
  }
  std::size_t at = rest.substr(0, run).rfind('@');
  if (at == std::string_view::npos) return;
  url.username = percent_decode(rest.substr(0, at));
  rest.remove_prefix(at + 1);
}

// libpq's "host1:port1,host2:port2", where make_url would find no port number.
bool is_host_list(std::string_view text) {
  if (text.find(',') == std::string_view::npos || text.find(':') == std::string_view::npos) {
    return false;
  }
  for (const std::string& one : split(text, ',')) {
    std::size_t colon = one.rfind(':');
    if (one.empty() || colon == 0) return false;
    bool has_port = colon != std::string::npos && !one.ends_with(']');
    if (has_port && !port_number(std::string_view(one).substr(colon + 1))) return false;
  }
  return true;
}

void take_host(std::string_view& rest, Url& url) {
  std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view place = rest.substr(0, end);
  rest.remove_prefix(end);
  if (place.starts_with('[')) {
    std::size_t close = place.rfind(']');
    if (close == std::string_view::npos || close == 1) {
      fail(url.drivername, "the IPv6 host has no closing ']'", "write [::1]:5432");
    }
    url.host = std::string(place.substr(1, close - 1));
    place.remove_prefix(close + 1);
    if (!place.empty() && place.front() != ':') {
      fail(url.drivername, "text between the IPv6 host and its port", "write [::1]:5432");
    }
  } else {
    if (url.backend == Backend::kPostgresql && is_host_list(place)) {
      for (const std::string& one : split(place, ',')) url.query["host"].push_back(one);
      return;
    }
    std::size_t colon = std::min(place.find(':'), place.size());
    if (colon > 0) url.host = std::string(place.substr(0, colon));
    place.remove_prefix(colon);
  }
  if (place.size() <= 1) return;
  url.port = port_number(place.substr(1));
  if (!url.port) fail(url.drivername, "the port is not a number", std::string(kForm));
}

}  // namespace

std::string_view backend_name(Backend backend) {
  switch (backend) {
    case Backend::kSqlite:
      return "sqlite";
    case Backend::kPostgresql:
      return "postgresql";
    case Backend::kMysql:
      return "mysql";
    case Backend::kMariadb:
      return "mariadb";
  }
  return "";
}

std::string_view Url::driver() const {
  std::size_t plus = drivername.find('+');
  return plus == std::string::npos ? std::string_view()
                                   : std::string_view(drivername).substr(plus + 1);
}

std::optional<std::string> Url::query_value(const std::string& key) const {
  auto found = query.find(key);
  if (found == query.end() || found->second.empty()) return std::nullopt;
  return found->second.back();
}

std::string Url::render(bool hide_password) const {
  std::string out = drivername + "://";
  if (username) {
    out += percent_encode(*username, " +");
    if (password) out += ":" + (hide_password ? "***" : percent_encode(*password, " +"));
    out += "@";
  }
  if (host) out += host->find(':') == std::string::npos ? *host : "[" + *host + "]";
  if (port) out += ":" + std::to_string(*port);
  if (database) out += "/" + percent_encode(*database, " +/");
  char separator = '?';
  for (const auto& [key, values] : query) {
    // libpq and the MySQL clients take credentials from the query as well.
    bool secret = hide_password && (key == "password" || key == "passwd" || key == "sslpassword");
    for (const std::string& value : values) {
      out += separator + query_encode(key) + "=" + (secret ? "***" : query_encode(value));
      separator = '&';
    }
  }
  return out;
}

Url parse_url(std::string_view text) {
  std::size_t name_end = 0;
  while (name_end < text.size()) {
    char c = text[name_end];
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                c == '_' || c == '+' || static_cast<unsigned char>(c) >= 0x80;
    if (!word) break;
    ++name_end;
  }
  if (name_end == 0 || text.substr(name_end, 3) != "://") {
    throw Error(code::kUrl, text.empty() ? "the database URL is empty"
                                         : "can't parse the database URL: it does not start with a "
                                           "dialect and '://'")
        .with_hint(!text.empty() && (text.front() == '\'' || text.front() == '"')
                       ? "leave the quotes away: an ini file has none"
                       : "write for example sqlite:///app.db or "
                         "postgresql://user:password@host/database");
  }
  Url url;
  url.drivername = std::string(text.substr(0, name_end));
  url.backend = find_backend(url.drivername);
  std::string_view rest = text.substr(name_end + 3);
  if (rest.find_first_of("\r\n") != std::string_view::npos) {
    fail(url.drivername, "it contains a line break", "write it on one line");
  }
  take_credentials(rest, url);
  take_host(rest, url);
  std::size_t question = std::min(rest.find('?'), rest.size());
  if (rest.starts_with('/')) url.database = percent_decode(rest.substr(1, question - 1));
  if (question < rest.size()) parse_query(rest.substr(question + 1), url);
  return url;
}

SqliteFile sqlite_file(const Url& url) {
  if (url.username || url.password || url.host || url.port) {
    throw Error(code::kUrl, "Invalid SQLite URL: " + url.render())
        .with_hint(
            "valid forms are sqlite:///:memory: (or sqlite://), sqlite:///relative/path.db and "
            "sqlite:////absolute/path.db");
  }
  SqliteFile file;
  if (url.database && !url.database->empty()) file.name = *url.database;
  if (auto timeout = url.query_value("timeout")) {
    try {
      file.timeout = std::stod(*timeout);
    } catch (const std::exception&) {
      throw Error(code::kUrl, "timeout in the SQLite URL is not a number: '" + *timeout + "'")
          .with_hint("write the seconds to wait for a lock, for example ?timeout=30");
    }
  }
  std::string uri = to_lower(url.query_value("uri").value_or("false"));
  file.uri = uri == "true" || uri == "1" || uri == "yes" || uri == "on" || uri == "y" || uri == "t";
  if (!file.uri) return file;
  // What the Python driver takes for itself; the rest belongs to SQLite's own URI.
  static const std::vector<std::string> kDriverKeys = {
      "uri",          "timeout",           "isolation_level",
      "detect_types", "check_same_thread", "cached_statements"};
  char separator = file.name.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [key, values] : url.query) {
    if (std::find(kDriverKeys.begin(), kDriverKeys.end(), key) != kDriverKeys.end()) continue;
    file.name += separator + key + "=" + values.back();
    separator = '&';
  }
  return file;
}

std::vector<HostPort> hosts(const Url& url) {
  auto given = url.query.find("host");
  if (given == url.query.end()) {
    HostPort one{url.host, url.port};
    if (!one.port) {
      if (auto port = url.query_value("port")) one.port = port_number(*port);
    }
    return {one};
  }
  std::vector<std::string> names = given->second;
  if (names.size() == 1) names = split(names.front(), ',');
  std::vector<std::string> ports;
  if (auto found = url.query.find("port"); found != url.query.end()) {
    ports = found->second;
    if (ports.size() == 1) ports = split(ports.front(), ',');
  }
  if (ports.size() > 1 && ports.size() != names.size()) {
    fail(url.drivername,
         std::to_string(names.size()) + " hosts with " + std::to_string(ports.size()) + " ports",
         "give one port for all hosts, or one for each");
  }
  std::vector<HostPort> out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    HostPort one{names[i], url.port};
    std::string port_text = ports.empty() ? "" : ports[ports.size() == 1 ? 0 : i];
    std::size_t colon = names[i].rfind(':');
    bool socket = names[i].starts_with('/');
    bool bare_ipv6 = !names[i].starts_with('[') && names[i].find(':') != colon;
    if (!socket && !bare_ipv6 && colon != std::string::npos && !names[i].ends_with(']')) {
      if (!ports.empty()) {
        fail(url.drivername, "ports both in host= and in port=",
             "write ?host=h1:p1&host=h2:p2 or ?host=h1,h2&port=p1,p2");
      }
      one.host = names[i].substr(0, colon);
      port_text = names[i].substr(colon + 1);
    }
    if (one.host->starts_with('[') && one.host->ends_with(']')) {
      one.host = one.host->substr(1, one.host->size() - 2);
    }
    if (one.host->empty()) one.host.reset();
    if (!port_text.empty()) {
      one.port = port_number(port_text);
      if (!one.port) fail(url.drivername, "a port is not a number", std::string(kForm));
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace retort::config
