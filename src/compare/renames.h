#pragma once

#include "compare/context.h"

namespace retort::compare {

// A live schema with the answered renames done in it, and the operations that do them.
struct Renamed {
  schema::MetaData have{};
  std::vector<operations::Operation> operations{};
};

// Renames that are answered: by the options, or by info={"renamed_from": "old"} of a table or a
// column of the model, once the old name is there and the new one is not. Throws
// Error(code::kUsage) for an option that names nothing.
Renamed apply_renames(Context& context);

// What goes and comes and could be a rename: tables with the same columns; columns of one table
// with the same type, where there is one of each.
std::vector<RenameCandidate> rename_candidates(const Context& context,
                                               const schema::MetaData& have);

}  // namespace retort::compare
