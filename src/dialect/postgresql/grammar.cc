#include "dialect/postgresql/grammar.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "dialect/postgresql/reserved.h"
#include "dialect/postgresql/types.h"
#include "sql/affinity.h"
#include "sql/identifier.h"
#include "sql/node.h"
#include "sql/value_text.h"

namespace retort::dialect::postgresql {

namespace {

using sql::Affinity;
using sql::Datum;
using sql::Op;
using sql::Type;
using sql::Typed;

// {a,"b c",NULL} from a JSON array: the text form of an array value.
std::string array_text(const nlohmann::json& items) {
  std::string out = "{";
  for (const auto& item : items) {
    if (out.size() > 1) out += ',';
    if (item.is_array()) {
      out += array_text(item);
    } else if (item.is_null()) {
      out += "NULL";
    } else if (item.is_string()) {
      out += '"';
      for (const char c : item.get<std::string>()) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
      }
      out += '"';
    } else {
      out += item.dump();
    }
  }
  return out + "}";
}

std::string blob_text(const std::string& bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "\\x";
  for (const unsigned char byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

class PostgresqlGrammar final : public sql::Grammar {
 public:
  std::string_view name() const override { return "postgresql"; }
  const Traits& traits() const override {
    static const Traits kTraits = [] {
      Traits t;
      t.distinct_on = true;
      t.ilike = true;
      t.max_identifier = 63;
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
    if (const auto* blob = std::get_if<sql::Blob>(&value)) {
      return "'" + blob_text(blob->bytes) + "'";
    }
    return sql::plain_literal(value, true,
                              [this](std::string_view text) { return string_literal(text); });
  }
  std::string literal(const Datum& value, const Type& type) const override {
    const Affinity a = affinity(type);
    if (const auto* number = std::get_if<std::int64_t>(&value); number && a == Affinity::kBoolean) {
      return *number ? "true" : "false";
    }
    const auto* typed = std::get_if<Typed>(&value);
    if (!typed) return literal(value);
    if (typed->type == "interval") return "make_interval(secs=>" + typed->text + ")";
    if (typed->type == "uuid") return literal(Datum(sql::uuid_dashed(typed->text)));
    if (typed->type == "jsonpath") return literal(Datum(json_steps(*typed, type)));
    if (typed->type == "array") {
      const Type element = type.arguments.empty() ? Type{} : type.arguments.front();
      return array_literal(nlohmann::json::parse(typed->text), element);
    }
    return literal(value);
  }
  Datum bind(const Datum& value, const Type& type) const override {
    if (const auto* number = std::get_if<std::int64_t>(&value);
        number && affinity(type) == Affinity::kBoolean) {
      return *number != 0;
    }
    const auto* typed = std::get_if<Typed>(&value);
    if (!typed) return value;
    if (typed->type == "interval") return Typed{typed->text + " seconds", "interval"};
    if (typed->type == "array") return array_text(nlohmann::json::parse(typed->text));
    if (typed->type == "jsonpath") return json_steps(*typed, type);
    return value;
  }
  std::string placeholder(std::size_t number, const Type& type) const override {
    const std::string mark = "$" + std::to_string(number);
    // Values stand in the statement as constants, as psycopg2 writes them: a string has the type of
    // its place, a date or a number its own.
    switch (affinity(type)) {
      case Affinity::kArray:
      case Affinity::kUuid:
        return type.native ? mark + "::" + this->type(type) : mark;
      case Affinity::kInterval:
        return mark + "::INTERVAL";
      default:
        if (type.name == "JSONIndexType") return mark + "::TEXT";
        if (type.name == "JSONIntIndexType") return mark + "::INTEGER";
        if (type.name == "JSONPathType") return mark + "::TEXT[]";
        return mark;
    }
  }

  std::optional<std::string> binary(const sql::node::Binary& n, const Operands& o) const override {
    const auto nested = [&](std::string text) { return o.nested ? "(" + text + ")" : text; };
    switch (n.op) {
      case Op::kBitXor:
        return o.left + " # " + o.right;
      case Op::kMatch:
        return o.left + " @@ plainto_tsquery(" + o.right + ")";
      case Op::kNotMatch:
        return "NOT " + o.left + " @@ plainto_tsquery(" + o.right + ")";
      case Op::kGetitem:
        return o.left + "[" + o.right + "]";
      case Op::kJsonGetitem:
        if (affinity(o.type) != Affinity::kJson) {
          return "CAST(" + nested(o.left + " ->> " + o.right) + " AS " + type(o.type) + ")";
        }
        if (o.left_type.name == "JSONB") {
          return (o.left_is_call ? "(" + o.left + ")" : o.left) + "[" + o.right + "]";
        }
        return nested(o.left + " -> " + o.right);
      case Op::kJsonPathGetitem:
        if (affinity(o.type) != Affinity::kJson) {
          return "CAST(" + nested(o.left + " #>> " + o.right) + " AS " + type(o.type) + ")";
        }
        return nested(o.left + " #> " + o.right);
      case Op::kRegexpMatch:
        return regexp("~", n, o);
      case Op::kNotRegexpMatch:
        return regexp("!~", n, o);
      case Op::kRegexpReplace:
        return "REGEXP_REPLACE(" + o.left + ", " + o.right +
               (n.flags ? ", " + literal(Datum(*n.flags)) : "") + ")";
      default:
        return std::nullopt;
    }
  }

  std::optional<std::string> function(std::string_view name, const std::string& arguments,
                                      const std::vector<std::string>& parts) const override {
    if (name == "pow") return "power(" + arguments + ")";
    if (name == "aggregate_strings") return "string_agg(" + arguments + ")";
    if (to_lower(name) == "substring" && parts.size() >= 2) {
      return "SUBSTRING(" + parts[0] + " FROM " + parts[1] +
             (parts.size() > 2 ? " FOR " + parts[2] : "") + ")";
    }
    return Grammar::function(name, arguments, parts);
  }

  std::string limit(const std::string& limit, const std::string& offset) const override {
    std::string out;
    if (!limit.empty()) out += " \n LIMIT " + limit;
    if (!offset.empty()) out += (limit.empty() ? "\n LIMIT ALL" : "") + (" OFFSET " + offset);
    return out;
  }
  std::string for_update(const sql::node::ForUpdate& lock,
                         const std::vector<std::string>& of) const override {
    std::string out = lock.read ? (lock.key_share ? " FOR KEY SHARE" : " FOR SHARE")
                                : (lock.key_share ? " FOR NO KEY UPDATE" : " FOR UPDATE");
    if (!of.empty()) out += " OF " + join(of, ", ");
    if (lock.nowait) out += " NOWAIT";
    if (lock.skip_locked) out += " SKIP LOCKED";
    return out;
  }
  std::string empty_set(const std::vector<Type>& types) const override {
    std::string columns;
    for (const Type& t : types) {
      if (!columns.empty()) columns += ", ";
      columns += "CAST(NULL AS " + (t.is_null() ? "INTEGER" : type(t)) + ")";
    }
    return "SELECT " + columns + " WHERE 1!=1";
  }

 private:
  // A lone step stands for itself, several are a text[].
  static std::string json_steps(const Typed& value, const Type& type) {
    if (type.name == "JSONPathType") return sql::json_path_array(value.text);
    const auto steps = nlohmann::json::parse(value.text);
    return steps[0].is_string() ? steps[0].get<std::string>() : steps[0].dump();
  }
  std::string array_literal(const nlohmann::json& items, const Type& element) const {
    std::string out;
    for (const auto& item : items) {
      if (!out.empty()) out += ", ";
      if (item.is_array()) {
        out += array_literal(item, element);
      } else if (item.is_null()) {
        out += "NULL";
      } else {
        out += item.is_string() ? string_literal(item.get<std::string>()) : item.dump();
      }
    }
    out = "ARRAY[" + out + "]";
    if (items.empty() && !element.is_null()) out += "::" + type(element) + "[]";
    return out;
  }
  std::string regexp(const std::string& op, const sql::node::Binary& n, const Operands& o) const {
    if (!n.flags) return o.left + " " + op + " " + o.right;
    if (*n.flags == "i") return o.left + " " + op + "* " + o.right;
    return o.left + " " + op + " CONCAT('(?', " + literal(Datum(*n.flags)) + ", ')', " + o.right +
           ")";
  }
};

}  // namespace

const sql::Grammar& grammar() {
  static const PostgresqlGrammar kGrammar;
  return kGrammar;
}

}  // namespace retort::dialect::postgresql
