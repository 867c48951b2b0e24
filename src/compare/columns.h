#pragma once

#include <set>

#include "compare/context.h"

namespace retort::compare {

// What the columns of one table make, by where it stands among the table's operations.
struct ColumnChanges {
  std::vector<operations::Operation> first{};  // generated columns that are made anew
  std::vector<operations::Operation> adds_and_alters{};
  std::vector<operations::Operation> drops{};
  // Columns that are dropped and added again: what stands on them goes and comes too.
  std::set<std::string> replaced{};
};

ColumnChanges compare_columns(Context& context, const TablePair& pair);

}  // namespace retort::compare
