#pragma once

#include <string>

#include "operations/operation.h"

namespace retort::operations {

// One line for people, in the imperative: "add column user.email String(length=50)". Without the
// values of statements, which may be secrets, and without a final dot.
std::string describe(const Operation& operation);

}  // namespace retort::operations
