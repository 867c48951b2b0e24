#include "database/statement_text.h"

#include <algorithm>
#include <iterator>

namespace retort::database {

Span token_at(std::string_view statement, std::size_t offset) {
  auto begin = static_cast<std::uint32_t>(offset);
  std::uint32_t end = begin;
  auto is_word = [](unsigned char c) {
    return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
           ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
  };
  while (end < statement.size() && is_word(static_cast<unsigned char>(statement[end]))) ++end;
  if (end == begin && end < statement.size()) ++end;
  return {begin, end};
}

void FilledText::add(std::string_view piece, std::size_t original, bool literal) {
  pieces_.push_back({text_.size(), original, literal});
  text_ += piece;
}

std::size_t FilledText::original(std::size_t offset) const {
  auto after = std::ranges::upper_bound(pieces_, offset, {}, &Piece::at);
  if (after == pieces_.begin()) return offset;
  const Piece& piece = *std::prev(after);
  return piece.literal ? piece.original : piece.original + (offset - piece.at);
}

}  // namespace retort::database
