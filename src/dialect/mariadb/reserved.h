#pragma once

#include "sql/identifier.h"

namespace retort::dialect::mariadb {

// The words SQLAlchemy's dialect quotes, lower case.
const sql::WordSet& mysql_reserved_words();
const sql::WordSet& mariadb_reserved_words();

}  // namespace retort::dialect::mariadb
