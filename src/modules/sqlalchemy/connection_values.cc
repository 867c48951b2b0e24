#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "modules/sqlalchemy/connection_state.h"
#include "modules/sqlalchemy/types.h"
#include "modules/stdlib/stdlib.h"
#include "sql/affinity.h"
#include "sql/value_text.h"

// Values that come from a database, as Python values.
namespace retort::modules {

using python::Evaluator;
using python::Value;
using sql::Affinity;
using sql::Datum;
using sql::Type;
using sql::Typed;

namespace {

Value json_loads(Evaluator& evaluator, std::string_view text) {
  const Value loads = evaluator.get_attr(evaluator.import_module("json"), "loads");
  return evaluator.call(loads, std::array{evaluator.str(text)});
}

// The items of PostgreSQL's array text, {a,"b,c",NULL,{d}}.
Value array_items(Evaluator& evaluator, std::string_view text, std::size_t& at, const Type& item) {
  std::vector<Value> out;
  ++at;  // {
  while (at < text.size() && text[at] != '}') {
    if (text[at] == ',') {
      ++at;
    } else if (text[at] == '{') {
      out.push_back(array_items(evaluator, text, at, item));
    } else if (text[at] == '"') {
      std::string value;
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        value += text[at];
      }
      ++at;
      out.push_back(from_datum(evaluator, Datum(std::move(value)), item, "postgresql"));
    } else {
      const std::size_t end = std::min(text.find_first_of(",}", at), text.size());
      const std::string value(text.substr(at, end - at));
      at = end;
      out.push_back(value == "NULL" ? Value::none()
                                    : from_datum(evaluator, Datum(value), item, "postgresql"));
    }
  }
  ++at;  // }
  return evaluator.list(std::move(out));
}

// The element type of a driver's array type: "_int4".
Type driver_item_type(std::string_view type) {
  if (type == "_int2" || type == "_int4" || type == "_int8") return Type{.name = "Integer"};
  if (type == "_float4" || type == "_float8") return Type{.name = "Float"};
  if (type == "_numeric") return Type{.name = "Numeric"};
  if (type == "_bool") return Type{.name = "Boolean"};
  if (type == "_uuid") return Type{.name = "Uuid"};
  if (type == "_date") return Type{.name = "Date"};
  if (type == "_timestamp" || type == "_timestamptz") return Type{.name = "DateTime"};
  if (type == "_json" || type == "_jsonb") return Type{.name = "JSON"};
  return Type{.name = "String"};
}

// "1 day 02:03:04.5", "-00:01:00", "2 mons": PostgreSQL's interval in seconds.
std::string interval_seconds(std::string_view text) {
  double total = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && text[at] == ' ') ++at;
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word(text.substr(at, end - at));
    at = end;
    if (word.empty()) break;
    if (word.find(':') != std::string::npos) {
      int hours = 0;
      int minutes = 0;
      double seconds = 0;
      const bool negative = word.front() == '-';
      const char* begin = word.c_str() + (negative || word.front() == '+');
      if (std::sscanf(begin, "%d:%d:%lf", &hours, &minutes, &seconds) >= 2) {
        const double value = hours * 3600.0 + minutes * 60.0 + seconds;
        total += negative ? -value : value;
      }
      continue;
    }
    const double number = std::strtod(word.c_str(), nullptr);
    while (at < text.size() && text[at] == ' ') ++at;
    const std::size_t unit_end = std::min(text.find(' ', at), text.size());
    const std::string_view unit = text.substr(at, unit_end - at);
    at = unit_end;
    double scale = 1;
    if (unit.starts_with("year")) scale = 365.0 * 86400;
    if (unit.starts_with("mon")) scale = 30.0 * 86400;
    if (unit.starts_with("day")) scale = 86400;
    if (unit.starts_with("hour")) scale = 3600;
    if (unit.starts_with("min")) scale = 60;
    total += number * scale;
  }
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.6f", total);
  return buffer.data();
}

// "2024-01-31 10:00:00+00" and the like, in the form ISO 8601 has.
std::string full_offset(std::string text) {
  const std::size_t time = text.find(':');
  if (time == std::string::npos) return text;
  const std::size_t sign = text.find_first_of("+-", time);
  if (sign != std::string::npos && text.size() - sign == 3) text += ":00";
  return text;
}

Value stdlib_from(Evaluator& evaluator, StdlibKind kind, const std::string& text) {
  return stdlib_value(evaluator, kind, text);
}

// What the Python driver gives by itself for a value with a type of its own.
Value driver_value(Evaluator& evaluator, const Typed& t) {
  if (t.type == "timestamp" || t.type == "timestamptz" || t.type == "datetime") {
    return stdlib_from(evaluator, StdlibKind::kDateTime, full_offset(t.text));
  }
  if (t.type == "date") return stdlib_from(evaluator, StdlibKind::kDate, t.text);
  if (t.type == "time" || t.type == "timetz") {
    return stdlib_from(evaluator, StdlibKind::kTime, full_offset(t.text));
  }
  if (t.type == "interval") {
    return stdlib_from(evaluator, StdlibKind::kTimeDelta, interval_seconds(t.text));
  }
  if (t.type == "numeric" || t.type == "decimal") {
    return stdlib_from(evaluator, StdlibKind::kDecimal, t.text);
  }
  if (t.type == "uuid") return stdlib_from(evaluator, StdlibKind::kUuid, t.text);
  // Beyond 64 bits with a sign.
  if (t.type == "bigint unsigned") return evaluator.integer_from(t.text);
  if (t.type == "json" || t.type == "jsonb") return json_loads(evaluator, t.text);
  if (t.type.starts_with("_") && t.text.starts_with("{")) {
    std::size_t at = 0;
    return array_items(evaluator, t.text, at, driver_item_type(t.type));
  }
  return evaluator.str(t.text);
}

const std::string* text_in(const Datum& datum) {
  if (const auto* text = std::get_if<std::string>(&datum)) return text;
  if (const auto* typed = std::get_if<Typed>(&datum)) return &typed->text;
  return nullptr;
}

// Numeric's Decimal from what SQLite keeps: a number with the digits of the type's scale.
Value decimal(Evaluator& evaluator, const Datum& datum, const Type& type) {
  if (const std::string* text = text_in(datum)) {
    return stdlib_from(evaluator, StdlibKind::kDecimal, *text);
  }
  std::array<char, 512> buffer{};
  if (const auto* real = std::get_if<double>(&datum)) {
    std::snprintf(buffer.data(), buffer.size(), "%.*f", type.scale.value_or(10), *real);
  } else if (const auto* number = std::get_if<std::int64_t>(&datum)) {
    std::snprintf(buffer.data(), buffer.size(), "%.*f", type.scale.value_or(10),
                  static_cast<double>(*number));
  } else {
    return plain_value(evaluator, Datum(datum));
  }
  return stdlib_from(evaluator, StdlibKind::kDecimal, buffer.data());
}

double number_in(const Datum& datum) {
  if (const auto* real = std::get_if<double>(&datum)) return *real;
  if (const auto* number = std::get_if<std::int64_t>(&datum)) return static_cast<double>(*number);
  const std::string* text = text_in(datum);
  return text ? std::strtod(text->c_str(), nullptr) : 0.0;
}

}  // namespace

namespace {

// MySQL's BIT: the bytes of a number, the greatest first.
Value bits_value(std::string_view bytes) {
  std::uint64_t out = 0;
  for (unsigned char byte : bytes) out = out << 8U | byte;
  return Value::integer(static_cast<std::int64_t>(out));
}

// MySQL's SET: "a,b".
Value members_value(Evaluator& evaluator, const std::string& text) {
  std::vector<Value> out;
  if (!text.empty()) {
    for (const std::string& member : split(text, ',')) out.push_back(evaluator.str(member));
  }
  return evaluator.set(std::move(out));
}

// As the type reads it that a TypeDecorator is over.
Value undecorated(Evaluator& evaluator, const Datum& datum, const Type& type,
                  std::string_view dialect) {
  if (std::holds_alternative<sql::Null>(datum)) return Value::none();
  if (type.is_null()) return plain_value(evaluator, Datum(datum));
  const std::string* text = text_in(datum);
  if (type.dialect == "mysql") {
    const auto* bits = std::get_if<sql::Blob>(&datum);
    if (type.name == "BIT" && bits) return bits_value(bits->bytes);
    if (type.name == "SET" && text) return members_value(evaluator, *text);
  }
  switch (sql::affinity(type)) {
    case Affinity::kBoolean:
      if (const auto* number = std::get_if<std::int64_t>(&datum)) {
        return Value::boolean(*number != 0);
      }
      if (text) return Value::boolean(*text == "t" || *text == "true" || *text == "1");
      break;
    case Affinity::kFloat:
      if (text || std::holds_alternative<std::int64_t>(datum)) {
        return Value::floating(number_in(datum));
      }
      break;
    case Affinity::kNumeric:
      if (type.option("asdecimal") == "false") return Value::floating(number_in(datum));
      return decimal(evaluator, datum, type);
    case Affinity::kDateTime:
      if (text) return stdlib_from(evaluator, StdlibKind::kDateTime, full_offset(*text));
      break;
    case Affinity::kDate:
      if (text) return stdlib_from(evaluator, StdlibKind::kDate, text->substr(0, 10));
      break;
    case Affinity::kTime:
      if (text) return stdlib_from(evaluator, StdlibKind::kTime, full_offset(*text));
      break;
    case Affinity::kInterval:
      if (!text) break;
      if (dialect == "postgresql") {
        return stdlib_from(evaluator, StdlibKind::kTimeDelta, interval_seconds(*text));
      }
      {
        // Kept as the time since the epoch.
        const Value at = stdlib_from(evaluator, StdlibKind::kDateTime, *text);
        const Value epoch = stdlib_from(evaluator, StdlibKind::kDateTime, "1970-01-01 00:00:00");
        return evaluator.call_method(at, "__sub__", std::array{epoch});
      }
    case Affinity::kJson:
      if (text) return json_loads(evaluator, *text);
      break;
    case Affinity::kUuid:
      if (!text) break;
      if (type.option("as_uuid") == "false") return evaluator.str(sql::uuid_dashed(*text));
      return stdlib_from(evaluator, StdlibKind::kUuid, *text);
    case Affinity::kArray:
      if (text && text->starts_with("{")) {
        std::size_t at = 0;
        return array_items(evaluator, *text, at,
                           type.arguments.empty() ? Type{} : type.arguments.front());
      }
      break;
    case Affinity::kEnum:
      if (text) {
        if (const Value member = enum_member_of(evaluator, type, *text)) return member;
      }
      [[fallthrough]];
    case Affinity::kString:
      if (text) return evaluator.str(*text);
      break;
    default:
      break;
  }
  return plain_value(evaluator, Datum(datum));
}

}  // namespace

Value plain_value(Evaluator& evaluator, Datum&& datum) {
  struct Visitor {
    Evaluator& e;
    Value operator()(sql::Null) const { return Value::none(); }
    Value operator()(bool b) const { return Value::boolean(b); }
    Value operator()(std::int64_t i) const { return Value::integer(i); }
    Value operator()(double d) const { return Value::floating(d); }
    Value operator()(std::string& s) const { return e.str_of(std::move(s)); }
    Value operator()(const sql::Blob& b) const { return e.bytes(b.bytes); }
    Value operator()(const Typed& t) const { return driver_value(e, t); }
  };
  return std::visit(Visitor{evaluator}, datum);
}

Value from_datum(Evaluator& evaluator, const Datum& datum, const Type& type,
                 std::string_view dialect) {
  const Value plain = undecorated(evaluator, datum, type, dialect);
  return decorated(evaluator, type, kResultHook, plain).value_or(plain);
}

}  // namespace retort::modules
