#pragma once

#include "python/evaluator.h"

namespace retort::modules {

// Evaluates, in the modules of the project that were imported so far and in those they import, what
// adds to a MetaData by being evaluated: classes that derive from a declarative base, Table(...),
// Index(...) and constraints at top level, loops that import further modules. Everything else stays
// unevaluated. Calls inside of itself do nothing.
//
// Which statements these are is read from their text; a class whose own text shows nothing of it
// (`class Tag(NamedModel): pass`) is judged by its bases, and left alone when these can't be
// evaluated. Exceptions come out as they were raised.
void evaluate_contributors(python::Evaluator& evaluator);

}  // namespace retort::modules
