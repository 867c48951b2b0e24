#include "compare/context.h"

#include "base/text.h"
#include "dialect/sqlite/parse_token.h"
#include "python/value_text.h"
#include "sql/grammar.h"

namespace retort::compare {
namespace {

std::string logger(std::string_view part) {
  return "alembic.autogenerate.compare." + std::string(part);
}

// Without parentheses that enclose all of it.
std::string_view bare(std::string_view text) {
  text = trim(text);
  while (text.size() > 1 && text.front() == '(' && text.back() == ')') {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      if (text[i] == '\'') in_string = !in_string;
      if (in_string) continue;
      depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
      if (depth == 0) return text;
    }
    text = trim(text.substr(1, text.size() - 2));
  }
  return text;
}

}  // namespace

void Context::info(std::string_view part, std::string text) {
  messages_.push_back({Message::Level::kInfo, logger(part), std::move(text)});
}

void Context::warning(std::string_view part, std::string text) {
  messages_.push_back({Message::Level::kWarning, logger(part), std::move(text)});
}

bool Context::includes(const Candidate& candidate) const {
  return !options.include_object || options.include_object(candidate);
}

bool Context::includes_name(const schema::Name& name, std::string_view kind,
                            const schema::Table& table) const {
  if (!options.include_name) return true;
  std::optional<std::string> schema;
  if (!table.schema.empty()) schema = table.schema;
  std::optional<std::string> own;
  if (!name.empty()) own = name.text;
  return options.include_name(own, kind,
                              {{"schema_name", schema},
                               {"table_name", table.name},
                               {"schema_qualified_table_name", table.full_name()}});
}

bool Context::same_sql(std::string_view a, std::string_view b) const {
  if (a == b) return true;
  if (!is_sqlite()) return false;
  return dialect::sqlite::same_tokens(bare(a), bare(b));
}

std::string Context::sql(const sql::Expression& expression) const {
  return expression ? sql::compile_ddl(expression, input.dialect.grammar()) : "";
}

std::string quoted(std::string_view text) { return python::str_repr(text); }

std::string tuple(const std::vector<std::string>& names) {
  std::string out = "(";
  for (std::size_t i = 0; i < names.size(); ++i) out += (i > 0 ? ", " : "") + quoted(names[i]);
  return out + (names.size() == 1 ? ",)" : ")");
}

}  // namespace retort::compare
