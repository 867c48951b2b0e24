#include "dialect/options.h"

namespace retort::dialect {

std::optional<bool> option_flag(const schema::Options& options, std::string_view name) {
  const schema::Option* option = schema::find_option(options, name);
  if (!option) return std::nullopt;
  if (const bool* value = std::get_if<bool>(&option->value)) return *value;
  if (const auto* value = std::get_if<std::int64_t>(&option->value)) return *value != 0;
  if (const auto* value = std::get_if<std::string>(&option->value)) return !value->empty();
  return std::nullopt;
}

std::string option_text(const schema::Options& options, std::string_view name) {
  const schema::Option* option = schema::find_option(options, name);
  if (!option) return {};
  if (const auto* value = std::get_if<std::string>(&option->value)) return *value;
  if (const auto* value = std::get_if<std::int64_t>(&option->value)) return std::to_string(*value);
  if (const bool* value = std::get_if<bool>(&option->value)) return *value ? "1" : "0";
  return {};
}

std::vector<std::string> option_list(const schema::Options& options, std::string_view name) {
  const schema::Option* option = schema::find_option(options, name);
  if (!option) return {};
  if (const auto* value = std::get_if<std::vector<std::string>>(&option->value)) return *value;
  if (const auto* value = std::get_if<std::string>(&option->value)) return {*value};
  return {};
}

std::string option_sql(const schema::Options& options, std::string_view name,
                       const sql::Grammar& grammar) {
  const schema::Option* option = schema::find_option(options, name);
  if (!option) return {};
  if (const auto* value = std::get_if<sql::Expression>(&option->value)) {
    return *value ? sql::compile_ddl(*value, grammar) : "";
  }
  return option_text(options, name);
}

const std::vector<std::pair<std::string, std::string>>* option_map(const schema::Options& options,
                                                                   std::string_view name) {
  const schema::Option* option = schema::find_option(options, name);
  if (!option) return nullptr;
  return std::get_if<std::vector<std::pair<std::string, std::string>>>(&option->value);
}

}  // namespace retort::dialect
