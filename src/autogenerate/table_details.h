#pragma once

#include <vector>

#include "operations/operation.h"
#include "schema/table.h"
#include "sql/grammar.h"

namespace retort::autogenerate {

// What a table has that create_table() and the other directives can't say: comments on constraints,
// CHECKs that are not inherited, row security. Puts statements behind the operations that make such
// a thing. Only PostgreSQL has any.
void complete_table_details(std::vector<operations::Operation>& operations,
                            const sql::Grammar& grammar);

// Triggers and policies that go with the tables that `upgrade` drops, behind all else in
// `downgrade`.
void complete_dropped_definitions(const std::vector<operations::Operation>& upgrade,
                                  std::vector<operations::Operation>& downgrade,
                                  const std::vector<schema::Definition>& definitions);

}  // namespace retort::autogenerate
