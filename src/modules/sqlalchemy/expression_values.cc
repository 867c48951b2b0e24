#include <array>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/types.h"
#include "modules/stdlib/stdlib.h"
#include "sql/affinity.h"

// Python values on their way to a database.
namespace retort::modules {

using python::Evaluator;
using python::Value;
using sql::Affinity;
using sql::Datum;
using sql::Type;
using sql::Typed;

namespace {

Type named(const char* name) { return Type{.name = name}; }

std::string json_dumps(Evaluator& evaluator, Value value) {
  const Value dumps = evaluator.get_attr(evaluator.import_module("json"), "dumps");
  return evaluator.to_str(evaluator.call(dumps, std::array{value}));
}

bool has_offset(const std::string& timestamp) {
  const std::size_t time = timestamp.find(':');
  return time != std::string::npos && timestamp.find_first_of("+-Z", time) != std::string::npos;
}

std::string seconds_text(Evaluator& evaluator, Value delta) {
  return evaluator.repr(evaluator.call_method(delta, "total_seconds"));
}

// The element of an array as JSON, through the datum it would be by itself.
nlohmann::json array_item(Evaluator& evaluator, Host& host, Value value, const Type& type) {
  if (value.get<python::List>() || value.get<python::Tuple>()) {
    nlohmann::json out = nlohmann::json::array();
    for (const Value& item : evaluator.items(value)) {
      out.push_back(array_item(evaluator, host, item, type));
    }
    return out;
  }
  struct Visitor {
    nlohmann::json operator()(sql::Null) const { return nullptr; }
    nlohmann::json operator()(bool b) const { return b; }
    nlohmann::json operator()(std::int64_t i) const { return i; }
    nlohmann::json operator()(double d) const { return d; }
    nlohmann::json operator()(const std::string& s) const { return s; }
    nlohmann::json operator()(const sql::Blob& b) const { return b.bytes; }
    nlohmann::json operator()(const Typed& t) const { return t.text; }
  };
  return std::visit(Visitor{}, to_datum(evaluator, host, value, type));
}

// The number that a text is, for a column of numbers.
std::optional<std::int64_t> integer_in(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || at != end) return std::nullopt;
  return number;
}

// An enum member for a column of an enum type: its name, or the value where the type lists values.
std::optional<Datum> enum_member(Evaluator& evaluator, Value value, const Type& type) {
  const Value inner = enum_value(evaluator, value);
  if (!inner) return std::nullopt;
  if (sql::affinity(type) != Affinity::kEnum) return std::nullopt;
  const std::string name = evaluator.to_str(evaluator.get_attr(value, "name"));
  for (const std::string& known : type.values) {
    if (known == name) return Datum(name);
  }
  return Datum(evaluator.to_str(inner));
}

Datum stdlib_datum(Evaluator& evaluator, Value value, StdlibKind kind, const Type& type) {
  switch (kind) {
    case StdlibKind::kDateTime: {
      std::string text = stdlib_text(evaluator, value);
      if (sql::affinity(type) == Affinity::kDate) return Typed{text.substr(0, 10), "date"};
      const bool zoned = has_offset(text);
      return Typed{std::move(text), zoned ? "timestamptz" : "timestamp"};
    }
    case StdlibKind::kDate: {
      std::string text = stdlib_text(evaluator, value);
      if (sql::affinity(type) == Affinity::kDateTime) return Typed{text + " 00:00:00", "timestamp"};
      return Typed{std::move(text), "date"};
    }
    case StdlibKind::kTime:
      return Typed{stdlib_text(evaluator, value), "time"};
    case StdlibKind::kTimeDelta:
      return Typed{seconds_text(evaluator, value), "interval"};
    case StdlibKind::kUuid:
      return Typed{stdlib_text(evaluator, value), "uuid"};
    case StdlibKind::kDecimal:
      return Typed{stdlib_text(evaluator, value), "numeric"};
    case StdlibKind::kOther:
      break;
  }
  return sql::Null{};
}

}  // namespace

Type plain_type(Evaluator& evaluator, Value value) {
  if (value.is_bool()) return named("Boolean");
  if (value.is_int()) return named("Integer");
  if (value.is_float()) return named("Float");
  if (!value.is_object()) return {};
  if (value.is_str()) return named("String");
  if (value.get<python::Bytes>()) return named("LargeBinary");
  const Value plain = evaluator.plain_number(value);
  if (plain.is_int()) return named("Integer");
  if (plain.is_float()) return named("Float");
  switch (stdlib_kind(evaluator, value)) {
    case StdlibKind::kDateTime: {
      Type type = named("DateTime");
      type.timezone = has_offset(stdlib_text(evaluator, value));
      return type;
    }
    case StdlibKind::kDate:
      return named("Date");
    case StdlibKind::kTime:
      return named("Time");
    case StdlibKind::kTimeDelta:
      return named("Interval");
    case StdlibKind::kUuid:
      return named("Uuid");
    case StdlibKind::kDecimal:
      return named("Numeric");
    case StdlibKind::kOther:
      break;
  }
  if (const Value inner = enum_value(evaluator, value)) {
    // A member stands for the name of itself, as in Enum(TheClass).
    Type type = named("Enum");
    type.values = {evaluator.to_str(evaluator.get_attr(value, "name"))};
    return type;
  }
  return {};
}

Datum to_datum(Evaluator& evaluator, Host& host, Value value, const Type& type) {
  if (auto* unknown = value.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "a value of an SQL statement");
  }
  if (const auto made = value ? decorated(evaluator, type, kBindHook, value) : std::nullopt) {
    Type plain = type;
    plain.origin = {};
    return to_datum(evaluator, host, *made, plain);
  }
  const Affinity affinity = sql::affinity(type);
  if (value.is_none() || !value) {
    // JSON keeps None as its own null unless the type says otherwise.
    if (affinity == Affinity::kJson && value && type.option("none_as_null") != "true") {
      return Typed{"null", "json"};
    }
    return sql::Null{};
  }
  if (type.name == "JSONPathType") {
    return Typed{json_dumps(evaluator, evaluator.list(evaluator.items(value))), "jsonpath"};
  }
  if (type.name == "JSONIndexType" || type.name == "JSONIntIndexType") {
    return Typed{json_dumps(evaluator, evaluator.list({value})), "jsonpath"};
  }
  if (affinity == Affinity::kJson) return Typed{json_dumps(evaluator, value), "json"};
  if (type.name == "SET" &&
      (value.get<python::Set>() || value.get<python::List>() || value.get<python::Tuple>())) {
    std::vector<std::string> members;
    for (const Value& item : evaluator.items(value)) members.push_back(evaluator.to_str(item));
    return join(members, ",");
  }
  if (std::optional<Datum> member = enum_member(evaluator, value, type)) return *member;
  if (value.is_bool()) {
    if (affinity == Affinity::kInteger || affinity == Affinity::kNumeric) {
      return std::int64_t{value.as_bool()};
    }
    return value.as_bool();
  }
  const Value number = evaluator.plain_number(value);
  if (number.is_int()) {
    if (affinity == Affinity::kBoolean) return number.as_int() != 0;
    return number.as_int();
  }
  if (number.is_float()) return number.as_float();
  if (value.is_str()) {
    if (affinity == Affinity::kUuid) return Typed{value.as_str(), "uuid"};
    if (affinity == Affinity::kInteger) {
      if (const std::optional<std::int64_t> whole = integer_in(value.as_str())) return *whole;
    }
    return value.as_str();
  }
  if (auto* bytes = value.get<python::Bytes>()) return sql::Blob{bytes->data};
  const StdlibKind kind = stdlib_kind(evaluator, value);
  if (kind != StdlibKind::kOther) return stdlib_datum(evaluator, value, kind, type);
  if (value.get<python::List>() || value.get<python::Tuple>() || value.get<python::Set>()) {
    const Type item = type.arguments.empty() ? Type{} : type.arguments.front();
    const Value list = evaluator.list(evaluator.items(value));
    return Typed{array_item(evaluator, host, list, item).dump(), "array"};
  }
  if (value.get<python::Dict>()) return Typed{json_dumps(evaluator, value), "json"};
  if (value.is(python::ObjectKind::kBigInt)) return Typed{evaluator.repr(value), "numeric"};
  if (const Value inner = enum_value(evaluator, value)) {
    return to_datum(evaluator, host, inner, type);
  }
  // Markup, quoted_name and the like.
  if (const Value text = evaluator.find_attr(value, "__str__");
      text && evaluator.find_attr(value, "__html__")) {
    return evaluator.to_str(value);
  }
  argument_error(evaluator, "a value of type " + evaluator.type_name(value) +
                                " can't be sent to a database: " + evaluator.repr(value));
}

}  // namespace retort::modules
