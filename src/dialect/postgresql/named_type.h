#pragma once

#include <string>

#include "sql/grammar.h"
#include "sql/type.h"

// Types that have a name in the database: ENUM and DOMAIN.
namespace retort::dialect::postgresql {

// ENUM, or an Enum whose native_enum was left on.
bool is_native_enum(const sql::Type& type);

// The quoted name with its schema. Throws Error(code::kOperation) for a type without a name and for
// one that is named like a type of PostgreSQL's own, which would hide it.
std::string named_type(const sql::Type& type, const sql::Grammar& grammar);

std::string create_enum(const sql::Type& type, const sql::Grammar& grammar);
// The options of `type`: default, a text, or default_sql, as the server writes it; not_null, check,
// constraint_name.
std::string create_domain(const sql::Type& type, const sql::Grammar& grammar);

}  // namespace retort::dialect::postgresql
