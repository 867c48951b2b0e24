#pragma once

#include "modules/host.h"
#include "python/evaluator.h"

namespace retort::modules {

// Binds the package `sqlalchemy`: types, schema items, expressions, exceptions, connections and the
// names its modules re-export.
void bind_sqlalchemy(python::Evaluator& evaluator, Host& host);

}  // namespace retort::modules
