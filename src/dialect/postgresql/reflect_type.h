#pragma once

#include <map>
#include <string>
#include <string_view>

#include "database/connection.h"
#include "dialect/postgresql/catalog.h"
#include "sql/type.h"

namespace retort::dialect::postgresql {

// The enums and domains of a database by the text that format_type() prints for them.
class NamedTypes {
 public:
  NamedTypes() = default;
  // Of all schemas; those of the scope have the names that it gives them. Two queries.
  static NamedTypes read(database::Connection& connection, const Scope& scope);
  sql::Type& add(const sql::Type& type);
  const sql::Type* find(std::string_view text) const;

 private:
  std::map<std::string, sql::Type, std::less<>> types_;
};

// The type that SQLAlchemy reflects for what format_type() prints: "character varying(20)",
// "timestamp(3) with time zone", "mood[]". Text that is not known gives a type that is written as
// it is ("UserDefined"), so that nothing is lost; SQLAlchemy has NullType there.
sql::Type reflect_type(std::string_view text, const NamedTypes& named,
                       const std::string& collation = "");

}  // namespace retort::dialect::postgresql
