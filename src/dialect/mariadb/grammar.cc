#include "dialect/mariadb/grammar.h"

#include "base/text.h"
#include "dialect/mariadb/reserved.h"
#include "dialect/mariadb/types.h"
#include "sql/affinity.h"
#include "sql/identifier.h"
#include "sql/node.h"
#include "sql/value_text.h"

namespace retort::dialect::mariadb {

namespace {

using sql::Affinity;
using sql::Datum;
using sql::Op;
using sql::Type;
using sql::Typed;

class MariadbGrammar final : public sql::Grammar {
 public:
  explicit MariadbGrammar(bool mysql) : mysql_(mysql) {}

  std::string_view name() const override { return mysql_ ? "mysql" : "mariadb"; }
  const Traits& traits() const override {
    static const Traits kTraits = [] {
      Traits t;
      t.boolean_type = false;
      t.binds_booleans_as_ints = true;
      t.insert_default_values = false;
      t.multi_table_update = true;
      t.with_after_insert = true;
      t.backslash_escapes = true;
      t.from_dual = true;
      t.integer_division_floors = false;
      t.join = " INNER JOIN ";
      t.max_identifier = 64;
      return t;
    }();
    return kTraits;
  }
  std::string quote(std::string_view identifier) const override {
    return sql::needs_quotes(identifier, mysql_ ? mysql_reserved_words() : mariadb_reserved_words())
               ? quote_always(identifier)
               : std::string(identifier);
  }
  std::string quote_always(std::string_view identifier) const override {
    return "`" + replace_all(std::string(identifier), "`", "``") + "`";
  }
  std::string type(const Type& type) const override { return type_sql(type, *this); }

  std::string literal(const Datum& value) const override {
    return sql::plain_literal(value, true,
                              [this](std::string_view text) { return string_literal(text); });
  }
  std::string literal(const Datum& value, const Type& type) const override {
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number && affinity(type) == Affinity::kBoolean) return *number ? "true" : "false";
    if (const auto* typed = std::get_if<Typed>(&value); typed && typed->type != "numeric") {
      return literal(bind(value, type.is_null() ? Type{.name = "String"} : type));
    }
    return literal(value);
  }
  Datum bind(const Datum& value, const Type& type) const override {
    if (const bool* b = std::get_if<bool>(&value)) return std::int64_t{*b};
    const auto* typed = std::get_if<Typed>(&value);
    if (!typed) return value;
    if (typed->type == "interval") {
      return affinity(type) == Affinity::kInterval ? sql::epoch_timestamp(typed->text)
                                                   : sql::clock_time(typed->text);
    }
    // The driver leaves the time zone away.
    if (typed->type == "timestamptz" || typed->type == "timetz") return value;
    if (typed->type == "uuid") {
      // MariaDB's own UUID type reads the dashed form.
      const bool own = !mysql_ && type.native && affinity(type) == Affinity::kUuid;
      return own ? sql::uuid_dashed(typed->text) : sql::uuid_digits(typed->text);
    }
    if (typed->type == "jsonpath") return sql::json_path(typed->text);
    return typed->text;
  }

  std::optional<std::string> binary(const sql::node::Binary& n, const Operands& o) const override {
    switch (n.op) {
      case Op::kIsDistinctFrom:
        return "NOT (" + o.left + " <=> " + o.right + ")";
      case Op::kIsNotDistinctFrom:
        return o.left + " <=> " + o.right;
      case Op::kMatch:
        return "MATCH (" + o.left + ") AGAINST (" + o.right + " IN BOOLEAN MODE)";
      case Op::kNotMatch:
        return "NOT MATCH (" + o.left + ") AGAINST (" + o.right + " IN BOOLEAN MODE)";
      case Op::kRegexpMatch:
      case Op::kNotRegexpMatch:
        return regexp(n, o);
      case Op::kRegexpReplace:
        return "REGEXP_REPLACE(" + o.left + ", " + o.right +
               (n.flags ? ", " + literal(Datum(*n.flags)) : "") + ")";
      case Op::kJsonGetitem:
      case Op::kJsonPathGetitem:
        return json_item(o);
      default:
        return std::nullopt;
    }
  }

  std::string concat(const std::vector<std::string>& parts) const override {
    return "concat(" + join(parts, ", ") + ")";
  }

  std::optional<std::string> function(std::string_view name, const std::string& arguments,
                                      const std::vector<std::string>& parts) const override {
    if (name == "random") return "rand(" + arguments + ")";
    if (name == "rollup") return arguments + " WITH ROLLUP";
    if (name == "sysdate") return "SYSDATE()";
    if (name == "aggregate_strings" && parts.size() == 2) {
      return "group_concat(" + parts[0] + " SEPARATOR " + parts[1] + ")";
    }
    return Grammar::function(name, arguments, parts);
  }

  std::optional<std::string> extract(const std::string& field,
                                     const std::string& expression) const override {
    if (field != "milliseconds") return std::nullopt;
    return "EXTRACT(millisecond FROM " + expression + ")";
  }

  std::optional<std::string> cast(const std::string& expression, const Type& to) const override {
    const std::string target = cast_type(to);
    // A type CAST doesn't know: the value as it is.
    return target.empty() ? expression : "CAST(" + expression + " AS " + target + ")";
  }

  std::string limit(const std::string& limit, const std::string& offset) const override {
    if (offset.empty()) return " \n LIMIT " + limit;
    return " \n LIMIT " + offset + ", " + (limit.empty() ? "18446744073709551615" : limit);
  }
  std::string for_update(const sql::node::ForUpdate& lock,
                         const std::vector<std::string>& of) const override {
    std::string out = lock.read ? " LOCK IN SHARE MODE" : " FOR UPDATE";
    if (!of.empty() && mysql_) out += " OF " + join(of, ", ");
    if (lock.nowait) out += " NOWAIT";
    if (lock.skip_locked) out += " SKIP LOCKED";
    return out;
  }
  std::string empty_set(const std::vector<Type>& types) const override {
    std::string inner;
    std::string outer;
    for (std::size_t i = 0; i < types.size(); ++i) {
      const std::string column = "_in_" + std::to_string(i);
      inner += (i ? ", 1 AS " : "1 AS ") + column;
      outer += (i ? ", " : "") + column;
    }
    return "SELECT " + outer + " FROM (SELECT " + inner + ") as _empty_set WHERE 1!=1";
  }

 private:
  std::string cast_type(const Type& to) const {
    switch (affinity(to)) {
      case Affinity::kInteger:
        return to.option("unsigned") == "true" ? "UNSIGNED INTEGER" : "SIGNED INTEGER";
      case Affinity::kDateTime:
        return to.name == "TIMESTAMP" ? "DATETIME" : type(to);
      case Affinity::kDate:
      case Affinity::kTime:
        return type(to);
      case Affinity::kString:
        return to.length ? "CHAR(" + std::to_string(*to.length) + ")" : "CHAR";
      case Affinity::kBinary:
        return "BINARY";
      case Affinity::kJson:
        return "JSON";
      case Affinity::kNumeric:
        return replace_all(type(to), "NUMERIC", "DECIMAL");
      default:
        return {};
    }
  }
  std::string regexp(const sql::node::Binary& n, const Operands& o) const {
    const bool negated = n.op == Op::kNotRegexpMatch;
    const std::string op = negated ? " NOT REGEXP " : " REGEXP ";
    if (!n.flags) return o.left + op + o.right;
    const std::string flags = literal(Datum(*n.flags));
    if (mysql_) {
      return (negated ? "NOT " : "") +
             ("REGEXP_LIKE(" + o.left + ", " + o.right + ", " + flags + ")");
    }
    return o.left + op + "CONCAT('(?', " + flags + ", ')', " + o.right + ")";
  }
  std::string json_item(const Operands& o) const {
    const std::string item = "JSON_EXTRACT(" + o.left + ", " + o.right + ")";
    std::string otherwise;
    switch (affinity(o.type)) {
      case Affinity::kJson:
        return item;
      case Affinity::kInteger:
        otherwise = "ELSE CAST(" + item + " AS SIGNED INTEGER)";
        break;
      case Affinity::kNumeric:
      case Affinity::kFloat:
        otherwise = o.type.precision && o.type.scale
                        ? "ELSE CAST(" + item + " AS DECIMAL(" + std::to_string(*o.type.precision) +
                              ", " + std::to_string(*o.type.scale) + "))"
                        : "ELSE " + item + "+0.0000000000000000000000";
        break;
      case Affinity::kBoolean:
        otherwise = "WHEN true THEN true ELSE false";
        break;
      case Affinity::kString:
        otherwise = "ELSE JSON_UNQUOTE(" + item + ")";
        break;
      default:
        otherwise = "ELSE " + item;
    }
    return "CASE " + item + " WHEN 'null' THEN NULL " + otherwise + " END";
  }

  bool mysql_;
};

}  // namespace

const sql::Grammar& mariadb_grammar() {
  static const MariadbGrammar kGrammar(false);
  return kGrammar;
}
const sql::Grammar& mysql_grammar() {
  static const MariadbGrammar kGrammar(true);
  return kGrammar;
}

}  // namespace retort::dialect::mariadb
