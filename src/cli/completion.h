#pragma once

#include <string>
#include <string_view>

namespace retort::cli {

// The completion script for "bash", "zsh" or "fish", made from the table of commands. Throws
// Error(code::kUsage) for another shell.
std::string completion_script(std::string_view shell);

}  // namespace retort::cli
