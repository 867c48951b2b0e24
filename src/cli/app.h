#pragma once

#include <span>
#include <string>

#include "command/project.h"

namespace retort::cli {

// The whole program but for main(): parses, runs, reports. Returns the exit code: 0 done, 1 failed,
// 2 wrong arguments, 3 changes pending.
// `embedded` is what the program brings along in place of a project's files, or null.
int run_program(const std::string& program, std::span<const std::string> arguments,
                const command::Embedded* embedded = nullptr);

}  // namespace retort::cli
