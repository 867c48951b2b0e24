#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "sql/grammar.h"
#include "sql/type.h"

// What the `types` files of the dialects share: the spelling of SQLAlchemy's generic types.
namespace retort::dialect {

// The type that with_variant() names for this dialect, or the type itself.
const sql::Type& variant_for(const sql::Type& type, std::string_view dialect);

// The SQL name that a generic type stands for where a dialect has no word of its own: "VARCHAR" for
// String and Unicode, "INTEGER" for Integer and INT; an upper-case name as it is.
std::string_view sql_name(const sql::Type& type);

// The type as SQLAlchemy's standard compiler writes it; an empty string for one it does not know.
std::string generic_type(const sql::Type& type, const sql::Grammar& grammar);

// NAME, NAME(length), and the collation, quoted as an identifier.
std::string string_type(std::string_view name, const sql::Type& type, const sql::Grammar& grammar);
// NAME, NAME(precision), NAME(precision, scale)
std::string numeric_type(std::string_view name, const sql::Type& type);
// The length of the VARCHAR that holds an Enum without a native type: given, or the longest value
// in characters.
int enum_length(const sql::Type& type);

// Error(code::kOperation): the engine has no such type.
[[noreturn]] void refuse_type(const sql::Type& type, std::string_view engine,
                              const sql::Grammar& grammar);

}  // namespace retort::dialect
