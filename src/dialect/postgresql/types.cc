#include "dialect/postgresql/types.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "dialect/postgresql/named_type.h"
#include "dialect/types.h"

namespace retort::dialect::postgresql {
namespace {

// Sorted.
constexpr auto kPlain = std::to_array<std::string_view>({"BYTEA",
                                                         "CIDR",
                                                         "DATEMULTIRANGE",
                                                         "DATERANGE",
                                                         "HSTORE",
                                                         "INET",
                                                         "INT4MULTIRANGE",
                                                         "INT4RANGE",
                                                         "INT8MULTIRANGE",
                                                         "INT8RANGE",
                                                         "JSON",
                                                         "JSONB",
                                                         "JSONPATH",
                                                         "MACADDR",
                                                         "MACADDR8",
                                                         "MONEY",
                                                         "NUMMULTIRANGE",
                                                         "NUMRANGE",
                                                         "OID",
                                                         "REGCLASS",
                                                         "REGCONFIG",
                                                         "TSMULTIRANGE",
                                                         "TSQUERY",
                                                         "TSRANGE",
                                                         "TSTZMULTIRANGE",
                                                         "TSTZRANGE",
                                                         "TSVECTOR"});

std::string count(std::optional<int> number) {
  return number ? "(" + std::to_string(*number) + ")" : "";
}

std::string time_type(std::string_view name, const sql::Type& type) {
  // Fractional seconds of MySQL's types are MySQL's own.
  std::string digits = type.dialect == "mysql" ? "" : count(type.precision);
  return std::string(name) + digits + (type.timezone ? " WITH" : " WITHOUT") + " TIME ZONE";
}

std::string interval(const sql::Type& type) {
  std::string text = "INTERVAL";
  if (!type.option("fields").empty()) text += " " + std::string(type.option("fields"));
  if (type.precision) text += " " + count(type.precision);
  return text;
}

std::string bit(const sql::Type& type, const sql::Grammar& grammar) {
  if (type.dialect == "mysql") refuse_type(type, "PostgreSQL", grammar);
  if (type.option("varying") == "true") return "BIT VARYING" + count(type.length);
  return "BIT" + count(type.length ? type.length : 1);
}

std::string array(const sql::Type& type, const sql::Grammar& grammar) {
  std::string inner = type_sql(type.arguments.empty() ? sql::Type{} : type.arguments[0], grammar);
  std::string brackets;
  for (int i = 0; i < type.dimensions.value_or(1); ++i) brackets += "[]";
  // The collation is of the elements but comes after the brackets.
  std::size_t collation = inner.find(" COLLATE");
  return inner.insert(std::min(collation, inner.size()), brackets);
}

}  // namespace

bool is_native_enum(const sql::Type& type) {
  return type.name == "ENUM" || (type.name == "Enum" && type.native);
}

std::string type_sql(const sql::Type& given, const sql::Grammar& grammar) {
  const sql::Type& type = variant_for(given, grammar.name());
  const std::string& name = type.name;
  if (is_native_enum(type) || name == "DOMAIN") return named_type(type, grammar);
  if (name == "ARRAY") return array(type, grammar);
  if (name == "DateTime" || (name == "DATETIME" && type.dialect == "sqlite")) {
    return time_type("TIMESTAMP", type);
  }
  if (name == "TIMESTAMP") return time_type("TIMESTAMP", type);
  if (name == "Time" || name == "TIME") return time_type("TIME", type);
  if (name == "Interval") return type.native ? interval(type) : "TIMESTAMP WITHOUT TIME ZONE";
  if (name == "INTERVAL") return interval(type);
  if (name == "BIT") return bit(type, grammar);
  if (name == "Float" || name == "FLOAT") {
    return type.precision && *type.precision != 0 ? "FLOAT" + count(type.precision) : "FLOAT";
  }
  if (name == "Double") return "DOUBLE PRECISION";
  if (name == "LargeBinary" || name == "PickleType") return "BYTEA";
  if (name == "Uuid" && type.native) return "UUID";
  if (name == "CITEXT") return "CITEXT";
  if (std::ranges::binary_search(kPlain, name)) return name;
  std::string text = generic_type(type, grammar);
  if (text.empty()) refuse_type(type, "PostgreSQL", grammar);
  return text;
}

}  // namespace retort::dialect::postgresql
