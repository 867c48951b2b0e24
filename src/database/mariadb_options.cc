#include "database/mariadb_options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "database/mariadb_library.h"

namespace retort::database {
namespace {

// What Python's drivers and SQLAlchemy take for themselves.
constexpr auto kIgnored = std::to_array<std::string_view>({"charset",
                                                           "use_unicode",
                                                           "autocommit",
                                                           "cursorclass",
                                                           "cursor_cls",
                                                           "conv",
                                                           "client_flag",
                                                           "binary_prefix",
                                                           "defer_connect",
                                                           "auth_plugin_map",
                                                           "program_name",
                                                           "named_pipe",
                                                           "no_delay",
                                                           "echo",
                                                           "minsize",
                                                           "maxsize",
                                                           "pool_size",
                                                           "pool_name",
                                                           "pool_recycle",
                                                           "max_overflow",
                                                           "pool_pre_ping",
                                                           "buffered",
                                                           "use_pure",
                                                           "get_warnings",
                                                           "raise_on_warnings",
                                                           "consume_results",
                                                           "pool_reset_session",
                                                           "multi_statements",
                                                           "async_fallback",
                                                           "prepared_statement_cache_size",
                                                           "loop",
                                                           "async_creator_fn",
                                                           "reconnect",
                                                           "converter_class",
                                                           "use_result",
                                                           "force_ipv6",
                                                           "nonblocking",
                                                           "raw",
                                                           "sql_mode_strict",
                                                           "auth_plugin",
                                                           "plugin_dir_python"});

struct Named {
  std::string_view name;
  int option;
};

constexpr auto kTexts = std::to_array<Named>({
    {"init_command", mariadb_option::kInitCommand},
    {"read_default_file", mariadb_option::kReadDefaultFile},
    {"default_file", mariadb_option::kReadDefaultFile},
    {"option_files", mariadb_option::kReadDefaultFile},
    {"read_default_group", mariadb_option::kReadDefaultGroup},
    {"default_group", mariadb_option::kReadDefaultGroup},
    {"option_groups", mariadb_option::kReadDefaultGroup},
    {"bind_address", mariadb_option::kBind},
    {"plugin_dir", mariadb_option::kPluginFolder},
    {"default_auth", mariadb_option::kDefaultAuth},
    {"server_public_key", mariadb_option::kServerPublicKey},
    {"ssl_key", mariadb_option::kSslKey},
    {"ssl_cert", mariadb_option::kSslCert},
    {"ssl_ca", mariadb_option::kSslCa},
    {"ssl_capath", mariadb_option::kSslCaPath},
    {"ssl_cipher", mariadb_option::kSslCipher},
    {"ssl_crl", mariadb_option::kSslCrl},
    {"tls_version", mariadb_option::kTlsVersion},
    {"tls_versions", mariadb_option::kTlsVersion},
});

constexpr auto kNumbers = std::to_array<Named>({
    {"connect_timeout", mariadb_option::kConnectTimeout},
    {"connection_timeout", mariadb_option::kConnectTimeout},
    {"read_timeout", mariadb_option::kReadTimeout},
    {"write_timeout", mariadb_option::kWriteTimeout},
    {"max_allowed_packet", mariadb_option::kMaxPacket},
    {"local_infile", mariadb_option::kLocalInfile},
    {"allow_local_infile", mariadb_option::kLocalInfile},
    {"compress", mariadb_option::kCompress},
});

// Words with a meaning of their own, for "did you mean".
constexpr auto kOthers = std::to_array<std::string_view>(
    {"unix_socket", "sql_mode", "time_zone", "collation", "ssl", "ssl_mode", "ssl_disabled",
     "ssl_verify_cert", "ssl_verify_identity", "ssl_check_hostname"});

bool is_true(std::string_view value) {
  std::string word = to_lower(value);
  return word == "true" || word == "1" || word == "on" || word == "yes";
}

unsigned int number(const config::Url& url, const std::string& key, const std::string& value) {
  std::string word = to_lower(value);
  if (word == "true" || word == "false") return word == "true" ? 1 : 0;
  char* end = nullptr;
  double found = std::strtod(value.c_str(), &end);
  if (value.empty() || *end != '\0' || found < 0) {
    throw Error(code::kUrl, "the option '" + key + "' of the URL " + url.render() +
                                " is not a number: '" + value + "'");
  }
  return static_cast<unsigned int>(std::ceil(found));
}

std::string quoted(std::string_view text) {
  return "'" + replace_all(replace_all(std::string(text), "\\", "\\\\"), "'", "''") + "'";
}

template <typename List>
const Named* find(const List& list, std::string_view name) {
  auto found = std::ranges::find(list, name, &Named::name);
  return found == list.end() ? nullptr : &*found;
}

[[noreturn]] void refuse(const config::Url& url, const std::string& key) {
  std::vector<std::string> known(kOthers.begin(), kOthers.end());
  for (const Named& one : kTexts) known.emplace_back(one.name);
  for (const Named& one : kNumbers) known.emplace_back(one.name);
  known.emplace_back("charset");
  std::string guess = did_you_mean(key, known);
  throw Error(code::kUrl, "unknown option '" + key + "' in the database URL " + url.render())
      .with_hint(guess.empty() ? "options are charset, unix_socket, connect_timeout, "
                                 "read_default_file, ssl_ca, ssl_verify_identity, ..."
                               : guess);
}

struct Reader {
  const config::Url& url;
  MariadbOptions& out;
  bool authority = false;        // a certificate authority is named
  std::optional<bool> verify{};  // the server's certificate
  std::optional<bool> encrypted{};

  void read(const std::string& given, const std::string& value) {
    // mysqlclient's and Connector/C's names have dashes in option files.
    std::string key = replace_all(given, "-", "_");
    if (const Named* text = find(kTexts, key)) {
      out.texts.emplace_back(text->option, value);
      authority = authority || key == "ssl_ca" || key == "ssl_capath";
      encrypted = encrypted.value_or(key.starts_with("ssl_")) || key.starts_with("ssl_");
    } else if (const Named* one = find(kNumbers, key)) {
      out.numbers.emplace_back(one->option, number(url, given, value));
    } else if (key == "unix_socket") {
      out.socket = value;
    } else if (key == "user" || key == "username") {
      if (out.user.empty()) out.user = value;
    } else if (key == "password" || key == "passwd") {
      if (out.password.empty()) out.password = value;
    } else if (key == "database" || key == "db") {
      if (out.database.empty()) out.database = value;
    } else if (key == "sql_mode") {
      out.statements.push_back("SET SESSION sql_mode = " + quoted(value));
    } else if (key == "time_zone") {
      out.statements.push_back("SET SESSION time_zone = " + quoted(value));
    } else if (key == "collation") {
      if (value.starts_with("utf8mb4")) {
        out.statements.push_back("SET NAMES utf8mb4 COLLATE " + quoted(value));
      }
    } else if (key == "ssl_disabled") {
      encrypted = !is_true(value);
    } else if (key == "ssl_verify_cert" || key == "ssl_verify_identity" ||
               key == "ssl_check_hostname") {
      verify = is_true(value);
    } else if (key == "ssl" || key == "ssl_mode") {
      read_mode(to_lower(value));
    } else if (std::ranges::find(kIgnored, std::string_view(key)) == kIgnored.end()) {
      refuse(url, given);
    }
  }

  void read_mode(const std::string& mode) {
    if (mode == "disabled" || mode == "false" || mode == "0") {
      encrypted = false;
    } else if (mode == "required" || is_true(mode) || mode.starts_with('{')) {
      encrypted = true;
    } else if (mode == "verify_ca" || mode == "verify_identity") {
      encrypted = verify = true;
    } else if (mode != "preferred") {
      throw Error(code::kUrl, "unknown ssl mode '" + mode + "' in the database URL " + url.render())
          .with_hint("write DISABLED, PREFERRED, REQUIRED, VERIFY_CA or VERIFY_IDENTITY");
    }
  }
};

// What "localhost" means: a host of TCP to the drivers that are written in Python, the unix socket
// to MySQL's and MariaDB's client libraries and what is over them.
bool localhost_is_tcp(std::string_view driver) {
  return driver == "pymysql" || driver == "aiomysql" || driver == "asyncmy" ||
         driver == "mysqlconnector" || driver == "cymysql";
}

}  // namespace

MariadbOptions mariadb_options(const config::Url& url, const ConnectionOptions& options) {
  MariadbOptions out;
  config::HostPort place = config::hosts(url).front();
  out.host = place.host.value_or("");
  out.port = static_cast<unsigned int>(place.port.value_or(0));
  out.user = url.username.value_or("");
  out.password = url.password.value_or("");
  out.database = url.database.value_or("");
  Reader reader{.url = url, .out = out};
  for (const auto& [key, values] : url.query) {
    if (key != "host" && key != "port" && !values.empty()) reader.read(key, values.back());
  }
  if (out.host.starts_with('/')) {
    out.socket = out.host;
    out.host.clear();
  }
  out.tcp = out.socket.empty() && localhost_is_tcp(to_lower(url.driver()));
  if (out.tcp && out.host.empty()) out.host = "localhost";
  if (reader.encrypted) {
    if (*reader.encrypted) {
      out.numbers.emplace_back(mariadb_option::kSslEnforce, 1);
      out.numbers.emplace_back(mariadb_option::kVerifyServer,
                               reader.verify.value_or(reader.authority) ? 1 : 0);
    } else {
      out.numbers.emplace_back(mariadb_option::kSslEnforce, 0);
    }
  } else if (reader.verify.value_or(false)) {
    out.numbers.emplace_back(mariadb_option::kSslEnforce, 1);
    out.numbers.emplace_back(mariadb_option::kVerifyServer, 1);
  }
  auto unless_given = [&](int option, unsigned int value) {
    bool given =
        std::ranges::any_of(out.numbers, [&](const auto& one) { return one.first == option; });
    if (!given) out.numbers.emplace_back(option, value);
  };
  // PyMySQL's defaults. A server may ask for any file of a client that lets it.
  unless_given(mariadb_option::kConnectTimeout, 10);
  unless_given(mariadb_option::kLocalInfile, 0);
  out.texts.emplace_back(mariadb_option::kCharset, "utf8mb4");
  if (options.busy_timeout) {
    std::string seconds =
        std::to_string(std::max<std::int64_t>(1, (options.busy_timeout->count() + 999) / 1000));
    out.statements.push_back("SET SESSION innodb_lock_wait_timeout = " + seconds +
                             ", lock_wait_timeout = " + seconds);
  }
  if (options.read_only) out.statements.emplace_back("SET SESSION TRANSACTION READ ONLY");
  return out;
}

}  // namespace retort::database
