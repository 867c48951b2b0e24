#pragma once

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
void resolve(ast::Module& module, Arena& arena);

}  // namespace retort::python
