#pragma once

#include <retort/plan.h>

#include "dialect/dialect.h"
#include "revision/plan.h"
#include "runtime/environment.h"
#include "runtime/log.h"
#include "script/directory.h"

namespace retort::library {

// The steps of a route with their statements, found as --sql finds them: every script runs without
// a database.
Plan plan_steps(const script::Directory& directory, const runtime::Environment& environment,
                runtime::Log& log, const dialect::Dialect& dialect, const revision::Route& route);

}  // namespace retort::library
