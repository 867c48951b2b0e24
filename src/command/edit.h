#pragma once

#include <string>

#include "command/project.h"

namespace retort::command {

// Opens the files of the revisions that `revision` names in $EDITOR or $VISUAL, else in the first
// editor that is installed, and waits for it.
void edit(const Project& project, const std::string& revision, Output& output, runtime::Log& log);

}  // namespace retort::command
