#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "database/connection.h"
#include "schema/table.h"

namespace retort::models {

// What a program prints to its standard output: a schema as JSON (models/json.h) or as SQL DDL. The
// command goes to /bin/sh, in `folder`; its messages go to our standard error. Throws
// Error(code::kConfig) when it can't be started or fails.
std::string program_output(const std::string& command, const std::filesystem::path& folder);

// Whether a text is a schema as JSON, not SQL.
bool is_json(std::string_view text);

// The command of a source "exec:COMMAND"; empty for another source.
std::string_view command_of(std::string_view source);

// The schema that a program prints. `scratch` gives an empty database for one that prints SQL, as
// ddl_schema() wants it. Throws Error(code::kConfig) for a program that fails or prints nothing.
schema::MetaData program_schema(const std::string& command, const std::filesystem::path& folder,
                                const std::function<database::Connection&()>& scratch);

}  // namespace retort::models
