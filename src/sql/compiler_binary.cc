#include "base/error.h"
#include "sql/affinity.h"
#include "sql/compiler.h"

namespace retort::sql {

namespace {

// Which LIKE a pattern operator is, and where the % goes.
struct Pattern {
  bool negated = false;
  bool any_case = false;
  bool before = false;
  bool after = false;
};

std::optional<Pattern> pattern_of(Op op) {
  switch (op) {
    case Op::kLike:
      return Pattern{};
    case Op::kNotLike:
      return Pattern{.negated = true};
    case Op::kIlike:
      return Pattern{.any_case = true};
    case Op::kNotIlike:
      return Pattern{.negated = true, .any_case = true};
    case Op::kStartswith:
      return Pattern{.after = true};
    case Op::kNotStartswith:
      return Pattern{.negated = true, .after = true};
    case Op::kEndswith:
      return Pattern{.before = true};
    case Op::kNotEndswith:
      return Pattern{.negated = true, .before = true};
    case Op::kContains:
      return Pattern{.before = true, .after = true};
    case Op::kNotContains:
      return Pattern{.negated = true, .before = true, .after = true};
    case Op::kIstartswith:
      return Pattern{.any_case = true, .after = true};
    case Op::kNotIstartswith:
      return Pattern{.negated = true, .any_case = true, .after = true};
    case Op::kIendswith:
      return Pattern{.any_case = true, .before = true};
    case Op::kNotIendswith:
      return Pattern{.negated = true, .any_case = true, .before = true};
    case Op::kIcontains:
      return Pattern{.any_case = true, .before = true, .after = true};
    case Op::kNotIcontains:
      return Pattern{.negated = true, .any_case = true, .before = true, .after = true};
    default:
      return std::nullopt;
  }
}

}  // namespace

std::string Compiler::like(const node::Binary& n, const std::string& left, const std::string& right,
                           std::string_view keyword) {
  std::string out = left + std::string(keyword) + right;
  if (n.escape) out += " ESCAPE " + grammar_.literal(Datum(*n.escape));
  return out;
}

std::string Compiler::visit(const Expression& self, const node::Binary& n, const Context& outer) {
  Context context = outer;
  context.within_columns = false;
  context.in_operator = true;
  context.eager_grouping = n.op == Op::kCustom && n.custom.eager_grouping;
  context.negated_op = n.op;
  const std::string left = visit(n.left, context);
  std::string right = visit(n.right, context);

  if (const auto pattern = pattern_of(n.op)) {
    const std::string percent = grammar_.literal(Datum(std::string("%")));
    std::string subject = left;
    if (pattern->any_case && !traits_.ilike) {
      subject = "lower(" + left + ")";
      right = "lower(" + right + ")";
    }
    if (pattern->before && pattern->after) {
      right = grammar_.concat({percent, right, percent});
    } else if (pattern->before) {
      right = grammar_.concat({percent, right});
    } else if (pattern->after) {
      right = grammar_.concat({right, percent});
    }
    if (pattern->any_case && traits_.ilike) {
      return like(n, subject, right, pattern->negated ? " NOT ILIKE " : " ILIKE ");
    }
    return like(n, subject, right, pattern->negated ? " NOT LIKE " : " LIKE ");
  }

  if (n.op == Op::kConcat) return grammar_.concat({left, right});
  const Grammar::Operands operands{
      .left = left,
      .right = right,
      .left_type = (*n.left).type,
      .right_type = (*n.right).type,
      .type = (*self).type,
      .nested = outer.in_operator,
      .left_is_call = get<node::Function>(n.left) || get<node::Cast>(n.left)};
  if (auto own = grammar_.binary(n, operands)) return *own;
  switch (n.op) {
    case Op::kNotIn:
      return "(" + left + " NOT IN " + right + ")";
    case Op::kBetween:
      return left + (n.symmetric ? " BETWEEN SYMMETRIC " : " BETWEEN ") + right;
    case Op::kNotBetween:
      return left + (n.symmetric ? " NOT BETWEEN SYMMETRIC " : " NOT BETWEEN ") + right;
    case Op::kNotMatch:
      return "NOT " + left + " MATCH " + right;
    case Op::kTruediv:
      if (!traits_.integer_division_floors) return left + " / " + right;
      {
        const Affinity a = affinity((*n.right).type);
        const Type to = a == Affinity::kNumeric || a == Affinity::kFloat ? (*n.right).type
                                                                         : Type{.name = "Numeric"};
        auto cast = grammar_.cast(right, to);
        return left + " / " + (cast ? *cast : "CAST(" + right + " AS " + grammar_.type(to) + ")");
      }
    case Op::kFloordiv:
      if (traits_.integer_division_floors && affinity((*n.left).type) == Affinity::kInteger &&
          affinity((*n.right).type) == Affinity::kInteger) {
        return left + " / " + right;
      }
      return "FLOOR(" + left + " / " + right + ")";
    case Op::kCustom: {
      std::string out = left + " " + n.custom.text + " " + right;
      return outer.in_operator && outer.eager_grouping ? "(" + out + ")" : out;
    }
    case Op::kRegexpMatch:
    case Op::kNotRegexpMatch:
      throw Error(code::kOperation,
                  std::string(grammar_.name()) + " dialect does not support regular expressions");
    case Op::kRegexpReplace:
      throw Error(code::kOperation,
                  std::string(grammar_.name()) +
                      " dialect does not support regular expression replacements");
    default:
      break;
  }
  const std::string_view text = operator_text(n.op);
  if (text.empty()) {
    throw Error(code::kOperation,
                std::string(grammar_.name()) + " has no operator for " + left + " and " + right);
  }
  return left + std::string(text) + right;
}

}  // namespace retort::sql
