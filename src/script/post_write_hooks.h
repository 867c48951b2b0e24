#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/process.h"
#include "config/settings.h"

namespace retort::script {

// What the hook says to run: types exec, console_scripts (the program of that name) and module
// (python3 -m). REVISION_SCRIPT_FILENAME in `options` stands for the file; where it is missing the
// file comes first. Throws Error(code::kConfig) for a missing or unknown key, at the hook's place.
Command hook_command(const config::PostWriteHook& hook, const std::filesystem::path& file);

// Runs it and waits; its output goes where ours goes. Gives the exit status, which Alembic ignores
// (128 + the signal when one ended it). Throws Error(code::kConfig) that names the hook and the key
// when the program cannot be started: the revision file has been written already.
int run_hook(const config::PostWriteHook& hook, const std::filesystem::path& file);

// Words as a POSIX shell splits them, quotes and backslashes included, without any expansion.
// Throws Error(code::kConfig) for a quotation that is not closed.
std::vector<std::string> split_shell_words(std::string_view text);

}  // namespace retort::script
