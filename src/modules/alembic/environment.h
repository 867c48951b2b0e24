#pragma once

#include "modules/host.h"
#include "python/evaluator.h"

namespace retort::modules {

// Binds `_environment`, what alembic.context and alembic.config, written in Python, ask of C++.
void bind_environment(python::Evaluator& evaluator, Host& host);

}  // namespace retort::modules
