#include "python/builtin_format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "python/builtin.h"
#include "python/builtin_text.h"
#include "python/unicode.h"

namespace retort::python {

namespace {

bool is_align(char32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

std::string printed(const char* format, int precision, double value) {
  char buffer[512];
  int size = std::snprintf(buffer, sizeof buffer, format, precision, value);
  if (size < static_cast<int>(sizeof buffer)) return std::string(buffer, buffer + size);
  std::string text(static_cast<std::size_t>(size) + 1, '\0');
  std::snprintf(text.data(), text.size(), format, precision, value);
  text.pop_back();
  return text;
}

std::string quoted_code(char32_t type) {
  std::string out;
  if (type > 32 && type < 128) {
    append_utf8(out, type);
    return out;
  }
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "\\x%x", static_cast<unsigned>(type));
  return buffer;
}

[[noreturn]] void unknown_code(Evaluator& evaluator, char32_t type, std::string_view type_name) {
  evaluator.value_error("Unknown format code '" + quoted_code(type) + "' for object of type '" +
                        std::string(type_name) + "'");
}

void check_grouping(Evaluator& evaluator, const FormatSpec& spec, std::string_view allowed) {
  if (spec.grouping == 0 || spec.type == 0) return;
  if (spec.type < 128 && allowed.find(static_cast<char>(spec.type)) != std::string_view::npos) {
    return;
  }
  evaluator.value_error("Cannot specify '" + std::string(1, spec.grouping) + "' with '" +
                        quoted_code(spec.type) + "'.");
}

// Pads `text`; `head` bytes at its start (sign and base prefix) stay in front of the fill for '='.
std::string padded(const FormatSpec& spec, std::string text, std::size_t head, char default_align) {
  const std::int64_t missing = spec.width - utf8_length(text);
  if (missing <= 0) return text;
  const char align = spec.align ? spec.align : default_align;
  std::int64_t left = 0;
  if (align == '>') left = missing;
  if (align == '^') left = missing / 2;
  std::string fill;
  append_utf8(fill, spec.fill);
  const auto repeat = [&](std::int64_t count) {
    std::string out;
    for (std::int64_t i = 0; i < count; ++i) out += fill;
    return out;
  };
  if (align == '=') return text.substr(0, head) + repeat(missing) + text.substr(head);
  return repeat(left) + text + repeat(missing - left);
}

std::string grouped(std::string_view digits, char separator, std::size_t every) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % every == 0) out += separator;
    out += digits[i];
  }
  return out;
}

// Puts sign, prefix, grouped integer digits and the rest together.
std::string assembled(const FormatSpec& spec, bool negative, std::string_view prefix,
                      std::string digits, std::string_view rest, std::size_t every) {
  std::string head;
  if (negative) {
    head = "-";
  } else if (spec.sign == '+' || spec.sign == ' ') {
    head = spec.sign;
  }
  head += prefix;
  if (spec.grouping != 0) {
    const char separator = spec.grouping;
    std::string body = grouped(digits, separator, every);
    if (spec.fill == '0' && spec.align == '=' && !digits.empty()) {
      const std::int64_t room = spec.width - static_cast<std::int64_t>(head.size() + rest.size());
      while (static_cast<std::int64_t>(body.size()) < room) {
        digits.insert(digits.begin(), '0');
        body = grouped(digits, separator, every);
      }
    }
    digits = std::move(body);
  }
  return padded(spec, head + digits + std::string(rest), head.size(), '>');
}

}  // namespace

FormatSpec parse_format_spec(Evaluator& evaluator, std::string_view text,
                             std::string_view type_name, char default_align) {
  FormatSpec spec;
  const auto invalid = [&]() {
    evaluator.value_error("Invalid format specifier '" + std::string(text) +
                          "' for object of type '" + std::string(type_name) + "'");
  };
  std::size_t at = 0;
  bool fill_given = false;
  if (!text.empty()) {
    const Decoded first = decode_utf8(text, 0, true);
    if (first.size < text.size() && is_align(static_cast<unsigned char>(text[first.size]))) {
      spec.fill = first.character;
      spec.align = text[first.size];
      at = first.size + 1;
      fill_given = true;
    } else if (is_align(first.character)) {
      spec.align = text[0];
      at = 1;
    }
  }
  const auto peek = [&]() { return at < text.size() ? text[at] : '\0'; };
  const auto number = [&](std::int64_t& into) {
    const std::size_t begin = at;
    std::int64_t value = 0;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      value = value * 10 + (text[at] - '0');
      if (value > 0x7FFFFFFF) {
        evaluator.value_error("Too many decimal digits in format string");
      }
      ++at;
    }
    if (at != begin) into = value;
    return at != begin;
  };
  if (peek() == '+' || peek() == '-' || peek() == ' ') spec.sign = text[at++];
  if (peek() == 'z') {
    spec.no_negative_zero = true;
    ++at;
  }
  if (peek() == '#') {
    spec.alternate = true;
    ++at;
  }
  if (!fill_given && peek() == '0') {
    spec.fill = '0';
    if (spec.align == 0 && default_align == '>') spec.align = '=';
    ++at;
  }
  number(spec.width);
  if (peek() == ',') {
    spec.grouping = ',';
    ++at;
  }
  if (peek() == '_') {
    if (spec.grouping != 0) evaluator.value_error("Cannot specify both ',' and '_'.");
    spec.grouping = '_';
    ++at;
  }
  if (peek() == ',' && spec.grouping != 0) {
    evaluator.value_error(spec.grouping == '_' ? "Cannot specify both ',' and '_'."
                                               : "Cannot specify ',' with ','.");
  }
  if (peek() == '.') {
    ++at;
    if (!number(spec.precision)) evaluator.value_error("Format specifier missing precision");
  }
  if (spec.width > 0) evaluator.account(static_cast<std::size_t>(spec.width));
  if (spec.precision > 0) evaluator.account(static_cast<std::size_t>(spec.precision));
  if (at < text.size()) {
    const Decoded type = decode_utf8(text, at, true);
    if (at + type.size != text.size()) invalid();
    spec.type = type.character;
  }
  return spec;
}

std::string format_text(Evaluator& evaluator, const std::string& text, const FormatSpec& spec) {
  if (spec.sign != 0) {
    evaluator.value_error(spec.sign == ' ' ? "Space not allowed in string format specifier"
                                           : "Sign not allowed in string format specifier");
  }
  if (spec.no_negative_zero) {
    evaluator.value_error("Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.alternate) {
    evaluator.value_error("Alternate form (#) not allowed in string format specifier");
  }
  if (spec.align == '=') {
    evaluator.value_error("'=' alignment not allowed in string format specifier");
  }
  if (spec.grouping != 0) {
    evaluator.value_error("Cannot specify '" + std::string(1, spec.grouping) + "' with 's'.");
  }
  std::string cut = text;
  if (spec.precision >= 0) cut.resize(byte_offset(cut, spec.precision));
  return padded(spec, std::move(cut), 0, '<');
}

std::string format_integer(Evaluator& evaluator, Value value, const FormatSpec& spec,
                           std::string_view type_name) {
  const char32_t type = spec.type == 0 ? U'd' : spec.type;
  if (spec.precision >= 0) {
    evaluator.value_error("Precision not allowed in integer format specifier");
  }
  if (spec.no_negative_zero) {
    evaluator.value_error("Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (type == 'c') {
    if (spec.sign != 0) {
      evaluator.value_error("Sign not allowed with integer format specifier 'c'");
    }
    if (spec.alternate) {
      evaluator.value_error("Alternate form (#) not allowed with integer format specifier 'c'");
    }
    if (!(value.is_int() || value.is_bool()) || value.as_int() < 0 || value.as_int() > 0x10FFFF) {
      evaluator.raise("OverflowError", "%c arg not in range(0x110000)");
    }
    std::string text;
    append_utf8(text, static_cast<char32_t>(value.as_int()));
    return padded(spec, std::move(text), 0, '>');
  }
  unsigned base = 10;
  std::string_view prefix;
  switch (type) {
    case 'd':
    case 'n':
      break;
    case 'b':
      base = 2;
      prefix = "0b";
      break;
    case 'o':
      base = 8;
      prefix = "0o";
      break;
    case 'x':
      base = 16;
      prefix = "0x";
      break;
    case 'X':
      base = 16;
      prefix = "0X";
      break;
    default:
      unknown_code(evaluator, type, type_name);
  }
  std::string digits = integer_digits(evaluator, value, base);
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  if (type == 'X') std::transform(digits.begin(), digits.end(), digits.begin(), ascii_upper);
  return assembled(spec, negative, spec.alternate ? prefix : "", std::move(digits), "",
                   base == 10 ? 3 : 4);
}

std::string float_digits(double value, char type, int precision, bool alternate) {
  // `value` is finite and not negative.
  switch (type) {
    case 'e':
      return printed(alternate ? "%#.*e" : "%.*e", precision, value);
    case 'E':
      return printed(alternate ? "%#.*E" : "%.*E", precision, value);
    case 'g':
      return printed(alternate ? "%#.*g" : "%.*g", precision, value);
    case 'G':
      return printed(alternate ? "%#.*G" : "%.*G", precision, value);
    default:
      return printed(alternate ? "%#.*f" : "%.*f", precision, value);
  }
}

namespace {

// The format of no type but a precision: as 'g', with at least one digit after the point.
std::string general_digits(double value, int precision, bool alternate) {
  precision = std::max(precision, 1);
  const std::string scientific = printed("%.*e", precision - 1, value);
  const std::size_t e = scientific.find('e');
  const int point = std::stoi(scientific.substr(e + 1)) + 1;
  if (value != 0 && (point <= -4 || point > precision - 1)) {
    std::string digits = scientific.substr(0, e);
    if (!alternate && digits.find('.') != std::string::npos) {
      while (digits.back() == '0') digits.pop_back();
      if (digits.back() == '.') digits.pop_back();
    }
    return digits + scientific.substr(e);
  }
  std::string text = printed(alternate ? "%#.*g" : "%.*g", precision, value);
  if (text.find('.') == std::string::npos) text += ".0";
  if (text.back() == '.') text += "0";
  return text;
}

}  // namespace

std::string format_float(Evaluator& evaluator, double value, const FormatSpec& spec,
                         std::string_view type_name) {
  const char32_t type = spec.type;
  if (type != 0 && (type >= 128 || std::string_view("eEfFgGn%").find(static_cast<char>(type)) ==
                                       std::string_view::npos)) {
    unknown_code(evaluator, type, type_name);
  }
  const int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
  bool negative = std::signbit(value) && !std::isnan(value);
  double magnitude = std::fabs(value);
  if (type == '%') magnitude *= 100;
  std::string text;
  if (std::isnan(value) || std::isinf(value)) {
    text = std::isnan(value) ? "nan" : "inf";
    if (type == 'E' || type == 'F' || type == 'G') {
      std::transform(text.begin(), text.end(), text.begin(), ascii_upper);
    }
    if (type == '%') text += '%';
    return assembled(spec, negative, "", "", text, 3);
  }
  if (type == 0 && spec.precision < 0) {
    text = evaluator.repr(Value::floating(magnitude));
    if (spec.alternate && text.find('.') == std::string::npos) {
      const std::size_t e = text.find('e');
      text.insert(e == std::string::npos ? text.size() : e, ".");
    }
  } else if (type == 0) {
    text = general_digits(magnitude, precision, spec.alternate);
  } else if (type == 'n') {
    text = float_digits(magnitude, 'g', precision, spec.alternate);
  } else {
    text = float_digits(magnitude, static_cast<char>(type), precision, spec.alternate);
  }
  if (spec.no_negative_zero && negative && text.find_first_of("123456789") == std::string::npos) {
    negative = false;
  }
  if (type == '%') text += '%';
  std::size_t whole = 0;
  while (whole < text.size() && text[whole] >= '0' && text[whole] <= '9') ++whole;
  return assembled(spec, negative, "", text.substr(0, whole), std::string_view(text).substr(whole),
                   3);
}

std::string format_builtin(Evaluator& evaluator, Value value, std::string_view spec_text) {
  if (Str* str = value.get<Str>()) {
    const FormatSpec spec = parse_format_spec(evaluator, spec_text, "str", '<');
    if (spec.type != 0 && spec.type != 's') unknown_code(evaluator, spec.type, "str");
    return format_text(evaluator, str->text, spec);
  }
  const Value number = evaluator.plain_number(value);
  if (number.is_float()) {
    const FormatSpec spec = parse_format_spec(evaluator, spec_text, "float", '>');
    check_grouping(evaluator, spec, spec.grouping == '_' ? "deEfFgG%boxX" : "deEfFgG%");
    return format_float(evaluator, number.as_float(), spec, "float");
  }
  if (number.is_int() || number.is_bool() || number.is(ObjectKind::kBigInt)) {
    const std::string type_name = number.is_bool() ? "bool" : "int";
    const FormatSpec spec = parse_format_spec(evaluator, spec_text, type_name, '>');
    check_grouping(evaluator, spec, spec.grouping == '_' ? "deEfFgG%boxX" : "deEfFgG%");
    if (spec.type < 128 && spec.type != 0 &&
        std::string_view("eEfFgG%").find(static_cast<char>(spec.type)) != std::string_view::npos) {
      return format_float(evaluator, number_as_double(evaluator, number), spec, type_name);
    }
    return format_integer(evaluator, number, spec, type_name);
  }
  evaluator.type_error("unsupported format string passed to " + evaluator.type_name(value) +
                       ".__format__");
}

}  // namespace retort::python
