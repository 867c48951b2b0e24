#include "dialect/types.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace retort::dialect {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto kSqlNames = std::to_array<Pair>({
    {"BigInteger", "BIGINT"}, {"Boolean", "BOOLEAN"},  {"Date", "DATE"},
    {"DateTime", "DATETIME"}, {"Double", "DOUBLE"},    {"Enum", "VARCHAR"},
    {"Float", "FLOAT"},       {"INT", "INTEGER"},      {"Integer", "INTEGER"},
    {"Interval", "DATETIME"}, {"LargeBinary", "BLOB"}, {"MatchType", "BOOLEAN"},
    {"Numeric", "NUMERIC"},   {"PickleType", "BLOB"},  {"SmallInteger", "SMALLINT"},
    {"String", "VARCHAR"},    {"Text", "TEXT"},        {"Time", "TIME"},
    {"Unicode", "VARCHAR"},   {"UnicodeText", "TEXT"}, {"DOUBLE_PRECISION", "DOUBLE PRECISION"},
});

// Types that are their name and nothing else.
constexpr auto kPlain = std::to_array<std::string_view>(
    {"BIGINT", "BLOB", "BOOLEAN", "CLOB", "DATE", "DATETIME", "DOUBLE", "DOUBLE PRECISION", "FLOAT",
     "INTEGER", "NCLOB", "REAL", "SMALLINT", "TIME", "TIMESTAMP", "UUID"});

constexpr auto kStrings =
    std::to_array<std::string_view>({"CHAR", "NCHAR", "NVARCHAR", "TEXT", "VARCHAR"});

// What holds the same data where there is no such type.
constexpr auto kStandIns = std::to_array<Pair>({
    {"BIT", "sa.String()"},
    {"CIDR", "sa.String(43)"},
    {"CITEXT", "sa.Text()"},
    {"DATETIME2", "sa.DateTime()"},
    {"DATETIMEOFFSET", "sa.DateTime(timezone=True)"},
    {"DOMAIN", "sa.String()"},
    {"INET", "sa.String(43)"},
    {"INTERVAL", "sa.Interval()"},
    {"LONGBLOB", "sa.LargeBinary()"},
    {"LONGTEXT", "sa.Text()"},
    {"MACADDR", "sa.String(17)"},
    {"MACADDR8", "sa.String(23)"},
    {"MEDIUMBLOB", "sa.LargeBinary()"},
    {"MEDIUMINT", "sa.Integer()"},
    {"MEDIUMTEXT", "sa.Text()"},
    {"MONEY", "sa.Numeric(19, 2)"},
    {"NTEXT", "sa.UnicodeText()"},
    {"NUMBER", "sa.Numeric()"},
    {"OID", "sa.BigInteger()"},
    {"REGCLASS", "sa.String()"},
    {"TINYBLOB", "sa.LargeBinary()"},
    {"TINYINT", "sa.SmallInteger()"},
    {"TINYTEXT", "sa.Text()"},
    {"TSQUERY", "sa.Text()"},
    {"TSVECTOR", "sa.Text()"},
    {"UNIQUEIDENTIFIER", "sa.Uuid()"},
    {"VARCHAR2", "sa.String()"},
    {"YEAR", "sa.SmallInteger()"},
});

std::string stand_in(std::string_view name) {
  const auto* found = std::ranges::find(kStandIns, name, &Pair::first);
  if (found != kStandIns.end()) return std::string(found->second);
  return name.ends_with("RANGE") ? "sa.String()" : "sa.JSON()";
}

// SQLAlchemy's names of types that belong to no engine.
std::vector<std::string> generic_names() {
  std::vector<std::string> out{"JSON", "NVARCHAR", "VARCHAR", "CHAR",   "NCHAR",    "DECIMAL",
                               "UUID", "Uuid",     "ARRAY",   "BINARY", "VARBINARY"};
  for (const auto& [name, sql] : kSqlNames) out.emplace_back(name);
  for (const auto& [name, sql] : kSqlNames) out.emplace_back(sql);
  return out;
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

int characters(std::string_view text) {
  return static_cast<int>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

const sql::Type& variant_for(const sql::Type& type, std::string_view dialect) {
  for (const auto& [name, variant] : type.variants) {
    if (name == dialect) return variant;
  }
  return type;
}

std::string_view sql_name(const sql::Type& type) {
  auto found = std::ranges::find(kSqlNames, type.name, &Pair::first);
  return found != kSqlNames.end() ? found->second : std::string_view(type.name);
}

std::string string_type(std::string_view name, const sql::Type& type, const sql::Grammar& grammar) {
  std::string text(name);
  if (type.length && *type.length != 0) text += "(" + std::to_string(*type.length) + ")";
  if (!type.collation.empty()) text += " COLLATE " + grammar.quote(type.collation);
  return text;
}

std::string numeric_type(std::string_view name, const sql::Type& type) {
  std::string text(name);
  if (!type.precision) return text;
  text += "(" + std::to_string(*type.precision);
  if (type.scale) text += ", " + std::to_string(*type.scale);
  return text + ")";
}

int enum_length(const sql::Type& type) {
  if (type.length) return *type.length;
  int longest = 0;
  for (const std::string& value : type.values) longest = std::max(longest, characters(value));
  return longest;
}

std::string generic_type(const sql::Type& type, const sql::Grammar& grammar) {
  if (type.name == "UserDefined") return type.sql;
  if (type.name == "Uuid") return "CHAR(32)";
  if (type.name == "Enum") {
    sql::Type text;
    text.length = enum_length(type);
    text.collation = type.collation;
    return string_type("VARCHAR", text, grammar);
  }
  std::string_view name = sql_name(type);
  if (contains(kPlain, name)) return std::string(name);
  if (contains(kStrings, name)) return string_type(name, type, grammar);
  if (name == "NUMERIC" || name == "DECIMAL") return numeric_type(name, type);
  if (name == "BINARY" || name == "VARBINARY") {
    return type.length && *type.length != 0
               ? std::string(name) + "(" + std::to_string(*type.length) + ")"
               : std::string(name);
  }
  return {};
}

void refuse_type(const sql::Type& type, std::string_view engine, const sql::Grammar& grammar) {
  if (type.is_null()) {
    throw Error(code::kOperation, "a column has no type (NullType), so no DDL can be made of it")
        .with_hint("give the column a type, for example sa.String(50)");
  }
  const std::vector<std::string> known = generic_names();
  if (type.dialect.empty()) {
    std::string meant = did_you_mean(type.name, known);
    if (!meant.empty() && std::ranges::find(known, type.name) == known.end()) {
      throw Error(code::kOperation, std::string(engine) + " has no type " + type.name)
          .with_hint(std::move(meant));
    }
  }
  std::string full = type.dialect.empty() ? type.name : type.dialect + "." + type.name;
  throw Error(code::kOperation, std::string(engine) + " has no type " + full)
      .with_hint("give the column another type there: " + full + "(...).with_variant(" +
                 stand_in(type.name) + ", '" + std::string(grammar.name()) + "')");
}

}  // namespace retort::dialect
