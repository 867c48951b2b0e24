#pragma once

#include "modules/host.h"
#include "python/evaluator.h"

namespace retort::modules {

// What op.get_bind() gives: a Connection over the host's database, or with --sql one that prints
// statements and has no results. One object an evaluator.
python::Value connection_object(python::Evaluator& evaluator, Host& host);
// `bind.dialect`: name, driver, type_descriptor(), identifier_preparer. One object an evaluator.
python::Value dialect_object(python::Evaluator& evaluator, Host& host);

// sa.inspect(bind).
python::Value inspector_object(python::Evaluator& evaluator, Host& host);

void bind_connections(python::Evaluator& evaluator, Host& host);

}  // namespace retort::modules
