#include "database/mariadb_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/error.h"
#include "sql/value_text.h"

namespace retort::database {
namespace {

using sql::Datum;

// enum enum_field_types
enum Type : int {
  kDecimal = 0,
  kTiny = 1,
  kShort = 2,
  kLong = 3,
  kFloat = 4,
  kDouble = 5,
  kNull = 6,
  kTimestamp = 7,
  kLongLong = 8,
  kInt24 = 9,
  kDate = 10,
  kTime = 11,
  kDateTime = 12,
  kYear = 13,
  kNewDate = 14,
  kVarchar = 15,
  kBit = 16,
  kJson = 245,
  kNewDecimal = 246,
  kEnum = 247,
  kSet = 248,
  kTinyBlob = 249,
  kMediumBlob = 250,
  kLongBlob = 251,
  kBlob = 252,
  kVarString = 253,
  kString = 254,
  kGeometry = 255,
};

constexpr unsigned int kBinaryCharset = 63;
constexpr unsigned int kEnumFlag = 256;
constexpr unsigned int kSetFlag = 2048;

// Where the token at `at` ends: a string, a quoted name, a comment or one byte.
std::size_t token_end(std::string_view sql, std::size_t at) {
  char c = sql[at];
  if (c == '\'' || c == '"' || c == '`') {
    std::size_t i = at + 1;
    while (i < sql.size()) {
      if (c != '`' && sql[i] == '\\') {
        i += 2;
      } else if (sql[i] != c) {
        ++i;
      } else if (i + 1 < sql.size() && sql[i + 1] == c) {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return sql.size();
  }
  // Two dashes begin a comment where a space follows; a version comment /*! ... */ is no comment.
  std::string_view rest = sql.substr(at);
  bool dashes = rest.starts_with("--") && (rest.size() == 2 || rest[2] == ' ' || rest[2] == '\t' ||
                                           rest[2] == '\n' || rest[2] == '\r');
  if (c == '#' || dashes) return std::min(sql.find('\n', at), sql.size());
  if (rest.starts_with("/*") && !rest.starts_with("/*!") && !rest.starts_with("/*M!")) {
    std::size_t end = sql.find("*/", at + 2);
    return end == std::string_view::npos ? sql.size() : end + 2;
  }
  return at + 1;
}

std::string number_text(double value) {
  if (!std::isfinite(value)) {
    throw Error(code::kDatabase, "MySQL has no numbers NaN and infinity");
  }
  std::array<char, 64> buffer{};
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string text(buffer.data(), end);
  // Without an exponent it would be a DECIMAL.
  if (text.find('e') == std::string::npos) text += "e0";
  return text;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
}

// "0000-00-00" and other dates that are none: no date of Python's can hold them, and its drivers
// give them as text.
bool is_zero_date(std::string_view text) {
  return text.size() < 10 || text.starts_with("0000") || text.substr(5, 2) == "00" ||
         text.substr(8, 2) == "00";
}

std::int64_t integer_of(std::string_view text, bool& fits) {
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  fits = error == std::errc();
  return number;
}

}  // namespace

FilledMarks::FilledMarks(std::string_view sql, Parameters values, const Escape& escape) {
  std::size_t plain = 0;
  std::size_t at = 0;
  std::size_t marks = 0;
  while (at < sql.size()) {
    if (sql[at] != '?') {
      at = token_end(sql, at);
      continue;
    }
    if (marks < values.size()) {
      add(sql.substr(plain, at - plain), plain, false);
      std::string literal = mariadb_literal(values[marks], escape);
      // A minus before it would make a comment of both.
      if (literal.front() == '-') literal.insert(0, " ");
      add(literal, at, true);
      plain = at + 1;
    }
    ++marks;
    ++at;
  }
  add(sql.substr(plain), plain, false);
  if (marks != values.size()) {
    throw Error(code::kDatabase, "the statement has " + std::to_string(marks) + " parameters, " +
                                     std::to_string(values.size()) + " values were given")
        .with_statement(std::string(sql));
  }
}

std::string mariadb_literal(const Datum& value, const FilledMarks::Escape& escape) {
  struct Visitor {
    const FilledMarks::Escape& escape;
    std::string operator()(sql::Null) const { return "NULL"; }
    std::string operator()(bool b) const { return b ? "1" : "0"; }
    std::string operator()(std::int64_t i) const { return std::to_string(i); }
    std::string operator()(double d) const { return number_text(d); }
    std::string operator()(const std::string& s) const { return "'" + escape(s) + "'"; }
    std::string operator()(const sql::Blob& b) const { return "_binary'" + escape(b.bytes) + "'"; }
    std::string operator()(const sql::Typed& t) const {
      if (t.type == "numeric" && is_number(t.text)) return t.text;
      // None of its types has a time zone.
      if (t.type == "timestamptz" || t.type == "timetz")
        return (*this)(sql::without_offset(t.text));
      return (*this)(t.text);
    }
  };
  return std::visit(Visitor{escape}, value);
}

Datum mariadb_datum(const MariadbField& field, std::string_view text) {
  switch (field.type) {
    case kTiny:
    case kShort:
    case kLong:
    case kLongLong:
    case kInt24:
    case kYear: {
      bool fits = false;
      std::int64_t number = integer_of(text, fits);
      if (fits) return number;
      return sql::Typed{std::string(text), "bigint unsigned"};
    }
    case kFloat:
    case kDouble:
      return std::strtod(std::string(text).c_str(), nullptr);
    case kDecimal:
    case kNewDecimal:
      return sql::Typed{std::string(text), "numeric"};
    case kDate:
    case kNewDate:
      if (is_zero_date(text)) break;
      return sql::Typed{std::string(text), "date"};
    case kDateTime:
    case kTimestamp:
      if (is_zero_date(text)) break;
      return sql::Typed{std::string(text), "datetime"};
    case kTime:
      return sql::Typed{std::string(text), "interval"};
    case kBit:
      return sql::Blob{std::string(text)};
    case kVarchar:
    case kTinyBlob:
    case kMediumBlob:
    case kLongBlob:
    case kBlob:
    case kVarString:
    case kString:
    case kGeometry:
      if (field.charset == kBinaryCharset) return sql::Blob{std::string(text)};
      break;
    default:
      break;
  }
  return std::string(text);
}

std::string_view mariadb_type_name(const MariadbField& field) {
  bool binary = field.charset == kBinaryCharset;
  if ((field.flags & kEnumFlag) != 0) return "enum";
  if ((field.flags & kSetFlag) != 0) return "set";
  switch (field.type) {
    case kTiny:
      return "tinyint";
    case kShort:
      return "smallint";
    case kLong:
      return "int";
    case kLongLong:
      return "bigint";
    case kInt24:
      return "mediumint";
    case kYear:
      return "year";
    case kFloat:
      return "float";
    case kDouble:
      return "double";
    case kDecimal:
    case kNewDecimal:
      return "decimal";
    case kDate:
    case kNewDate:
      return "date";
    case kDateTime:
      return "datetime";
    case kTimestamp:
      return "timestamp";
    case kTime:
      return "time";
    case kBit:
      return "bit";
    case kJson:
      return "json";
    case kVarchar:
    case kVarString:
      return binary ? "varbinary" : "varchar";
    case kString:
      return binary ? "binary" : "char";
    case kTinyBlob:
    case kMediumBlob:
    case kLongBlob:
    case kBlob:
      return binary ? "blob" : "text";
    case kEnum:
      return "enum";
    case kSet:
      return "set";
    case kGeometry:
      return "geometry";
    default:
      return "";
  }
}

}  // namespace retort::database
