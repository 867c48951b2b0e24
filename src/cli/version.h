#pragma once

#include <string_view>

namespace retort::cli {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace retort::cli
