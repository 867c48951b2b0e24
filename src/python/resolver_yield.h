#pragma once

#include "python/arena.h"
#include "python/ast.h"

namespace retort::python {

// Takes apart the expressions that yield in their middle, so that a generator only ever waits at a
// whole statement: `f(a(), (yield b))` becomes
//   .1 = f; .2 = a(); .3 = yield b; .1(.2, .3)
// Everything is evaluated in the order that Python gives it; `and`, `or` and conditional
// expressions become `if` statements. The temporaries' names can't be spelled in a program.
// Throws Error(code::kSyntax) where that would need more than it can do.
void hoist_yields(ast::Module& module, Arena& arena);

}  // namespace retort::python
