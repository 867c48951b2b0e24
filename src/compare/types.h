#pragma once

#include "compare/context.h"

namespace retort::compare {

// Whether two types of one engine count as different, by Alembic's rule: both are spelled as DDL
// and read as a word, further words and arguments. Other words differ unless they mean the same
// (NUMERIC, DECIMAL); arguments differ when both have as many of them. A type that is not known on
// one side is not compared.
bool types_differ(const Context& context, const sql::Type& have, const sql::Type& want);

}  // namespace retort::compare
