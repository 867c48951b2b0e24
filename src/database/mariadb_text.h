#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "database/mariadb_library.h"
#include "sql/datum.h"

// Statements with values written into them, and values read from the server's text.
namespace retort::database {

// A statement whose marks `?` are replaced by literals, and how its places lie in the original.
class FilledMarks {
 public:
  using Escape = std::function<std::string(std::string_view)>;
  // `escape` gives the inside of a string literal. Marks inside strings, quoted names and comments
  // are text. Throws Error(code::kDatabase) when there are more or fewer marks than values.
  FilledMarks(std::string_view sql, Parameters values, const Escape& escape);

  const std::string& text() const { return text_; }
  // Where a byte of text() was in the statement that was given.
  std::size_t original(std::size_t offset) const;

 private:
  struct Piece {
    std::size_t at = 0;        // in text_
    std::size_t original = 0;  // in the statement given
    bool literal = false;
  };
  void add(std::string_view piece, std::size_t original, bool literal);

  std::string text_;
  std::vector<Piece> pieces_;
};

// A value as MySQL reads it, as a constant; as PyMySQL writes it.
std::string mariadb_literal(const sql::Datum& value, const FilledMarks::Escape& escape);

// Text of a column.
sql::Datum mariadb_datum(const MariadbField& field, std::string_view text);

// The name of a column's type as information_schema has it ("int", "varchar"), "" for an unknown
// one.
std::string_view mariadb_type_name(const MariadbField& field);

}  // namespace retort::database
