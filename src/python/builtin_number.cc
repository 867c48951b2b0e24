#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "python/builtin_class.h"
#include "python/builtin_text.h"

// int, float and bool.
namespace retort::python {

namespace {

Value self_number(Evaluator& evaluator, Arguments& args) {
  const Value number = evaluator.plain_number(args[0]);
  if (!is_integer(number) && !number.is_float()) {
    evaluator.type_error("descriptor '" + args.signature().name + "' doesn't apply to a '" +
                         evaluator.type_name(args[0]) + "' object");
  }
  return number;
}

// int(x) of a finite float: the whole part, exactly.
Value whole_part(Evaluator& evaluator, double value) {
  if (std::isnan(value)) evaluator.value_error("cannot convert float NaN to integer");
  if (std::isinf(value)) {
    evaluator.raise("OverflowError", "cannot convert float infinity to integer");
  }
  value = std::trunc(value);
  if (value >= -9223372036854775808.0 && value < 9223372036854775808.0) {
    return Value::integer(static_cast<std::int64_t>(value));
  }
  char buffer[400];
  std::snprintf(buffer, sizeof buffer, "%.0f", value);
  return evaluator.integer_from(buffer);
}

std::string text_of_bytes(Value value) {
  const Bytes* bytes = value.get<Bytes>();
  return bytes ? bytes->data : value.as_str();
}

Value integer_of(Evaluator& evaluator, Value value) {
  const Value number = evaluator.plain_number(value);
  if (number.is_bool()) return Value::integer(number.as_int());
  if (is_integer(number)) return number;
  if (number.is_float()) return whole_part(evaluator, number.as_float());
  if (value.is(ObjectKind::kInstance)) {
    for (const std::string_view name : {"__int__", "__index__", "__trunc__"}) {
      if (const Value method = evaluator.find_attr(value, name)) {
        const Value result = evaluator.call(method);
        if (!is_integer(evaluator.plain_number(result))) {
          evaluator.type_error(std::string(name) + " returned non-int (type " +
                               evaluator.type_name(result) + ")");
        }
        return result;
      }
    }
  }
  if (const Unknown* unknown = value.get<Unknown>()) evaluator.refuse_unknown(*unknown, "int()");
  evaluator.type_error(
      "int() argument must be a string, a bytes-like object or a real number, not '" +
      evaluator.type_name(value) + "'");
}

Value construct_int(Evaluator& evaluator, Arguments& args) {
  const Value value = args[1];
  if (!value) {
    if (args[2]) evaluator.type_error("int() missing string argument");
    return Value::integer(0);
  }
  const bool text = value.is_str() || value.is(ObjectKind::kBytes);
  if (!text) {
    if (args[2]) evaluator.type_error("int() can't convert non-string with explicit base");
    return integer_of(evaluator, value);
  }
  const std::int64_t base = integer_or(evaluator, args[2], 10);
  if (base != 0 && (base < 2 || base > 36)) {
    evaluator.value_error("int() base must be >= 2 and <= 36, or 0");
  }
  const Value result = parse_integer(evaluator, text_of_bytes(value), static_cast<unsigned>(base));
  if (!result) {
    evaluator.value_error("invalid literal for int() with base " + std::to_string(base) + ": " +
                          evaluator.repr(plain_copy(evaluator, value)));
  }
  return result;
}

Value construct_float(Evaluator& evaluator, Arguments& args) {
  const Value value = args[1];
  if (!value) return Value::floating(0);
  if (value.is_str() || value.is(ObjectKind::kBytes)) {
    const std::optional<double> number = parse_float(text_of_bytes(value));
    if (!number) {
      evaluator.value_error("could not convert string to float: " +
                            evaluator.repr(plain_copy(evaluator, value)));
    }
    return Value::floating(*number);
  }
  const Value number = evaluator.plain_number(value);
  if (number.is_float() || is_integer(number)) {
    return Value::floating(number_as_double(evaluator, number));
  }
  if (value.is(ObjectKind::kInstance)) {
    if (const Value method = evaluator.find_attr(value, "__float__")) return evaluator.call(method);
    if (evaluator.find_attr(value, "__index__")) {
      return Value::floating(static_cast<double>(evaluator.index(value)));
    }
  }
  if (const Unknown* unknown = value.get<Unknown>()) evaluator.refuse_unknown(*unknown, "float()");
  evaluator.type_error("float() argument must be a string or a real number, not '" +
                       evaluator.type_name(value) + "'");
}

Value construct_bool(Evaluator& evaluator, Arguments& args) {
  return Value::boolean(args[1] && evaluator.truthy(args[1]));
}

// ---- methods of int

Value bit_length(Evaluator& evaluator, Arguments& args) {
  std::string digits = integer_digits(evaluator, self_number(evaluator, args), 2);
  if (digits[0] == '-') digits.erase(0, 1);
  return Value::integer(digits == "0" ? 0 : static_cast<std::int64_t>(digits.size()));
}

Value bit_count(Evaluator& evaluator, Arguments& args) {
  const std::string digits = integer_digits(evaluator, self_number(evaluator, args), 2);
  return Value::integer(std::count(digits.begin(), digits.end(), '1'));
}

bool big_endian(Evaluator& evaluator, Value order) {
  if (!order) return true;
  if (order.is_str() && order.as_str() == "big") return true;
  if (order.is_str() && order.as_str() == "little") return false;
  evaluator.value_error("byteorder must be either 'little' or 'big'");
}

Value to_bytes(Evaluator& evaluator, Arguments& args) {
  Value number = self_number(evaluator, args);
  const std::int64_t length = integer_or(evaluator, args[1], 1);
  if (length < 0) evaluator.value_error("length argument must be non-negative");
  const bool big = big_endian(evaluator, args[2]);
  const bool is_signed = args[3] && evaluator.truthy(args[3]);
  const bool negative = evaluator.less(number, Value::integer(0));
  if (negative && !is_signed) {
    evaluator.raise("OverflowError", "can't convert negative int to unsigned");
  }
  // Two's complement: ~x of a negative x, inverted again byte by byte.
  if (negative) number = evaluator.unary(ast::UnaryOp::kInvert, number);
  std::string digits = integer_digits(evaluator, number, 16);
  if (digits == "0") digits.clear();
  if (digits.size() % 2 != 0) digits.insert(digits.begin(), '0');
  std::string out;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  }
  const auto size = static_cast<std::size_t>(length);
  const bool top_bit = out.size() == size && size > 0 && (out[0] & 0x80) != 0;
  if (out.size() > size || (is_signed && (top_bit || (size == 0 && negative)))) {
    evaluator.raise("OverflowError", "int too big to convert");
  }
  out.insert(0, size - out.size(), '\0');
  if (negative) {
    for (char& c : out) c = static_cast<char>(~c);
  }
  if (!big) std::reverse(out.begin(), out.end());
  return evaluator.bytes(out);
}

Value from_bytes(Evaluator& evaluator, Arguments& args) {
  std::string data;
  if (const Bytes* bytes = args[1].get<Bytes>()) {
    data = bytes->data;
  } else {
    for (const Value& item : evaluator.items(args[1])) {
      data += static_cast<char>(evaluator.index(item));
    }
  }
  if (!big_endian(evaluator, args[2])) std::reverse(data.begin(), data.end());
  const bool negative =
      args[3] && evaluator.truthy(args[3]) && !data.empty() && (data[0] & 0x80) != 0;
  Value result = Value::integer(0);
  for (const char c : data) {
    const int byte = static_cast<unsigned char>(negative ? ~c : c);
    result = evaluator.binary(ast::BinaryOp::kMul, result, Value::integer(256));
    result = evaluator.binary(ast::BinaryOp::kAdd, result, Value::integer(byte));
  }
  if (negative) result = evaluator.unary(ast::UnaryOp::kInvert, result);
  const Class* made = args[0].get<Class>();
  if (made && made->layout && made->name != "int") {
    const Value values[] = {result};
    return evaluator.call(args[0], values);
  }
  return result;
}

Value same_integer(Evaluator& evaluator, Arguments& args) {
  const Value number = self_number(evaluator, args);
  return number.is_bool() ? Value::integer(number.as_int()) : number;
}

Value is_whole(Evaluator& evaluator, Arguments& args) {
  const Value number = self_number(evaluator, args);
  if (!number.is_float()) return Value::boolean(true);
  return Value::boolean(std::isfinite(number.as_float()) &&
                        std::trunc(number.as_float()) == number.as_float());
}

Value integer_ratio(Evaluator& evaluator, Arguments& args) {
  const Value number = self_number(evaluator, args);
  if (!number.is_float()) return evaluator.tuple({number, Value::integer(1)});
  double value = number.as_float();
  if (!std::isfinite(value)) {
    const std::string what = std::isnan(value) ? "NaN" : "Infinity";
    evaluator.raise(std::isnan(value) ? "ValueError" : "OverflowError",
                    "cannot convert " + what + " to integer ratio");
  }
  int exponent = 0;
  value = std::frexp(value, &exponent);
  for (int i = 0; i < 300 && value != std::floor(value); ++i) {
    value *= 2;
    --exponent;
  }
  const Value power =
      evaluator.binary(ast::BinaryOp::kPow, Value::integer(2), Value::integer(std::abs(exponent)));
  const Value whole = whole_part(evaluator, value);
  if (exponent < 0) return evaluator.tuple({whole, power});
  return evaluator.tuple({evaluator.binary(ast::BinaryOp::kMul, whole, power), Value::integer(1)});
}

Value float_hex(Evaluator& evaluator, Arguments& args) {
  const double value = self_number(evaluator, args).as_float();
  if (!std::isfinite(value)) return evaluator.str(evaluator.repr(Value::floating(value)));
  if (value == 0) return evaluator.str(std::signbit(value) ? "-0x0.0p+0" : "0x0.0p+0");
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.13a", value);
  return evaluator.str(buffer);
}

Value float_from_hex(Evaluator& evaluator, Arguments& args) {
  const std::string& text = text_argument(evaluator, args[1], "fromhex", "argument");
  std::string plain = text;
  const std::size_t digits = plain.find_first_of("0123456789.iInN");
  if (digits != std::string::npos && plain.compare(digits, 2, "0x") != 0 &&
      plain.compare(digits, 2, "0X") != 0 &&
      std::string(".0123456789").find(plain[digits]) != std::string::npos) {
    plain.insert(digits, "0x");
  }
  char* end = nullptr;
  const double value = std::strtod(plain.c_str(), &end);
  if (end == plain.c_str() || *end != '\0') {
    evaluator.value_error("invalid hexadecimal floating-point string");
  }
  return Value::floating(value);
}

constexpr MethodRow kIntMethods[] = {
    {"bit_length(self, /)", bit_length},
    {"bit_count(self, /)", bit_count},
    {"to_bytes(self, /, length=1, byteorder='big', *, signed=False)", to_bytes},
    {"conjugate(self, /)", same_integer},
    {"is_integer(self, /)", is_whole},
    {"as_integer_ratio(self, /)", integer_ratio},
    {"__trunc__(self, /)", same_integer},
    {"__floor__(self, /)", same_integer},
    {"__ceil__(self, /)", same_integer},
};
constexpr MethodRow kFloatMethods[] = {
    {"is_integer(self, /)", is_whole},
    {"as_integer_ratio(self, /)", integer_ratio},
    {"hex(self, /)", float_hex},
    {"conjugate(self, /)", self_number},
};
constexpr std::string_view kNumberSpecial[] = {
    "__add__",     "__radd__",     "__sub__",      "__rsub__",      "__mul__",  "__rmul__",
    "__truediv__", "__rtruediv__", "__floordiv__", "__rfloordiv__", "__mod__",  "__rmod__",
    "__pow__",     "__rpow__",     "__neg__",      "__pos__",       "__abs__",  "__eq__",
    "__ne__",      "__lt__",       "__le__",       "__gt__",        "__ge__",   "__hash__",
    "__bool__",    "__int__",      "__float__",    "__str__",       "__repr__", "__format__",
    "__divmod__"};
constexpr std::string_view kIntSpecial[] = {"__lshift__", "__rshift__", "__and__", "__rand__",
                                            "__or__",     "__ror__",    "__xor__", "__rxor__",
                                            "__invert__", "__index__"};

Value real_part(Evaluator& evaluator, Value self) {
  const Value number = evaluator.plain_number(self);
  return number.is_bool() ? Value::integer(number.as_int()) : number;
}

}  // namespace

void fill_int(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, x=0, /, base=10)", construct_int);
  define_methods(evaluator, cls, kIntMethods);
  define_special_methods(evaluator, cls, kNumberSpecial);
  define_special_methods(evaluator, cls, kIntSpecial);
  evaluator.define_class_method(cls, "from_bytes(cls, bytes, byteorder='big', *, signed=False)",
                                from_bytes);
  evaluator.define_property(cls, "real", real_part);
  evaluator.define_property(cls, "numerator", real_part);
  evaluator.define_property(cls, "imag", [](Evaluator&, Value) { return Value::integer(0); });
  evaluator.define_property(cls, "denominator",
                            [](Evaluator&, Value) { return Value::integer(1); });
}

void fill_float(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, x=0, /)", construct_float);
  define_methods(evaluator, cls, kFloatMethods);
  define_special_methods(evaluator, cls, kNumberSpecial);
  evaluator.define_class_method(cls, "fromhex(cls, string, /)", float_from_hex);
  evaluator.define_property(cls, "real", real_part);
  evaluator.define_property(cls, "imag", [](Evaluator&, Value) { return Value::floating(0); });
}

void fill_bool(Evaluator& evaluator, Class& cls) {
  evaluator.define_constructor(cls, "(cls, x=False, /)", construct_bool);
}

}  // namespace retort::python
