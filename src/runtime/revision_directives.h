#pragma once

#include "modules/environment_host.h"
#include "runtime/evaluation.h"
#include "runtime/revision_hooks.h"

namespace retort::runtime {

// process_revision_directives() and render_item() of context.configure(), wrapped. The first is
// shown a MigrationScript (alembic_ops.py) whose operations carry retort's own: those that are
// still there afterwards, in their order, are what is written. An operation that evaluated code
// made is taken when it is execute(); another one is an error.
void read_hooks(const modules::Configuration& configuration, Evaluation& evaluation,
                RevisionHooks& hooks);

}  // namespace retort::runtime
