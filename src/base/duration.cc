#include "base/duration.h"

#include <cmath>
#include <cstdlib>
#include <string>

#include "base/text.h"

namespace retort {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  std::string number(trim(text));
  char* end = nullptr;
  double value = std::strtod(number.c_str(), &end);
  if (end == number.c_str() || !(value >= 0) || value > 1e9) return std::nullopt;
  std::string_view unit = trim(std::string_view(end));
  double seconds = 0;
  if (unit == "ms") {
    seconds = 0.001;
  } else if (unit.empty() || unit == "s") {
    seconds = 1;
  } else if (unit == "m" || unit == "min") {
    seconds = 60;
  } else if (unit == "h") {
    seconds = 3600;
  } else {
    return std::nullopt;
  }
  return std::chrono::milliseconds(std::llround(value * seconds * 1000));
}

}  // namespace retort
