#pragma once

#include <string>

#include "cli/table.h"

namespace retort::cli {

// What the program does: every command with one line, in groups, and the global options.
std::string program_help(const std::string& program);

// One command: usage, what it does, its arguments and options, examples.
std::string command_help(const std::string& program, const CommandSpec& command);

}  // namespace retort::cli
