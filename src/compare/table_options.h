#pragma once

#include <vector>

#include "compare/context.h"

namespace retort::compare {

// What a table is as a whole: on SQLite STRICT, WITHOUT ROWID and AUTOINCREMENT, which only a table
// that is made anew can take up or give up. All three forbid something to columns or keys (types,
// no key, a key of several columns): they go before the table's other changes and come after them.
// On PostgreSQL UNLOGGED, and the storage parameters and the tablespace that the model speaks of.
struct TableOptionChanges {
  std::vector<operations::Operation> first{};
  std::vector<operations::Operation> last{};
};

TableOptionChanges compare_table_options(Context& context, const TablePair& pair);

}  // namespace retort::compare
