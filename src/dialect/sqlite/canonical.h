#pragma once

#include <span>

#include "database/connection.h"
#include "schema/table.h"
#include "sql/grammar.h"

// The wanted schema in SQLite's own words: made in a scratch database in memory and read back by
// the inspector that reads live databases, so that the two can be compared.
namespace retort::dialect::sqlite {

// The tables, with the naming convention of `wanted`. Throws Error(code::kOperation) for a table
// that SQLite refuses, with its name. A table that `live` has, made by the very statements that
// would make it, is not made again.
schema::MetaData canonical(const schema::MetaData& wanted, database::Connection* live = nullptr);

// What statements make in an empty database.
schema::MetaData canonical(std::span<const sql::Statement> create);

}  // namespace retort::dialect::sqlite
