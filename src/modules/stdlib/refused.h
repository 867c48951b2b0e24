#pragma once

#include "python/evaluator.h"

namespace retort::modules::stdlib {

// Modules that reach outside of the evaluation: importing them is fine, calling what is in them is
// an error that says so.
void bind_refused(python::Evaluator& evaluator);

}  // namespace retort::modules::stdlib
