#pragma once

#include "modules/host.h"
#include "python/evaluator.h"

namespace retort::modules {

// Hands an operation to the host. What the database or the dialect refuses becomes an exception of
// sqlalchemy.exc, which scripts may catch.
void invoke(python::Evaluator& evaluator, Host& host, operations::Operation operation);

}  // namespace retort::modules
