#pragma once

#include "command/compared.h"

namespace retort::command {

struct CheckOptions {
  CompareOptions compare{};
  bool json = false;
  bool sql = false;
};

// Whether the models say something that the database hasn't. Reports what, and throws
// Error(code::kPending) then. Changes nothing and creates nothing.
void check(const Project& project, const CheckOptions& options, Output& output, runtime::Log& log);

}  // namespace retort::command
