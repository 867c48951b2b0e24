#include "database/postgresql_options.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "base/text.h"

namespace retort::database {
namespace {

// What Python's drivers and SQLAlchemy take for themselves.
constexpr auto kIgnored = std::to_array<std::string_view>({
    "prepared_statement_cache_size",
    "prepared_statement_name_func",
    "statement_cache_size",
    "max_cached_statement_lifetime",
    "max_cacheable_statement_size",
    "async_fallback",
    "async_creator_fn",
    "command_timeout",
    "record_class",
    "direct_tls",
    "ssl_context",
    "tcp_keepalive",
    "replication",
    "pool_size",
    "max_overflow",
    "pool_timeout",
    "pool_recycle",
    "pgbouncer",
    "cursor_factory",
    "connection_factory",
    "async_",
    "executemany_mode",
    "executemany_batch_page_size",
    "use_native_hstore",
    "use_native_unicode",
    "prepare_threshold",
    "autocommit",
    "context",
    "row_factory",
    "binary",
});

// asyncpg's `ssl`: a word of libpq's sslmode, or a boolean.
std::string ssl_mode(const std::string& value) {
  std::string word = to_lower(value);
  if (word == "true" || word == "1" || word == "on") return "require";
  if (word == "false" || word == "0" || word == "off") return "disable";
  return word;
}

// Seconds as libpq wants them: whole ones, and at least two.
std::string whole_seconds(const std::string& value) {
  double seconds = std::strtod(value.c_str(), nullptr);
  return std::to_string(static_cast<long>(std::ceil(std::max(seconds, 2.0))));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> postgresql_options(
    const config::Url& url, const ConnectionOptions& options,
    const std::vector<std::string>& known) {
  std::vector<std::pair<std::string, std::string>> out;
  std::vector<std::string> names;
  std::vector<std::string> ports;
  bool named = false;
  bool numbered = false;
  for (const config::HostPort& one : config::hosts(url)) {
    names.push_back(one.host.value_or(""));
    ports.push_back(one.port ? std::to_string(*one.port) : "");
    named = named || one.host;
    numbered = numbered || one.port;
  }
  if (named) out.emplace_back("host", join(names, ","));
  if (numbered) out.emplace_back("port", join(ports, ","));
  if (url.username) out.emplace_back("user", *url.username);
  if (url.password) out.emplace_back("password", *url.password);
  if (url.database && !url.database->empty()) out.emplace_back("dbname", *url.database);
  for (const auto& [key, values] : url.query) {
    if (key == "host" || key == "port" || values.empty()) continue;
    std::string name = key;
    std::string value = values.back();
    if (std::ranges::find(kIgnored, name) != kIgnored.end()) continue;
    if (name == "ssl") {
      name = "sslmode";
      value = ssl_mode(value);
    } else if (name == "timeout") {
      name = "connect_timeout";
      value = whole_seconds(value);
    } else if (name == "database") {
      name = "dbname";
    } else if (name == "unix_sock") {
      name = "host";
      // pg8000 names the socket's file, libpq its folder.
      if (std::size_t file = value.rfind("/.s.PGSQL."); file != std::string::npos) {
        value.resize(file);
      }
    }
    if (std::ranges::find(known, name) == known.end()) {
      std::string guess = did_you_mean(name, known);
      throw Error(code::kUrl, "unknown option '" + key + "' in the PostgreSQL URL " + url.render())
          .with_hint(guess.empty()
                         ? "the options are those of libpq: sslmode, connect_timeout, options, "
                           "target_session_attrs, application_name, ..."
                         : guess);
    }
    out.emplace_back(std::move(name), std::move(value));
  }
  if (options.read_only) {
    auto found = std::ranges::find(out, "options", &std::pair<std::string, std::string>::first);
    if (found == out.end()) found = out.insert(out.end(), {"options", ""});
    found->second += " -c default_transaction_read_only=on";
  }
  out.emplace_back("client_encoding", "UTF8");
  out.emplace_back("fallback_application_name", "retort");
  return out;
}

}  // namespace retort::database
