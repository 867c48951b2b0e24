#pragma once

#include <string>
#include <string_view>

#include "operations/operation.h"

namespace retort::operations {

// One line for people, in the imperative: "add column user.email String(length=50)". Without the
// values of statements, which may be secrets, and without a final dot.
std::string describe(const Operation& operation);

// Alembic's word for it: "add_column", "create_unique_constraint".
std::string_view directive(const Operation& operation);

// The table it is about with its schema, empty for none.
std::string table_of(const Operation& operation);

}  // namespace retort::operations
