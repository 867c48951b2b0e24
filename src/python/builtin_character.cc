#include "python/builtin_character.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "python/builtin_character_table.h"
#include "python/unicode.h"

namespace retort::python {
namespace {

using namespace character_table;  // NOLINT: its only user

template <typename Row, std::size_t N>
const Row* find_row(const Row (&rows)[N], char32_t c) {
  const Row* row = std::upper_bound(std::begin(rows), std::end(rows), c,
                                    [](char32_t x, const Row& r) { return x < r.first; });
  if (row == std::begin(rows)) return nullptr;
  --row;
  if (c > row->last) return nullptr;
  if constexpr (requires { row->step; }) {
    if ((c - row->first) % row->step != 0) return nullptr;
  }
  return row;
}

template <std::size_t N>
const Special* find_special(const Special (&rows)[N], char32_t c) {
  const Special* row = std::lower_bound(std::begin(rows), std::end(rows), c,
                                        [](const Special& r, char32_t x) { return r.from < x; });
  return row != std::end(rows) && row->from == c ? row : nullptr;
}

void append_special(std::string& out, const Special& special) {
  for (const char32_t c : special.to) {
    if (c != 0) append_utf8(out, c);
  }
}

char32_t shifted(char32_t c, std::int32_t delta) {
  return static_cast<char32_t>(static_cast<std::int32_t>(c) + delta);
}

template <typename Each>
std::string mapped(std::string_view text, const Each& each) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded d = decode_utf8(text, at, true);
    each(out, d.character, at, at + d.size);
    at += d.size;
  }
  return out;
}

// A character that a final sigma looks through: marks, apostrophes and the like.
bool is_case_ignorable(char32_t c) {
  return c == U'\'' || c == U'.' || c == U':' || c == U'^' || c == U'`' || c == 0xA8 || c == 0xAD ||
         c == 0xAF || c == 0xB4 || c == 0xB7 || c == 0xB8 || (c >= 0x2B0 && c <= 0x36F) ||
         c == 0x2019 || c == 0x200B || c == 0x200C || c == 0x200D;
}

bool cased_before(std::string_view text, std::size_t at) {
  while (at > 0) {
    do {
      --at;
    } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
    const char32_t c = decode_utf8(text, at, true).character;
    if (!is_case_ignorable(c)) return is_cased(c);
  }
  return false;
}

bool cased_after(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const Decoded d = decode_utf8(text, at, true);
    if (!is_case_ignorable(d.character)) return is_cased(d.character);
    at += d.size;
  }
  return false;
}

constexpr char32_t kSigma = 0x3A3;

// Lower case of the character at [begin, end), by its neighbours: a sigma ends a word differently.
void append_lower_at(std::string& out, std::string_view text, char32_t c, std::size_t begin,
                     std::size_t end) {
  if (c == kSigma && cased_before(text, begin) && !cased_after(text, end)) {
    append_utf8(out, 0x3C2);
  } else {
    append_lower(out, c);
  }
}

}  // namespace

bool is_alpha(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return find_row(kIsAlpha, c) != nullptr;
}
bool is_decimal(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return find_row(kIsDecimal, c) != nullptr;
}
bool is_digit(char32_t c) {
  return is_decimal(c) || (c >= 0x80 && find_row(kIsDigit, c) != nullptr);
}
bool is_numeric(char32_t c) {
  return is_digit(c) || (c >= 0x80 && find_row(kIsNumeric, c) != nullptr);
}
bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
  return find_row(kIsSpace, c) != nullptr;
}
bool is_upper(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return find_row(kIsUpper, c) != nullptr;
}
bool is_lower(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return find_row(kIsLower, c) != nullptr;
}
bool is_title(char32_t c) { return c >= 0x80 && find_row(kIsTitle, c) != nullptr; }

int decimal_value(char32_t c) {
  if (c < 0x80) return static_cast<int>(c - '0');
  const character_table::Range* row = find_row(kIsDecimal, c);  // ranges are whole runs of ten
  return row ? static_cast<int>((c - row->first) % 10) : 0;
}

char32_t to_upper(char32_t c) {
  if (c < 0x80) return c >= 'a' && c <= 'z' ? c - 32 : c;
  const Mapping* row = find_row(kUpper, c);
  return row ? shifted(c, row->delta) : c;
}
char32_t to_lower(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  const Mapping* row = find_row(kLower, c);
  return row ? shifted(c, row->delta) : c;
}

void append_upper(std::string& out, char32_t c) {
  if (c >= 0x80) {
    if (const Special* special = find_special(kSpecialUpper, c)) {
      return append_special(out, *special);
    }
  }
  append_utf8(out, to_upper(c));
}
void append_title(std::string& out, char32_t c) {
  if (c >= 0x80) {
    if (const Special* special = find_special(kSpecialTitle, c)) {
      return append_special(out, *special);
    }
    if (const Mapping* row = find_row(kTitle, c)) return append_utf8(out, shifted(c, row->delta));
  }
  append_upper(out, c);
}
void append_lower(std::string& out, char32_t c) {
  if (c == 0x130) {
    append_utf8(out, U'i');
    append_utf8(out, 0x307);
    return;
  }
  append_utf8(out, to_lower(c));
}
void append_folded(std::string& out, char32_t c) {
  if (c >= 0x80) {
    if (const Special* special = find_special(kFold, c)) return append_special(out, *special);
  }
  append_lower(out, c);
}

std::string upper_text(std::string_view text) {
  return mapped(text, [](std::string& out, char32_t c, auto, auto) { append_upper(out, c); });
}
std::string lower_text(std::string_view text) {
  return mapped(text, [&](std::string& out, char32_t c, std::size_t begin, std::size_t end) {
    append_lower_at(out, text, c, begin, end);
  });
}
std::string title_text(std::string_view text) {
  bool inside = false;
  return mapped(text, [&](std::string& out, char32_t c, std::size_t begin, std::size_t end) {
    if (inside) {
      append_lower_at(out, text, c, begin, end);
    } else {
      append_title(out, c);
    }
    inside = is_cased(c);
  });
}
std::string capitalized_text(std::string_view text) {
  return mapped(text, [&](std::string& out, char32_t c, std::size_t begin, std::size_t end) {
    if (begin == 0) {
      append_title(out, c);
    } else {
      append_lower_at(out, text, c, begin, end);
    }
  });
}
std::string folded_text(std::string_view text) {
  return mapped(text, [](std::string& out, char32_t c, auto, auto) { append_folded(out, c); });
}
std::string swapped_text(std::string_view text) {
  return mapped(text, [&](std::string& out, char32_t c, std::size_t begin, std::size_t end) {
    if (is_upper(c)) {
      append_lower_at(out, text, c, begin, end);
    } else if (is_lower(c)) {
      append_upper(out, c);
    } else {
      append_utf8(out, c);
    }
  });
}

}  // namespace retort::python
