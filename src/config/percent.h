#pragma once

#include <string>
#include <string_view>

// Percent escapes with the rules of Python's urllib.parse.
namespace retort::config {

// An escape that is not two hex digits stays as it is.
std::string percent_decode(std::string_view text);
// The same, with '+' for a space: for the parts of a query.
std::string query_decode(std::string_view text);
// Escapes all but letters, digits, "_.-~" and the characters of `safe`.
std::string percent_encode(std::string_view text, std::string_view safe);
// The same with nothing safe, and a space as '+'.
std::string query_encode(std::string_view text);

}  // namespace retort::config
