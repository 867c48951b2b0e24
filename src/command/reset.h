#pragma once

#include <functional>
#include <optional>
#include <string>

#include "command/output.h"
#include "command/project.h"

namespace retort::command {

struct ResetOptions {
  std::string target = "head";
  // The copy that is made first; nothing: none.
  std::optional<std::string> backup = "";
  std::string tag{};
};

// Starts a database anew: copies it, takes everything out of it and runs the migrations, after
// `confirm` has agreed to the question. Throws Error.
void reset(const Project& project, const ResetOptions& options,
           const std::function<bool(const std::string& question)>& confirm, Output& output,
           runtime::Log& log);

}  // namespace retort::command
