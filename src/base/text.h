#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Plain text helpers. All of them work on bytes and leave UTF-8 sequences whole.
namespace retort {

std::string to_lower(std::string_view text);  // ASCII letters only
std::string to_upper(std::string_view text);  // ASCII letters only
std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// The candidate nearest to `word` when it is near enough to be a slip of the keyboard.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);
// "did you mean 'x'?", or nothing: the hint of an error about an unknown name.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace retort
