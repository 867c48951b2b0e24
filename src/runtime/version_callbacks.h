#pragma once

#include <functional>
#include <vector>

#include "modules/environment_host.h"
#include "runtime/environment.h"
#include "runtime/evaluation.h"

namespace retort::runtime {

// The functions of context.configure(on_version_apply=...). Each is called as Alembic calls it:
//   callback(*, ctx, step, heads, run_args, **kw)
// after a step's rows of the version table are written and before its transaction ends.
std::vector<Environment::VersionCallback> version_callbacks(
    const modules::Configuration& configuration, Evaluation& evaluation);

}  // namespace retort::runtime
