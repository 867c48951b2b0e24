#pragma once

#include <span>
#include <vector>

#include "operations/operation.h"

namespace retort::operations {

// The operation that undoes this one. It takes what was there before from the operation itself
// (`dropped`, `existing_*`); throws Error(code::kOperation) that says what is missing, and for
// statements and rows, which have no inverse.
Operation reverse(const Operation& operation);

// The inverses, last operation first.
std::vector<Operation> reverse_all(std::span<const Operation> operations);

}  // namespace retort::operations
