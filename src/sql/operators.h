#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace retort::sql {

// The operators of the expression tree, named as SQLAlchemy names them.
enum class Op : std::uint8_t {
  kNone,
  // comparison
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kIs,
  kIsNot,
  kIsDistinctFrom,
  kIsNotDistinctFrom,
  kLike,
  kNotLike,
  kIlike,
  kNotIlike,
  kIn,
  kNotIn,
  kBetween,
  kNotBetween,
  kMatch,
  kNotMatch,
  kRegexpMatch,
  kNotRegexpMatch,
  kStartswith,
  kNotStartswith,
  kEndswith,
  kNotEndswith,
  kContains,
  kNotContains,
  kIstartswith,
  kNotIstartswith,
  kIendswith,
  kNotIendswith,
  kIcontains,
  kNotIcontains,
  // boolean
  kAnd,
  kOr,
  kNot,
  kIsTrue,
  kIsFalse,
  // arithmetic and text
  kAdd,
  kSub,
  kMul,
  kTruediv,
  kFloordiv,
  kMod,
  kNeg,
  kConcat,
  kRegexpReplace,
  kBitXor,
  kBitOr,
  kBitAnd,
  kBitNot,
  kShiftLeft,
  kShiftRight,
  // subscripts
  kGetitem,
  kJsonGetitem,
  kJsonPathGetitem,
  kJsonGetitemText,  // ->> of PostgreSQL's astext
  kJsonPathGetitemText,
  // the rest
  kAny,
  kAll,
  kDistinct,
  kDesc,
  kAsc,
  kNullsFirst,
  kNullsLast,
  kCollate,
  kComma,
  kExists,
  kAs,
  kFrom,
  kFilter,
  kAsBool,
  kCustom,
};

// What is known of an operator made by op("...") or that belongs to one dialect.
struct CustomOp {
  std::string text{};
  int precedence = 0;
  bool comparison = false;
  bool eager_grouping = false;
  friend bool operator==(const CustomOp&, const CustomOp&) = default;
};

// " = ", " AND ", "NOT ", with their spaces. Empty for operators that are not just text.
std::string_view operator_text(Op op);
bool is_comparison(Op op);
bool is_boolean(Op op);
bool is_associative(Op op);
bool is_natural_self_precedent(Op op);
bool is_ordering(Op op);
// The operator that gives NOT (a op b); kNone when there is none.
Op negation(Op op);
// a op b == b mirror(op) a
Op mirror(Op op);
// Whether an expression of operator `op` takes parentheses inside one of operator `against`
// (SQLAlchemy's table of precedences; kNone: nothing around it, which counts as "yes").
bool takes_parentheses(Op op, const CustomOp* custom, Op against, const CustomOp* against_custom);

}  // namespace retort::sql
