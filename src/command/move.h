#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "command/output.h"
#include "command/project.h"

// The commands that move a database along the history, or print the SQL that would.
namespace retort::command {

struct MoveOptions {
  bool sql = false;
  std::string tag{};
  std::optional<std::string> backup{};  // a copy before the run; empty: in the default place
  std::optional<std::chrono::milliseconds> lock_timeout{};
};

void upgrade(const Project& project, const std::string& target, const MoveOptions& options,
             Output& output, runtime::Log& log);
void downgrade(const Project& project, const std::string& target, const MoveOptions& options,
               Output& output, runtime::Log& log);
void stamp(const Project& project, std::span<const std::string> targets, bool purge,
           const MoveOptions& options, Output& output, runtime::Log& log);
void ensure_version(const Project& project, bool sql, Output& output, runtime::Log& log);

}  // namespace retort::command
