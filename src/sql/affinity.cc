#include "sql/affinity.h"

#include <string_view>
#include <unordered_map>

namespace retort::sql {

Affinity affinity(const Type& type) {
  static const std::unordered_map<std::string_view, Affinity> kByName = {
      {"NullType", Affinity::kNull},      {"String", Affinity::kString},
      {"Text", Affinity::kString},        {"Unicode", Affinity::kString},
      {"UnicodeText", Affinity::kString}, {"VARCHAR", Affinity::kString},
      {"NVARCHAR", Affinity::kString},    {"CHAR", Affinity::kString},
      {"NCHAR", Affinity::kString},       {"TEXT", Affinity::kString},
      {"CLOB", Affinity::kString},        {"CITEXT", Affinity::kString},
      {"TINYTEXT", Affinity::kString},    {"MEDIUMTEXT", Affinity::kString},
      {"LONGTEXT", Affinity::kString},    {"AutoString", Affinity::kString},
      {"Integer", Affinity::kInteger},    {"INTEGER", Affinity::kInteger},
      {"INT", Affinity::kInteger},        {"SmallInteger", Affinity::kInteger},
      {"SMALLINT", Affinity::kInteger},   {"BigInteger", Affinity::kInteger},
      {"BIGINT", Affinity::kInteger},     {"TINYINT", Affinity::kInteger},
      {"MEDIUMINT", Affinity::kInteger},  {"YEAR", Affinity::kInteger},
      {"Numeric", Affinity::kNumeric},    {"NUMERIC", Affinity::kNumeric},
      {"DECIMAL", Affinity::kNumeric},    {"Float", Affinity::kFloat},
      {"FLOAT", Affinity::kFloat},        {"Double", Affinity::kFloat},
      {"DOUBLE", Affinity::kFloat},       {"DOUBLE_PRECISION", Affinity::kFloat},
      {"REAL", Affinity::kFloat},         {"Boolean", Affinity::kBoolean},
      {"BOOLEAN", Affinity::kBoolean},    {"Date", Affinity::kDate},
      {"DATE", Affinity::kDate},          {"DateTime", Affinity::kDateTime},
      {"DATETIME", Affinity::kDateTime},  {"TIMESTAMP", Affinity::kDateTime},
      {"Time", Affinity::kTime},          {"TIME", Affinity::kTime},
      {"Interval", Affinity::kInterval},  {"INTERVAL", Affinity::kInterval},
      {"LargeBinary", Affinity::kBinary}, {"BLOB", Affinity::kBinary},
      {"BINARY", Affinity::kBinary},      {"VARBINARY", Affinity::kBinary},
      {"BYTEA", Affinity::kBinary},       {"TINYBLOB", Affinity::kBinary},
      {"MEDIUMBLOB", Affinity::kBinary},  {"LONGBLOB", Affinity::kBinary},
      {"JSON", Affinity::kJson},          {"JSONB", Affinity::kJson},
      {"ARRAY", Affinity::kArray},        {"Uuid", Affinity::kUuid},
      {"UUID", Affinity::kUuid},          {"Enum", Affinity::kEnum},
      {"ENUM", Affinity::kEnum},          {"SET", Affinity::kEnum},
  };
  if (const auto found = kByName.find(type.name); found != kByName.end()) return found->second;
  // A TypeDecorator and a DOMAIN behave as what they wrap.
  if (!type.arguments.empty()) return affinity(type.arguments.front());
  return Affinity::kOther;
}

}  // namespace retort::sql
