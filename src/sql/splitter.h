#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace retort::sql {

// Whose lexical rules a script follows.
enum class SplitDialect : std::uint8_t { kSqlite, kPostgresql, kMysql };
SplitDialect split_dialect(std::string_view dialect_name);

// A piece of a script. The pieces follow each other without a gap: all `whole` together are the
// script.
struct SplitStatement {
  Span whole{};  // with the spaces and comments before it and the terminator after it
  Span text{};   // the statement alone, from its first word to its last; empty in the last piece
                 // when only spaces and comments are left, and for a DELIMITER line
  friend bool operator==(const SplitStatement&, const SplitStatement&) = default;
};

// Splits a script at the semicolons that end statements. Semicolons inside strings ('..', E'..',
// $tag$..$tag$), identifiers ("..", `..`, [..]), comments (--, #, /* */, nested on PostgreSQL), the
// BEGIN ... END of SQLite's triggers and of compound statements, and PostgreSQL's BEGIN ATOMIC do
// not count. MySQL's client command DELIMITER is obeyed and left out. Text that is not well formed
// (an open string) runs to the end of the script.
std::vector<SplitStatement> split_statements(std::string_view script, SplitDialect dialect);

}  // namespace retort::sql
