#pragma once

#include <vector>

#include "dialect/dialect.h"
#include "operations/operation.h"

namespace retort::autogenerate {

// PostgreSQL changes a column's type by itself only where there is an assignment cast. Gives the
// other changes a postgresql_using, and puts a default that would have to be cast too out of the
// way: it is dropped before and set again behind. Other engines: nothing.
void complete_casts(std::vector<operations::Operation>& operations,
                    const dialect::Dialect& dialect);

}  // namespace retort::autogenerate
