#pragma once

#include <string>
#include <vector>

#include "database/connection.h"
#include "operations/operation.h"
#include "schema/table.h"

namespace retort::autogenerate {

// The statements of operations, in order. Those of SQLite's rebuilds depend on the schema as the
// operations before have left it: they are found by running all in a copy of `live` without its
// rows. Other engines are only asked for their spelling.
std::vector<std::vector<std::string>> statements_of(
    const std::vector<operations::Operation>& operations, database::Connection& live,
    const schema::NamingConvention& convention);

// The same of both directions, where the downgrade starts from what the upgrade made.
struct BothWays {
  std::vector<std::vector<std::string>> upgrade{};
  std::vector<std::vector<std::string>> downgrade{};
};
BothWays statements_of(const std::vector<operations::Operation>& upgrade,
                       const std::vector<operations::Operation>& downgrade,
                       database::Connection& live, const schema::NamingConvention& convention);

// One part of an SQL revision: each statement with its semicolon on lines of its own, comments
// above what destroys data.
std::string render_sql(const std::vector<operations::Operation>& operations,
                       const std::vector<std::vector<std::string>>& statements,
                       bool mark_destructive);

// SQL as op.execute() takes it: a backslash before what would be read as a parameter, which is a
// colon and a word without another colon on either side.
std::string without_binds(const std::string& sql);

}  // namespace retort::autogenerate
