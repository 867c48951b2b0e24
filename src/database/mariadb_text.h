#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "database/mariadb_library.h"
#include "database/statement_text.h"
#include "sql/datum.h"

// Statements with values written into them, and values read from the server's text.
namespace retort::database {

// A statement whose marks `?` are replaced by literals.
class FilledMarks : public FilledText {
 public:
  // `escape` gives the inside of a string literal. Marks inside strings, quoted names and comments
  // are text. Throws Error(code::kDatabase) when there are more or fewer marks than values.
  FilledMarks(std::string_view sql, Parameters values, const Escape& escape);
};

// A value as MySQL reads it, as a constant; as PyMySQL writes it.
std::string mariadb_literal(const sql::Datum& value, const FilledMarks::Escape& escape);

// Text of a column.
sql::Datum mariadb_datum(const MariadbField& field, std::string_view text);

// The name of a column's type as information_schema has it ("int", "varchar"), "" for an unknown
// one.
std::string_view mariadb_type_name(const MariadbField& field);

}  // namespace retort::database
