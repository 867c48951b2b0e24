#include "command/reset.h"

#include "command/backup.h"
#include "database/registry.h"
#include "revision/plan.h"
#include "runtime/empty_database.h"

namespace retort::command {

namespace {

void keep_copy(const config::Url& url, const std::string& where, Output& output) {
  if (std::optional<runtime::Backup> backup = runtime::back_up(url, where)) {
    output.status("Backup " + describe(*backup));
  }
}

}  // namespace

void reset(const Project& project, const ResetOptions& options,
           const std::function<bool(const std::string& question)>& confirm, Output& output,
           runtime::Log& log) {
  project.directory.require_whole();
  // What the target means is known before anything is destroyed.
  revision::plan_upgrade(project.directory.graph(), {}, options.target);
  runtime::Environment environment = project.environment(options.tag);
  const config::Url& url = environment.database.url;
  if (!confirm("This destroys ALL DATA in " + url.render() + ". Go on?")) {
    throw Error(code::kUsage, "nothing was done");
  }
  if (options.backup) keep_copy(url, *options.backup, output);
  runtime::empty_database(*database::connect(url));
  output.status("Emptied " + url.render());
  runtime::Migrator(project.directory, std::move(environment), log).upgrade(options.target);
}

}  // namespace retort::command
