#include "database/postgresql_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/error.h"

namespace retort::database {
namespace {

using sql::Datum;

struct TypeName {
  unsigned int oid;
  std::string_view name;
};

// src/include/catalog/pg_type.dat: these numbers never change. Sorted.
constexpr auto kTypes = std::to_array<TypeName>({
    {16, "bool"},          {17, "bytea"},          {18, "char"},       {19, "name"},
    {20, "int8"},          {21, "int2"},           {23, "int4"},       {25, "text"},
    {26, "oid"},           {114, "json"},          {142, "xml"},       {199, "_json"},
    {600, "point"},        {601, "lseg"},          {602, "path"},      {603, "box"},
    {604, "polygon"},      {628, "line"},          {650, "cidr"},      {700, "float4"},
    {701, "float8"},       {705, "unknown"},       {718, "circle"},    {774, "macaddr8"},
    {790, "money"},        {829, "macaddr"},       {869, "inet"},      {1000, "_bool"},
    {1001, "_bytea"},      {1002, "_char"},        {1003, "_name"},    {1005, "_int2"},
    {1007, "_int4"},       {1009, "_text"},        {1014, "_bpchar"},  {1015, "_varchar"},
    {1016, "_int8"},       {1021, "_float4"},      {1022, "_float8"},  {1028, "_oid"},
    {1042, "bpchar"},      {1043, "varchar"},      {1082, "date"},     {1083, "time"},
    {1114, "timestamp"},   {1115, "_timestamp"},   {1182, "_date"},    {1183, "_time"},
    {1184, "timestamptz"}, {1185, "_timestamptz"}, {1186, "interval"}, {1187, "_interval"},
    {1231, "_numeric"},    {1266, "timetz"},       {1270, "_timetz"},  {1560, "bit"},
    {1562, "varbit"},      {1700, "numeric"},      {2206, "regtype"},  {2950, "uuid"},
    {2951, "_uuid"},       {3614, "tsvector"},     {3802, "jsonb"},    {3807, "_jsonb"},
    {3904, "int4range"},   {3906, "numrange"},     {3908, "tsrange"},  {3910, "tstzrange"},
    {3912, "daterange"},   {3926, "int8range"},
});

// Types that stay what they are on the way to a script: sql::Typed.
constexpr auto kTyped =
    std::to_array<std::string_view>({"date", "interval", "json", "jsonb", "numeric", "time",
                                     "timestamp", "timestamptz", "timetz", "uuid"});

std::string hex_bytes(std::string_view text) {
  auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return (c | 0x20) - 'a' + 10;
  };
  std::string out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
    out += static_cast<char>(digit(text[i]) * 16 + digit(text[i + 1]));
  }
  return out;
}

std::string number_text(double value) {
  if (std::isnan(value)) return "'NaN'::float8";
  if (std::isinf(value)) return value < 0 ? "'-Infinity'::float8" : "'Infinity'::float8";
  std::array<char, 64> buffer{};
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string text(buffer.data(), end);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
}

std::string blob_text(const std::string& bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "\\x";
  for (unsigned char byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Where the token at `at` ends: a string, a quoted name, a dollar quote, a comment or one byte.
std::size_t token_end(std::string_view sql, std::size_t at) {
  auto quoted = [&](char quote, bool backslashes) {
    std::size_t i = at + 1;
    while (i < sql.size()) {
      if (backslashes && sql[i] == '\\') {
        i += 2;
      } else if (sql[i] != quote) {
        ++i;
      } else if (i + 1 < sql.size() && sql[i + 1] == quote) {
        i += 2;
      } else {
        return i + 1;
      }
    }
    return sql.size();
  };
  char c = sql[at];
  char next = at + 1 < sql.size() ? sql[at + 1] : '\0';
  if (c == '\'') {
    bool escapes = at > 0 && (sql[at - 1] | 0x20) == 'e' && (at == 1 || !is_word(sql[at - 2]));
    return quoted('\'', escapes);
  }
  if (c == '"') return quoted('"', false);
  if (c == '-' && next == '-') return std::min(sql.find('\n', at), sql.size());
  if (c == '/' && next == '*') {
    int depth = 0;
    std::size_t i = at;
    do {
      if (sql.substr(i, 2) == "/*") {
        ++depth;
        i += 2;
      } else if (sql.substr(i, 2) == "*/") {
        --depth;
        i += 2;
      } else {
        ++i;
      }
    } while (depth > 0 && i < sql.size());
    return std::min(i, sql.size());
  }
  if (c == '$' && !(next >= '0' && next <= '9')) {
    std::size_t tag_end = at + 1;
    while (tag_end < sql.size() && is_word(sql[tag_end])) ++tag_end;
    if (tag_end < sql.size() && sql[tag_end] == '$') {
      std::string_view tag = sql.substr(at, tag_end + 1 - at);
      std::size_t close = sql.find(tag, tag_end + 1);
      return close == std::string_view::npos ? sql.size() : close + tag.size();
    }
  }
  return at + 1;
}

}  // namespace

FilledStatement::FilledStatement(std::string_view sql, const std::vector<Datum>& values,
                                 const Escape& escape) {
  std::vector<bool> used(values.size());
  std::size_t plain = 0;
  std::size_t at = 0;
  while (at < sql.size()) {
    bool mark = sql[at] == '$' && at + 1 < sql.size() && sql[at + 1] >= '0' && sql[at + 1] <= '9' &&
                (at == 0 || (!is_word(sql[at - 1]) && sql[at - 1] != '$'));
    if (!mark) {
      at = token_end(sql, at);
      continue;
    }
    std::size_t number = 0;
    const char* digits = sql.data() + at + 1;
    auto [end, error] = std::from_chars(digits, sql.data() + sql.size(), number);
    if (error != std::errc() || number == 0 || number > values.size()) {
      throw Error(code::kDatabase, "the statement has a parameter $" + std::to_string(number) +
                                       ", " + std::to_string(values.size()) + " values were given")
          .with_statement(std::string(sql));
    }
    add(sql.substr(plain, at - plain), plain, false);
    std::string literal = postgresql_literal(values[number - 1], escape);
    std::size_t after = static_cast<std::size_t>(end - sql.data());
    // A cast binds more tightly than a minus; a minus before it would make a comment of both.
    if (literal.front() == '-') {
      literal = sql.substr(after, 2) == "::" ? "(" + literal + ")" : " " + literal;
    }
    add(literal, at, true);
    used[number - 1] = true;
    at = plain = after;
  }
  add(sql.substr(plain), plain, false);
  if (std::ranges::find(used, false) != used.end()) {
    throw Error(code::kDatabase, std::to_string(values.size()) +
                                     " values were given, and the statement does not use all")
        .with_statement(std::string(sql));
  }
}

std::string postgresql_literal(const Datum& value, const FilledStatement::Escape& escape) {
  struct Visitor {
    const FilledStatement::Escape& escape;
    std::string operator()(sql::Null) const { return "NULL"; }
    std::string operator()(bool b) const { return b ? "true" : "false"; }
    std::string operator()(std::int64_t i) const {
      // The lowest number has no positive twin to negate.
      return i == INT64_MIN ? "'" + std::to_string(i) + "'::bigint" : std::to_string(i);
    }
    std::string operator()(double d) const { return number_text(d); }
    std::string operator()(const std::string& s) const { return escape(s); }
    std::string operator()(const sql::Blob& b) const {
      return escape(blob_text(b.bytes)) + "::bytea";
    }
    std::string operator()(const sql::Typed& t) const {
      if (t.type == "numeric") {
        return is_number(t.text) ? t.text : escape(t.text) + "::numeric";
      }
      // A JSON text takes the type of its column, json or jsonb.
      if (t.type == "json" || t.type == "array") return escape(t.text);
      return escape(t.text) + "::" + t.type;
    }
  };
  return std::visit(Visitor{escape}, value);
}

Datum postgresql_datum(unsigned int type, std::string_view text) {
  std::string_view name = postgresql_type_name(type);
  if (name == "bool") return text == "t";
  if (name == "int8" || name == "int4" || name == "int2" || name == "oid") {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }
  if (name == "float8" || name == "float4") return std::strtod(std::string(text).c_str(), nullptr);
  if (name == "bytea" && text.starts_with("\\x")) return sql::Blob{hex_bytes(text)};
  if (name.starts_with('_') || std::ranges::binary_search(kTyped, name)) {
    return sql::Typed{std::string(text), std::string(name)};
  }
  return std::string(text);
}

std::string_view postgresql_type_name(unsigned int type) {
  auto found = std::ranges::lower_bound(kTypes, type, {}, &TypeName::oid);
  return found != kTypes.end() && found->oid == type ? found->name : std::string_view();
}

}  // namespace retort::database
