#pragma once

#include <string>
#include <string_view>

// What the methods of str know of characters beyond ASCII (Unicode 15.1).
namespace retort::python {

bool is_alpha(char32_t c);
bool is_decimal(char32_t c);  // usable in int()
bool is_digit(char32_t c);
bool is_numeric(char32_t c);
bool is_space(char32_t c);
bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_title(char32_t c);
inline bool is_cased(char32_t c) { return is_upper(c) || is_lower(c) || is_title(c); }

int decimal_value(char32_t c);  // of is_decimal() ones

// Simple mappings, one character to one.
char32_t to_upper(char32_t c);
char32_t to_lower(char32_t c);

// Full mappings of one character, appended as UTF-8.
void append_upper(std::string& out, char32_t c);
void append_title(std::string& out, char32_t c);
void append_lower(std::string& out, char32_t c);
void append_folded(std::string& out, char32_t c);

// str.upper() and its like.
std::string upper_text(std::string_view text);
std::string lower_text(std::string_view text);
std::string title_text(std::string_view text);
std::string capitalized_text(std::string_view text);
std::string folded_text(std::string_view text);
std::string swapped_text(std::string_view text);

}  // namespace retort::python
