#include "compare/types.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace retort::compare {
namespace {

struct Spelling {
  std::vector<std::string> words{};
  std::vector<std::string> arguments{};
  int dimensions = 0;
};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

void read_arguments(std::string_view text, std::vector<std::string>& into) {
  for (const std::string& part : split(text, ',')) {
    std::string_view argument = trim(part);
    if (!argument.empty()) into.emplace_back(argument);
  }
}

Spelling spelling(const std::string& ddl) {
  std::string text = to_lower(ddl);
  Spelling out;
  for (std::size_t at = 0; at < text.size();) {
    if (is_word(text[at])) {
      std::size_t end = at;
      while (end < text.size() && is_word(text[end])) ++end;
      out.words.push_back(text.substr(at, end - at));
      at = end;
    } else if (text[at] == '(') {
      std::size_t close = std::min(text.find(')', at), text.size());
      read_arguments(std::string_view(text).substr(at + 1, close - at - 1), out.arguments);
      at = close + 1;
    } else {
      out.dimensions += text[at] == '[' ? 1 : 0;
      ++at;
    }
  }
  return out;
}

// Words that mean the same type, by engine; empty: by all.
struct Synonyms {
  std::string_view engine;
  std::string_view one;
  std::string_view other;
};
constexpr auto kSynonyms = std::to_array<Synonyms>({
    {"", "numeric", "decimal"},
    {"postgresql", "float", "double precision"},
    {"mysql", "bool", "tinyint"},
    {"mysql", "json", "longtext"},
    {"mariadb", "bool", "tinyint"},
    {"mariadb", "json", "longtext"},
});

bool same_words(std::string_view engine, const Spelling& have, const Spelling& want) {
  if (have.words.front() == want.words.front()) return true;
  std::string have_all = join(have.words, " ");
  std::string want_all = join(want.words, " ");
  for (const Synonyms& pair : kSynonyms) {
    if (!pair.engine.empty() && pair.engine != engine) continue;
    auto both = [&](std::string_view a, std::string_view b) {
      return (a == pair.one && b == pair.other) || (a == pair.other && b == pair.one);
    };
    if (both(have_all, want_all) || both(have.words.front(), want.words.front())) return true;
  }
  return false;
}

}  // namespace

bool types_differ(const Context& context, const sql::Type& have, const sql::Type& want) {
  if (have == want || have.is_null() || want.is_null()) return false;
  if (context.is_mysql_like() && have.name == want.name) {
    // A value more is a type with an argument more, which says nothing otherwise; so is a fraction
    // of seconds, which counts where it is wanted.
    bool is_time = want.name == "DATETIME" || want.name == "TIMESTAMP" || want.name == "TIME";
    if (have.values != want.values) return true;
    if (is_time && want.precision && have.precision != want.precision) return true;
  }
  const sql::Grammar& grammar = context.input.dialect.grammar();
  Spelling old_one = spelling(grammar.type(have));
  Spelling new_one = spelling(grammar.type(want));
  if (old_one.words.empty() || new_one.words.empty()) return false;
  if (!same_words(context.engine(), old_one, new_one)) return true;
  if (old_one.dimensions != new_one.dimensions) return true;
  if (old_one.words.size() == new_one.words.size() &&
      !std::equal(old_one.words.begin() + 1, old_one.words.end(), new_one.words.begin() + 1)) {
    return true;
  }
  return old_one.arguments.size() == new_one.arguments.size() &&
         old_one.arguments != new_one.arguments;
}

}  // namespace retort::compare
