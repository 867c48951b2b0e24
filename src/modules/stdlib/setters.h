#pragma once

#include <set>

#include "python/evaluator.h"

namespace retort::modules::stdlib {

// Evaluates the top-level statements that set environment variables (`load_dotenv()`,
// `os.environ["NAME"] = ...`) in the modules of the project that were imported so far and in those
// that these import: in Python they ran with the import. `done` are modules that were looked at.
// One that fails sets nothing.
void evaluate_setters(python::Evaluator& evaluator, std::set<const python::Module*>& done);

}  // namespace retort::modules::stdlib
