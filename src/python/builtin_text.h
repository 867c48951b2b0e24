#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/evaluator.h"

// Helpers that the built-in functions and methods share.
namespace retort::python {

// Text by characters. `byte_offset` of a position past the end is the end.
std::int64_t utf8_length(std::string_view text);
std::size_t byte_offset(std::string_view text, std::int64_t characters);
std::u32string decoded(std::string_view text);
std::string encoded(std::u32string_view text);
inline char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
inline char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// What ascii() makes of a repr(): \x, \u and \U escapes for characters beyond ASCII.
std::string ascii_repr(std::string_view repr);

// Digits of an int, bool or big integer in a base from 2 to 36, with "-" in front when negative.
std::string integer_digits(Evaluator& evaluator, Value value, unsigned base);
// int(text, base) of Python's syntax: signs, spaces, underscores, prefixes. Absent when it is none.
Value parse_integer(Evaluator& evaluator, std::string_view text, unsigned base);
// float(text). nullopt when it is none.
std::optional<double> parse_float(std::string_view text);
// float(value) of any number; OverflowError for a big integer that is too large.
double number_as_double(Evaluator& evaluator, Value number);

bool is_integer(Value value);  // int, bool or a big integer; not of derived classes

// Arguments: a given integer (TypeError in CPython's words for others), or what is said when it is
// absent or, with `none_is_absent`, None.
std::int64_t integer_or(Evaluator& evaluator, Value value, std::int64_t otherwise,
                        bool none_is_absent = false);
// The text of a str argument: "replace() argument 1 must be str, not int".
const std::string& text_argument(Evaluator& evaluator, Value value, std::string_view function,
                                 std::string_view which);
// Clamps `begin` and `end` of a search, given as in text[begin:end], to 0..length.
struct Window {
  std::int64_t begin = 0;
  std::int64_t end = 0;
};
Window window(Evaluator& evaluator, Value begin, Value end, std::int64_t length);

}  // namespace retort::python
