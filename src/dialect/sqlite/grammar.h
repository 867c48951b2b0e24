#pragma once

#include "sql/grammar.h"

namespace retort::dialect::sqlite {

// SQL as SQLite reads it, in the words of SQLAlchemy's SQLite dialect.
const sql::Grammar& grammar();

}  // namespace retort::dialect::sqlite
