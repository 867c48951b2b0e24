#include "database/mariadb_error.h"

#include <array>
#include <charconv>
#include <string>

#include "base/interrupt.h"
#include "base/text.h"
#include "database/statement_text.h"

namespace retort::database {
namespace {

struct Advice {
  int number;
  std::string_view hint;
};

// https://mariadb.com/kb/en/mariadb-error-code-reference/
constexpr auto kOfStatements = std::to_array<Advice>({
    {1044, "GRANT the user the right that is missing on this database"},
    {1071,
     "an index holds 3072 bytes at most, a character of utf8mb4 takes four: shorten the column, or "
     "index a part of it with mysql_length"},
    {1091, "is it there, and spelt right? MariaDB drops IF EXISTS"},
    {1101, "write such a default as an expression in parentheses, or leave it away"},
    {1113, "MariaDB has no table without columns"},
    {1142, "GRANT the user the right that is missing on this table"},
    {1170,
     "say how much of the column is indexed: op.create_index(..., mysql_length={'column': 255}), "
     "or "
     "give the column a type with a length"},
    {1205, "another session holds a lock: run it again when that one has ended"},
    {1213, "two sessions waited for each other; run it again when the other one has ended"},
    {1227, "the user lacks a right of the server's administrator"},
    {1451, "rows of another table refer to this one: delete or change those first"},
    {1452, "the row that it refers to is not there: insert that one first"},
    {1553, "a foreign key needs this index: drop the foreign key first"},
    {1828, "a foreign key needs this column: drop the foreign key first"},
    {3780, "the columns of a foreign key and those that it refers to are of one type"},
});

constexpr auto kOfConnections = std::to_array<Advice>({
    {1040, "wait for others to end, or raise max_connections"},
    {1044, "GRANT the user its rights on this database"},
    {1045,
     "the user or the password of the URL is wrong; write special characters as %40 (@), %3A (:), "
     "%2F (/)"},
    {1049, "make it first: CREATE DATABASE"},
    {1130, "the server lets nobody in from this machine: look at the hosts of its users"},
    {1698, "this user comes in by the socket only, without a password: make another user"},
    {2002, "is the server running there, and does it listen on this port?"},
    {2003, "is the server running there, and does it listen on this port?"},
    {2005, "the host's name can't be resolved: is it spelt right?"},
    {2026, "see ssl_ca, ssl_verify_identity and ssl_disabled in the URL's options"},
    {2059,
     "the server asks for a way to log in that the client library has not got here: "
     "caching_sha2_password comes with libmariadb3, others with packages of their own"},
});

template <typename List>
std::string advice(const List& list, int number) {
  for (const Advice& one : list) {
    if (one.number == number) return std::string(one.hint);
  }
  return {};
}

// The session is gone: CR_SERVER_GONE_ERROR, CR_SERVER_LOST, ER_CONNECTION_KILLED, shutdown.
bool is_lost(unsigned int number) {
  return number == 2006 || number == 2013 || number == 1927 || number == 1053;
}

// Where a syntax error is: "... near 'FROM x' at line 2" shows the rest of the statement.
std::optional<std::size_t> near(std::string_view message, std::string_view sent) {
  std::size_t begin = message.find(" near '");
  std::size_t end = message.rfind("' at line ");
  if (begin == std::string_view::npos || end == std::string_view::npos || begin + 7 > end) {
    return std::nullopt;
  }
  std::string_view shown = message.substr(begin + 7, end - begin - 7);
  if (shown.empty()) return sent.empty() ? 0 : sent.size() - 1;
  std::size_t line = 1;
  std::string_view digits = message.substr(end + 10);
  std::from_chars(digits.data(), digits.data() + digits.size(), line);
  std::size_t from = 0;
  for (; line > 1 && from != std::string_view::npos; --line) {
    from = sent.find('\n', from);
    if (from != std::string_view::npos) ++from;
  }
  std::size_t at = from == std::string_view::npos ? from : sent.find(shown, from);
  if (at == std::string_view::npos) return std::nullopt;
  return at;
}

std::string one_line(std::string_view text) {
  return replace_all(std::string(trim(text)), "\n", " ");
}

std::string numbered(std::string_view text, unsigned int number) {
  return one_line(text) + " (" + std::to_string(number) + ")";
}

}  // namespace

Error mariadb_error(const Libmariadb& api, MariadbHandle* handle, std::string_view sent,
                    std::string_view statement,
                    const std::function<std::size_t(std::size_t)>& place) {
  unsigned int number = api.error_number(handle);
  std::string text = api.error(handle);
  std::string sqlstate = api.sqlstate(handle);
  bool lost = is_lost(number);
  Error error(code::kDatabase,
              (lost ? "the connection to the server was lost: " : "") + numbered(text, number));
  error.with_statement(std::string(statement), lost ? "08S01" : sqlstate);
  std::string hint = advice(kOfStatements, static_cast<int>(number));
  if (lost) {
    hint = "the server rolls back what was not committed; see its log for why the session ended";
  }
  // Query execution was interrupted.
  if (number == 1317) {
    hint = interrupt_signal() != 0 ? "a signal (Ctrl-C) interrupted the run"
                                   : "somebody ended it by KILL QUERY, or its time was up";
  }
  error.with_hint(std::move(hint));
  std::optional<std::size_t> at = number == 1064 ? near(text, sent) : std::nullopt;
  if (at && !statement.empty()) {
    std::size_t offset = place(*at);
    if (offset < statement.size()) {
      auto source = std::make_shared<Source>("<statement>", std::string(statement));
      error.with_place({std::move(source), token_at(statement, offset)});
    }
  }
  return error;
}

Error mariadb_connect_error(const Libmariadb& api, MariadbHandle* handle, std::string_view where) {
  unsigned int number = handle != nullptr ? api.error_number(handle) : 2008;
  std::string text = handle != nullptr ? api.error(handle) : "out of memory";
  Error error(code::kDatabase,
              "can't connect to " + std::string(where) + ": " + numbered(text, number));
  std::string hint = advice(kOfConnections, static_cast<int>(number));
  if (number == 2002 && text.find("socket") != std::string::npos) {
    hint =
        "no server listens on this socket: is it running? unix_socket=... in the URL names another "
        "one, and 127.0.0.1 in place of localhost is a host of TCP";
  }
  error.with_hint(std::move(hint));
  return error;
}

std::optional<MariadbErrorText> mariadb_error_text(const Error& error) {
  std::string_view message = error.message();
  std::size_t open = message.rfind(" (");
  if (error.code() != code::kDatabase || open == std::string_view::npos ||
      !message.ends_with(')')) {
    return std::nullopt;
  }
  MariadbErrorText out;
  const char* end = message.data() + message.size() - 1;
  auto [at, failed] = std::from_chars(message.data() + open + 2, end, out.number);
  if (failed != std::errc() || at != end) return std::nullopt;
  out.text = message.substr(0, open);
  return out;
}

}  // namespace retort::database
