#pragma once

#include <string>

#include "sql/type.h"

namespace retort::sql {

// The type as SQLAlchemy's repr() shows it, with the arguments that differ from their defaults:
// "VARCHAR(length=50)", "Enum('a', 'b', name='kind')".
std::string repr(const Type& type);

}  // namespace retort::sql
