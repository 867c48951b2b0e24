#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "python/builtin_function.h"
#include "python/builtin_text.h"

// Built-in functions on numbers.
namespace retort::python {

namespace {

using ast::BinaryOp;
using ast::UnaryOp;

bool plain(Value number) { return is_integer(number) || number.is_float(); }

Value absolute(Evaluator& evaluator, Arguments& args) {
  const Value number = evaluator.plain_number(args[0]);
  if (number.is_float()) return Value::floating(std::fabs(number.as_float()));
  if (is_integer(number)) {
    const Value whole = number.is_bool() ? Value::integer(number.as_int()) : number;
    return evaluator.less(whole, Value::integer(0)) ? evaluator.unary(UnaryOp::kMinus, whole)
                                                    : whole;
  }
  if (const Value method = evaluator.find_attr(args[0], "__abs__")) return evaluator.call(method);
  evaluator.type_error("bad operand type for abs(): '" + evaluator.type_name(args[0]) + "'");
}

template <unsigned base>
Value in_base(Evaluator& evaluator, Arguments& args) {
  Value number = evaluator.plain_number(args[0]);
  if (!is_integer(number)) number = Value::integer(evaluator.index(args[0]));
  std::string digits = integer_digits(evaluator, number, base);
  const std::string_view prefix = base == 2 ? "0b" : base == 8 ? "0o" : "0x";
  digits.insert(digits[0] == '-' ? 1 : 0, prefix);
  return evaluator.str(digits);
}

Value divide(Evaluator& evaluator, Arguments& args) {
  const Value left = evaluator.plain_number(args[0]);
  const Value right = evaluator.plain_number(args[1]);
  if (plain(left) && plain(right)) {
    const Value quotient = evaluator.binary(BinaryOp::kFloorDiv, left, right);
    return evaluator.tuple({quotient, evaluator.binary(BinaryOp::kMod, left, right)});
  }
  const auto ask = [&](Value self, std::string_view name, Value other) {
    const Value method = self.is_object() ? evaluator.find_attr(self, name) : Value();
    if (!method) return Value();
    const Value values[] = {other};
    const Value result = evaluator.call(method, values);
    return result.is(ObjectKind::kNotImplemented) ? Value() : result;
  };
  if (const Value result = ask(args[0], "__divmod__", args[1])) return result;
  if (const Value result = ask(args[1], "__rdivmod__", args[0])) return result;
  evaluator.type_error("unsupported operand type(s) for divmod(): '" +
                       evaluator.type_name(args[0]) + "' and '" + evaluator.type_name(args[1]) +
                       "'");
}

Value power(Evaluator& evaluator, Arguments& args) {
  if (!args[2] || args[2].is_none()) return evaluator.binary(BinaryOp::kPow, args[0], args[1]);
  Value base = evaluator.plain_number(args[0]);
  Value exponent = evaluator.plain_number(args[1]);
  const Value modulus = evaluator.plain_number(args[2]);
  if (!is_integer(base) || !is_integer(exponent) || !is_integer(modulus)) {
    evaluator.type_error("pow() 3rd argument not allowed unless all arguments are integers");
  }
  if (!evaluator.truthy(modulus)) evaluator.value_error("pow() 3rd argument cannot be 0");
  const Value zero = Value::integer(0);
  if (evaluator.less(exponent, zero)) {
    // The inverse by Euclid's algorithm.
    Value a = evaluator.binary(BinaryOp::kMod, base, modulus), b = modulus;
    Value x = Value::integer(1), y = zero;
    while (evaluator.truthy(b)) {
      const Value quotient = evaluator.binary(BinaryOp::kFloorDiv, a, b);
      const Value rest = evaluator.binary(BinaryOp::kMod, a, b);
      const Value next =
          evaluator.binary(BinaryOp::kSub, x, evaluator.binary(BinaryOp::kMul, quotient, y));
      a = b;
      b = rest;
      x = y;
      y = next;
    }
    if (!evaluator.equal(a, Value::integer(1))) {
      evaluator.value_error("base is not invertible for the given modulus");
    }
    base = x;
    exponent = evaluator.unary(UnaryOp::kMinus, exponent);
  }
  Value result = evaluator.binary(BinaryOp::kMod, Value::integer(1), modulus);
  base = evaluator.binary(BinaryOp::kMod, base, modulus);
  for (const char bit : integer_digits(evaluator, exponent, 2)) {
    result =
        evaluator.binary(BinaryOp::kMod, evaluator.binary(BinaryOp::kMul, result, result), modulus);
    if (bit == '1') {
      result =
          evaluator.binary(BinaryOp::kMod, evaluator.binary(BinaryOp::kMul, result, base), modulus);
    }
  }
  return result;
}

// A float at a power of ten, halves to even, by its exact decimal digits.
double rounded(double value, std::int64_t digits) {
  if (!std::isfinite(value) || value == 0 || digits > 323) return value;
  char buffer[800];
  if (digits >= 0) {
    std::snprintf(buffer, sizeof buffer, "%.*f", static_cast<int>(digits), value);
    return std::strtod(buffer, nullptr);
  }
  if (digits < -309) return std::copysign(0.0, value);
  // Whole digits, exactly; then what is cut off is compared with a half.
  std::snprintf(buffer, sizeof buffer, "%.0f", std::fabs(std::trunc(value)));
  std::string text = buffer;
  const auto cut = static_cast<std::size_t>(-digits);
  if (text.size() < cut) return std::copysign(0.0, value);
  std::string rest = text.substr(text.size() - cut);
  text.resize(text.size() - cut);
  if (text.empty()) text = "0";
  const bool more =
      std::trunc(value) != value || rest.find_first_not_of('0', 1) != std::string::npos;
  const bool up = rest[0] > '5' || (rest[0] == '5' && (more || (text.back() - '0') % 2 == 1));
  if (up) {
    std::size_t at = text.size();
    while (at > 0 && text[at - 1] == '9') text[--at] = '0';
    if (at == 0) {
      text.insert(text.begin(), '1');
    } else {
      ++text[at - 1];
    }
  }
  text.append(cut, '0');
  return std::copysign(std::strtod(text.c_str(), nullptr), value);
}

Value rounded_integer(Evaluator& evaluator, Value number, std::int64_t digits) {
  if (digits >= 0) return number;
  const Value unit = evaluator.binary(BinaryOp::kPow, Value::integer(10), Value::integer(-digits));
  Value quotient = evaluator.binary(BinaryOp::kFloorDiv, number, unit);
  const Value rest = evaluator.binary(BinaryOp::kMod, number, unit);
  const Value twice = evaluator.binary(BinaryOp::kMul, rest, Value::integer(2));
  const bool odd = evaluator.truthy(evaluator.binary(BinaryOp::kMod, quotient, Value::integer(2)));
  if (evaluator.less(unit, twice) || (odd && evaluator.equal(unit, twice))) {
    quotient = evaluator.binary(BinaryOp::kAdd, quotient, Value::integer(1));
  }
  return evaluator.binary(BinaryOp::kMul, quotient, unit);
}

Value round(Evaluator& evaluator, Arguments& args) {
  const Value number = evaluator.plain_number(args[0]);
  const bool to_integer = !args[1] || args[1].is_none();
  if (is_integer(number)) {
    const Value whole = number.is_bool() ? Value::integer(number.as_int()) : number;
    return to_integer ? whole : rounded_integer(evaluator, whole, evaluator.index(args[1]));
  }
  if (number.is_float()) {
    if (!to_integer) {
      return Value::floating(rounded(number.as_float(), evaluator.index(args[1])));
    }
    const Value nearest[] = {Value::floating(std::nearbyint(number.as_float()))};
    return evaluator.call(evaluator.builtin("int"), nearest);
  }
  const Value method = evaluator.find_attr(args[0], "__round__");
  if (!method) {
    evaluator.type_error("type " + evaluator.type_name(args[0]) +
                         " doesn't define __round__ method");
  }
  if (to_integer) return evaluator.call(method);
  const Value digits[] = {args[1]};
  return evaluator.call(method, digits);
}

Value sum(Evaluator& evaluator, Arguments& args) {
  Value total = args[1] ? args[1] : Value::integer(0);
  if (total.is_str()) {
    evaluator.type_error("sum() can't sum strings [use ''.join(seq) instead]");
  }
  if (total.is(ObjectKind::kBytes)) {
    evaluator.type_error("sum() can't sum bytes [use b''.join(seq) instead]");
  }
  // Floats are added with the lost low parts kept, as CPython does from 3.12 on.
  bool compensating = total.is_float();
  double high = compensating ? total.as_float() : 0;
  double low = 0;
  const auto settle = [&]() {
    if (compensating) total = Value::floating(std::isfinite(low) ? high + low : high);
    compensating = false;
  };
  evaluator.iterate(args[0], [&](Value item) {
    if ((compensating || total.is_int()) && item.is_float()) {
      if (!compensating) {
        compensating = true;
        high = static_cast<double>(total.as_int());
        low = 0;
      }
      const double x = item.as_float();
      const double t = high + x;
      low += std::fabs(high) >= std::fabs(x) ? (high - t) + x : (x - t) + high;
      high = t;
      return true;
    }
    if (compensating && (item.is_int() || item.is_bool())) {
      high += static_cast<double>(item.as_int());
      return true;
    }
    settle();
    total = evaluator.binary(BinaryOp::kAdd, total, item);
    return true;
  });
  settle();
  return total;
}

constexpr MethodRow kRows[] = {
    {"abs(x, /)", absolute},
    {"bin(number, /)", in_base<2>},
    {"oct(number, /)", in_base<8>},
    {"hex(number, /)", in_base<16>},
    {"divmod(x, y, /)", divide},
    {"pow(base, exp, mod=None)", power},
    {"round(number, ndigits=None)", round},
    {"sum(iterable, /, start=0)", sum},
};

}  // namespace

std::span<const MethodRow> number_functions() { return kRows; }

}  // namespace retort::python
