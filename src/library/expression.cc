#include <retort/error.h>
#include <retort/expression.h>

#include <algorithm>

#include "base/text.h"
#include "library/datum.h"
#include "library/tree.h"
#include "sql/build.h"
#include "sql/grammar.h"

namespace retort {

using library::tree;
using library::wrap;

namespace library {

sql::Expression require(const Expression& expression, std::string_view what) {
  if (!expression.is_set()) {
    throw Error(code::kMisuse, std::string(what) + " was given no expression");
  }
  return tree(expression);
}

sql::Expression tree(const Operand& operand) {
  if (operand.expression().is_set()) return tree(operand.expression());
  return sql::literal(to_datum(operand.value()), type_of(operand.value()));
}

sql::Expression tree_beside(const sql::Expression& other, sql::Op op, const Operand& operand) {
  if (operand.expression().is_set()) return tree(operand.expression());
  if (operand.value().is_null()) return sql::null();
  return sql::bind_like(other, op, to_datum(operand.value()), type_of(operand.value()));
}

}  // namespace library

namespace {

using library::tree_beside;

sql::Op operator_of(detail::Operator op) {
  switch (op) {
    case detail::Operator::kEq:
      return sql::Op::kEq;
    case detail::Operator::kNe:
      return sql::Op::kNe;
    case detail::Operator::kLt:
      return sql::Op::kLt;
    case detail::Operator::kLe:
      return sql::Op::kLe;
    case detail::Operator::kGt:
      return sql::Op::kGt;
    case detail::Operator::kGe:
      return sql::Op::kGe;
    case detail::Operator::kAdd:
      return sql::Op::kAdd;
    case detail::Operator::kSub:
      return sql::Op::kSub;
    case detail::Operator::kMul:
      return sql::Op::kMul;
    case detail::Operator::kDiv:
      return sql::Op::kTruediv;
    case detail::Operator::kMod:
      return sql::Op::kMod;
  }
  return sql::Op::kNone;
}

std::vector<sql::Datum> data(const std::vector<Value>& values) {
  std::vector<sql::Datum> out;
  for (const Value& value : values) out.push_back(library::to_datum(value));
  return out;
}

Expression ordered(const Expression& expression, sql::Op modifier) {
  return wrap(sql::ordering(modifier, tree(expression)));
}

std::vector<sql::Expression> trees(const std::vector<Expression>& expressions,
                                   std::string_view what) {
  std::vector<sql::Expression> out;
  for (const Expression& each : expressions) out.push_back(library::require(each, what));
  return out;
}

}  // namespace

Expression::Expression(const Expression&) = default;
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(const Expression&) = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

std::string Expression::str() const {
  if (!node_) return "";
  return sql::compile(tree(*this), sql::default_grammar(), sql::Binds::kLiteral).sql;
}

bool Expression::same_as(const Expression& other) const { return tree(*this) == tree(other); }

Expression Expression::bind(std::string_view name, const Value& value) const {
  const auto* text = sql::get<sql::node::Text>(tree(*this));
  if (text == nullptr || !text->parse) {
    throw Error(code::kMisuse, "bind() is for the \":name\" of a text(); here there is none");
  }
  sql::node::Text copy = *text;
  std::erase_if(copy.binds, [&](const sql::Expression& bind) {
    return sql::get<sql::node::Bind>(bind)->name == name;
  });
  copy.binds.push_back(
      sql::bind(std::string(name), library::to_datum(value), library::type_of(value)));
  return wrap(sql::make(std::move(copy), node_->type));
}

Expression Expression::is_null() const {
  return wrap(sql::binary(sql::Op::kIs, library::require(*this, "is_null()"), sql::null()));
}
Expression Expression::is_not_null() const {
  return wrap(sql::binary(sql::Op::kIsNot, library::require(*this, "is_not_null()"), sql::null()));
}
Expression Expression::is_distinct_from(const Operand& other) const {
  sql::Expression left = library::require(*this, "is_distinct_from()");
  return wrap(sql::binary(sql::Op::kIsDistinctFrom, left,
                          tree_beside(left, sql::Op::kIsDistinctFrom, other)));
}
Expression Expression::like(const Operand& pattern) const {
  sql::Expression left = library::require(*this, "like()");
  return wrap(sql::like(sql::Op::kLike, left, tree_beside(left, sql::Op::kLike, pattern)));
}
Expression Expression::ilike(const Operand& pattern) const {
  sql::Expression left = library::require(*this, "ilike()");
  return wrap(sql::like(sql::Op::kIlike, left, tree_beside(left, sql::Op::kIlike, pattern)));
}
Expression Expression::between(const Operand& low, const Operand& high) const {
  sql::Expression left = library::require(*this, "between()");
  return wrap(sql::between(left, tree_beside(left, sql::Op::kBetween, low),
                           tree_beside(left, sql::Op::kBetween, high)));
}
Expression Expression::in(const std::vector<Value>& values) const {
  return wrap(sql::in(library::require(*this, "in()"), data(values)));
}
Expression Expression::in(const Expression& select) const {
  return wrap(sql::in(library::require(*this, "in()"), library::require(select, "in()")));
}
Expression Expression::not_in(const std::vector<Value>& values) const {
  return wrap(sql::in(library::require(*this, "not_in()"), data(values), true));
}
Expression Expression::not_in(const Expression& select) const {
  return wrap(
      sql::in(library::require(*this, "not_in()"), library::require(select, "not_in()"), true));
}
Expression Expression::concat(const Operand& other) const {
  sql::Expression left = library::require(*this, "concat()");
  return wrap(sql::binary(sql::Op::kConcat, left, tree_beside(left, sql::Op::kConcat, other)));
}
Expression Expression::op(std::string_view operation, const Operand& other) const {
  sql::Expression left = library::require(*this, "op()");
  return wrap(sql::custom({.text = std::string(operation)}, left,
                          tree_beside(left, sql::Op::kCustom, other)));
}

Expression Expression::as(std::string_view name) const {
  return wrap(sql::label(std::string(name), library::require(*this, "as()")));
}
Expression Expression::cast(const Type& type) const {
  if (!type.is_known()) throw Error(code::kMisuse, "cast() was given a type that is not known");
  return wrap(sql::cast(library::require(*this, "cast()"), *type.implementation()));
}
Expression Expression::collate(std::string_view collation) const {
  return wrap(sql::collate(library::require(*this, "collate()"), std::string(collation)));
}
Expression Expression::asc() const { return ordered(*this, sql::Op::kAsc); }
Expression Expression::desc() const { return ordered(*this, sql::Op::kDesc); }
Expression Expression::nulls_first() const { return ordered(*this, sql::Op::kNullsFirst); }
Expression Expression::nulls_last() const { return ordered(*this, sql::Op::kNullsLast); }

Expression Expression::c(std::string_view name) const {
  sql::Expression from = library::require(*this, "c()");
  if (sql::Expression found = sql::column_of(from, name)) return wrap(std::move(found));
  // A table that was given no columns knows nothing better.
  const auto* table = sql::get<sql::node::Table>(from);
  if (table != nullptr && table->columns.empty()) {
    return wrap(sql::column(std::string(name), {}, from));
  }
  std::vector<std::string> known;
  for (const auto& column : sql::columns_of(from)) known.push_back(column.name);
  throw Error(code::kOperation, "there is no column '" + std::string(name) + "' in " + str())
      .with_hint(did_you_mean(name, known));
}

Expression Expression::alias(std::string_view name) const {
  return wrap(sql::alias(library::require(*this, "alias()"), std::string(name)));
}

Expression detail::binary(Operator op, const Operand& left, const Operand& right) {
  sql::Op operation = operator_of(op);
  if (left.expression().is_set()) {
    sql::Expression own = tree(left.expression());
    sql::Expression other = tree_beside(own, operation, right);
    bool null_value = !right.expression().is_set() && right.value().is_null();
    if (null_value && operation == sql::Op::kEq) operation = sql::Op::kIs;
    if (null_value && operation == sql::Op::kNe) operation = sql::Op::kIsNot;
    return wrap(sql::binary(operation, own, other));
  }
  sql::Expression own = tree(right.expression());
  if (sql::is_comparison(operation)) {
    return wrap(sql::binary(sql::mirror(operation), own, tree_beside(own, operation, left)));
  }
  return wrap(sql::binary(operation, tree_beside(own, operation, left), own));
}

Expression operator&&(const Expression& a, const Expression& b) { return and_({a, b}); }
Expression operator||(const Expression& a, const Expression& b) { return or_({a, b}); }
Expression operator!(const Expression& expression) { return not_(expression); }
Expression operator-(const Expression& expression) {
  return wrap(sql::negative(library::require(expression, "-")));
}

Expression text(std::string_view sql) { return wrap(sql::text(std::string(sql))); }
Expression column(std::string_view name) { return wrap(sql::column(std::string(name))); }
Expression column(std::string_view name, const Type& type) {
  return wrap(
      sql::column(std::string(name), type.is_known() ? *type.implementation() : sql::Type{}));
}
Expression literal(const Value& value) { return wrap(tree(Operand(value))); }
Expression null() { return wrap(sql::null()); }
Expression true_() { return wrap(sql::true_()); }
Expression false_() { return wrap(sql::false_()); }

Expression table(std::string_view name, std::initializer_list<Expression> columns,
                 std::string_view schema) {
  std::vector<sql::node::TableColumn> own;
  for (const Expression& each : columns) {
    sql::Expression expression = tree(each);
    const auto* column = sql::get<sql::node::Column>(expression);
    if (column == nullptr) {
      throw Error(code::kMisuse, "table() takes columns: column(\"name\")");
    }
    own.push_back({.name = column->name, .type = (*expression).type});
  }
  return wrap(sql::table(std::string(name), std::move(own), std::string(schema)));
}
Expression table(std::string_view name) { return table(name, {}); }

Expression and_(std::vector<Expression> conditions) {
  return wrap(sql::and_(trees(conditions, "AND")));
}
Expression or_(std::vector<Expression> conditions) {
  return wrap(sql::or_(trees(conditions, "OR")));
}
Expression not_(const Expression& condition) {
  return wrap(sql::not_(library::require(condition, "NOT")));
}

namespace {

std::vector<std::pair<sql::Expression, sql::Expression>> when_trees(
    const std::vector<std::pair<Expression, Operand>>& whens) {
  std::vector<std::pair<sql::Expression, sql::Expression>> out;
  for (const auto& [condition, value] : whens) {
    out.emplace_back(library::require(condition, "case_()"), tree(value));
  }
  return out;
}

}  // namespace

Expression case_(const std::vector<std::pair<Expression, Operand>>& whens) {
  return wrap(sql::case_(when_trees(whens)));
}
Expression case_(const std::vector<std::pair<Expression, Operand>>& whens,
                 const Operand& otherwise) {
  return wrap(sql::case_(when_trees(whens), tree(otherwise)));
}

Expression extract(std::string_view field, const Expression& from) {
  return wrap(sql::extract(std::string(field), library::require(from, "extract()")));
}

Expression func::call(std::string_view name, const std::vector<Operand>& arguments) {
  std::vector<sql::Expression> own;
  for (const Operand& argument : arguments) own.push_back(tree(argument));
  return wrap(sql::function(std::string(name), std::move(own)));
}

}  // namespace retort
