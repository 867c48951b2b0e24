#pragma once

#include "config/url.h"
#include "database/connection.h"

struct pg_conn;

namespace retort::database {

// Connects to a PostgreSQL server with libpq, which is loaded now.
//
// Parameters ($1, $2, ...) are written into the statement as literals, as psycopg2 does: their
// types are inferred from the context as those of constants are, and they may stand where the
// protocol's own parameters may not (SET, ALTER, COMMENT, INTERVAL $1). query() and execute() take
// several statements; query() gives the result of the last one. Rows are streamed; the rest of an
// open result is read into memory when the next statement runs.
//
// Throws Error(code::kUrl) for options that libpq does not know, Error(code::kDatabase) when there
// is no libpq or no connection.
ConnectionPtr open_postgresql(const config::Url& url, const ConnectionOptions& options = {});

// A session over a PGconn that somebody else opened and finishes, after this object is gone. It
// must be of the libpq that is loaded here; DateStyle and IntervalStyle are set as values are read
// in. Throws Error(code::kMisuse) when its transaction has failed or it is in the middle of a
// statement, Error(code::kDatabase) when its server is gone.
ConnectionPtr borrow_postgresql(::pg_conn* handle);

// Whether something stands between this program and the server that may hand every transaction to
// another session (pgbouncer): the process that answers is not the one that was promised when the
// connection was made. False for other engines.
bool behind_pooler(Connection& connection);

}  // namespace retort::database
