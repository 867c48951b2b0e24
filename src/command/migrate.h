#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "command/output.h"
#include "command/project.h"

namespace retort::command {

struct MigrateOptions {
  std::string target = "head";
  // How long to try to connect while the server does not answer.
  std::chrono::milliseconds wait{0};
  // The revision that a database without a version table is at, when it is known better.
  std::string assume{};
  bool dry_run = false;
  bool json = false;
  std::optional<std::string> backup{};  // where to; empty: the default place
  std::string tag{};
};

// Looks at the database and does what it needs to be at the target: nothing, the pending revisions,
// all of them, or for a database with tables but no version table finding the revision it is at.
// Says one fact a line and verifies the end. Throws Error when the database is not at the target
// afterwards, whatever the reason.
void migrate(const Project& project, const MigrateOptions& options, Output& output,
             runtime::Log& log);

}  // namespace retort::command
