#include "python/builtin_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "python/builtin_character.h"
#include "python/unicode.h"

namespace retort::python {

std::int64_t utf8_length(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::size_t byte_offset(std::string_view text, std::int64_t characters) {
  std::size_t at = 0;
  while (at < text.size() && characters > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --characters;
  }
  return at;
}

std::u32string decoded(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded d = decode_utf8(text, at, true);
    out.push_back(d.size == 0 ? 0xFFFD : d.character);
    at += d.size == 0 ? 1 : d.size;
  }
  return out;
}

std::string encoded(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : text) append_utf8(out, c);
  return out;
}

std::string ascii_repr(std::string_view repr) {
  std::string out;
  for (const char32_t c : decoded(repr)) {
    if (c < 0x80) {
      out += static_cast<char>(c);
      continue;
    }
    char buffer[16];
    const char* format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    std::snprintf(buffer, sizeof buffer, format, static_cast<unsigned>(c));
    out += buffer;
  }
  return out;
}

bool is_integer(Value value) {
  return value.is_int() || value.is_bool() || value.is(ObjectKind::kBigInt);
}

std::string integer_digits(Evaluator& evaluator, Value value, unsigned base) {
  if (value.is_bool()) value = Value::integer(value.as_int());
  if (base == 10) return evaluator.repr(value);
  if (value.is_int()) {
    char buffer[72];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value.as_int(), static_cast<int>(base)).ptr;
    return std::string(buffer, end);
  }
  // A big integer: digits in groups of a machine number's size, the last first.
  std::int64_t group = base;
  std::size_t digits = 1;
  while (group <= (std::int64_t{1} << 50) / base) {
    group *= base;
    ++digits;
  }
  const bool negative = evaluator.less(value, Value::integer(0));
  if (negative) value = evaluator.unary(ast::UnaryOp::kMinus, value);
  std::string out;
  while (evaluator.truthy(value)) {
    const Value rest = evaluator.binary(ast::BinaryOp::kMod, value, Value::integer(group));
    value = evaluator.binary(ast::BinaryOp::kFloorDiv, value, Value::integer(group));
    std::string part = integer_digits(evaluator, rest, base);
    if (evaluator.truthy(value)) part.insert(0, digits - part.size(), '0');
    out.insert(0, part);
  }
  return negative ? "-" + out : out;
}

namespace {

// Text without surrounding white space and with decimal digits of all scripts as ASCII.
std::string plain_digits(std::string_view text) {
  std::u32string characters = decoded(text);
  while (!characters.empty() && is_space(characters.back())) characters.pop_back();
  std::size_t begin = 0;
  while (begin < characters.size() && is_space(characters[begin])) ++begin;
  std::string out;
  for (const char32_t c : std::u32string_view(characters).substr(begin)) {
    if (c >= 0x80 && is_decimal(c)) {
      out += static_cast<char>('0' + decimal_value(c));
    } else {
      append_utf8(out, c);
    }
  }
  return out;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

}  // namespace

Value parse_integer(Evaluator& evaluator, std::string_view given, unsigned base) {
  const std::string plain = plain_digits(given);
  std::string_view text = plain;
  bool negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool prefixed = false;
  if (text.size() > 1 && text[0] == '0') {
    const char letter = ascii_lower(text[1]);
    const unsigned meant = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (meant != 0 && (base == 0 || base == meant)) {
      base = meant;
      text.remove_prefix(2);
      prefixed = true;
    }
  }
  const bool zeros_only = base == 0 && text.size() > 1 && text[0] == '0';
  if (base == 0) base = 10;
  std::string digits;
  bool separator_allowed = prefixed;
  for (const char c : text) {
    if (c == '_') {
      if (!separator_allowed) return {};
      separator_allowed = false;
      continue;
    }
    if (digit_of(c) >= static_cast<int>(base)) return {};
    digits += c;
    separator_allowed = true;
  }
  if (digits.empty() || !separator_allowed) return {};
  if (zeros_only && digits.find_first_not_of('0') != std::string::npos) return {};
  std::int64_t small = 0;
  bool fits = true;
  for (const char c : digits) {
    if (__builtin_mul_overflow(small, static_cast<std::int64_t>(base), &small) ||
        __builtin_add_overflow(small, static_cast<std::int64_t>(digit_of(c)), &small)) {
      fits = false;
      break;
    }
  }
  if (fits) return Value::integer(negative ? -small : small);
  if (base == 10) return evaluator.integer_from((negative ? "-" : "") + digits);
  Value big = Value::integer(0);
  for (const char c : digits) {
    big = evaluator.binary(ast::BinaryOp::kMul, big, Value::integer(base));
    big = evaluator.binary(ast::BinaryOp::kAdd, big, Value::integer(digit_of(c)));
  }
  return negative ? evaluator.unary(ast::UnaryOp::kMinus, big) : big;
}

std::optional<double> parse_float(std::string_view given) {
  const std::string plain = plain_digits(given);
  std::string text;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const char c = plain[i];
    if (c == '_') {
      const auto digit = [&](std::size_t at) {
        return at < plain.size() && plain[at] >= '0' && plain[at] <= '9';
      };
      if (i == 0 || !digit(i - 1) || !digit(i + 1)) return std::nullopt;
      continue;
    }
    text += ascii_lower(c);
  }
  std::string_view rest = text;
  bool negative = false;
  if (!rest.empty() && (rest[0] == '+' || rest[0] == '-')) {
    negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  double value = 0;
  if (rest == "inf" || rest == "infinity") {
    value = std::numeric_limits<double>::infinity();
  } else if (rest == "nan") {
    value = std::numeric_limits<double>::quiet_NaN();
  } else {
    if (rest.empty() || rest.find_first_not_of("0123456789.e+-") != std::string_view::npos ||
        rest[0] == '+' || rest[0] == '-') {
      return std::nullopt;
    }
    const auto result = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (result.ptr != rest.data() + rest.size() || result.ec == std::errc::invalid_argument) {
      return std::nullopt;
    }
    if (result.ec == std::errc::result_out_of_range) {
      value = std::strtod(std::string(rest).c_str(), nullptr);  // zero or infinity
    }
  }
  return negative ? -value : value;
}

double number_as_double(Evaluator& evaluator, Value number) {
  number = evaluator.plain_number(number);
  if (number.is_float()) return number.as_float();
  if (number.is_int() || number.is_bool()) return static_cast<double>(number.as_int());
  const std::optional<double> value = parse_float(evaluator.repr(number));
  if (!value || std::isinf(*value)) {
    evaluator.raise("OverflowError", "int too large to convert to float");
  }
  return *value;
}

std::int64_t integer_or(Evaluator& evaluator, Value value, std::int64_t otherwise,
                        bool none_is_absent) {
  if (!value || (none_is_absent && value.is_none())) return otherwise;
  if (value.is_int()) return value.as_int();
  return evaluator.index(value);
}

const std::string& text_argument(Evaluator& evaluator, Value value, std::string_view function,
                                 std::string_view which) {
  if (const Str* text = value.get<Str>()) return text->text;
  if (const Unknown* unknown = value.get<Unknown>()) {
    evaluator.refuse_unknown(*unknown, std::string(function) + "()");
  }
  evaluator.type_error(std::string(function) + "() " + std::string(which) +
                       (which.empty() ? "must be str, not " : " must be str, not ") +
                       evaluator.type_name(value));
}

Window window(Evaluator& evaluator, Value begin, Value end, std::int64_t length) {
  const auto position = [&](Value value, std::int64_t otherwise) {
    if (!value || value.is_none()) return otherwise;
    std::int64_t at = evaluator.index(value);
    if (at < 0) at = std::max<std::int64_t>(at + length, 0);
    return at;
  };
  return {position(begin, 0), std::min(position(end, length), length)};
}

}  // namespace retort::python
