#include "autogenerate/replaced_functions.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"

namespace retort::autogenerate {
namespace {

using schema::Definition;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// In lower case, with one space where there are any.
std::string plain(std::string_view text) {
  std::string out;
  for (char c : to_lower(text)) {
    bool space = is_space(c);
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : c;
  }
  return out;
}

// From the arguments to the end of RETURNS ...; nothing where that can't be told.
std::optional<std::string> signature(const std::string& sql) {
  std::string text = plain(sql);
  std::size_t begin = text.find('(');
  std::size_t returns = text.find(" returns ");
  if (begin == std::string::npos || returns == std::string::npos || returns < begin) return {};
  std::size_t end = text.size();
  for (std::string_view word :
       {" language ", " as ", " immutable", " stable", " volatile", " strict", " security ",
        " called ", " leakproof", " parallel ", " cost ", " rows ", " set ", " window", " begin ",
        " return ", " not leakproof", " transform ", " support "}) {
    end = std::min(end, text.find(word, returns + 9));
  }
  return text.substr(begin, end - begin);
}

// Its text with OR REPLACE.
std::optional<std::string> replacing(const std::string& sql) {
  std::string text(trim(sql));
  std::string start = plain(text.substr(0, 40));
  if (start.starts_with("create or replace function ")) return text;
  if (!start.starts_with("create function ")) return std::nullopt;
  return text.substr(0, 6) + " OR REPLACE" + text.substr(6);
}

}  // namespace

void replace_functions(std::vector<operations::Operation>& operations) {
  auto replaced = [&](const Definition& dropped) {
    for (operations::Operation& operation : operations) {
      auto* made = std::get_if<operations::CreateDefinition>(&operation);
      if (!made || made->definition.kind != Definition::Kind::kFunction) continue;
      if (made->definition.schema != dropped.schema || made->definition.name != dropped.name) {
        continue;
      }
      std::optional<std::string> before = signature(dropped.sql);
      std::optional<std::string> sql = replacing(made->definition.sql);
      // Functions of one name may differ by their arguments.
      if (!before || !sql || before != signature(*sql)) continue;
      made->definition.sql = *sql;
      return true;
    }
    return false;
  };
  std::erase_if(operations, [&](const operations::Operation& operation) {
    const auto* drop = std::get_if<operations::DropDefinition>(&operation);
    return drop && drop->definition.kind == Definition::Kind::kFunction &&
           replaced(drop->definition);
  });
}

}  // namespace retort::autogenerate
