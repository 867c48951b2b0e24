#pragma once

#include <string>
#include <string_view>

#include "database/connection.h"

struct sqlite3;

namespace retort::database {

// Opens an SQLite database: a path, ":memory:", or with `uri` a "file:" URI with SQLite's own
// parameters.
//
// A file that is not there is treated as an empty database and comes into being with the first
// statement that writes. Throws Error(code::kDatabase) for a folder, a missing parent folder, a
// file without permission or one that is no database; these are found here, not at the first query.
ConnectionPtr open_sqlite(const std::string& name, bool uri = false,
                          const ConnectionOptions& options = {});

// A session over a handle that somebody else opened and closes, after this object is gone. Its
// settings are left as they are.
ConnectionPtr borrow_sqlite(::sqlite3* handle);

// For a program that has SQLite to itself, before its first connection: SQLite then keeps no count
// of its memory, for which every allocation of every thread takes one lock.
void use_sqlite_alone();

std::string sqlite_version();  // of the library: "3.40.1"

// The name of an extended result code: "SQLITE_CONSTRAINT_UNIQUE" for 2067. A code that is not
// known gives the name of its primary code, or its number.
std::string sqlite_code_name(int extended_code);

}  // namespace retort::database
