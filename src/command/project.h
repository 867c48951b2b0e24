#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "command/output.h"
#include "config/config.h"
#include "config/settings.h"
#include "runtime/environment_run.h"
#include "runtime/log.h"
#include "script/directory.h"

namespace retort::command {

// What a program brings along in place of a project's files.
struct Embedded {
  std::string ini{};  // the text of its configuration
  std::vector<script::Script> scripts{};
  bool has_scripts = false;  // false: the history is read from the script location
  std::function<std::vector<schema::MetaData>()> metadata{};  // the wanted schema, if it has one
  bool has_source = false;  // whether new revisions have a folder to be written to
};

// A project's configuration and history, read from its files. What a command needs of the database
// is opened by the command.
struct Project {
  config::Config config;
  config::Settings settings;
  script::Directory directory;

  std::function<std::vector<schema::MetaData>()>
      metadata{};            // of the program itself; may be absent
  bool has_source = true;    // whether new revisions have a folder to be written to
  bool has_scripts = false;  // whether the history is the program's own, not the folder's

  // Warnings about configuration and files go to `output`. `embedded`, where it is not null, takes
  // the place of the project's files.
  static Project open(config::ConfigRequest request, Output& output,
                      const Embedded* embedded = nullptr);

  // A new revision stands on all others, and the folder it goes to may have some that came after
  // the program was built. Throws Error(code::kUsage) that names the first.
  void require_built_in() const;

  // Runs a command's action on the database: through env.py where there is one, for each database
  // that it configures. `output` takes the text of --sql.
  void run(runtime::Request request, Output& output, runtime::Log& log,
           const runtime::EnvironmentRun::Action& action) const;
  // The same in two: the environment, whose run() takes the action, and what it has evaluated.
  std::unique_ptr<runtime::EnvironmentRun> environment(runtime::Request request, Output& output,
                                                       runtime::Log& log) const;
};

}  // namespace retort::command
