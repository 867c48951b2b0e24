#pragma once

#include <vector>

#include "sql/expression.h"
#include "sql/node.h"

namespace retort::sql {

// The columns that an element is made of, in the order they are written; those inside of subqueries
// are not among them.
std::vector<const node::Column*> columns_in(const Expression& expression);

}  // namespace retort::sql
