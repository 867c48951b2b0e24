#include "dialect/sqlite/types.h"

#include "dialect/types.h"

namespace retort::dialect::sqlite {

std::string type_sql(const sql::Type& given, const sql::Grammar& grammar) {
  const sql::Type& type = variant_for(given, grammar.name());
  // NUMERIC affinity; the text functions of JSON work on it all the same.
  if (type.name == "JSON" || type.name == "JSONB") return type.name;
  // An ENUM of PostgreSQL is an Enum of this module too; MySQL's is not.
  if (type.name == "ENUM" && type.dialect == "postgresql") {
    sql::Type generic = type;
    generic.name = "Enum";
    return generic_type(generic, grammar);
  }
  std::string text = generic_type(type, grammar);
  if (text.empty()) refuse_type(type, "SQLite", grammar);
  return text;
}

}  // namespace retort::dialect::sqlite
