#pragma once

#include "modules/host.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"

namespace retort::modules {

// Binds everything that evaluated files can import: alembic, sqlalchemy with its dialects, the
// add-on types and the standard-library subset. Nothing is made before it is imported.
void bind_modules(python::Evaluator& evaluator, Host& host, StdlibServices services);

}  // namespace retort::modules
