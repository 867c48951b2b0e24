#include "modules/arguments.h"

#include <limits>

#include "modules/sqlalchemy/schema_classes.h"

namespace retort::modules {

using python::Arguments;
using python::Evaluator;
using python::Value;

namespace {

void refuse_unknown(Evaluator& evaluator, Value value, std::string_view what) {
  if (auto* unknown = value.get<python::Unknown>()) evaluator.refuse_unknown(*unknown, what);
}

[[noreturn]] void wrong_kind(Evaluator& evaluator, Value value, std::string_view what,
                             std::string_view wanted) {
  evaluator.type_error(std::string(what) + " must be " + std::string(wanted) + ", not " +
                       evaluator.repr(value));
}

std::int64_t integer_of(Evaluator& evaluator, Value value, std::string_view what) {
  refuse_unknown(evaluator, value, what);
  if (!value.is_int()) {
    // String("50") and Numeric("10") are accepted by SQLAlchemy, which only prints them.
    if (value.is_str()) {
      const std::string& text = value.as_str();
      if (!text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
          text.size() < 10) {
        return std::stoll(text);
      }
    }
    wrong_kind(evaluator, value, what, "an integer");
  }
  return value.as_int();
}

}  // namespace

std::string text_of(Evaluator& evaluator, Value value, std::string_view what) {
  if (value.is_str()) return value.as_str();
  return name_of(evaluator, value, what).text;
}

schema::Name name_of(Evaluator& evaluator, Value value, std::string_view what) {
  refuse_unknown(evaluator, value, what);
  if (value.is_str()) {
    return {value.as_str(), evaluator.is_instance(value, schema_class(evaluator, "conv"))};
  }
  // quoted_name, or a member of an Enum that is a str.
  if (evaluator.is_instance(value, evaluator.builtin_class("str"))) {
    Value content = evaluator.find_attr(value, "_value_");
    return {content && content.is_str() ? content.as_str() : evaluator.to_str(value), false};
  }
  wrong_kind(evaluator, value, what, "a string");
}

std::vector<std::string> texts_of(Evaluator& evaluator, Value value, std::string_view what) {
  refuse_unknown(evaluator, value, what);
  if (value.is_str()) return {value.as_str()};
  std::vector<std::string> texts;
  evaluator.iterate(value, [&](Value item) {
    texts.push_back(text_of(evaluator, item, what));
    return true;
  });
  return texts;
}

bool flag_of(Evaluator& evaluator, Value value, std::string_view what) {
  refuse_unknown(evaluator, value, what);
  return evaluator.truthy(value);
}

bool present(const Arguments& args, std::string_view name) {
  Value value = args[name];
  return value && !value.is_none();
}

void read_text(Evaluator& evaluator, const Arguments& args, std::string_view name,
               std::string& target) {
  if (present(args, name)) target = text_of(evaluator, args[name], name);
}

void read_text(Evaluator& evaluator, const Arguments& args, std::string_view name,
               std::optional<std::string>& target) {
  if (present(args, name)) target = text_of(evaluator, args[name], name);
}

void read_flag(Evaluator& evaluator, const Arguments& args, std::string_view name, bool& target) {
  if (present(args, name)) target = flag_of(evaluator, args[name], name);
}

void read_flag(Evaluator& evaluator, const Arguments& args, std::string_view name,
               std::optional<bool>& target) {
  if (present(args, name)) target = flag_of(evaluator, args[name], name);
}

void read_int(Evaluator& evaluator, const Arguments& args, std::string_view name,
              std::optional<int>& target) {
  if (!present(args, name)) return;
  std::int64_t value = integer_of(evaluator, args[name], name);
  if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max()) {
    evaluator.value_error(std::string(name) + " is out of range: " + std::to_string(value));
  }
  target = static_cast<int>(value);
}

void read_int(Evaluator& evaluator, const Arguments& args, std::string_view name,
              std::optional<std::int64_t>& target) {
  if (present(args, name)) target = integer_of(evaluator, args[name], name);
}

}  // namespace retort::modules
