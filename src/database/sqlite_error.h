#pragma once

#include <sqlite3.h>

#include <string_view>

#include "base/error.h"

namespace retort::database {

// The error that `handle` reports for `statement`: kLocked when somebody else holds the database,
// else kDatabase; with the extended code's name as SQLSTATE, the place where SQLite names one, and
// a hint. `file` is the database as the user knows it; `statement` may be empty.
Error sqlite_error(sqlite3* handle, int result_code, std::string_view file,
                   std::string_view statement);

}  // namespace retort::database
