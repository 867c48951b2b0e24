#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace retort {

// The whole file. Throws Error(code::kFile) that says why: not there, a directory, no permission.
std::string read_file(const std::filesystem::path& path);

// Replaces the file as a whole: written beside it, then renamed, so that no reader and no crash
// sees half of it. Throws Error(code::kFile).
void write_file(const std::filesystem::path& path, std::string_view text);

}  // namespace retort
