#pragma once

#include "sql/identifier.h"

namespace retort::dialect::sqlite {

// The words SQLAlchemy's dialect quotes, lower case.
const sql::WordSet& reserved_words();

}  // namespace retort::dialect::sqlite
