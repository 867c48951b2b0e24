#pragma once

#include <string>

#include "command/output.h"
#include "config/config.h"
#include "config/settings.h"
#include "runtime/environment_run.h"
#include "runtime/log.h"
#include "script/directory.h"

namespace retort::command {

// A project's configuration and history, read from its files. What a command needs of the database
// is opened by the command.
struct Project {
  config::Config config;
  config::Settings settings;
  script::Directory directory;

  // Warnings about configuration and files go to `output`.
  static Project open(config::ConfigRequest request, Output& output);

  // Runs a command's action on the database: through env.py where there is one, for each database
  // that it configures. `output` takes the text of --sql.
  void run(runtime::Request request, Output& output, runtime::Log& log,
           const runtime::EnvironmentRun::Action& action) const;
};

}  // namespace retort::command
