#include "sql/words.h"

#include <cctype>
#include <string>

#include "base/text.h"

namespace retort::sql {

bool has_word(std::string_view given, std::string_view given_word) {
  std::string text = to_lower(given);
  std::string word = to_lower(given_word);
  if (word.empty()) return false;
  auto is_part = [&](std::size_t at) {
    return at < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '_');
  };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return true;
  }
  return false;
}

}  // namespace retort::sql
