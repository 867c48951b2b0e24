#pragma once

#include <string>

#include "sql/grammar.h"
#include "sql/type.h"

namespace retort::dialect::postgresql {

// The type in DDL and CAST. `grammar` quotes names. Throws
// Error(code::kOperation) for a type that the engine does not have.
std::string type_sql(const sql::Type& type, const sql::Grammar& grammar);

}  // namespace retort::dialect::postgresql
