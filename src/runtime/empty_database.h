#pragma once

#include "database/connection.h"

namespace retort::runtime {

// Takes everything out of a database, in one transaction.
//
// SQLite: all of the file. PostgreSQL: what is in the connection's current schema (tables, views,
// sequences, functions, types) with what depends on it; extensions, other schemas and the schema's
// own rights stay. Throws Error; the database is then as it was.
void empty_database(database::Connection& connection);

}  // namespace retort::runtime
