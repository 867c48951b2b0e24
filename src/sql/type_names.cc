#include "sql/type_names.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace retort::sql {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// PostgreSQL 15, chapter 8.
constexpr auto kPostgresql = std::to_array<std::string_view>(
    {"bigint",    "bigserial",   "bit",      "boolean",     "box",       "bytea",
     "char",      "character",   "cidr",     "circle",      "date",      "daterange",
     "decimal",   "float",       "inet",     "int4range",   "int8range", "integer",
     "interval",  "json",        "jsonb",    "jsonpath",    "line",      "lseg",
     "macaddr",   "macaddr8",    "money",    "name",        "numeric",   "numrange",
     "oid",       "path",        "pg_lsn",   "point",       "polygon",   "real",
     "regclass",  "serial",      "smallint", "smallserial", "text",      "time",
     "timestamp", "timestamptz", "timetz",   "tsquery",     "tsrange",   "tstzrange",
     "tsvector",  "uuid",        "varbit",   "varchar",     "xml",       "double precision"});

// What other engines call it.
constexpr auto kOnPostgresql = std::to_array<Pair>({
    {"binary", "bytea"},
    {"blob", "bytea"},
    {"clob", "text"},
    {"datetime", "timestamp"},
    {"datetime2", "timestamp"},
    {"datetimeoffset", "timestamptz"},
    {"double", "double precision"},
    {"image", "bytea"},
    {"int1", "smallint"},
    {"longblob", "bytea"},
    {"longtext", "text"},
    {"mediumblob", "bytea"},
    {"mediumint", "integer"},
    {"mediumtext", "text"},
    {"nchar", "char"},
    {"nclob", "text"},
    {"ntext", "text"},
    {"number", "numeric"},
    {"nvarchar", "varchar"},
    {"nvarchar2", "varchar"},
    {"smalldatetime", "timestamp"},
    {"string", "text"},
    {"tinyblob", "bytea"},
    {"tinyint", "smallint"},
    {"tinytext", "text"},
    {"uniqueidentifier", "uuid"},
    {"unicode", "varchar"},
    {"varbinary", "bytea"},
    {"varchar2", "varchar"},
    {"year", "smallint"},
});

constexpr auto kExtensions = std::to_array<Pair>({
    {"citext", "citext"},
    {"cube", "cube"},
    {"geography", "postgis"},
    {"geometry", "postgis"},
    {"halfvec", "vector"},
    {"hstore", "hstore"},
    {"lquery", "ltree"},
    {"ltree", "ltree"},
    {"raster", "postgis_raster"},
    {"seg", "seg"},
    {"sparsevec", "vector"},
    {"vector", "vector"},
});

// https://www.sqlite.org/stricttables.html
constexpr auto kOnStrict = std::to_array<Pair>({
    {"bigint", "INTEGER"}, {"blob", "BLOB"},
    {"bool", "INTEGER"},   {"boolean", "INTEGER"},
    {"bytea", "BLOB"},     {"char", "TEXT"},
    {"clob", "TEXT"},      {"date", "TEXT"},
    {"datetime", "TEXT"},  {"decimal", "REAL or TEXT"},
    {"double", "REAL"},    {"double precision", "REAL"},
    {"float", "REAL"},     {"json", "TEXT"},
    {"nchar", "TEXT"},     {"numeric", "REAL or TEXT"},
    {"nvarchar", "TEXT"},  {"smallint", "INTEGER"},
    {"string", "TEXT"},    {"time", "TEXT"},
    {"timestamp", "TEXT"}, {"tinyint", "INTEGER"},
    {"uuid", "TEXT"},      {"varchar", "TEXT"},
});
constexpr auto kStrict =
    std::to_array<std::string_view>({"ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT"});

template <std::size_t N>
std::string find(const std::array<Pair, N>& pairs, std::string_view name) {
  const auto* found = std::ranges::find(pairs, name, &Pair::first);
  return found == pairs.end() ? "" : std::string(found->second);
}

template <std::size_t N>
std::vector<std::string> strings(const std::array<std::string_view, N>& names) {
  return {names.begin(), names.end()};
}

}  // namespace

std::string unknown_type_hint(std::string_view given, std::string_view engine) {
  std::string name = to_lower(trim(given.substr(0, given.find('('))));
  if (engine == "postgresql") {
    if (std::string own = find(kOnPostgresql, name); !own.empty()) {
      return "PostgreSQL's type for that is " + own;
    }
    if (std::string extension = find(kExtensions, name); !extension.empty()) {
      return "the type is in an extension: CREATE EXTENSION " + extension;
    }
    return did_you_mean(name, strings(kPostgresql));
  }
  if (engine == "sqlite") {
    std::string own = find(kOnStrict, name);
    std::string all = "a STRICT table has the types INT, INTEGER, REAL, TEXT, BLOB and ANY";
    if (!own.empty()) return "there it is " + own + ": " + all;
    std::string meant = did_you_mean(to_upper(name), strings(kStrict));
    return meant.empty() ? all : meant + " " + all;
  }
  return {};
}

}  // namespace retort::sql
