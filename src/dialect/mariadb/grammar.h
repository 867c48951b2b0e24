#pragma once

#include "sql/grammar.h"

namespace retort::dialect::mariadb {

// SQL as MariaDB and MySQL read it, in the words of SQLAlchemy's MySQL dialect. They differ in
// their reserved words, in regular expressions and in RETURNING.
const sql::Grammar& mariadb_grammar();
const sql::Grammar& mysql_grammar();

}  // namespace retort::dialect::mariadb
