#pragma once

#include <vector>

#include "python/arena.h"
#include "python/ast.h"

namespace retort::python {

// Gives every name of the tree its place (Scope and slot), every body its ScopeInfo, every private
// name (`__x` in a class) its mangled form, and checks what Python checks at this stage: `return`
// outside a function, `nonlocal` without a variable, a parameter twice. Throws
// Error(code::kSyntax).
//
// Yields that stand inside larger expressions are taken apart into statements first (see
// resolver_yield.cc): afterwards a yield is a whole expression statement, the whole right side of
// an assignment, or the whole value of `return`.
//
// Returns what it made: the module's scope first, every scope before those inside it.
std::vector<const ast::ScopeInfo*> resolve(ast::Module& module, Arena& arena);

}  // namespace retort::python
