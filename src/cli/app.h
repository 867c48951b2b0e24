#pragma once

#include <span>
#include <string>

namespace retort::cli {

// The whole program but for main(): parses, runs, reports. Returns the exit code: 0 done, 1 failed,
// 2 wrong arguments, 3 changes pending.
int run_program(const std::string& program, std::span<const std::string> arguments);

}  // namespace retort::cli
