#include <string>

#include "python/builtin_format.h"
#include "python/builtin_text.h"

// str.format and str.format_map (https://docs.python.org/3/library/string.html#formatstrings).
namespace retort::python {

namespace {

class FieldFormatter {
 public:
  FieldFormatter(Evaluator& evaluator, std::span<const Value> args,
                 const std::function<Value(const std::string&)>& keyword)
      : evaluator_(evaluator), args_(args), keyword_(keyword) {}

  std::string format(std::string_view text, int depth) {
    if (depth <= 0) evaluator_.value_error("Max string recursion exceeded");
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const char c = text[at];
      if (c != '{' && c != '}') {
        out += c;
        ++at;
        continue;
      }
      if (at + 1 < text.size() && text[at + 1] == c) {
        out += c;
        at += 2;
        continue;
      }
      if (c == '}') evaluator_.value_error("Single '}' encountered in format string");
      if (at + 1 == text.size()) {
        evaluator_.value_error("Single '{' encountered in format string");
      }
      const std::size_t end = field_end(text, at + 1);
      out += field(text.substr(at + 1, end - at - 1), depth);
      at = end + 1;
    }
    return out;
  }

 private:
  // The position of the brace that closes the field which starts at `at`.
  std::size_t field_end(std::string_view text, std::size_t at) {
    int depth = 1;
    bool in_index = false;
    bool in_name = true;
    bool converted = false;
    for (; at < text.size(); ++at) {
      const char c = text[at];
      if (in_index) {
        if (c == ']') in_index = false;
        continue;
      }
      if (in_name && c == '[') in_index = true;
      converted = converted || (in_name && c == '!');
      if (c == ':' || c == '!') in_name = false;
      if (c == '{') {
        if (in_name) evaluator_.value_error("unexpected '{' in field name");
        ++depth;
      }
      if (c == '}' && --depth == 0) return at;
    }
    evaluator_.value_error(converted ? "unmatched '{' in format spec"
                                     : "expected '}' before end of string");
  }

  std::string field(std::string_view text, int depth) {
    std::size_t name_end = 0;
    bool in_index = false;
    while (name_end < text.size()) {
      const char c = text[name_end];
      if (c == '[') in_index = true;
      if (c == ']') in_index = false;
      if (!in_index && (c == '!' || c == ':')) break;
      ++name_end;
    }
    const std::string_view name = text.substr(0, name_end);
    std::string_view rest = text.substr(name_end);
    char conversion = 0;
    if (rest.starts_with('!')) {
      if (rest.size() < 2) {
        evaluator_.value_error("unmatched '{' in format spec");
      }
      conversion = rest[1];
      rest.remove_prefix(2);
      if (!rest.empty() && rest[0] != ':') {
        evaluator_.value_error("expected ':' after conversion specifier");
      }
    }
    Value value = lookup(name);
    const std::string spec = rest.empty() ? "" : format(rest.substr(1), depth - 1);
    switch (conversion) {
      case 0:
        return evaluator_.format(value, spec);
      case 's':
        return evaluator_.format(evaluator_.str(evaluator_.to_str(value)), spec);
      case 'r':
        return evaluator_.format(evaluator_.str(evaluator_.repr(value)), spec);
      case 'a':
        return evaluator_.format(evaluator_.str(ascii_repr(evaluator_.repr(value))), spec);
      default:
        evaluator_.value_error("Unknown conversion specifier " + std::string(1, conversion));
    }
  }

  static bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  }

  std::size_t position(std::string_view digits) {
    if (digits.size() > 9) evaluator_.value_error("Too many decimal digits in format string");
    return static_cast<std::size_t>(std::stoul(std::string(digits)));
  }

  Value lookup(std::string_view name) {
    std::size_t at = std::min(name.find('.'), name.find('['));
    if (at == std::string_view::npos) at = name.size();
    const std::string first(name.substr(0, at));
    Value value;
    if (first.empty() || all_digits(first)) {
      const bool automatic = first.empty();
      if (numbering_ != Numbering::kNone && automatic != (numbering_ == Numbering::kAutomatic)) {
        evaluator_.value_error(automatic ? "cannot switch from manual field specification to "
                                           "automatic field numbering"
                                         : "cannot switch from automatic field numbering to "
                                           "manual field specification");
      }
      numbering_ = automatic ? Numbering::kAutomatic : Numbering::kManual;
      const std::size_t index = automatic ? next_++ : position(first);
      if (!args_.data()) evaluator_.value_error("Format string contains positional fields");
      if (index >= args_.size()) {
        evaluator_.raise("IndexError", "Replacement index " + std::to_string(index) +
                                           " out of range for positional args tuple");
      }
      value = args_[index];
    } else {
      value = keyword_(first);
      if (!value) evaluator_.raise_key_error(evaluator_.str(first));
    }
    while (at < name.size()) {
      if (name[at] == '.') {
        std::size_t end = name.find_first_of(".[", at + 1);
        if (end == std::string_view::npos) end = name.size();
        if (end == at + 1) evaluator_.value_error("Empty attribute in format string");
        value = evaluator_.get_attr(value, name.substr(at + 1, end - at - 1));
        at = end;
        continue;
      }
      if (name[at] != '[') {
        evaluator_.value_error("Only '.' or '[' may follow ']' in format field specifier");
      }
      const std::size_t end = name.find(']', at);
      if (end == std::string_view::npos) evaluator_.value_error("Missing ']' in format string");
      const std::string_view key = name.substr(at + 1, end - at - 1);
      if (key.empty()) evaluator_.value_error("Empty attribute in format string");
      value = evaluator_.get_item(
          value, all_digits(key) ? Value::integer(static_cast<std::int64_t>(position(key)))
                                 : evaluator_.str(key));
      at = end + 1;
    }
    return value;
  }

  enum class Numbering { kNone, kAutomatic, kManual };
  Evaluator& evaluator_;
  std::span<const Value> args_;
  const std::function<Value(const std::string&)>& keyword_;
  Numbering numbering_ = Numbering::kNone;
  std::size_t next_ = 0;
};

}  // namespace

std::string format_fields(Evaluator& evaluator, std::string_view text, std::span<const Value> args,
                          const std::function<Value(const std::string&)>& keyword) {
  return FieldFormatter(evaluator, args, keyword).format(text, 2);
}

}  // namespace retort::python
