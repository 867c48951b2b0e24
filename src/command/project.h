#pragma once

#include <string>

#include "command/output.h"
#include "config/config.h"
#include "config/settings.h"
#include "runtime/migrator.h"
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
  runtime::Environment environment(std::string tag = "") const;
  runtime::Migrator migrator(runtime::Log& log) const;
};

}  // namespace retort::command
