#pragma once

#include <string_view>

namespace retort::cli {

inline constexpr std::string_view kVersion = "0.1.0";
// The release of Alembic whose commands, files and words these are.
inline constexpr std::string_view kAlembicVersion = "1.20.1";

}  // namespace retort::cli
