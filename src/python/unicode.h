#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// Properties of characters (Unicode 15.1) that Python's grammar and repr() depend on, and UTF-8.
namespace retort::python {

bool is_identifier_start(char32_t c);
bool is_identifier_continue(char32_t c);
// False for what repr() writes as an escape: controls, separators but the space, unassigned.
bool is_printable(char32_t c);

struct Decoded {
  char32_t character = 0;
  std::uint32_t size = 0;  // in bytes; 0: not UTF-8
};
// The character that starts at `text[at]`. Lone surrogates are let through when `surrogates` is
// set: a string literal can make them, a file can't hold them.
Decoded decode_utf8(std::string_view text, std::size_t at, bool surrogates = false);
void append_utf8(std::string& out, char32_t c);

// The offset of the first byte that is not UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

}  // namespace retort::python
