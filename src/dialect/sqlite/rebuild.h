#pragma once

#include <string>
#include <vector>

#include "dialect/dialect.h"
#include "operations/operation.h"
#include "sql/grammar.h"

namespace retort::dialect::sqlite {

// The statements that apply `changes` to one table where ALTER TABLE can't: a new table is made
// from the stored text of the old one, filled, and put in its place. `changes` may hold one
// BatchAlterTable, whose settings then apply.
//
// Reads the table through the context's catalog; a BatchAlterTable with `copy_from` does without.
// The statements run inside the caller's transaction, with PRAGMA foreign_keys off when rows of
// other tables refer to the table. Throws Error(code::kOperation) for a change that can't be made,
// before anything is touched.
std::vector<sql::Statement> rebuild(const std::vector<operations::Operation>& changes,
                                    const std::string& schema, const std::string& table,
                                    const CompileContext& context);

}  // namespace retort::dialect::sqlite
