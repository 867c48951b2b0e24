#include <algorithm>
#include <cstdio>
#include <string>

#include "python/builtin.h"
#include "python/builtin_format.h"
#include "python/builtin_text.h"
#include "python/unicode.h"

// format % arguments, by https://docs.python.org/3/library/stdtypes.html#old-string-formatting.
namespace retort::python {

namespace {

class PercentFormatter {
 public:
  PercentFormatter(Evaluator& evaluator, std::string_view format, Value arguments)
      : evaluator_(evaluator), format_(format), arguments_(arguments) {
    if (const Tuple* tuple = arguments.get<Tuple>()) {
      tuple_ = tuple;
    } else {
      mapping_ = !arguments.is_str() && !arguments.is(ObjectKind::kBytes) &&
                 !arguments.is(ObjectKind::kUnknown) && arguments.is_object() &&
                 static_cast<bool>(evaluator.find_attr(arguments, "__getitem__"));
      mapping_ = mapping_ || arguments.is(ObjectKind::kDict) || arguments.is(ObjectKind::kList);
    }
  }

  std::string format() {
    std::string out;
    while (at_ < format_.size()) {
      const std::size_t percent = format_.find('%', at_);
      out += format_.substr(at_, percent - at_);
      if (percent == std::string_view::npos) break;
      at_ = percent + 1;
      conversion(out);
    }
    const bool left = tuple_ ? next_ < tuple_->items.size() : !used_single_ && !mapping_;
    if (left) evaluator_.type_error("not all arguments converted during string formatting");
    return out;
  }

 private:
  char peek() {
    if (at_ >= format_.size()) evaluator_.value_error("incomplete format");
    return format_[at_];
  }

  Value next_argument() {
    if (tuple_) {
      if (next_ < tuple_->items.size()) return tuple_->items[next_++];
    } else if (!used_single_) {
      used_single_ = true;
      return arguments_;
    }
    evaluator_.type_error("not enough arguments for format string");
  }

  std::int64_t star_or_number() {
    if (at_ < format_.size() && format_[at_] == '*') {
      ++at_;
      const Value given = evaluator_.plain_number(next_argument());
      if (!given.is_int() && !given.is_bool()) evaluator_.type_error("* wants int");
      return given.as_int();
    }
    std::int64_t number = -1;
    while (at_ < format_.size() && format_[at_] >= '0' && format_[at_] <= '9') {
      number = std::max<std::int64_t>(number, 0) * 10 + (format_[at_++] - '0');
      if (number > 0x7FFFFFFF) evaluator_.value_error("width too big");
    }
    return number;
  }

  void conversion(std::string& out) {
    Value value;
    if (peek() == '(') {
      if (!mapping_) evaluator_.type_error("format requires a mapping");
      int depth = 1;
      const std::size_t begin = ++at_;
      while (depth > 0) {
        if (at_ >= format_.size()) evaluator_.value_error("incomplete format key");
        if (format_[at_] == '(') ++depth;
        if (format_[at_] == ')') --depth;
        ++at_;
      }
      value =
          evaluator_.get_item(arguments_, evaluator_.str(format_.substr(begin, at_ - begin - 1)));
    }
    FormatSpec spec;
    bool left = false;
    bool zero = false;
    for (;; ++at_) {
      const char flag = peek();
      if (flag == '-') {
        left = true;
      } else if (flag == '0') {
        zero = true;
      } else if (flag == '#') {
        spec.alternate = true;
      } else if (flag == '+') {
        spec.sign = '+';
      } else if (flag == ' ') {
        if (spec.sign == 0) spec.sign = ' ';
      } else {
        break;
      }
    }
    spec.width = star_or_number();
    if (spec.width < -1) {
      left = true;
      spec.width = -spec.width;
    }
    if (peek() == '.') {
      ++at_;
      spec.precision = std::max<std::int64_t>(star_or_number(), 0);
    }
    for (const std::int64_t size : {spec.width, spec.precision}) {
      if (size > 0) evaluator_.account(static_cast<std::size_t>(size));
    }
    while (peek() == 'h' || peek() == 'l' || peek() == 'L') ++at_;
    const Decoded type = decode_utf8(format_, at_, true);
    const std::size_t type_at = at_;
    at_ += type.size;
    if (type.character == '%') {
      out += '%';
      return;
    }
    if (!value) value = next_argument();
    if (left) {
      spec.align = '<';
    } else if (zero) {
      spec.fill = '0';
      spec.align = '=';
    } else {
      spec.align = '>';
    }
    convert(out, type.character, type_at, value, spec);
  }

  void convert(std::string& out, char32_t type, std::size_t type_at, Value value,
               FormatSpec& spec) {
    switch (type) {
      case 's':
        return text(out, evaluator_.to_str(value), spec);
      case 'r':
        return text(out, evaluator_.repr(value), spec);
      case 'a':
        return text(out, ascii_repr(evaluator_.repr(value)), spec);
      case 'c':
        return text(out, character(value), spec);
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return integer(out, static_cast<char>(type), value, spec);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': {
        if (!spec_number(value)) {
          evaluator_.type_error("must be real number, not " + evaluator_.type_name(value));
        }
        spec.type = type;
        if (spec.precision < 0) spec.precision = 6;
        const double number = number_as_double(evaluator_, as_float(value));
        out += format_float(evaluator_, number, spec, "float");
        return;
      }
      default: {
        char code[16];
        std::snprintf(code, sizeof code, "0x%x", static_cast<unsigned>(type));
        std::string shown;
        if (type >= 32 && type < 127) {
          shown = static_cast<char>(type);
        } else {
          shown = "?";
        }
        evaluator_.value_error("unsupported format character '" + shown + "' (" + code +
                               ") at index " +
                               std::to_string(utf8_length(format_.substr(0, type_at))));
      }
    }
  }

  bool spec_number(Value value) {
    const Value number = evaluator_.plain_number(value);
    return number.is_float() || is_integer(number) ||
           (value.is_object() && evaluator_.find_attr(value, "__float__"));
  }

  Value as_float(Value value) {
    const Value number = evaluator_.plain_number(value);
    if (number.is_float() || is_integer(number)) return number;
    return evaluator_.call_method(value, "__float__");
  }

  void text(std::string& out, std::string value, FormatSpec spec) {
    spec.fill = ' ';
    spec.sign = 0;
    spec.alternate = false;
    if (spec.align == '=') spec.align = '>';
    out += format_text(evaluator_, value, spec);
  }

  std::string character(Value value) {
    if (const Str* str = value.get<Str>(); str && str->length() == 1) return str->text;
    const Value number = evaluator_.plain_number(value);
    if (!number.is_int() && !number.is_bool()) {
      if (is_integer(number)) evaluator_.raise("OverflowError", "%c arg not in range(0x110000)");
      evaluator_.type_error("%c requires int or char");
    }
    if (number.as_int() < 0 || number.as_int() > 0x10FFFF) {
      evaluator_.raise("OverflowError", "%c arg not in range(0x110000)");
    }
    std::string out;
    append_utf8(out, static_cast<char32_t>(number.as_int()));
    return out;
  }

  void integer(std::string& out, char type, Value value, FormatSpec& spec) {
    Value number = evaluator_.plain_number(value);
    const bool decimal = type == 'd' || type == 'i' || type == 'u';
    if (number.is_float() && decimal) {
      const Value args[] = {number};
      number = evaluator_.call(evaluator_.builtin("int"), args);
    } else if (!is_integer(number)) {
      const Value convert = value.is_object() ? evaluator_.find_attr(value, "__index__") : Value();
      const Value truncate = value.is_object() && !convert && decimal
                                 ? evaluator_.find_attr(value, "__int__")
                                 : Value();
      if (convert) {
        number = evaluator_.call(convert);
      } else if (truncate) {
        number = evaluator_.call(truncate);
      } else {
        evaluator_.type_error(
            "%" + std::string(1, type) + " format: " +
            (decimal ? "a real number is required, not " : "an integer is required, not ") +
            evaluator_.type_name(value));
      }
    }
    const unsigned base = decimal ? 10 : type == 'o' ? 8 : 16;
    std::string digits = integer_digits(evaluator_, number, base);
    const bool negative = digits.front() == '-';
    if (negative) digits.erase(0, 1);
    if (static_cast<std::int64_t>(digits.size()) < spec.precision) {
      digits.insert(0, static_cast<std::size_t>(spec.precision) - digits.size(), '0');
    }
    if (type == 'X') std::transform(digits.begin(), digits.end(), digits.begin(), ascii_upper);
    std::string head;
    if (negative) {
      head = "-";
    } else if (spec.sign != 0) {
      head = spec.sign;
    }
    if (spec.alternate && !decimal) head += std::string("0") + type;
    const auto length = static_cast<std::int64_t>(head.size() + digits.size());
    const std::size_t missing =
        spec.width > length ? static_cast<std::size_t>(spec.width - length) : 0;
    if (spec.align == '<') {
      out += head + digits + std::string(missing, ' ');
    } else if (spec.align == '=') {
      out += head + std::string(missing, '0') + digits;
    } else {
      out += std::string(missing, ' ') + head + digits;
    }
  }

  Evaluator& evaluator_;
  const std::string_view format_;
  const Value arguments_;
  const Tuple* tuple_ = nullptr;
  bool mapping_ = false;
  bool used_single_ = false;
  std::size_t next_ = 0;
  std::size_t at_ = 0;
};

}  // namespace

std::string format_percent(Evaluator& evaluator, const std::string& format, Value arguments) {
  return PercentFormatter(evaluator, format, arguments).format();
}

}  // namespace retort::python
