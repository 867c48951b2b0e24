#include "sql/build.h"

#include <algorithm>
#include <atomic>
#include <unordered_map>

#include "base/text.h"
#include "sql/affinity.h"

namespace retort::sql {

namespace {

const Type& boolean_type() {
  static const Type kType{.name = "Boolean"};
  return kType;
}

Type named(std::string name) { return Type{.name = std::move(name)}; }

bool is_constant(const Expression& e, node::Constant which) {
  const auto* constant = get<node::Constant>(e);
  return constant && *constant == which;
}

// The operator a node's result comes from, for flattening.
Op operator_of(const Expression& e) {
  if (const auto* b = get<node::Binary>(e)) return b->op;
  if (const auto* l = get<node::List>(e)) return l->op;
  return Op::kNone;
}

std::vector<Expression> flattened(const Expression& e) {
  if (const auto* b = get<node::Binary>(e)) return {b->left, b->right};
  return get<node::List>(e)->clauses;
}

// What the type of "left op right" is, and the operator it really means: "+" of texts is "||".
std::pair<Op, Type> adapt(Op op, const Type& left, const Type& right) {
  const Affinity l = affinity(left);
  const Affinity r = affinity(right);
  const auto concatenable = [](Affinity a) {
    return a == Affinity::kString || a == Affinity::kEnum || a == Affinity::kBinary ||
           a == Affinity::kArray || a == Affinity::kJson;
  };
  if (l == Affinity::kNull) {
    const bool commutative = op == Op::kAdd || op == Op::kMul || op == Op::kEq || op == Op::kNe;
    if (r == Affinity::kNull || !commutative) return {op, left};
    return adapt(op, right, left);
  }
  if (op == Op::kAdd && concatenable(l) && (concatenable(r) || r == Affinity::kNull)) {
    return {Op::kConcat, l == Affinity::kEnum ? named("String") : left};
  }
  if (l == Affinity::kInteger) {
    if (r == Affinity::kNumeric || r == Affinity::kFloat) return {op, right};
    if (op == Op::kTruediv && r == Affinity::kInteger) return {op, named("Numeric")};
    if (op == Op::kAdd && r == Affinity::kDate) return {op, right};
    if (op == Op::kMul && r == Affinity::kInterval) return {op, right};
  }
  if (l == Affinity::kDate) {
    if (op == Op::kAdd && (r == Affinity::kInterval || r == Affinity::kTime)) {
      return {op, named("DateTime")};
    }
    if (op == Op::kSub && r == Affinity::kInterval) return {op, named("DateTime")};
    if (op == Op::kSub && (r == Affinity::kDate || r == Affinity::kDateTime)) {
      return {op, named(r == Affinity::kDate ? "Integer" : "Interval")};
    }
  }
  if (l == Affinity::kDateTime && op == Op::kSub && r == Affinity::kDateTime) {
    return {op, named("Interval")};
  }
  if (l == Affinity::kInterval && op == Op::kAdd &&
      (r == Affinity::kDate || r == Affinity::kDateTime)) {
    return {op, named("DateTime")};
  }
  return {op, left};
}

Expression grouping(const Expression& e) { return make(node::Grouping{e}, (*e).type); }

bool is_aggregate_operand(const Expression& e) {
  const auto* u = get<node::Unary>(e);
  return u && (u->op == Op::kAny || u->op == Op::kAll);
}

Expression conjunction(Op op, std::vector<Expression> clauses) {
  const auto skip = op == Op::kAnd ? node::Constant::kFalse : node::Constant::kTrue;
  const auto go_on = op == Op::kAnd ? node::Constant::kTrue : node::Constant::kFalse;
  std::vector<Expression> kept;
  Expression neutral;
  for (const Expression& clause : clauses) {
    if (is_constant(clause, go_on)) {
      neutral = clause;
    } else if (is_constant(clause, skip)) {
      kept = {clause};
      break;
    } else {
      kept.push_back(clause);
    }
  }
  if (kept.empty() && neutral) kept = {neutral};
  if (kept.empty()) return make(node::List{op, {}, true}, boolean_type());
  const bool many = kept.size() > 1;
  std::vector<Expression> out;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    // The first of several is already looked at as if it stood alone, as SQLAlchemy has it.
    const Expression clause = group(kept[i], i == 0 && !many ? Op::kAsBool : op);
    if (many && operator_of(clause) == op) {
      for (const Expression& inner : flattened(clause)) out.push_back(inner);
    } else {
      out.push_back(clause);
    }
  }
  if (!many) return out.front();
  return make(node::List{op, std::move(out), true}, boolean_type());
}

const node::Column* column_node(const Expression& e) { return get<node::Column>(e); }

}  // namespace

std::uint64_t next_id() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

Expression raw(std::string sql) { return make(node::Text{std::move(sql), false, {}}); }
Expression text(std::string sql) { return make(node::Text{std::move(sql), true, {}}); }

Expression bind(std::string name, Datum value, Type type, bool unique) {
  if (type.is_null()) type = type_of(value);
  node::Bind b;
  b.name = std::move(name);
  b.value = std::move(value);
  b.unique = unique;
  return make(std::move(b), std::move(type));
}
Expression required_bind(std::string name, Type type) {
  node::Bind b;
  b.name = std::move(name);
  b.required = true;
  return make(std::move(b), std::move(type));
}
Expression literal(Datum value) {
  Type type = type_of(value);
  return literal(std::move(value), std::move(type));
}
Expression literal(Datum value, Type type) {
  return sql::bind("param", std::move(value), std::move(type), true);
}
Expression column(std::string name, Type type, Expression from) {
  return make(node::Column{std::move(name), std::move(from), false}, std::move(type));
}
Expression literal_column(std::string sql, Type type) {
  return make(node::Column{std::move(sql), {}, true}, std::move(type));
}
Expression null() { return make(node::Constant::kNull); }
Expression true_() { return make(node::Constant::kTrue, boolean_type()); }
Expression false_() { return make(node::Constant::kFalse, boolean_type()); }
Expression table(std::string name, std::vector<node::TableColumn> columns, std::string schema) {
  return make(node::Table{std::move(name), std::move(schema), std::move(columns)});
}

Expression column_of(const Expression& from, std::string_view key) {
  if (const auto* j = get<node::Join>(from)) {
    if (Expression found = column_of(j->left, key)) return found;
    return column_of(j->right, key);
  }
  for (const node::TableColumn& c : columns_of(from)) {
    if ((c.key.empty() ? c.name : c.key) == key) return column(c.name, c.type, from);
  }
  return {};
}

Type type_of(const Datum& value) {
  struct Visitor {
    Type operator()(Null) const { return {}; }
    Type operator()(bool) const { return named("Boolean"); }
    Type operator()(std::int64_t) const { return named("Integer"); }
    Type operator()(double) const { return named("Float"); }
    Type operator()(const std::string&) const { return named("String"); }
    Type operator()(const Blob&) const { return named("LargeBinary"); }
    Type operator()(const Typed& t) const {
      if (t.type == "timestamp" || t.type == "timestamptz") return named("DateTime");
      if (t.type == "date") return named("Date");
      if (t.type == "time") return named("Time");
      if (t.type == "interval") return named("Interval");
      if (t.type == "numeric") return named("Numeric");
      if (t.type == "uuid") return named("Uuid");
      if (t.type == "json") return named("JSON");
      return {};
    }
  };
  return std::visit(Visitor{}, value);
}

Type compared_type(const Expression& expression, Op op, const Type& value_type) {
  Type own = (*expression).type;
  if (is_aggregate_operand(expression) && !own.is_null()) {
    const Type& array = (*get<node::Unary>(expression)->element).type;
    own = array.name == "ARRAY" && !array.arguments.empty() ? array.arguments.front() : array;
  }
  const Affinity mine = affinity(own);
  const Affinity theirs = affinity(value_type);
  if (op == Op::kJsonGetitem || op == Op::kJsonPathGetitem) return value_type;
  if (mine == Affinity::kNull) return value_type;
  if (theirs == Affinity::kNull || mine == theirs) return own;
  if (mine == Affinity::kArray || mine == Affinity::kOther) return own;
  // Text for a column that reads its own kind from text: the engine's cast decides, not a
  // comparison with VARCHAR that it would refuse.
  const bool reads_text = mine == Affinity::kEnum || mine == Affinity::kUuid ||
                          mine == Affinity::kDate || mine == Affinity::kDateTime ||
                          mine == Affinity::kTime || mine == Affinity::kInterval;
  if (reads_text && theirs == Affinity::kString) return own;
  // A plain number keeps the column's kind of number.
  return value_type;
}

Expression bind_like(const Expression& expression, Op op, Datum value) {
  Type type = type_of(value);
  return bind_like(expression, op, std::move(value), std::move(type));
}

Expression bind_like(const Expression& expression, Op op, Datum value, Type value_type) {
  std::string name = "param";
  if (const auto* c = column_node(expression)) name = c->name;
  if (const auto* f = get<node::Function>(expression)) name = f->name;
  node::Bind b;
  b.name = std::move(name);
  b.value = std::move(value);
  b.unique = true;
  return make(std::move(b), compared_type(expression, op, value_type));
}

Expression group(const Expression& e, Op against, const CustomOp* custom) {
  if (!e) return e;
  const NodeKind& kind = (*e).kind;
  if (const auto* b = std::get_if<node::Binary>(&kind)) {
    if (takes_parentheses(b->op, &b->custom, against, custom) ||
        (against == Op::kNot && !is_boolean(b->op) && !b->custom.comparison)) {
      return grouping(e);
    }
    return e;
  }
  if (const auto* l = std::get_if<node::List>(&kind)) {
    if (l->clauses.empty() && l->op != Op::kComma) return e;
    if ((l->group && takes_parentheses(l->op, nullptr, against, custom)) ||
        (l->op != Op::kComma && against == Op::kNot && !is_boolean(l->op))) {
      return grouping(e);
    }
    return e;
  }
  if (const auto* u = std::get_if<node::Unary>(&kind)) {
    if (u->op == Op::kAny || u->op == Op::kAll) return e;
    if (u->op != Op::kNone && takes_parentheses(u->op, nullptr, against, custom)) {
      return grouping(e);
    }
    return e;
  }
  if (std::holds_alternative<node::Exists>(kind)) {
    return takes_parentheses(Op::kExists, nullptr, against, custom) ? grouping(e) : e;
  }
  if (std::holds_alternative<node::Text>(kind)) return against == Op::kIn ? grouping(e) : e;
  if (const auto* t = std::get_if<node::TypeCoerce>(&kind)) {
    Expression inner = group(t->element, against, custom);
    return inner.node() == t->element.node() ? e : make(node::TypeCoerce{inner}, (*e).type);
  }
  if (const auto* l = std::get_if<node::Label>(&kind)) {
    Expression inner = group(l->element, against, custom);
    return inner.node() == l->element.node() ? e : make(node::Label{l->name, inner}, (*e).type);
  }
  if (std::holds_alternative<node::Filter>(kind)) {
    return takes_parentheses(Op::kFilter, nullptr, against, custom) ? grouping(e) : e;
  }
  if (std::holds_alternative<node::Select>(kind) || std::holds_alternative<node::Compound>(kind) ||
      std::holds_alternative<node::TextSelect>(kind)) {
    return make(node::SelectGrouping{e}, (*e).type);
  }
  if (std::holds_alternative<node::Grouping>(kind) ||
      std::holds_alternative<node::AsBoolean>(kind) || std::holds_alternative<node::Tuple>(kind) ||
      std::holds_alternative<node::ScalarSubquery>(kind) || is_from(e)) {
    return e;
  }
  if (against == Op::kGetitem && std::holds_alternative<node::Function>(kind) &&
      affinity((*e).type) == Affinity::kArray) {
    return grouping(e);
  }
  if ((against == Op::kAnd || against == Op::kOr || against == Op::kAsBool) &&
      affinity((*e).type) == Affinity::kBoolean) {
    return make(node::AsBoolean{e, Op::kIsTrue}, boolean_type());
  }
  if (against == Op::kAny || against == Op::kAll) return grouping(e);
  return e;
}

Expression binary(Op op, const Expression& left, const Expression& right) {
  Type type = boolean_type();
  if (!is_comparison(op)) {
    auto [adapted, result] = adapt(op, (*left).type, (*right).type);
    op = adapted;
    type = std::move(result);
  }
  if (is_associative(op)) {
    const auto same = [&](const Expression& e) {
      return operator_of(e) == op && affinity((*e).type) == affinity(type);
    };
    if (same(left) || same(right)) {
      std::vector<Expression> clauses;
      for (const Expression& e : {left, right}) {
        for (const Expression& part : same(e) ? flattened(e) : std::vector{e}) {
          clauses.push_back(group(part, op));
        }
      }
      return make(node::List{op, std::move(clauses), true}, std::move(type));
    }
  }
  node::Binary b;
  b.op = op;
  b.left = group(left, op);
  b.right = group(right, op);
  b.negate = is_aggregate_operand(left) || is_aggregate_operand(right) ? Op::kNone : negation(op);
  return make(std::move(b), std::move(type));
}

Expression custom(CustomOp op, const Expression& left, const Expression& right, Type type) {
  node::Binary b;
  b.op = Op::kCustom;
  b.left = group(left, Op::kCustom, &op);
  b.right = group(right, Op::kCustom, &op);
  if (type.is_null()) type = op.comparison ? boolean_type() : (*left).type;
  b.custom = std::move(op);
  return make(std::move(b), std::move(type));
}

Expression like(Op op, const Expression& left, const Expression& right,
                std::optional<std::string> escape) {
  node::Binary b;
  b.op = op;
  b.left = group(left, op);
  b.right = group(right, op);
  b.negate = negation(op);
  b.escape = std::move(escape);
  return make(std::move(b), boolean_type());
}

Expression between(const Expression& value, const Expression& low, const Expression& high,
                   bool symmetric) {
  node::Binary b;
  b.op = Op::kBetween;
  b.left = group(value, Op::kBetween);
  b.right = make(node::List{Op::kAnd, {low, high}, false});
  b.negate = Op::kNotBetween;
  b.symmetric = symmetric;
  return make(std::move(b), boolean_type());
}

Expression in(const Expression& left, const Expression& right, bool negated) {
  node::Binary b;
  b.op = negated ? Op::kNotIn : Op::kIn;
  b.left = group(left, b.op);
  b.right = group(right, Op::kIn);
  b.negate = negation(b.op);
  return make(std::move(b), boolean_type());
}

Expression in(const Expression& left, std::vector<Datum> values, bool negated) {
  Type value_type;
  for (const Datum& v : values) {
    if (value_type.is_null()) value_type = type_of(v);
  }
  node::Bind b = *get<node::Bind>(bind_like(left, Op::kIn, Null{}, value_type));
  b.value = std::move(values);
  b.expanding = true;
  return in(left, make(std::move(b), compared_type(left, Op::kIn, value_type)), negated);
}

Expression regexp_match(const Expression& left, const Expression& pattern,
                        std::optional<std::string> flags) {
  node::Binary b;
  b.op = Op::kRegexpMatch;
  b.left = group(left, b.op);
  b.right = group(pattern, b.op);
  b.negate = Op::kNotRegexpMatch;
  b.flags = std::move(flags);
  return make(std::move(b), boolean_type());
}

Expression regexp_replace(const Expression& left, const Expression& pattern,
                          const Expression& replacement, std::optional<std::string> flags) {
  node::Binary b;
  b.op = Op::kRegexpReplace;
  b.left = group(left, b.op);
  b.right = make(node::List{Op::kComma, {pattern, replacement}, false});
  b.flags = std::move(flags);
  return make(std::move(b), (*left).type);
}

Expression and_(std::vector<Expression> clauses) {
  return conjunction(Op::kAnd, std::move(clauses));
}
Expression or_(std::vector<Expression> clauses) { return conjunction(Op::kOr, std::move(clauses)); }

Expression not_(const Expression& e) {
  const NodeKind& kind = (*e).kind;
  if (const auto* b = std::get_if<node::Binary>(&kind)) {
    if (b->negate != Op::kNone) {
      node::Binary negated = *b;
      negated.op = b->negate;
      negated.negate = b->op;
      return make(std::move(negated), (*e).type);
    }
    // self_group() without an outer operator always groups.
    return make(node::Unary{Op::kNot, Op::kNone, grouping(e)}, boolean_type());
  }
  if (const auto* c = std::get_if<node::Constant>(&kind)) {
    if (*c == node::Constant::kTrue) return false_();
    if (*c == node::Constant::kFalse) return true_();
  }
  if (const auto* a = std::get_if<node::AsBoolean>(&kind)) {
    if (get<node::Constant>(a->element)) return not_(a->element);
    return make(node::AsBoolean{a->element, negation(a->op)}, boolean_type());
  }
  if (const auto* l = std::get_if<node::Label>(&kind)) {
    return make(node::Label{l->name, not_(l->element)}, (*e).type);
  }
  const bool wraps_operator = std::holds_alternative<node::List>(kind) ||
                              std::holds_alternative<node::Unary>(kind) ||
                              std::holds_alternative<node::Exists>(kind);
  if (!wraps_operator && affinity((*e).type) == Affinity::kBoolean) {
    return make(node::AsBoolean{e, Op::kIsFalse}, boolean_type());
  }
  return make(node::Unary{Op::kNot, Op::kNone, group(e, Op::kNot)}, boolean_type());
}

Expression negative(const Expression& e) {
  return make(node::Unary{Op::kNeg, Op::kNone, group(e, Op::kNeg)}, (*e).type);
}
Expression bitwise_not(const Expression& e) {
  return make(node::Unary{Op::kBitNot, Op::kNone, group(e, Op::kBitNot)}, (*e).type);
}
Expression ordering(Op modifier, const Expression& e) {
  return make(node::Unary{Op::kNone, modifier, group(e, modifier)}, (*e).type);
}
Expression distinct(const Expression& e) {
  return make(node::Unary{Op::kDistinct, Op::kNone, group(e, Op::kDistinct)}, (*e).type);
}
Expression any_or_all(Op op, const Expression& array) {
  Expression element = is_statement(array) ? scalar_subquery(array) : array;
  return make(node::Unary{op, Op::kNone, group(element, op)}, boolean_type());
}
Expression collate(const Expression& e, std::string collation) {
  node::Binary b;
  b.op = Op::kCollate;
  b.left = group(e, Op::kCollate);
  b.right = make(node::Collation{std::move(collation)});
  return make(std::move(b), (*e).type);
}
Expression label(std::string name, const Expression& element) {
  Expression inner = element;
  if (const auto* l = get<node::Label>(inner)) inner = l->element;
  return make(node::Label{std::move(name), group(inner, Op::kAs)}, (*element).type);
}
Expression cast(const Expression& element, Type type) {
  return make(node::Cast{element, false}, std::move(type));
}
Expression type_coerce(const Expression& element, Type type) {
  return make(node::TypeCoerce{element}, std::move(type));
}
Expression case_(std::vector<std::pair<Expression, Expression>> whens, Expression otherwise,
                 Expression value) {
  Type type;
  for (auto& [when, then] : whens) {
    if (!value) when = group(when, Op::kNone);
    type = (*then).type;
  }
  return make(node::Case{std::move(value), std::move(whens), std::move(otherwise)},
              std::move(type));
}
Expression extract(std::string field, const Expression& element) {
  return make(node::Extract{std::move(field), element}, named("Integer"));
}

Expression function(std::string name, std::vector<Expression> arguments, Type type,
                    std::vector<std::string> packages) {
  static const std::unordered_map<std::string_view, std::string_view> kTypes = {
      {"now", "DateTime"},
      {"concat", "String"},
      {"char_length", "Integer"},
      {"count", "Integer"},
      {"current_date", "Date"},
      {"current_time", "Time"},
      {"current_timestamp", "DateTime"},
      {"current_user", "String"},
      {"localtime", "DateTime"},
      {"localtimestamp", "DateTime"},
      {"session_user", "String"},
      {"sysdate", "DateTime"},
      {"user", "String"},
      {"rank", "Integer"},
      {"dense_rank", "Integer"},
      {"percent_rank", "Numeric"},
      {"cume_dist", "Numeric"},
      {"aggregate_strings", "String"},
  };
  const std::string lower = to_lower(name);
  if (packages.empty()) {
    const auto known = kTypes.find(lower);
    const bool of_arguments =
        lower == "coalesce" || lower == "max" || lower == "min" || lower == "sum" || lower == "pow";
    if (type.is_null() && known != kTypes.end()) type.name = known->second;
    if (type.is_null() && of_arguments) {
      for (const Expression& argument : arguments) {
        if (!type.is_null()) break;
        type = (*argument).type;
      }
    }
    if (type.is_null() && lower == "array_agg" && !arguments.empty()) {
      type = Type{.name = "ARRAY", .arguments = {(*arguments.front()).type}};
    }
    if (known != kTypes.end() || of_arguments || lower == "random" || lower == "array_agg") {
      name = lower;
    }
    if (lower == "count" && arguments.empty()) arguments.push_back(literal_column("*"));
  }
  // Arguments are grouped as members of a comma list.
  for (Expression& argument : arguments) argument = group(argument, Op::kComma);
  node::Function f;
  f.packages = std::move(packages);
  f.name = std::move(name);
  f.arguments = std::move(arguments);
  return make(std::move(f), std::move(type));
}

Expression exists(const Expression& select) { return make(node::Exists{select}, boolean_type()); }
Expression scalar_subquery(const Expression& select) {
  Type type;
  const std::vector<node::TableColumn> columns = columns_of(select);
  if (!columns.empty()) type = columns.front().type;
  return make(node::ScalarSubquery{select}, std::move(type));
}
Expression tuple(std::vector<Expression> clauses) { return make(node::Tuple{std::move(clauses)}); }
Expression array(std::vector<Expression> elements, Type type) {
  if (type.is_null()) {
    type = Type{.name = "ARRAY"};
    type.arguments.push_back(elements.empty() ? Type{} : (*elements.front()).type);
  }
  return make(node::Array{std::move(elements)}, std::move(type));
}

}  // namespace retort::sql
