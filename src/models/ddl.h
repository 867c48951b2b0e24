#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "database/connection.h"
#include "schema/table.h"

// Wanted schemas that are SQL text.
namespace retort::models {

// The SQL files of a path: the file itself, or all *.sql of a folder by name. Throws
// Error(code::kFile) when there is none.
std::vector<std::filesystem::path> ddl_files(const std::filesystem::path& path);

// What the files make, run by the engine itself in their order. `scratch` is an empty database (of
// SQLite one in memory; else what --dev-url names): the statements run there in a transaction that
// is rolled back. Throws Error(code::kDatabase) with the file, and Error(code::kOperation) when
// `scratch` is not empty.
schema::MetaData ddl_schema(const std::vector<std::filesystem::path>& files,
                            database::Connection& scratch);
// The same of a text; `origin` names it in messages.
schema::MetaData ddl_schema_of(const std::string& text, const std::string& origin,
                               database::Connection& scratch);

}  // namespace retort::models
