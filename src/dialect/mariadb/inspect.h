#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "database/connection.h"
#include "schema/table.h"

// Reads what a MariaDB or MySQL database holds, by SHOW CREATE TABLE (show_create.h), which is
// asked for each table: information_schema opens every table as well, and says less. A schema is a
// database; the empty one is the connection's.
namespace retort::dialect::mariadb {

// Tables, those of `include` (absent: all), and sequences, sorted by name.
schema::MetaData inspect(database::Connection& connection, const std::string& schema = "",
                         const std::function<bool(const std::string& table)>& include = {});

// A table or a view, which has columns only. Throws Error(code::kDatabase) when there is none.
schema::Table inspect_table(database::Connection& connection, const std::string& table,
                            const std::string& schema = "");

enum class Kind { kTable, kView, kSequence };
// Sorted.
std::vector<std::string> names(database::Connection& connection, Kind kind,
                               const std::string& schema = "");
// All databases, the server's own ones too.
std::vector<std::string> inspect_schemas(database::Connection& connection);
// CREATE ... VIEW; nothing when there is no such view.
std::optional<std::string> view_definition(database::Connection& connection,
                                           const std::string& view, const std::string& schema = "");
// The connection's database; "" where it has none.
std::string current_database(database::Connection& connection);

}  // namespace retort::dialect::mariadb
