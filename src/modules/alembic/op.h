#pragma once

#include "modules/host.h"
#include "python/evaluator.h"

namespace retort::modules {

// Binds the package `alembic`: op, context, operations and what of the rest scripts name.
void bind_alembic(python::Evaluator& evaluator, Host& host);

// The directives alone, as functions of a module: each hands its operation to the host.
void define_directives(python::Evaluator& evaluator, python::Module& op, Host& host);

// with op.batch_alter_table(...) as batch_op
python::Value make_batch(python::Evaluator& evaluator, Host& host, const python::Arguments& args);
// op.get_context(): the MigrationContext
python::Value context_object(python::Evaluator& evaluator, Host& host);
void bind_migration_context(python::Evaluator& evaluator, Host& host);

}  // namespace retort::modules
