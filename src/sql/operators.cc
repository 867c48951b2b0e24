#include "sql/operators.h"

namespace retort::sql {

namespace {

constexpr int kSmallest = -100;
constexpr int kLargest = 100;

// The level an operator binds at, or `unknown` for one the table leaves out.
int precedence(Op op, const CustomOp* custom, int unknown) {
  switch (op) {
    case Op::kFrom:
    case Op::kAny:
    case Op::kAll:
    case Op::kGetitem:
    case Op::kJsonGetitem:
    case Op::kJsonPathGetitem:
    case Op::kJsonGetitemText:
    case Op::kJsonPathGetitemText:
      return 15;
    case Op::kMul:
    case Op::kTruediv:
    case Op::kFloordiv:
    case Op::kMod:
    case Op::kNeg:
    case Op::kBitNot:
      return 8;
    case Op::kAdd:
    case Op::kSub:
    case Op::kBitXor:
    case Op::kBitOr:
    case Op::kBitAnd:
    case Op::kShiftLeft:
    case Op::kShiftRight:
      return 7;
    case Op::kFilter:
      return 6;
    case Op::kConcat:
    case Op::kMatch:
    case Op::kNotMatch:
    case Op::kRegexpMatch:
    case Op::kNotRegexpMatch:
    case Op::kRegexpReplace:
    case Op::kIlike:
    case Op::kNotIlike:
    case Op::kLike:
    case Op::kNotLike:
    case Op::kIn:
    case Op::kNotIn:
    case Op::kIs:
    case Op::kIsNot:
    case Op::kEq:
    case Op::kNe:
    case Op::kIsDistinctFrom:
    case Op::kIsNotDistinctFrom:
    case Op::kGt:
    case Op::kLt:
    case Op::kGe:
    case Op::kLe:
    case Op::kBetween:
    case Op::kNotBetween:
    case Op::kDistinct:
    case Op::kNot:
    case Op::kIsTrue:
    case Op::kIsFalse:
      return 5;
    case Op::kCollate:
      return 4;
    case Op::kAnd:
    case Op::kDesc:
    case Op::kAsc:
      return 3;
    case Op::kOr:
      return 2;
    case Op::kExists:
      return 0;
    case Op::kComma:
    case Op::kAs:
      return -1;
    case Op::kAsBool:
      return -10;
    case Op::kCustom:
      return custom ? custom->precedence : unknown;
    default:
      return unknown;
  }
}

}  // namespace

std::string_view operator_text(Op op) {
  switch (op) {
    case Op::kAnd:
      return " AND ";
    case Op::kOr:
      return " OR ";
    case Op::kAdd:
      return " + ";
    case Op::kMul:
      return " * ";
    case Op::kSub:
      return " - ";
    case Op::kMod:
      return " % ";
    case Op::kNeg:
      return "-";
    case Op::kLt:
      return " < ";
    case Op::kLe:
      return " <= ";
    case Op::kNe:
      return " != ";
    case Op::kGt:
      return " > ";
    case Op::kGe:
      return " >= ";
    case Op::kEq:
      return " = ";
    case Op::kIsDistinctFrom:
      return " IS DISTINCT FROM ";
    case Op::kIsNotDistinctFrom:
      return " IS NOT DISTINCT FROM ";
    case Op::kConcat:
      return " || ";
    case Op::kMatch:
      return " MATCH ";
    case Op::kNotMatch:
      return " NOT MATCH ";
    case Op::kIn:
      return " IN ";
    case Op::kNotIn:
      return " NOT IN ";
    case Op::kComma:
      return ", ";
    case Op::kFrom:
      return " FROM ";
    case Op::kAs:
      return " AS ";
    case Op::kIs:
      return " IS ";
    case Op::kIsNot:
      return " IS NOT ";
    case Op::kCollate:
      return " COLLATE ";
    case Op::kExists:
      return "EXISTS ";
    case Op::kDistinct:
      return "DISTINCT ";
    case Op::kNot:
      return "NOT ";
    case Op::kAny:
      return "ANY ";
    case Op::kAll:
      return "ALL ";
    case Op::kDesc:
      return " DESC";
    case Op::kAsc:
      return " ASC";
    case Op::kNullsFirst:
      return " NULLS FIRST";
    case Op::kNullsLast:
      return " NULLS LAST";
    case Op::kBitXor:
      return " ^ ";
    case Op::kBitOr:
      return " | ";
    case Op::kBitAnd:
      return " & ";
    case Op::kBitNot:
      return "~";
    case Op::kShiftLeft:
      return " << ";
    case Op::kShiftRight:
      return " >> ";
    default:
      return {};
  }
}

bool is_comparison(Op op) { return op >= Op::kEq && op <= Op::kNotIcontains; }

bool is_boolean(Op op) {
  return is_comparison(op) || op == Op::kNot || op == Op::kIsTrue || op == Op::kIsFalse ||
         op == Op::kAnd || op == Op::kOr;
}

bool is_associative(Op op) {
  return op == Op::kAdd || op == Op::kMul || op == Op::kConcat || op == Op::kAnd || op == Op::kOr;
}

bool is_natural_self_precedent(Op op) {
  return is_associative(op) || op == Op::kGetitem || op == Op::kJsonGetitem ||
         op == Op::kJsonPathGetitem;
}

bool is_ordering(Op op) {
  return op == Op::kDesc || op == Op::kAsc || op == Op::kNullsFirst || op == Op::kNullsLast;
}

Op negation(Op op) {
  switch (op) {
    case Op::kEq:
      return Op::kNe;
    case Op::kNe:
      return Op::kEq;
    case Op::kLt:
      return Op::kGe;
    case Op::kLe:
      return Op::kGt;
    case Op::kGt:
      return Op::kLe;
    case Op::kGe:
      return Op::kLt;
    case Op::kIs:
      return Op::kIsNot;
    case Op::kIsNot:
      return Op::kIs;
    case Op::kIsDistinctFrom:
      return Op::kIsNotDistinctFrom;
    case Op::kIsNotDistinctFrom:
      return Op::kIsDistinctFrom;
    case Op::kLike:
      return Op::kNotLike;
    case Op::kNotLike:
      return Op::kLike;
    case Op::kIlike:
      return Op::kNotIlike;
    case Op::kNotIlike:
      return Op::kIlike;
    case Op::kIn:
      return Op::kNotIn;
    case Op::kNotIn:
      return Op::kIn;
    case Op::kBetween:
      return Op::kNotBetween;
    case Op::kNotBetween:
      return Op::kBetween;
    case Op::kMatch:
      return Op::kNotMatch;
    case Op::kNotMatch:
      return Op::kMatch;
    case Op::kRegexpMatch:
      return Op::kNotRegexpMatch;
    case Op::kNotRegexpMatch:
      return Op::kRegexpMatch;
    case Op::kStartswith:
      return Op::kNotStartswith;
    case Op::kNotStartswith:
      return Op::kStartswith;
    case Op::kEndswith:
      return Op::kNotEndswith;
    case Op::kNotEndswith:
      return Op::kEndswith;
    case Op::kContains:
      return Op::kNotContains;
    case Op::kNotContains:
      return Op::kContains;
    case Op::kIstartswith:
      return Op::kNotIstartswith;
    case Op::kNotIstartswith:
      return Op::kIstartswith;
    case Op::kIendswith:
      return Op::kNotIendswith;
    case Op::kNotIendswith:
      return Op::kIendswith;
    case Op::kIcontains:
      return Op::kNotIcontains;
    case Op::kNotIcontains:
      return Op::kIcontains;
    case Op::kIsTrue:
      return Op::kIsFalse;
    case Op::kIsFalse:
      return Op::kIsTrue;
    default:
      return Op::kNone;
  }
}

Op mirror(Op op) {
  switch (op) {
    case Op::kGt:
      return Op::kLt;
    case Op::kGe:
      return Op::kLe;
    case Op::kLt:
      return Op::kGt;
    case Op::kLe:
      return Op::kGe;
    default:
      return op;
  }
}

bool takes_parentheses(Op op, const CustomOp* custom, Op against, const CustomOp* against_custom) {
  if (op == against && op != Op::kCustom && is_natural_self_precedent(op)) return false;
  if (against == Op::kNone) return true;
  return precedence(op, custom, kSmallest) <= precedence(against, against_custom, kLargest);
}

}  // namespace retort::sql
