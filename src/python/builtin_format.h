#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "python/evaluator.h"

// The format specification mini-language:
// [[fill]align][sign]["z"]["#"]["0"][width][grouping]["." precision][type]
// (https://docs.python.org/3/library/string.html#formatspec).
namespace retort::python {

struct FormatSpec {
  char32_t fill = ' ';
  char align = 0;  // 0: the default of the type
  char sign = 0;
  bool no_negative_zero = false;
  bool alternate = false;
  std::int64_t width = -1;
  char grouping = 0;  // ',' or '_'
  std::int64_t precision = -1;
  char32_t type = 0;
};

// ValueError when `text` is none; `default_align` is '<' for text and '>' for numbers.
FormatSpec parse_format_spec(Evaluator& evaluator, std::string_view text,
                             std::string_view type_name, char default_align);

std::string format_text(Evaluator& evaluator, const std::string& text, const FormatSpec& spec);
std::string format_integer(Evaluator& evaluator, Value value, const FormatSpec& spec,
                           std::string_view type_name);
std::string format_float(Evaluator& evaluator, double value, const FormatSpec& spec,
                         std::string_view type_name);

// A finite value that is not negative, by printf's conversion `type` (e E f F g G %).
std::string float_digits(double value, char type, int precision, bool alternate);

// str.format: `keyword` finds a named value, absent when there is none.
std::string format_fields(Evaluator& evaluator, std::string_view text, std::span<const Value> args,
                          const std::function<Value(const std::string&)>& keyword);

}  // namespace retort::python
