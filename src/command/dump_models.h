#pragma once

#include "command/output.h"
#include "command/project.h"

namespace retort::command {

// Prints the wanted schema as JSON (docs/schema-json.md): what the program's own models are, or
// those that target_metadata names. Expressions are in the words of the database's dialect. Throws
// Error(code::kConfig) when there are no models.
void dump_models(const Project& project, Output& output, runtime::Log& log);

}  // namespace retort::command
