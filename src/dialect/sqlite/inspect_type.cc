#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "dialect/sqlite/inspect.h"

namespace retort::dialect::sqlite {
namespace {

enum class Arguments : std::uint8_t { kNone, kLength, kPrecision, kPrecisionScale };

struct KnownType {
  std::string_view declared;
  std::string_view name;
  Arguments arguments;
};

constexpr KnownType kKnownTypes[] = {
    {"BIGINT", "BIGINT", Arguments::kNone},
    {"BLOB", "BLOB", Arguments::kLength},
    {"BOOL", "BOOLEAN", Arguments::kNone},
    {"BOOLEAN", "BOOLEAN", Arguments::kNone},
    {"CHAR", "CHAR", Arguments::kLength},
    {"DATE", "DATE", Arguments::kNone},
    {"DATE_CHAR", "DATE", Arguments::kNone},
    {"DATETIME", "DATETIME", Arguments::kNone},
    {"DATETIME_CHAR", "DATETIME", Arguments::kNone},
    {"DECIMAL", "DECIMAL", Arguments::kPrecisionScale},
    {"DOUBLE", "DOUBLE", Arguments::kPrecision},
    {"FLOAT", "FLOAT", Arguments::kPrecision},
    {"INT", "INTEGER", Arguments::kNone},
    {"INTEGER", "INTEGER", Arguments::kNone},
    {"JSON", "JSON", Arguments::kNone},
    {"JSONB", "JSONB", Arguments::kNone},
    {"NCHAR", "NCHAR", Arguments::kLength},
    {"NUMERIC", "NUMERIC", Arguments::kPrecisionScale},
    {"NVARCHAR", "NVARCHAR", Arguments::kLength},
    {"REAL", "REAL", Arguments::kPrecision},
    {"SMALLINT", "SMALLINT", Arguments::kNone},
    {"TEXT", "TEXT", Arguments::kLength},
    {"TIME", "TIME", Arguments::kNone},
    {"TIME_CHAR", "TIME", Arguments::kNone},
    {"TIMESTAMP", "TIMESTAMP", Arguments::kNone},
    {"VARCHAR", "VARCHAR", Arguments::kLength},
};

// https://sqlite.org/datatype3.html section 3.1, with SQLAlchemy's types for the affinities.
KnownType by_affinity(std::string_view name) {
  auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
  if (has("INT")) return {name, "INTEGER", Arguments::kNone};
  if (has("CHAR") || has("CLOB") || has("TEXT")) return {name, "TEXT", Arguments::kLength};
  if (has("BLOB") || name.empty()) return {name, "NullType", Arguments::kNone};
  if (has("REAL") || has("FLOA") || has("DOUB")) return {name, "REAL", Arguments::kPrecision};
  return {name, "NUMERIC", Arguments::kPrecisionScale};
}

std::vector<int> numbers(std::string_view text) {
  std::vector<int> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::size_t begin = i;
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
    if (i > begin && i - begin < 9) out.push_back(std::stoi(std::string(text.substr(begin, i))));
  }
  return out;
}

}  // namespace

sql::Type type_of(std::string_view declared) {
  std::string text = to_upper(declared);
  std::size_t open = text.find('(');
  std::string name(trim(std::string_view(text).substr(0, open)));
  std::vector<int> arguments =
      open == std::string::npos ? std::vector<int>() : numbers(std::string_view(text).substr(open));
  const auto* known = std::find_if(std::begin(kKnownTypes), std::end(kKnownTypes),
                                   [&](const KnownType& type) { return type.declared == name; });
  KnownType type = known != std::end(kKnownTypes) ? *known : by_affinity(name);
  sql::Type out;
  out.name = std::string(type.name);
  if (out.name == "JSON" || out.name == "JSONB") out.dialect = "sqlite";
  if (arguments.empty()) return out;
  switch (type.arguments) {
    case Arguments::kNone:
      break;
    case Arguments::kLength:
      if (arguments.size() == 1) out.length = arguments[0];
      break;
    case Arguments::kPrecision:
      if (arguments.size() == 1) out.precision = arguments[0];
      break;
    case Arguments::kPrecisionScale:
      out.precision = arguments[0];
      if (arguments.size() > 1) out.scale = arguments[1];
      break;
  }
  return out;
}

}  // namespace retort::dialect::sqlite
