#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "sql/datum.h"

namespace retort::sql {

using WordSet = std::unordered_set<std::string_view>;

// The words SQLAlchemy quotes in every dialect that brings no list of its own.
const WordSet& standard_reserved_words();

// Whether an identifier must be quoted: a reserved word, a first character that is a digit or "$",
// a character beyond [A-Za-z0-9_$], or an upper-case letter.
bool needs_quotes(std::string_view identifier, const WordSet& reserved);

// A value by its own kind alone: numbers as they are, text through `quoted`, bytes as X'..'.
std::string plain_literal(const Datum& value, bool native_boolean,
                          const std::function<std::string(std::string_view)>& quoted);

}  // namespace retort::sql
