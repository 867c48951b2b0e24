#pragma once

#include "python/evaluator.h"

namespace retort::modules {

// Binds stand-ins, written in Python, of packages that settings, env.py and models are made with:
// python/*.py beside this file. Each does what the package does as far as the evaluation of a
// project needs it.
void bind_packages(python::Evaluator& evaluator);

}  // namespace retort::modules
