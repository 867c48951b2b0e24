#pragma once

#include <span>

#include "schema/table.h"
#include "sql/grammar.h"

// The wanted schema in SQLite's own words: made in a scratch database in memory and read back by
// the inspector that reads live databases, so that the two can be compared.
namespace retort::dialect::sqlite {

// The tables, with the naming convention of `wanted`. Throws Error(code::kOperation) for a table
// that SQLite refuses, with its name.
schema::MetaData canonical(const schema::MetaData& wanted);

// What statements make in an empty database.
schema::MetaData canonical(std::span<const sql::Statement> create);

}  // namespace retort::dialect::sqlite
