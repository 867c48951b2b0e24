#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/table.h"

namespace retort::cli {

// The arguments after the program's name. Throws Error(code::kUsage) for wrong ones. nullopt when
// they only asked for text (--help, --version), which is then in `text`.
std::optional<Invocation> parse(const std::string& program, std::span<const std::string> arguments,
                                std::string& text);

}  // namespace retort::cli
