#include "base/source.h"

#include <algorithm>

namespace retort {
namespace {

bool is_continuation_byte(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

std::uint32_t count_characters(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation_byte(c); }));
}

}  // namespace

LineColumn Source::position(std::uint32_t offset) const {
  std::string_view before = std::string_view(text_).substr(0, offset);
  auto line = static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  std::size_t newline = before.rfind('\n');
  std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  return {line, count_characters(before.substr(start)) + 1};
}

std::string_view Source::line(std::uint32_t number) const {
  std::string_view rest = text_;
  for (std::uint32_t i = 1; i < number; ++i) {
    std::size_t newline = rest.find('\n');
    if (newline == std::string_view::npos) return {};
    rest.remove_prefix(newline + 1);
  }
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::string Place::str() const {
  LineColumn at = source->position(span.begin);
  return source->path() + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string Place::excerpt() const {
  LineColumn at = source->position(span.begin);
  std::string_view text = source->line(at.line);
  std::string number = std::to_string(at.line);
  std::string margin(number.size(), ' ');

  // Tabs are kept in the caret line so that the caret stands under its character.
  std::string pad;
  std::uint32_t column = 1;
  for (char c : text) {
    if (column >= at.column) break;
    if (is_continuation_byte(c)) continue;
    pad += c == '\t' ? '\t' : ' ';
    ++column;
  }
  std::string_view marked = source->text(span);
  marked = marked.substr(0, marked.find('\n'));
  std::uint32_t width = std::max<std::uint32_t>(1, count_characters(marked));
  return number + " | " + std::string(text) + "\n" + margin + " | " + pad +
         std::string(width, '^');
}

}  // namespace retort
