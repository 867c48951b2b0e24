#pragma once

#include "schema/table.h"

namespace retort::compare {

// MySQL and MariaDB have keys where others have indexes and UNIQUE constraints, and make some by
// themselves. The live table as the wanted one speaks of it: a unique key is a constraint where
// that has one of its name, or an unnamed one of its columns; an index that the server made for a
// foreign key, by the key's name or the column's, is left out where that key stays, unless it is
// wanted.
void speak_as(const schema::Table& want, schema::Table& have);

}  // namespace retort::compare
