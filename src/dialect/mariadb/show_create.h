#pragma once

#include <string>
#include <string_view>

#include "schema/table.h"

namespace retort::dialect::mariadb {

// The table that SHOW CREATE TABLE tells of, which is all that the server knows of it. `prefix`:
// "mysql" or "mariadb", of options' names.
//
// Types are those that SQLAlchemy reflects: with a character set and a collation where they are
// other than the table's. Defaults, generated columns and CHECKs are raw text as the server prints
// it, a default with its ON UPDATE. A unique key is a unique index. A CHECK that stands inside a
// column names it; one that MariaDB makes for JSON, json_valid(), is left out. Beside the fields
// that schema::Table and its parts have, these options are set, SQLAlchemy's:
//   table  <prefix>_engine, _default_charset, _collate and the other words of the last line, but
//   for
//          AUTO_INCREMENT; _partition_by
//   index  <prefix>_length (column and length), _prefix (FULLTEXT, SPATIAL), _with_parser
//
// Throws Error(code::kOperation) for a text that is none.
schema::Table read_show_create(std::string_view text, std::string_view prefix);

// The sequence that SHOW CREATE SEQUENCE tells of: what is not MariaDB's default.
schema::Sequence read_show_sequence(std::string_view text);

// A type as the server spells it: "int(10) unsigned", "enum('a','b')".
sql::Type read_type(std::string_view text);

}  // namespace retort::dialect::mariadb
