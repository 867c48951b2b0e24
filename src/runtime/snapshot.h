#pragma once

#include <span>
#include <string>
#include <vector>

#include "database/connection.h"

namespace retort::runtime {

// What the tables of a database's default schema are, one thing a line and sorted: two databases of
// one engine with the same lines have the same tables, whatever order they were made in.
using Snapshot = std::vector<std::string>;

// `without`: tables that are not the application's (the version table).
Snapshot take_snapshot(database::Connection& connection, std::span<const std::string> without);

// What has to come (+) and to go (-) to make `want` of `have`, by table.
std::vector<std::string> differences(const Snapshot& have, const Snapshot& want);

}  // namespace retort::runtime
