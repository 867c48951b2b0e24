#pragma once

#include <string_view>

#include "database/connection.h"

namespace retort::dialect {

// Whether a table or view of this name is there; an empty schema is the connection's default one.
bool has_table(database::Connection& connection, std::string_view schema, std::string_view table);

}  // namespace retort::dialect
