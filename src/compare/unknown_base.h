#pragma once

#include "compare/context.h"

namespace retort::compare {

// The class of another package that the model of a table derives from, when nothing is known of
// that class: the model may have more columns than are known. Empty: there is none. It is told by
// the key "retort.unknown_base" of the table's info.
std::string unknown_base(const schema::Table& written);

// The wanted table with the columns that only the database has, and what stands on them: they may
// come from the unknown class, so that they are not dropped. A warning names them.
schema::Table with_inherited(Context& context, const schema::Table& have, schema::Table want,
                             const std::string& base);

}  // namespace retort::compare
