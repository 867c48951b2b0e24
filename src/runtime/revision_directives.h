#pragma once

#include "modules/environment_host.h"
#include "runtime/evaluation.h"
#include "runtime/revision_hooks.h"

namespace retort::runtime {

// process_revision_directives() and render_item() of context.configure(), wrapped, with the
// comparators and renderers that env.py registers (alembic.autogenerate). The first is
// shown a MigrationScript (modules/alembic/operation_objects.h): what it leaves, changed or made
// by it, is what is written. An object that stands for no operation of retort's is an error.
void read_hooks(const modules::Configuration& configuration, Evaluation& evaluation,
                RevisionHooks& hooks);

}  // namespace retort::runtime
