#pragma once

#include "modules/host.h"
#include "python/evaluator.h"

namespace retort::modules {

// Binds `_database`, what sqlalchemy_engine.py asks of C++: database URLs, and the connection of an
// engine.
void bind_database(python::Evaluator& evaluator, Host& host);

}  // namespace retort::modules
