#pragma once

#include <functional>
#include <string_view>

#include "base/error.h"
#include "database/postgresql_library.h"

namespace retort::database {

// The error of a refused statement: the server's message and detail, SQLSTATE, the place in the
// statement, and a hint. `result` may be null: the connection itself is broken. `place` translates
// an offset of the text that was sent, `sent`, to one of `statement`, which is what is shown.
Error postgresql_error(const Libpq& pq, PgConnection* connection, const PgResult* result,
                       std::string_view sent, std::string_view statement,
                       const std::function<std::size_t(std::size_t)>& place);

// The error of a connection that could not be made. `where` is the URL without its password.
Error postgresql_connect_error(std::string_view message, std::string_view where);

}  // namespace retort::database
