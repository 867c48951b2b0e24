#include "compare/defaults.h"

#include "base/text.h"

namespace retort::compare {
namespace {

std::string text_of(const Context& context, const schema::ServerDefault& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return context.input.dialect.grammar().literal(*text);
  }
  return context.sql(std::get<sql::Expression>(value));
}

// A literal without its quotes, in or out of parentheses.
std::string_view plain(std::string_view text) {
  text = trim(text);
  while (text.size() > 1 && text.front() == '(' && text.back() == ')') {
    text = trim(text.substr(1, text.size() - 2));
  }
  if (text.size() > 1 && text.front() == '\'' && text.find('\'', 1) == text.size() - 1) {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

bool is_null(std::string_view text) { return equal_ignoring_case(plain(text), "null"); }

// MySQL writes a time with as many digits of its second as the type has, which is the type's
// business: current_timestamp(3), '2024-02-29 00:00:00.000'.
std::string without_fraction(std::string text) {
  static constexpr std::string_view kNow = "current_timestamp(";
  for (std::size_t at = text.find(kNow); at != std::string::npos; at = text.find(kNow, at + 1)) {
    std::size_t digits = at + kNow.size();
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
      text.erase(digits, 1);
    }
  }
  std::size_t last = text.find_last_not_of("0'");
  if (text.ends_with("0'") && last != std::string::npos && text[last] == '.' &&
      text.find(':') != std::string::npos) {
    text = text.substr(0, last) + "'";
  }
  return text;
}

}  // namespace

bool defaults_differ(const Context& context, const std::optional<schema::ServerDefault>& have,
                     const std::optional<schema::ServerDefault>& want) {
  if (!have && !want) return false;
  std::string old_text = have ? text_of(context, *have) : "NULL";
  std::string new_text = want ? text_of(context, *want) : "NULL";
  if (context.is_mysql_like()) {
    old_text = without_fraction(std::move(old_text));
    new_text = without_fraction(std::move(new_text));
  }
  if (!context.is_sqlite()) return have.has_value() != want.has_value() || old_text != new_text;
  if (is_null(old_text) && is_null(new_text)) return false;
  return !context.same_sql(old_text, new_text) && plain(old_text) != plain(new_text);
}

bool same_generation(const Context& context, const std::optional<schema::Computed>& have,
                     const std::optional<schema::Computed>& want) {
  if (have.has_value() != want.has_value()) return false;
  if (!have) return true;
  return have->persisted.value_or(false) == want->persisted.value_or(false) &&
         context.same_sql(context.sql(have->expression), context.sql(want->expression));
}

bool identities_differ(const std::optional<schema::Identity>& have,
                       const std::optional<schema::Identity>& want) {
  if (have.has_value() != want.has_value()) return true;
  return have && (have->always != want->always || have->sequence != want->sequence);
}

}  // namespace retort::compare
