#pragma once

#include "database/connection.h"
#include "schema/table.h"

namespace retort::dialect::mariadb {

// The wanted tables as the server behind `live` tells of them: each is made as a temporary table of
// a second session, which needs no more than the right CREATE TEMPORARY TABLES, commits nothing of
// `live` and costs no files, or where that can't be (FULLTEXT indexes, partitions) in a scratch
// database that is dropped again. Foreign keys, which temporary tables can't have, are what was
// written: the server only repeats them. Unique keys are UNIQUE constraints where the wanted table
// has them so. Throws Error(code::kOperation) with the name of a table that the server refuses.
schema::MetaData canonical(const schema::MetaData& wanted, database::Connection& live);

}  // namespace retort::dialect::mariadb
