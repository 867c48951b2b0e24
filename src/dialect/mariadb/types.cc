#include "dialect/mariadb/types.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"
#include "dialect/types.h"

namespace retort::dialect::mariadb {
namespace {

bool is(const sql::Type& type, std::string_view option) { return type.option(option) == "true"; }

std::string numbers(std::string spec, const sql::Type& type) {
  if (is(type, "unsigned")) spec += " UNSIGNED";
  if (is(type, "zerofill")) spec += " ZEROFILL";
  return spec;
}

// CHARACTER SET and COLLATE, and MySQL's words for them.
std::string text_type(std::string spec, const sql::Type& type, bool national = false) {
  std::string collation;
  if (!type.collation.empty()) {
    collation = " COLLATE " + type.collation;
  } else if (is(type, "binary")) {
    collation = " BINARY";
  }
  if (national || is(type, "national")) return "NATIONAL " + spec + collation;
  if (std::string_view charset = type.option("charset"); !charset.empty()) {
    spec += " CHARACTER SET " + std::string(charset);
  } else if (is(type, "ascii")) {
    spec += " ASCII";
  } else if (is(type, "unicode")) {
    spec += " UNICODE";
  }
  return spec + collation;
}

std::string with_length(std::string_view name, const sql::Type& type) {
  return std::string(name) + (type.length ? "(" + std::to_string(*type.length) + ")" : "");
}

std::string needs_length(std::string_view name, const sql::Type& type,
                         const sql::Grammar& grammar) {
  if (!type.length) {
    throw Error(code::kOperation,
                type.name + " requires a length on dialect " + std::string(grammar.name()))
        .with_hint("give it one, for example sa." + type.name + "(255), or use sa.Text()");
  }
  return with_length(name, type);
}

std::string integer(std::string_view name, const sql::Type& type) {
  std::string spec(name);
  if (std::string_view width = type.option("display_width"); !width.empty()) {
    spec += "(" + std::string(width) + ")";
  }
  return numbers(std::move(spec), type);
}

// FLOAT, DOUBLE, REAL: (precision, scale) together, or nothing.
std::string approximate(std::string_view name, const sql::Type& type) {
  bool both = type.precision && type.scale;
  return numbers(both ? numeric_type(name, type) : std::string(name), type);
}

std::string values_type(std::string_view name, const sql::Type& type) {
  std::string list;
  for (const std::string& value : type.values) {
    if (!list.empty()) list += ",";
    list += "'" + replace_all(replace_all(value, "'", "''"), "\\", "\\\\") + "'";
  }
  return text_type(std::string(name) + "(" + list + ")", type);
}

std::string time_type(std::string_view name, const sql::Type& type) {
  bool fraction = type.dialect == "mysql" && type.precision && *type.precision != 0;
  return std::string(name) + (fraction ? "(" + std::to_string(*type.precision) + ")" : "");
}

constexpr auto kIntegers =
    std::to_array<std::string_view>({"INTEGER", "BIGINT", "SMALLINT", "MEDIUMINT", "TINYINT"});
constexpr auto kPlain = std::to_array<std::string_view>(
    {"JSON", "LONGBLOB", "MEDIUMBLOB", "TINYBLOB", "INET4", "INET6", "UUID", "DATE"});
constexpr auto kTexts = std::to_array<std::string_view>({"TINYTEXT", "MEDIUMTEXT", "LONGTEXT"});

bool has(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::string type_sql(const sql::Type& given, const sql::Grammar& grammar) {
  const sql::Type& type = variant_for(given, grammar.name());
  std::string_view name = sql_name(type);
  if (type.name == "Enum" && !type.native) {
    return text_type("VARCHAR(" + std::to_string(enum_length(type)) + ")", type);
  }
  if (type.name == "Enum" || type.name == "ENUM") return values_type("ENUM", type);
  if (type.name == "SET") return values_type("SET", type);
  // MariaDB has had UUID since 10.7; MySQL has not.
  if (type.name == "Uuid") {
    return type.native && grammar.name() == "mariadb" ? "UUID" : "CHAR(32)";
  }
  if (has(kIntegers, name)) return integer(name, type);
  if (has(kPlain, name)) return std::string(name);
  if (has(kTexts, name)) return text_type(std::string(name), type);
  if (name == "NUMERIC" || name == "DECIMAL") return numbers(numeric_type(name, type), type);
  if (name == "FLOAT") {
    return type.precision ? numbers(numeric_type(name, type), type) : approximate(name, type);
  }
  if (name == "DOUBLE" || name == "REAL") return approximate(name, type);
  if (name == "BOOLEAN") return "BOOL";
  if (name == "DATETIME" || name == "TIMESTAMP" || name == "TIME") return time_type(name, type);
  if (name == "VARCHAR") return text_type(needs_length("VARCHAR", type, grammar), type);
  if (name == "NVARCHAR") return text_type(needs_length("VARCHAR", type, grammar), type, true);
  if (name == "CHAR") return text_type(with_length("CHAR", type), type);
  if (name == "NCHAR") return text_type(with_length("CHAR", type), type, true);
  if (name == "TEXT") return text_type(with_length("TEXT", type), type);
  if (name == "BLOB" || name == "BIT") return with_length(name, type);
  if (name == "VARBINARY") return needs_length("VARBINARY", type, grammar);
  if (name == "YEAR") return integer(name, type);
  std::string text = generic_type(type, grammar);
  if (text.empty()) {
    refuse_type(type, grammar.name() == "mariadb" ? "MariaDB" : "MySQL", grammar);
  }
  return text;
}

}  // namespace retort::dialect::mariadb
