#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/table.h"

// The habits of Python's argparse that Alembic's users have, put into a form that every parser of
// command lines understands: long options may be abbreviated to a unique beginning, "-1" is a
// revision where a positional may stand, and what follows an option that takes a value is its
// value, whatever it looks like.
namespace retort::cli {

// Options written out, and what is no option marked (see unmark): values and positionals. Throws
// Error(code::kUsage) for an option that is not known, is ambiguous or lacks its value.
std::vector<std::string> normalize(const std::string& program,
                                   std::span<const std::string> arguments);

// A value or positional without the mark that normalize() has put before it.
std::string unmark(std::string text);

// The option's longest name without dashes: its key in Invocation.
std::string long_name(const OptionSpec& option);

// nullptr when there is no such command.
const CommandSpec* find_command(std::string_view name);
// Throws Error(code::kUsage) with a suggestion.
[[noreturn]] void unknown_command(const std::string& name);

}  // namespace retort::cli
