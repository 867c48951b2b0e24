#include "library/datum.h"

namespace retort::library {

namespace {

using Kind = Value::Kind;

// The names that Datum's typed texts have.
std::string_view typed_name(Kind kind, std::string_view text) {
  switch (kind) {
    case Kind::kDecimal:
      return "numeric";
    case Kind::kDate:
      return "date";
    case Kind::kTime:
      return "time";
    case Kind::kTimestamp:
      return text.ends_with("+00:00") ? "timestamptz" : "timestamp";
    case Kind::kUuid:
      return "uuid";
    case Kind::kJson:
      return "json";
    default:
      return "";
  }
}

Kind kind_of(std::string_view type) {
  if (type == "numeric" || type == "decimal") return Kind::kDecimal;
  if (type == "date") return Kind::kDate;
  if (type == "uuid") return Kind::kUuid;
  if (type == "json" || type == "jsonb") return Kind::kJson;
  if (type.starts_with("timestamp") || type.starts_with("datetime")) return Kind::kTimestamp;
  if (type.starts_with("time")) return Kind::kTime;
  return Kind::kOther;
}

}  // namespace

sql::Datum to_datum(const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
      return sql::Null{};
    case Kind::kBool:
      return value.as<bool>();
    case Kind::kInteger:
      return value.as<std::int64_t>();
    case Kind::kDouble:
      return value.as<double>();
    case Kind::kText:
    case Kind::kOther:
      return value.str();
    case Kind::kBlob:
      return sql::Blob{value.as<Blob>().bytes};
    default:
      return sql::Typed{value.str(), std::string(typed_name(value.kind(), value.str()))};
  }
}

Value to_value(const sql::Datum& datum, std::string_view declared) {
  struct Visitor {
    std::string_view declared;
    Value operator()(sql::Null) const { return {}; }
    Value operator()(bool value) const { return value; }
    Value operator()(std::int64_t value) const {
      if (declared == "boolean" || declared == "bool") return value != 0;
      return value;
    }
    Value operator()(double value) const { return value; }
    Value operator()(const std::string& value) const {
      Kind kind = kind_of(declared);
      return kind == Kind::kOther ? Value(value) : Value(kind, value);
    }
    Value operator()(const sql::Blob& value) const { return Blob{value.bytes}; }
    Value operator()(const sql::Typed& value) const {
      return Value(kind_of(value.type), value.text);
    }
  };
  return std::visit(Visitor{declared}, datum);
}

sql::Type type_of(const Value& value) {
  auto named = [](const char* name) {
    sql::Type type;
    type.name = name;
    return type;
  };
  switch (value.kind()) {
    case Kind::kNull:
    case Kind::kOther:
      return {};
    case Kind::kBool:
      return named("Boolean");
    case Kind::kInteger:
      return named("Integer");
    case Kind::kDouble:
      return named("Float");
    case Kind::kText:
      return named("String");
    case Kind::kBlob:
      return named("LargeBinary");
    case Kind::kDecimal:
      return named("Numeric");
    case Kind::kDate:
      return named("Date");
    case Kind::kTime:
      return named("Time");
    case Kind::kTimestamp: {
      sql::Type type = named("DateTime");
      type.timezone = value.str().ends_with("+00:00");
      return type;
    }
    case Kind::kUuid:
      return named("Uuid");
    case Kind::kJson:
      return named("JSON");
  }
  return {};
}

}  // namespace retort::library
