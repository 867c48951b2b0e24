#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "modules/host.h"
#include "modules/sqlalchemy/connection.h"
#include "python/evaluator.h"
#include "sql/grammar.h"

// What the files of the connection share.
namespace retort::modules {

// The rows of one statement. They are read ahead up to a bound; the rest stays with the driver and
// is read before another statement runs, so that no open cursor holds a table's lock.
struct RowSource {
  std::vector<std::string> names{};
  std::vector<sql::Type> types{};  // NullType: as the driver gives it
  std::string_view dialect{};      // its name, looked for when a type needs it
  std::deque<std::vector<sql::Datum>> buffer{};
  std::unique_ptr<database::Result> open{};
  std::int64_t row_count = -1;
  std::int64_t last_id = 0;
  bool returns_rows = false;
  bool offline = false;  // of a statement that was printed: nobody knows its rows
  bool closed = false;
  std::vector<python::Value> primary_key{};  // of an INSERT

  void read(std::size_t rows);  // until the buffer holds this many, or there are no more
  // Moves to the next row; false after the last.
  bool advance();
  // The value in a column of this row as Python has it. All are asked for before anything else is
  // evaluated.
  python::Value cell(python::Evaluator& evaluator, std::size_t column);

 private:
  bool next();                     // the driver's
  std::vector<sql::Datum> copy();  // of the row where the driver stands
  // No column has a type, so that no code of one runs a statement between two values of a row: they
  // may be taken from the driver. Known with the first row.
  std::optional<bool> untyped_{};
  bool in_driver_ = false;         // the row is where the driver stands
  std::vector<sql::Datum> row_{};  // else
};
using RowSourcePtr = std::shared_ptr<RowSource>;

// The one connection of a session.
struct ConnectionState {
  Host* host = nullptr;                                      // the session
  std::map<std::string, python::Value, std::less<>> made{};  // its objects in evaluated code
  std::vector<std::weak_ptr<RowSource>> open{};
  int savepoints = 0;
  bool closed = false;

  // Reads what is left of every open result.
  void settle();
};
using ConnectionStatePtr = std::shared_ptr<ConnectionState>;
ConnectionStatePtr connection_state(python::Evaluator& evaluator, Host& host);

// Runs a statement object (or refuses what is none) with its parameters.
python::Value execute(python::Evaluator& evaluator, const ConnectionStatePtr& state,
                      python::Value statement, python::Value parameters);
// exec_driver_sql(): text in the driver's own style.
python::Value execute_driver_sql(python::Evaluator& evaluator, const ConnectionStatePtr& state,
                                 const std::string& text, python::Value parameters);

python::Value make_result(python::Evaluator& evaluator, RowSourcePtr source);
// Raises what reading means with --sql.
[[noreturn]] void refuse_to_answer(python::Evaluator& evaluator);

// A value as the driver gives it.
python::Value plain_value(python::Evaluator& evaluator, sql::Datum&& datum);
// A value that came from the database, of a column of a type.
python::Value from_datum(python::Evaluator& evaluator, const sql::Datum& datum,
                         const sql::Type& type, std::string_view dialect);

// Calls what talks to the database; its Error becomes an exception of sqlalchemy.exc.
template <typename Call>
auto guarded(python::Evaluator& evaluator, Call call);

}  // namespace retort::modules

#include "modules/sqlalchemy/exceptions.h"

namespace retort::modules {

template <typename Call>
auto guarded(python::Evaluator& evaluator, Call call) {
  try {
    return call();
  } catch (const Error& error) {
    if (error.code() != code::kDatabase) throw;
    raise_database_error(evaluator, error);
  }
}

}  // namespace retort::modules
