#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/column.h"
#include "sql/grammar.h"

// Reading dialect keywords ("postgresql_using") of schema objects.
namespace retort::dialect {

// None counts as not given everywhere.
std::optional<bool> option_flag(const schema::Options& options, std::string_view name);
// A string or a number as text; empty when not given.
std::string option_text(const schema::Options& options, std::string_view name);
// A list, or one string as a list of one.
std::vector<std::string> option_list(const schema::Options& options, std::string_view name);
// SQL: an expression compiled for DDL, or a string as written. Empty when not given.
std::string option_sql(const schema::Options& options, std::string_view name,
                       const sql::Grammar& grammar);
const std::vector<std::pair<std::string, std::string>>* option_map(const schema::Options& options,
                                                                   std::string_view name);

}  // namespace retort::dialect
