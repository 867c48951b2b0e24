#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "database/statement_text.h"
#include "sql/datum.h"

// Statements with values written into them, and values read from the server's text.
namespace retort::database {

// A statement whose $1, $2, ... are replaced by literals.
class FilledStatement : public FilledText {
 public:
  // `escape` quotes a text as a string literal. Marks inside strings, quoted names, dollar quotes
  // and comments are text. Throws Error(code::kDatabase) for a mark without a value, and for a
  // value without a mark.
  FilledStatement(std::string_view sql, const std::vector<sql::Datum>& values,
                  const Escape& escape);
};

// A value as PostgreSQL reads it, as a constant: typed where its type can't be seen.
std::string postgresql_literal(const sql::Datum& value, const FilledStatement::Escape& escape);

// Text of a column of the type with this OID. bytea in hex; see postgresql_type_name().
sql::Datum postgresql_datum(unsigned int type, std::string_view text);

// The name of a built-in type's OID as the catalog has it ("int4", "timestamptz", "_text"), "" for
// one that is not built in.
std::string_view postgresql_type_name(unsigned int type);

}  // namespace retort::database
