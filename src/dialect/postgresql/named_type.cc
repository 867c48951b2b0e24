#include "dialect/postgresql/named_type.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "dialect/postgresql/types.h"

namespace retort::dialect::postgresql {
namespace {

// Names that PostgreSQL's own types have in the catalog. Sorted.
constexpr auto kBuiltIn = std::to_array<std::string_view>({"\"char\"",
                                                           "_array",
                                                           "bigint",
                                                           "bit",
                                                           "bit varying",
                                                           "boolean",
                                                           "bytea",
                                                           "character",
                                                           "character varying",
                                                           "cidr",
                                                           "citext",
                                                           "date",
                                                           "datemultirange",
                                                           "daterange",
                                                           "double precision",
                                                           "float",
                                                           "hstore",
                                                           "inet",
                                                           "int4multirange",
                                                           "int4range",
                                                           "int8multirange",
                                                           "int8range",
                                                           "integer",
                                                           "interval",
                                                           "json",
                                                           "jsonb",
                                                           "macaddr",
                                                           "macaddr8",
                                                           "money",
                                                           "name",
                                                           "numeric",
                                                           "nummultirange",
                                                           "numrange",
                                                           "oid",
                                                           "real",
                                                           "regclass",
                                                           "regconfig",
                                                           "smallint",
                                                           "text",
                                                           "time",
                                                           "time with time zone",
                                                           "time without time zone",
                                                           "timestamp",
                                                           "timestamp with time zone",
                                                           "timestamp without time zone",
                                                           "tsmultirange",
                                                           "tsquery",
                                                           "tsrange",
                                                           "tstzmultirange",
                                                           "tstzrange",
                                                           "tsvector",
                                                           "uuid"});

}  // namespace

std::string named_type(const sql::Type& type, const sql::Grammar& grammar) {
  std::string kind = type.name == "DOMAIN" ? "DOMAIN" : "ENUM";
  if (type.type_name.empty()) {
    throw Error(code::kOperation, "PostgreSQL " + kind + " type requires a name.")
        .with_hint("name it: sa.Enum('a', 'b', name='mood')");
  }
  if (!type.schema.empty()) {
    return grammar.quote(type.schema) + "." + grammar.quote(type.type_name);
  }
  if (std::ranges::binary_search(kBuiltIn, type.type_name)) {
    throw Error(code::kOperation, "the " + kind + " type '" + type.type_name +
                                      "' has the name of a type of PostgreSQL's own")
        .with_hint("give it another name, or name its schema");
  }
  return grammar.quote(type.type_name);
}

std::string create_enum(const sql::Type& type, const sql::Grammar& grammar) {
  std::string values;
  for (const std::string& value : type.values) {
    if (!values.empty()) values += ", ";
    values += grammar.literal(value);
  }
  return "CREATE TYPE " + named_type(type, grammar) + " AS ENUM (" + values + ")";
}

std::string create_domain(const sql::Type& type, const sql::Grammar& grammar) {
  std::string text = "CREATE DOMAIN " + named_type(type, grammar) + " AS " +
                     type_sql(type.arguments.empty() ? sql::Type{} : type.arguments[0], grammar);
  if (!type.collation.empty()) text += " COLLATE " + grammar.quote(type.collation);
  if (std::string_view value = type.option("default_sql"); !value.empty()) {
    text += " DEFAULT " + std::string(value);
  } else if (value = type.option("default"); !value.empty()) {
    text += " DEFAULT " + grammar.literal(std::string(value));
  }
  if (std::string_view name = type.option("constraint_name"); !name.empty()) {
    text += " CONSTRAINT " + grammar.quote(name);
  }
  if (type.option("not_null") == "true") text += " NOT NULL";
  if (std::string_view check = type.option("check"); !check.empty()) {
    text += " CHECK (" + std::string(check) + ")";
  }
  return text;
}

}  // namespace retort::dialect::postgresql
