#pragma once

#include <memory>

#include "base/source.h"
#include "python/arena.h"
#include "python/ast.h"

namespace retort::python {

// A parsed file and the memory its tree lives in.
struct Program {
  Arena arena;
  ast::Module tree;
  ast::Module* module = &tree;
};
using ProgramPtr = std::shared_ptr<const Program>;

// Reads a whole file of Python 3.13 syntax and resolves its names. Throws Error(code::kSyntax) with
// the place of the first mistake, in CPython's words where it has some. Nesting is limited, so that
// no input can exhaust the stack.
ProgramPtr parse(SourcePtr source);

// The tree as it is written: names are not resolved, yields stand where they stood. For tools that
// look at text, not for the evaluator.
ProgramPtr parse_unresolved(SourcePtr source);

// Reads one expression: a template's `${...}`, a field of a string annotation.
ProgramPtr parse_expression(SourcePtr source);

}  // namespace retort::python
