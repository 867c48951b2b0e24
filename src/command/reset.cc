#include "command/reset.h"

#include "command/backup.h"
#include "revision/plan.h"
#include "runtime/empty_database.h"
#include "runtime/migrator.h"

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
  runtime::Request request;
  request.command.command = "reset";
  request.command.revision = options.target;
  request.tag = options.tag;
  project.run(std::move(request), output, log, [&](runtime::MigrationContext& context) {
    const config::Url& url = context.environment().database.url;
    if (!confirm("This destroys ALL DATA in " + url.render() + ". Go on?")) {
      throw Error(code::kUsage, "nothing was done");
    }
    if (options.backup) keep_copy(url, *options.backup, output);
    runtime::empty_database(context.connection());
    output.status("Emptied " + url.render());
    runtime::Migrator(context).upgrade(options.target);
  });
}

}  // namespace retort::command
