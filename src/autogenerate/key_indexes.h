#pragma once

#include <vector>

#include "operations/operation.h"
#include "schema/table.h"

namespace retort::autogenerate {

// What InnoDB asks of the order of things. A foreign key needs an index that begins with its
// columns: it makes one, by the key's name, where it finds none, drops that when another one comes,
// leaves it there when the key goes, and refuses to drop the last one that there is. So
// - an index is not dropped before its table, with which it goes,
// - before the last index of a key that stays is dropped, one by the key's name is made,
// - in the downgrade the index that was made for an added key goes after the key.
// `have` and `want` are the schemas before and after the upgrade.
void complete_key_indexes(std::vector<operations::Operation>& upgrade,
                          std::vector<operations::Operation>& downgrade,
                          const schema::MetaData& have, const schema::MetaData& want);

}  // namespace retort::autogenerate
