#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace retort {

// "30s", "500ms", "2m", "1.5h"; a bare number is seconds. Nothing for other text.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace retort
