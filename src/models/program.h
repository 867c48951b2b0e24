#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace retort::models {

// What a program prints to its standard output: a schema as JSON (models/json.h) or as SQL DDL. The
// command goes to /bin/sh, in `folder`; its messages go to our standard error. Throws
// Error(code::kConfig) when it can't be started or fails.
std::string program_output(const std::string& command, const std::filesystem::path& folder);

// Whether a text is a schema as JSON, not SQL.
bool is_json(std::string_view text);

}  // namespace retort::models
