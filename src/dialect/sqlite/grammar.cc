#include "dialect/sqlite/grammar.h"

#include <cstdlib>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "dialect/sqlite/reserved.h"
#include "dialect/sqlite/types.h"
#include "sql/affinity.h"
#include "sql/identifier.h"
#include "sql/node.h"
#include "sql/value_text.h"

namespace retort::dialect::sqlite {

namespace {

using sql::Affinity;
using sql::Datum;
using sql::Op;
using sql::Type;
using sql::Typed;

// What SQLAlchemy stores for a value of the type.
Datum stored(const Typed& value, const Type& type) {
  if (type.is_null()) return value.text;
  if (value.type == "timestamp" || value.type == "timestamptz") {
    if (affinity(type) == Affinity::kDate) return value.text.substr(0, 10);
    return sql::with_microseconds(value.text);
  }
  if (value.type == "time") return sql::with_microseconds(value.text);
  if (value.type == "interval") return sql::epoch_timestamp(value.text);
  if (value.type == "uuid") return sql::uuid_digits(value.text);
  if (value.type == "jsonpath") return sql::json_path(value.text);
  return value.text;
}

class SqliteGrammar final : public sql::Grammar {
 public:
  std::string_view name() const override { return "sqlite"; }
  const Traits& traits() const override {
    static const Traits kTraits = [] {
      Traits t;
      t.native_boolean = false;
      t.boolean_type = false;
      t.binds_booleans_as_ints = true;
      t.returning_with_table = false;
      t.tuple_in_values = true;
      t.empty_in_as_subquery = true;
      return t;
    }();
    return kTraits;
  }
  std::string quote(std::string_view identifier) const override {
    return sql::needs_quotes(identifier, reserved_words()) ? quote_always(identifier)
                                                           : std::string(identifier);
  }
  std::string type(const Type& type) const override { return type_sql(type, *this); }

  std::string literal(const Datum& value) const override {
    return sql::plain_literal(value, false,
                              [this](std::string_view text) { return string_literal(text); });
  }
  std::string literal(const Datum& value, const Type& type) const override {
    const auto* typed = std::get_if<Typed>(&value);
    if (!typed) {
      if (const auto* text = std::get_if<std::string>(&value);
          text && affinity(type) == Affinity::kUuid) {
        return literal(Datum(sql::uuid_digits(*text)));
      }
      return literal(value);
    }
    if (typed->type == "numeric") return typed->text;
    return literal(stored(*typed, type.is_null() ? Type{.name = "String"} : type));
  }
  Datum bind(const Datum& value, const Type& type) const override {
    if (const bool* b = std::get_if<bool>(&value)) return std::int64_t{*b};
    if (const auto* text = std::get_if<std::string>(&value);
        text && affinity(type) == Affinity::kUuid) {
      return sql::uuid_digits(*text);
    }
    const auto* typed = std::get_if<Typed>(&value);
    if (!typed) return value;
    if (typed->type == "numeric") return std::strtod(typed->text.c_str(), nullptr);
    return stored(*typed, type);
  }

  std::optional<std::string> binary(const sql::node::Binary& n, const Operands& o) const override {
    switch (n.op) {
      case Op::kTruediv:
        return o.left + " / (" + o.right + " + 0.0)";
      case Op::kIsDistinctFrom:
        return o.left + " IS NOT " + o.right;
      case Op::kIsNotDistinctFrom:
        return o.left + " IS " + o.right;
      case Op::kRegexpMatch:
        return o.left + " REGEXP " + o.right;
      case Op::kNotRegexpMatch:
        return o.left + " NOT REGEXP " + o.right;
      case Op::kJsonGetitem:
      case Op::kJsonPathGetitem: {
        const std::string extract = "JSON_EXTRACT(" + o.left + ", " + o.right + ")";
        if (affinity(o.type) == Affinity::kJson) return "JSON_QUOTE(" + extract + ")";
        return "CAST(" + extract + " AS " + type(o.type) + ")";
      }
      case Op::kBitXor:
        // SQLite has no XOR: a XOR b = (a | b) - (a & b).
        return "((" + o.left + " | " + o.right + ") - (" + o.left + " & " + o.right + "))";
      default:
        return std::nullopt;
    }
  }

  std::optional<std::string> function(std::string_view name, const std::string& arguments,
                                      const std::vector<std::string>& parts) const override {
    if (name == "now") return "CURRENT_TIMESTAMP";
    if (name == "localtimestamp") return "DATETIME(CURRENT_TIMESTAMP, 'localtime')";
    if (name == "char_length") return "length(" + arguments + ")";
    if (name == "aggregate_strings") return "group_concat(" + arguments + ")";
    return Grammar::function(name, arguments, parts);
  }

  std::optional<std::string> extract(const std::string& field,
                                     const std::string& expression) const override {
    static const std::unordered_map<std::string_view, std::string_view> kFormats = {
        {"month", "%m"}, {"day", "%d"}, {"year", "%Y"},   {"second", "%S"}, {"hour", "%H"},
        {"doy", "%j"},   {"dow", "%w"}, {"minute", "%M"}, {"epoch", "%s"},  {"week", "%W"}};
    const auto found = kFormats.find(field);
    if (found == kFormats.end()) {
      throw Error(code::kOperation, field + " is not a valid extract argument.");
    }
    return "CAST(STRFTIME('" + std::string(found->second) + "', " + expression + ") AS INTEGER)";
  }

  std::string limit(const std::string& limit, const std::string& offset) const override {
    return "\n LIMIT " + (limit.empty() ? "-1" : limit) + " OFFSET " +
           (offset.empty() ? "0" : offset);
  }
  std::string for_update(const sql::node::ForUpdate&,
                         const std::vector<std::string>&) const override {
    return {};
  }
  std::string empty_set(const std::vector<Type>& types) const override {
    std::string columns = "1";
    for (std::size_t i = 1; i < types.size(); ++i) columns += ", 1";
    return "SELECT " + columns + " FROM (SELECT " + columns + ") WHERE 1!=1";
  }
};

}  // namespace

const sql::Grammar& grammar() {
  static const SqliteGrammar kGrammar;
  return kGrammar;
}

}  // namespace retort::dialect::sqlite
