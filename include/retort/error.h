#pragma once

// What stops an operation: one exception class for everything that retort throws.
//
//   try {
//     migrator.upgrade();
//   } catch (const retort::Error& error) {
//     if (error.code() == retort::code::kLocked) return try_again_later();
//     log(error.render());  // message, place, statement and hint, for a person
//   }

#include <retort/source.h>

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort {

// What went wrong, for programs: stable across releases.
namespace code {
inline constexpr std::string_view kUsage = "usage";    // wrong arguments: exit code 2
inline constexpr std::string_view kConfig = "config";  // configuration missing or wrong
inline constexpr std::string_view kFile = "file";      // a file can't be read or written
inline constexpr std::string_view kSyntax = "syntax";  // a file's text can't be parsed
inline constexpr std::string_view kScript = "script";  // an evaluated file failed
inline constexpr std::string_view kUnknownValue =
    "unknown-value";                                 // a decision on a value retort can't know
inline constexpr std::string_view kLimit = "limit";  // steps, depth or memory of the evaluator
inline constexpr std::string_view kRevision = "revision";    // a revision can't be found or used
inline constexpr std::string_view kGraph = "graph";          // the history is not well formed
inline constexpr std::string_view kOperation = "operation";  // an operation the dialect can't do
inline constexpr std::string_view kDatabase = "database";    // the database refused
inline constexpr std::string_view kLocked = "locked";        // someone else holds the lock
inline constexpr std::string_view kUrl = "url";              // a database URL can't be understood
inline constexpr std::string_view kPending = "pending";      // check: changes pending, exit code 3
inline constexpr std::string_view kType = "type";  // a value is not of the C++ type asked for
inline constexpr std::string_view kMisuse =
    "misuse";  // the API was used wrongly: closed connection
}  // namespace code

// One step of the way to an error inside evaluated files: innermost first.
struct CallSite {
  Place place{};
  std::string function{};
};

// The one exception that stops a command. It says what, where, why and what to do; `what()` is the
// message alone, `render()` the whole text for a person. Thrown by value, caught by reference.
class Error : public std::exception {
 public:
  Error(std::string_view code, std::string message) : code_(code), message_(std::move(message)) {}

  Error& with_hint(std::string hint) &;
  Error&& with_hint(std::string hint) && { return std::move(with_hint(std::move(hint))); }
  Error& with_place(Place place) &;
  Error&& with_place(Place place) && { return std::move(with_place(std::move(place))); }
  Error& with_calls(std::vector<CallSite> calls) &;
  // The SQL statement that was refused and the server's SQLSTATE, where it has one.
  Error& with_statement(std::string statement, std::string sqlstate = "") &;
  Error&& with_statement(std::string statement, std::string sqlstate = "") && {
    return std::move(with_statement(std::move(statement), std::move(sqlstate)));
  }
  // Put in front of the message: what was being done ("revision ae10: upgrade").
  Error& with_context(std::string context) &;

  const char* what() const noexcept override { return message_.c_str(); }
  const std::string& code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::string& hint() const { return hint_; }
  const Place& place() const { return place_; }
  const std::vector<CallSite>& calls() const { return calls_; }
  const std::string& statement() const { return statement_; }
  const std::string& sqlstate() const { return sqlstate_; }

  // The message, then the place with its excerpt, the calls that led there, the statement and the
  // hint, each on lines of their own. No newline at the end.
  std::string render() const;

 private:
  std::string code_;
  std::string message_;
  std::string hint_;
  std::string statement_;
  std::string sqlstate_;
  Place place_;
  std::vector<CallSite> calls_;
};

}  // namespace retort
