#pragma once

#include <string>

#include "command/output.h"
#include "runtime/backup.h"
#include "runtime/environment.h"

namespace retort::command {

// "app.db.backup-20261128-165500 (12 KiB)"
std::string describe(const runtime::Backup& backup);

// What --backup adds to a run: the copy is made with the run's lock held, before anything changes.
void back_up_before_changes(runtime::Environment& environment, const std::string& where,
                            Output& output);

}  // namespace retort::command
