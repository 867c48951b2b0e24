#pragma once

#include "compare/options.h"
#include "modules/environment_host.h"
#include "python/evaluator.h"

namespace retort::modules {

// What context.configure() says of comparison. include_name(), include_object(), compare_type() and
// compare_server_default() are wrapped: each call shows the function the objects of SQLAlchemy that
// it expects. The wrappers live as long as the evaluator.
void read_compare_options(python::Evaluator& evaluator, const Configuration& configuration,
                          compare::Options& options);

}  // namespace retort::modules
