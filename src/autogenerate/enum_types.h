#pragma once

#include <vector>

#include "operations/operation.h"
#include "schema/table.h"

namespace retort::autogenerate {

// PostgreSQL's enum types: CREATE TABLE brings its types along, but an added column or a changed
// type does not, and nothing drops a type. Puts CreateType in front of what needs a type that
// `from` has not, and DropType behind the last use of one that `to` has not.
void complete_enum_types(std::vector<operations::Operation>& operations,
                         const schema::MetaData& from, const schema::MetaData& to);

}  // namespace retort::autogenerate
