#pragma once

#include "sql/grammar.h"

namespace retort::dialect::postgresql {

// SQL as PostgreSQL reads it, in the words of SQLAlchemy's PostgreSQL dialect.
const sql::Grammar& grammar();

}  // namespace retort::dialect::postgresql
