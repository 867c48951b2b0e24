#pragma once

// SQL expressions: conditions, defaults, functions. Written once, right on every database.
//
//   auto email = column("email");
//   Expression domestic = func::lower(email).like("%.de") && column("age") >= 18;
//   Column("created_at", DateTime(), server_default(func::now()));
//   Check{"ck_users_email", text("length(email) > 3")};
//
// The comparison operators build SQL; they compare nothing in C++. Values become parameters of the
// statement, never a part of its text.

#include <retort/type.h>
#include <retort/value.h>

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace retort {

namespace sql {
struct Node;
}

class Operand;

// An immutable tree; copies share it. Safe to use from several threads.
class Expression {
 public:
  Expression() = default;  // none
  Expression(const Expression&);
  Expression(Expression&&) noexcept;
  Expression& operator=(const Expression&);
  Expression& operator=(Expression&&) noexcept;
  ~Expression();
  explicit Expression(std::shared_ptr<const sql::Node> node) : node_(std::move(node)) {}

  // Whether there is one: absent ones are the default where a condition may be left out.
  bool is_set() const { return node_ != nullptr; }
  // As SQL for a person, values in the text.
  std::string str() const;
  // Whether the two trees are the same.
  bool same_as(const Expression& other) const;

  // The value of a ":name" in text().
  Expression bind(std::string_view name, const Value& value) const;

  Expression is_null() const;
  Expression is_not_null() const;
  Expression is_distinct_from(const Operand& other) const;
  Expression like(const Operand& pattern) const;
  Expression ilike(const Operand& pattern) const;
  Expression between(const Operand& low, const Operand& high) const;
  Expression in(const std::vector<Value>& values) const;
  Expression in(const Expression& select) const;
  Expression not_in(const std::vector<Value>& values) const;
  Expression not_in(const Expression& select) const;
  // a || b
  Expression concat(const Operand& other) const;
  // An operator that none of these is: op("@>", value).
  Expression op(std::string_view operation, const Operand& other) const;

  Expression as(std::string_view name) const;
  Expression cast(const Type& type) const;
  Expression collate(std::string_view collation) const;
  Expression asc() const;
  Expression desc() const;
  Expression nulls_first() const;
  Expression nulls_last() const;

  // A column of a table, an alias, a subquery. Throws Error(code::kOperation) when it has none of
  // that name.
  Expression c(std::string_view name) const;
  Expression alias(std::string_view name) const;

  // Null when there is none. For the library's own use.
  const std::shared_ptr<const sql::Node>& implementation() const { return node_; }

 private:
  std::shared_ptr<const sql::Node> node_;
};

// What stands beside an operator: an expression, or a value.
class Operand {
 public:
  Operand(Expression expression) : expression_(std::move(expression)) {}
  template <ValueLike T>
    requires(!std::derived_from<std::remove_cvref_t<T>, Expression>)
  Operand(T&& value) : value_(std::forward<T>(value)) {}
  Operand(Value value) : value_(std::move(value)) {}

  const Expression& expression() const { return expression_; }  // absent for a value
  const Value& value() const { return value_; }

 private:
  Expression expression_;
  Value value_;
};

namespace detail {
enum class Operator : std::uint8_t {
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kAdd,
  kSub,
  kMul,
  kDiv,
  kMod,
};
Expression binary(Operator op, const Operand& left, const Operand& right);
template <typename T>
concept ExpressionLike = std::derived_from<std::remove_cvref_t<T>, Expression>;
template <typename A, typename B>
concept Operands = (ExpressionLike<A> && (ExpressionLike<B> || ValueLike<B>)) ||
                   (ExpressionLike<B> && ValueLike<A>);
}  // namespace detail

template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator==(const A& a, const B& b) {
  return detail::binary(detail::Operator::kEq, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator!=(const A& a, const B& b) {
  return detail::binary(detail::Operator::kNe, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator<(const A& a, const B& b) {
  return detail::binary(detail::Operator::kLt, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator<=(const A& a, const B& b) {
  return detail::binary(detail::Operator::kLe, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator>(const A& a, const B& b) {
  return detail::binary(detail::Operator::kGt, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator>=(const A& a, const B& b) {
  return detail::binary(detail::Operator::kGe, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator+(const A& a, const B& b) {
  return detail::binary(detail::Operator::kAdd, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator-(const A& a, const B& b) {
  return detail::binary(detail::Operator::kSub, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator*(const A& a, const B& b) {
  return detail::binary(detail::Operator::kMul, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator/(const A& a, const B& b) {
  return detail::binary(detail::Operator::kDiv, a, b);
}
template <typename A, typename B>
  requires detail::Operands<A, B>
Expression operator%(const A& a, const B& b) {
  return detail::binary(detail::Operator::kMod, a, b);
}
Expression operator&&(const Expression& a, const Expression& b);
Expression operator||(const Expression& a, const Expression& b);
Expression operator!(const Expression& expression);
Expression operator-(const Expression& expression);

// SQL as written; ":name" in it is a parameter, "\:" a colon.
Expression text(std::string_view sql);
// A column by its name alone, or with the type its values have.
Expression column(std::string_view name);
Expression column(std::string_view name, const Type& type);
// A value as an expression of its own.
Expression literal(const Value& value);
Expression null();
Expression true_();
Expression false_();
// A table for statements: table("users", {column("id"), column("email", String())}).
Expression table(std::string_view name, std::initializer_list<Expression> columns,
                 std::string_view schema = {});
Expression table(std::string_view name);
Expression and_(std::vector<Expression> conditions);
Expression or_(std::vector<Expression> conditions);
Expression not_(const Expression& condition);
// CASE WHEN condition THEN value ... ELSE otherwise END
Expression case_(const std::vector<std::pair<Expression, Operand>>& whens);
Expression case_(const std::vector<std::pair<Expression, Operand>>& whens,
                 const Operand& otherwise);
// EXTRACT(field FROM expression)
Expression extract(std::string_view field, const Expression& from);

// Functions. Each database's own spelling where they have one name in SQLAlchemy.
namespace func {
// Any function by its name.
Expression call(std::string_view name, const std::vector<Operand>& arguments);
inline Expression now() { return call("now", {}); }
inline Expression current_timestamp() { return call("current_timestamp", {}); }
inline Expression current_date() { return call("current_date", {}); }
inline Expression count() { return call("count", {}); }
inline Expression count(const Expression& of) { return call("count", {of}); }
inline Expression sum(const Expression& of) { return call("sum", {of}); }
inline Expression min(const Expression& of) { return call("min", {of}); }
inline Expression max(const Expression& of) { return call("max", {of}); }
inline Expression avg(const Expression& of) { return call("avg", {of}); }
inline Expression abs(const Operand& of) { return call("abs", {of}); }
inline Expression lower(const Operand& of) { return call("lower", {of}); }
inline Expression upper(const Operand& of) { return call("upper", {of}); }
inline Expression trim(const Operand& of) { return call("trim", {of}); }
inline Expression length(const Operand& of) { return call("length", {of}); }
template <typename... Operands>
Expression coalesce(const Operands&... operands) {
  return call("coalesce", {Operand(operands)...});
}
template <typename... Operands>
Expression concat(const Operands&... operands) {
  return call("concat", {Operand(operands)...});
}
}  // namespace func

}  // namespace retort
