#include "dialect/postgresql/reflect_type.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/postgresql/inspect_parts.h"

namespace retort::dialect::postgresql {
namespace {

struct Known {
  std::string_view text;  // as format_type() prints it, without arguments
  std::string_view name;  // SQLAlchemy's class
  bool own;               // of its PostgreSQL dialect
};

// Sorted by text. SQLAlchemy's classes of PostgreSQL's own module.
constexpr auto kKnown = std::to_array<Known>({
    {"\"char\"", "String", false},
    {"bigint", "BIGINT", false},
    {"bit", "BIT", true},
    {"bit varying", "BIT", true},
    {"boolean", "BOOLEAN", false},
    {"bytea", "BYTEA", true},
    {"character", "CHAR", false},
    {"character varying", "VARCHAR", false},
    {"cidr", "CIDR", true},
    {"citext", "CITEXT", true},
    {"date", "DATE", false},
    {"datemultirange", "DATEMULTIRANGE", true},
    {"daterange", "DATERANGE", true},
    {"double precision", "DOUBLE_PRECISION", false},
    {"hstore", "HSTORE", true},
    {"inet", "INET", true},
    {"int4multirange", "INT4MULTIRANGE", true},
    {"int4range", "INT4RANGE", true},
    {"int8multirange", "INT8MULTIRANGE", true},
    {"int8range", "INT8RANGE", true},
    {"integer", "INTEGER", false},
    {"interval", "INTERVAL", true},
    {"json", "JSON", true},
    {"jsonb", "JSONB", true},
    {"macaddr", "MACADDR", true},
    {"macaddr8", "MACADDR8", true},
    {"money", "MONEY", true},
    {"name", "String", false},
    {"numeric", "NUMERIC", false},
    {"nummultirange", "NUMMULTIRANGE", true},
    {"numrange", "NUMRANGE", true},
    {"oid", "OID", true},
    {"real", "REAL", false},
    {"regclass", "REGCLASS", true},
    {"regconfig", "REGCONFIG", true},
    {"smallint", "SMALLINT", false},
    {"text", "TEXT", false},
    {"time with time zone", "TIME", true},
    {"time without time zone", "TIME", true},
    {"timestamp with time zone", "TIMESTAMP", true},
    {"timestamp without time zone", "TIMESTAMP", true},
    {"tsmultirange", "TSMULTIRANGE", true},
    {"tsquery", "TSQUERY", true},
    {"tsrange", "TSRANGE", true},
    {"tstzmultirange", "TSTZMULTIRANGE", true},
    {"tstzrange", "TSTZRANGE", true},
    {"tsvector", "TSVECTOR", true},
    {"uuid", "UUID", false},
});

std::optional<int> number(const std::vector<std::string>& arguments, std::size_t i) {
  if (i >= arguments.size()) return std::nullopt;
  std::string_view text = trim(arguments[i]);
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "timestamp(3) with time zone" without its arguments, and the arguments.
struct Parts {
  std::string name{};
  std::vector<std::string> arguments{};
};

Parts parts_of(std::string_view text) {
  Parts out;
  std::size_t open = text.find('(');
  std::size_t close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos) {
    out.name = std::string(text);
    return out;
  }
  out.name = std::string(text.substr(0, open)) + std::string(text.substr(close + 1));
  out.arguments = split(text.substr(open + 1, close - open - 1), ',');
  return out;
}

sql::Type known_type(const Known& known, const Parts& parts) {
  sql::Type type;
  type.name = std::string(known.name);
  if (known.own) type.dialect = "postgresql";
  const auto& arguments = parts.arguments;
  if (known.name == "NUMERIC") {
    type.precision = number(arguments, 0);
    if (arguments.size() == 2) type.scale = number(arguments, 1);
  } else if (known.name == "DOUBLE_PRECISION") {
    type.precision = 53;
  } else if (known.name == "TIMESTAMP" || known.name == "TIME") {
    type.timezone = known.text.ends_with("with time zone");
    type.precision = number(arguments, 0);
  } else if (known.name == "INTERVAL") {
    type.precision = number(arguments, 0);
  } else if (known.name == "BIT") {
    type.length = number(arguments, 0);
    if (known.text == "bit varying") type.options.emplace_back("varying", "true");
  } else {
    type.length = number(arguments, 0);
  }
  return type;
}

sql::Type element_type(std::string_view text, const NamedTypes& named) {
  Parts parts = parts_of(text);
  auto found = std::ranges::lower_bound(kKnown, std::string_view(parts.name), {}, &Known::text);
  if (found != kKnown.end() && found->text == parts.name) return known_type(*found, parts);
  if (parts.name.starts_with("interval ")) {
    sql::Type type{.name = "INTERVAL", .dialect = "postgresql"};
    type.precision = number(parts.arguments, 0);
    type.options.emplace_back("fields", parts.name.substr(9));
    return type;
  }
  if (const sql::Type* type = named.find(text)) return *type;
  return sql::Type{.name = "UserDefined", .sql = std::string(text)};
}

}  // namespace

NamedTypes NamedTypes::read(database::Connection& connection, const Scope& scope) {
  Scope all{"*", {}, scope.stands_for};
  NamedTypes out;
  for (const sql::Type& type : read_enums(connection, all)) out.add(type);
  for (const sql::Type& type : read_domains(connection, all)) out.add(type);
  if (!scope.temporary) return out;
  auto add_unqualified = [&](const std::vector<sql::Type>& types) {
    for (sql::Type type : types) {
      std::string schema = std::exchange(type.schema, "");
      out.add(type).schema = schema;
    }
  };
  add_unqualified(read_enums(connection, scope));
  add_unqualified(read_domains(connection, scope));
  return out;
}

sql::Type& NamedTypes::add(const sql::Type& type) {
  // As format_type() quotes names: where they are not lower-case words.
  auto quoted = [](const std::string& name) {
    bool plain = !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
                 std::ranges::all_of(name, [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                 });
    return plain ? grammar().quote(name) : grammar().quote_always(name);
  };
  std::string name = quoted(type.type_name);
  if (!type.schema.empty()) name = quoted(type.schema) + "." + name;
  return types_[name] = type;
}

const sql::Type* NamedTypes::find(std::string_view text) const {
  auto found = types_.find(text);
  return found != types_.end() ? &found->second : nullptr;
}

sql::Type reflect_type(std::string_view text, const NamedTypes& named,
                       const std::string& collation) {
  std::string_view element = text;
  bool is_array = false;
  while (element.ends_with("[]")) {
    element.remove_suffix(2);
    is_array = true;
  }
  sql::Type type = element_type(element, named);
  if (!collation.empty()) type.collation = collation;
  if (!is_array) return type;
  // PostgreSQL keeps neither the number of dimensions nor their size.
  sql::Type array{.name = "ARRAY", .dialect = "postgresql"};
  array.arguments.push_back(std::move(type));
  return array;
}

}  // namespace retort::dialect::postgresql
