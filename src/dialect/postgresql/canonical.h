#pragma once

#include <string>
#include <vector>

#include "database/connection.h"
#include "schema/table.h"

namespace retort::dialect::postgresql {

// The wanted schema in PostgreSQL's own words: made in scratch schemas of `live`, one for each
// schema that it names, read back by the inspector that reads live schemas, and rolled back. Types,
// functions and operators of the database are found by the search_path, as for the real schema.
// What needs no server to tell (plain_table.h) is not made, unless `ask_all` is set.
//
// All named types are made, those with create_type=False as well. What `wanted` has in the default
// schema has no schema in the result. Extensions are passed through: they are made by superusers
// and for the whole database.
//
// Throws Error(code::kOperation) when the role may not make a schema; the database's error, with
// the name of the table, for what the engine refuses. With `notes`, what a table needs and the
// database doesn't have (refused_parts.h) is compared as it is written, and said there.
schema::MetaData canonical(const schema::MetaData& wanted, database::Connection& live,
                           bool ask_all = false, std::vector<std::string>* notes = nullptr);

}  // namespace retort::dialect::postgresql
