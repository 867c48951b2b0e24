#pragma once

#include <filesystem>

#include "database/connection.h"

namespace retort::database {

// The file behind an SQLite connection; empty for a database in memory.
std::filesystem::path sqlite_path(Connection& connection);

// Copies the database into a new file through SQLite's backup API
// (https://www.sqlite.org/backup.html): a consistent copy, write-ahead log included, while others
// go on reading and writing. The file appears under its name when it is complete. Throws
// Error(code::kFile) when the name is taken, Error(code::kDatabase) when copying fails.
void back_up_sqlite(Connection& source, const std::filesystem::path& to);

// Takes everything out of the database as one transaction, whatever state it is in
// (SQLITE_DBCONFIG_RESET_DATABASE). Throws Error(code::kLocked) when somebody else is using it.
void empty_sqlite(Connection& connection);

}  // namespace retort::database
