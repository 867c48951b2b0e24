#pragma once

#include <string>
#include <vector>

#include "database/connection.h"
#include "schema/table.h"

namespace retort::dialect {

// The wanted schema in the words of the engine behind `live`: made in a scratch place of it and
// read back by the inspector that reads live schemas, so that the two can be compared. Nothing of
// `live` is changed. What `wanted` has in its default schema has no schema in the result; its
// naming convention is kept. Throws Error(code::kOperation) with the name of a table that the
// engine refuses. With `notes`, a part of a table that it refuses, such as a default by a function
// of an extension that is not there yet, stays as it is written, and is said there.
schema::MetaData canonical(const schema::MetaData& wanted, database::Connection& live,
                           std::vector<std::string>* notes = nullptr);

}  // namespace retort::dialect
