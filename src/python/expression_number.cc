#include <bit>
#include <cmath>
#include <compare>

#include "python/evaluator_state.h"
#include "python/value_bigint.h"

// Arithmetic of int (64 bits, arbitrarily big beyond) and float with Python's rules
// (https://docs.python.org/3/reference/expressions.html).
namespace retort::python {

namespace {

using ast::BinaryOp;

Value normal(Evaluator& ev, Big value) {
  if (const auto small = value.small()) return Value::integer(*small);
  ev.account(value.digits.size() * 4);
  return ev.make<BigInt>(std::move(value));
}

Big big_of(Value value) {
  if (const BigInt* big = value.get<BigInt>()) return big->value;
  return Big(value.as_int());
}

[[noreturn]] void by_zero(Evaluator& ev, const char* message) {
  ev.raise("ZeroDivisionError", message);
}

// True division of integers, rounded once as the exact quotient is.
double true_divide(Evaluator& ev, const Big& a, const Big& b) {
  if (a.zero()) return 0;
  // Scaled, so that the quotient has at least 66 bits; a remainder makes the last one sticky.
  const std::int64_t shift =
      66 - (static_cast<std::int64_t>(a.bit_length()) - static_cast<std::int64_t>(b.bit_length()));
  Big numerator = a;
  Big denominator = b;
  numerator.negative = denominator.negative = false;
  if (shift > 0) numerator = shift_left(numerator, static_cast<std::uint64_t>(shift));
  if (shift < 0) denominator = shift_left(denominator, static_cast<std::uint64_t>(-shift));
  Big quotient;
  Big remainder;
  divide(numerator, denominator, quotient, remainder);
  if (!remainder.zero()) quotient = bitwise(BitOp::kOr, quotient, Big(1));
  double value = std::ldexp(quotient.to_double(), static_cast<int>(-shift));
  if (std::isinf(value)) ev.raise("OverflowError", "integer division result too large for a float");
  return a.negative != b.negative ? -value : value;
}

}  // namespace

Value Evaluator::integer_from(std::string_view digits) { return normal(*this, Big::parse(digits)); }

Value Interpreter::big_binary(ast::BinaryOp op, Value left, Value right) {
  const Big a = big_of(left);
  const Big b = big_of(right);
  switch (op) {
    case BinaryOp::kAdd:
      return normal(ev, add(a, b));
    case BinaryOp::kSub:
      return normal(ev, subtract(a, b));
    case BinaryOp::kMul:
      ev.account((a.digits.size() + b.digits.size()) * 4);
      return normal(ev, multiply(a, b));
    case BinaryOp::kDiv:
      if (b.zero()) by_zero(ev, "division by zero");
      return Value::floating(true_divide(ev, a, b));
    case BinaryOp::kFloorDiv:
    case BinaryOp::kMod: {
      if (b.zero()) {
        by_zero(ev, op == BinaryOp::kMod ? "integer modulo by zero"
                                         : "integer division or modulo by zero");
      }
      Big quotient;
      Big remainder;
      divide(a, b, quotient, remainder);
      return normal(ev, op == BinaryOp::kMod ? std::move(remainder) : std::move(quotient));
    }
    case BinaryOp::kPow: {
      if (b.negative) return float_binary(op, a.to_double(), b.to_double());
      const auto exponent = b.small();
      constexpr std::int64_t kMost = 1 << 20;  // bits of the result
      if (!exponent ||
          (a.bit_length() > 1 &&
           static_cast<double>(a.bit_length()) * static_cast<double>(*exponent) > kMost)) {
        ev.raise("OverflowError", "the power is too large");
      }
      return normal(ev, power(a, static_cast<std::uint64_t>(*exponent)));
    }
    case BinaryOp::kLeftShift:
    case BinaryOp::kRightShift: {
      if (b.negative) ev.value_error("negative shift count");
      const auto bits = b.small();
      if (op == BinaryOp::kRightShift) {
        if (!bits || *bits > 1 << 24) return Value::integer(a.negative ? -1 : 0);
        return normal(ev, shift_right(a, static_cast<std::uint64_t>(*bits)));
      }
      if (!bits || (*bits > 1 << 20 && !a.zero())) {
        ev.raise("OverflowError", "too many digits in integer");
      }
      return normal(ev, shift_left(a, static_cast<std::uint64_t>(*bits)));
    }
    case BinaryOp::kAnd:
      return normal(ev, bitwise(BitOp::kAnd, a, b));
    case BinaryOp::kOr:
      return normal(ev, bitwise(BitOp::kOr, a, b));
    case BinaryOp::kXor:
      return normal(ev, bitwise(BitOp::kXor, a, b));
    case BinaryOp::kMatMul:
      break;
  }
  return {};
}

Value Interpreter::int_binary(ast::BinaryOp op, std::int64_t a, std::int64_t b) {
  const auto big = [&] { return big_binary(op, Value::integer(a), Value::integer(b)); };
  std::int64_t result = 0;
  switch (op) {
    case BinaryOp::kAdd:
      return __builtin_add_overflow(a, b, &result) ? big() : Value::integer(result);
    case BinaryOp::kSub:
      return __builtin_sub_overflow(a, b, &result) ? big() : Value::integer(result);
    case BinaryOp::kMul:
      return __builtin_mul_overflow(a, b, &result) ? big() : Value::integer(result);
    case BinaryOp::kDiv: {
      if (b == 0) by_zero(ev, "division by zero");
      constexpr std::int64_t kExact = std::int64_t{1} << 53;
      if (a > -kExact && a < kExact && b > -kExact && b < kExact) {
        return Value::floating(static_cast<double>(a) / static_cast<double>(b));
      }
      return big();
    }
    case BinaryOp::kFloorDiv:
    case BinaryOp::kMod: {
      if (b == 0) return big();
      if (b == -1)
        return op == BinaryOp::kMod ? Value::integer(0) : int_binary(BinaryOp::kMul, a, -1);
      std::int64_t quotient = a / b;
      std::int64_t remainder = a % b;
      if (remainder != 0 && (remainder < 0) != (b < 0)) {
        --quotient;
        remainder += b;
      }
      return Value::integer(op == BinaryOp::kMod ? remainder : quotient);
    }
    case BinaryOp::kPow: {
      if (b < 0) {
        if (a == 0) by_zero(ev, "0.0 cannot be raised to a negative power");
        return Value::floating(std::pow(static_cast<double>(a), static_cast<double>(b)));
      }
      std::int64_t power = 1;
      std::int64_t base = a;
      for (std::int64_t exponent = b; exponent != 0; exponent >>= 1) {
        if ((exponent & 1) && __builtin_mul_overflow(power, base, &power)) return big();
        if (exponent > 1 && __builtin_mul_overflow(base, base, &base)) return big();
      }
      return Value::integer(power);
    }
    case BinaryOp::kLeftShift:
      if (b < 0) ev.value_error("negative shift count");
      if (a == 0) return Value::integer(0);
      if (b < 62 && std::bit_width(static_cast<std::uint64_t>(a < 0 ? ~a : a)) + b < 63) {
        return Value::integer(a * (std::int64_t{1} << b));
      }
      return big();
    case BinaryOp::kRightShift:
      if (b < 0) ev.value_error("negative shift count");
      return Value::integer(b > 63 ? (a < 0 ? -1 : 0) : a >> b);
    case BinaryOp::kAnd:
      return Value::integer(a & b);
    case BinaryOp::kOr:
      return Value::integer(a | b);
    case BinaryOp::kXor:
      return Value::integer(a ^ b);
    case BinaryOp::kMatMul:
      break;
  }
  return {};
}

Value Interpreter::float_binary(ast::BinaryOp op, double a, double b) {
  switch (op) {
    case BinaryOp::kAdd:
      return Value::floating(a + b);
    case BinaryOp::kSub:
      return Value::floating(a - b);
    case BinaryOp::kMul:
      return Value::floating(a * b);
    case BinaryOp::kDiv:
      if (b == 0) by_zero(ev, "float division by zero");
      return Value::floating(a / b);
    case BinaryOp::kFloorDiv:
    case BinaryOp::kMod: {
      if (b == 0) {
        by_zero(ev, op == BinaryOp::kMod ? "float modulo" : "float floor division by zero");
      }
      double remainder = std::fmod(a, b);
      double quotient = (a - remainder) / b;
      if (remainder != 0) {
        if ((b < 0) != (remainder < 0)) {
          remainder += b;
          quotient -= 1;
        }
      } else {
        remainder = std::copysign(0.0, b);
      }
      if (op == BinaryOp::kMod) return Value::floating(remainder);
      if (quotient == 0) return Value::floating(std::copysign(0.0, a / b));
      double floored = std::floor(quotient);
      if (quotient - floored > 0.5) floored += 1;
      return Value::floating(floored);
    }
    case BinaryOp::kPow: {
      if (a == 0 && b < 0) by_zero(ev, "0.0 cannot be raised to a negative power");
      if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) {
        ev.raise("NotImplementedError", "complex numbers are not supported");
      }
      const double power = std::pow(a, b);
      if (std::isinf(power) && std::isfinite(a) && std::isfinite(b)) {
        ev.raise(exception_with(
            "OverflowError",
            {Value::integer(34), str(std::string_view("Numerical result out of range"))}));
      }
      return Value::floating(power);
    }
    default:
      return {};
  }
}

namespace {

bool is_integer(Value v) { return v.is_int() || v.is_bool() || v.is(ObjectKind::kBigInt); }

}  // namespace

double Interpreter::to_double(Value number) {
  if (number.is_float()) return number.as_float();
  if (const BigInt* big = number.get<BigInt>()) {
    const double value = big->value.to_double();
    if (std::isinf(value)) ev.raise("OverflowError", "int too large to convert to float");
    return value;
  }
  return static_cast<double>(number.as_int());
}

Value Interpreter::number_binary(ast::BinaryOp op, Value left, Value right) {
  const bool integers = is_integer(left) && is_integer(right);
  if (integers) {
    if (left.is_bool() && right.is_bool() &&
        (op == BinaryOp::kAnd || op == BinaryOp::kOr || op == BinaryOp::kXor)) {
      return Value::boolean(int_binary(op, left.as_int(), right.as_int()).as_int() != 0);
    }
    if (left.is_object() || right.is_object()) return big_binary(op, left, right);
    return int_binary(op, left.as_int(), right.as_int());
  }
  if ((!left.is_float() && !is_integer(left)) || (!right.is_float() && !is_integer(right))) {
    return {};
  }
  return float_binary(op, to_double(left), to_double(right));
}

// Compares an int with a float exactly: no rounding of large integers.
std::optional<std::partial_ordering> Interpreter::number_compare(Value left, Value right) {
  if (is_integer(left) && is_integer(right)) {
    if (!left.is_object() && !right.is_object()) return left.as_int() <=> right.as_int();
    return python::compare(big_of(left), big_of(right));
  }
  if (left.is_float() && right.is_float()) return left.as_float() <=> right.as_float();
  const bool swapped = right.is_float();
  const Value real = swapped ? right : left;
  const Value whole = swapped ? left : right;
  if (!real.is_float() || !is_integer(whole)) return std::nullopt;
  const double d = real.as_float();
  std::partial_ordering order = std::partial_ordering::unordered;
  if (std::isnan(d)) return order;
  if (std::isinf(d)) {
    order = d > 0 ? std::partial_ordering::greater : std::partial_ordering::less;
  } else {
    const double floored = std::floor(d);
    order = python::compare(*Big::from_double(floored), big_of(whole));
    if (order == 0 && d > floored) order = std::partial_ordering::greater;
  }
  if (!swapped) return order;
  return order < 0   ? std::partial_ordering::greater
         : order > 0 ? std::partial_ordering::less
                     : order;
}

std::size_t Interpreter::number_hash(Value value) {
  if (value.is_int() || value.is_bool()) {
    return static_cast<std::size_t>(value.as_int() == -1 ? -2 : value.as_int());
  }
  if (const BigInt* big = value.get<BigInt>()) return big->value.hash();
  const double d = value.as_float();
  if (const auto big = Big::from_double(d)) {
    if (const auto small = big->small()) return number_hash(Value::integer(*small));
    return big->hash();
  }
  return std::hash<double>()(d);
}

Value Interpreter::unary(ast::UnaryOp op, Value operand) {
  if (op == ast::UnaryOp::kNot) return Value::boolean(!truthy(operand));
  const char* name = op == ast::UnaryOp::kMinus  ? "__neg__"
                     : op == ast::UnaryOp::kPlus ? "__pos__"
                                                 : "__invert__";
  if (has_special(operand)) {
    if (const Method method = special(operand, name); method.function) {
      return call_special(method, {});
    }
    if (type_of(operand)->unknown_base) return unknown(type_of(operand)->name + " object");
  }
  if (const Unknown* from = operand.get<Unknown>()) {
    return unknown((op == ast::UnaryOp::kMinus  ? "-"
                    : op == ast::UnaryOp::kPlus ? "+"
                                                : "~") +
                   from->origin);
  }
  const Value number = ev.plain_number(operand);
  if (is_integer(number)) {
    const Value plain = number.is_bool() ? Value::integer(number.as_int()) : number;
    switch (op) {
      case ast::UnaryOp::kPlus:
        return plain;
      case ast::UnaryOp::kMinus:
        return number_binary(BinaryOp::kSub, Value::integer(0), plain);
      default:
        return number_binary(BinaryOp::kSub, Value::integer(-1), plain);
    }
  }
  if (number.is_float() && op != ast::UnaryOp::kInvert) {
    return op == ast::UnaryOp::kMinus ? Value::floating(-number.as_float()) : number;
  }
  ev.type_error(std::string("bad operand type for unary ") +
                (op == ast::UnaryOp::kMinus  ? "-"
                 : op == ast::UnaryOp::kPlus ? "+"
                                             : "~") +
                ": '" + type_of(operand)->name + "'");
}

std::optional<std::int64_t> Interpreter::as_index(Value value) {
  value = ev.plain_number(value);
  if (value.is_int() || value.is_bool()) return value.as_int();
  if (const Unknown* from = value.get<Unknown>()) refuse(*from, "an index");
  if (value.is(ObjectKind::kInstance)) {
    if (const Method method = special(value, "__index__"); method.function) {
      const Value index = ev.plain_number(call_special(method, {}));
      if (index.is_int() || index.is_bool()) return index.as_int();
      ev.type_error("__index__ returned non-int (type " + type_of(index)->name + ")");
    }
  }
  return std::nullopt;
}

}  // namespace retort::python
