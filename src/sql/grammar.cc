#include "sql/grammar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/text.h"
#include "sql/affinity.h"
#include "sql/build.h"
#include "sql/identifier.h"
#include "sql/node.h"

namespace retort::sql {

const Grammar::Traits& Grammar::traits() const {
  static const Traits kTraits{};
  return kTraits;
}

std::string Grammar::quote_always(std::string_view identifier) const {
  return "\"" + replace_all(std::string(identifier), "\"", "\"\"") + "\"";
}

std::string Grammar::string_literal(std::string_view text) const {
  std::string out(text);
  if (traits().backslash_escapes) out = replace_all(std::move(out), "\\", "\\\\");
  return "'" + replace_all(std::move(out), "'", "''") + "'";
}

std::string Grammar::literal(const Datum& value, const Type&) const { return literal(value); }

Datum Grammar::bind(const Datum& value, const Type&) const {
  if (const bool* b = std::get_if<bool>(&value); b && traits().binds_booleans_as_ints) {
    return std::int64_t{*b};
  }
  return value;
}

std::string Grammar::placeholder(std::size_t, const Type&) const { return "?"; }

std::optional<std::string> Grammar::binary(const node::Binary&, const Operands&) const {
  return std::nullopt;
}

std::optional<std::string> Grammar::function(std::string_view name, const std::string& arguments,
                                             const std::vector<std::string>&) const {
  static constexpr std::array kBare = {"current_date", "current_time", "current_timestamp",
                                       "current_user", "localtime",    "localtimestamp",
                                       "session_user", "user"};
  if (arguments.empty() && std::find(kBare.begin(), kBare.end(), name) != kBare.end()) {
    return to_upper(name);
  }
  if (name == "cube" || name == "rollup") return to_upper(name) + "(" + arguments + ")";
  if (name == "grouping_sets") return "GROUPING SETS(" + arguments + ")";
  return std::nullopt;
}

std::optional<std::string> Grammar::extract(const std::string&, const std::string&) const {
  return std::nullopt;
}

std::optional<std::string> Grammar::cast(const std::string&, const Type&) const {
  return std::nullopt;
}

std::string Grammar::limit(const std::string& limit, const std::string& offset) const {
  std::string out;
  if (!limit.empty()) out += "\n LIMIT " + limit;
  if (!offset.empty()) {
    if (limit.empty()) out += "\n LIMIT -1";
    out += " OFFSET " + offset;
  }
  return out;
}

std::string Grammar::for_update(const node::ForUpdate&, const std::vector<std::string>&) const {
  return " FOR UPDATE";
}

std::string Grammar::empty_set(const std::vector<Type>& types) const {
  std::string columns;
  for (std::size_t i = 0; i < types.size(); ++i) columns += i == 0 ? "1" : ", 1";
  return "SELECT " + columns + " WHERE 1!=1";
}

std::string Grammar::concat(const std::vector<std::string>& parts) const {
  return retort::join(parts, " || ");
}

namespace {

std::string float_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  std::array<char, 64> buffer{};
  const double magnitude = std::fabs(value);
  const bool scientific = magnitude != 0 && (magnitude >= 1e16 || magnitude < 1e-4);
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                    scientific ? std::chars_format::scientific : std::chars_format::fixed);
  static_cast<void>(error);
  std::string out(buffer.data(), end);
  if (!scientific && out.find('.') == std::string::npos) out += ".0";
  return out;
}

}  // namespace

std::string plain_literal(const Datum& value, bool native_boolean,
                          const std::function<std::string(std::string_view)>& quoted) {
  struct Visitor {
    bool native_boolean;
    const std::function<std::string(std::string_view)>& quoted;
    std::string operator()(Null) const { return "NULL"; }
    std::string operator()(bool b) const {
      return native_boolean ? (b ? "true" : "false") : (b ? "1" : "0");
    }
    std::string operator()(std::int64_t i) const { return std::to_string(i); }
    std::string operator()(double d) const { return float_text(d); }
    std::string operator()(const std::string& s) const { return quoted(s); }
    std::string operator()(const Blob& b) const {
      static constexpr std::string_view kDigits = "0123456789ABCDEF";
      std::string out = "X'";
      for (const unsigned char byte : b.bytes) {
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
      }
      return out + "'";
    }
    std::string operator()(const Typed& t) const {
      if (t.type == "numeric") return t.text;
      return quoted(t.text);
    }
  };
  return std::visit(Visitor{native_boolean, quoted}, value);
}

namespace {

class DefaultGrammar final : public Grammar {
 public:
  std::string_view name() const override { return "default"; }
  std::string quote(std::string_view identifier) const override {
    return needs_quotes(identifier, standard_reserved_words()) ? quote_always(identifier)
                                                               : std::string(identifier);
  }
  std::string type(const Type& type) const override {
    if (type.name == "UserDefined" || !type.sql.empty()) return type.sql;
    switch (affinity(type)) {
      case Affinity::kString:
        if (type.name == "Text" || type.name == "UnicodeText" || type.name == "TEXT") return "TEXT";
        return type.length ? "VARCHAR(" + std::to_string(*type.length) + ")" : "VARCHAR";
      case Affinity::kEnum: {
        std::size_t longest = 0;
        for (const std::string& v : type.values) longest = std::max(longest, v.size());
        return "VARCHAR(" + std::to_string(longest) + ")";
      }
      case Affinity::kInteger:
        if (type.name == "SmallInteger") return "SMALLINT";
        if (type.name == "BigInteger") return "BIGINT";
        return type.name == "Integer" ? "INTEGER" : type.name;
      case Affinity::kNumeric:
        if (!type.precision) return to_upper(type.name);
        return to_upper(type.name) + "(" + std::to_string(*type.precision) +
               (type.scale ? ", " + std::to_string(*type.scale) : "") + ")";
      case Affinity::kUuid:
        return type.name == "UUID" ? "UUID" : "CHAR(32)";
      case Affinity::kBinary:
        return type.name == "LargeBinary" ? "BLOB" : type.name;
      case Affinity::kNull:
        return "NULL";
      case Affinity::kInterval:
        return "DATETIME";
      default:
        return to_upper(type.name);
    }
  }
  std::string literal(const Datum& value) const override {
    return plain_literal(value, true, [this](std::string_view s) { return string_literal(s); });
  }
};

}  // namespace

const Grammar& default_grammar() {
  static const DefaultGrammar kGrammar;
  return kGrammar;
}

}  // namespace retort::sql
