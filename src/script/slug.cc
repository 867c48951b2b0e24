#include "script/slug.h"

#include "python/builtin_character.h"

namespace retort::script {
namespace {

// The code point at `at`, which moves past it. Bytes that are no UTF-8 count one by one.
char32_t next_character(std::string_view text, std::size_t& at) {
  auto byte = static_cast<unsigned char>(text[at]);
  std::size_t length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
  if (at + length > text.size()) length = 1;
  char32_t out = length == 1 ? (byte < 0x80 ? byte : U'\uFFFD') : byte & (0xFF >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    out = out << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  }
  at += length;
  return out;
}

// Python's \w.
bool is_word(char32_t c) {
  return c == '_' || python::is_alpha(c) || python::is_decimal(c) || python::is_digit(c) ||
         python::is_numeric(c);
}

// The first `limit` characters; the whole text when it has no more.
std::string_view cut(std::string_view text, int limit) {
  std::size_t at = 0;
  for (int count = 0; count < limit && at < text.size(); ++count) next_character(text, at);
  return text.substr(0, at);
}

}  // namespace

std::string slug(std::string_view message, int limit) {
  std::string words;
  bool gap = false;
  for (std::size_t at = 0; at < message.size();) {
    std::size_t begin = at;
    if (!is_word(next_character(message, at))) {
      gap = true;
      continue;
    }
    if (gap && !words.empty()) words += '_';
    gap = false;
    words += message.substr(begin, at - begin);
  }
  std::string out = python::lower_text(words);
  std::string_view kept = cut(out, limit);
  if (kept.size() == out.size()) return out;
  kept = kept.substr(0, kept.rfind('_'));  // npos: a single long word stays cut where it is
  return std::string(kept) + "_";
}

}  // namespace retort::script
