#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Text of values: code points and literals.
namespace retort::python {

// The code points of UTF-8 text, each as its bytes.
std::vector<std::string_view> code_points(std::string_view text);
// The number of the code point that `text` starts with, and how many bytes it takes.
std::uint32_t decode_point(std::string_view text, std::size_t& bytes);
std::string encode_point(std::uint32_t point);
bool printable_point(std::uint32_t point);

std::string str_repr(std::string_view text);      // as repr() of a str
std::string bytes_repr(std::string_view data);    // as repr() of bytes
std::string ascii_escape(std::string_view text);  // escapes what is not ASCII in a repr()
std::string float_repr(double value);             // the shortest text that reads back the same

}  // namespace retort::python
