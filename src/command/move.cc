#include "command/move.h"

#include "command/backup.h"

namespace retort::command {

namespace {

runtime::SqlWriter sql_writer(const Project& project, const std::string& tag, Output& output,
                              runtime::Log& log) {
  return {project.directory, project.environment(tag), log,
          [&output](std::string_view text) { output.raw(text); }};
}

runtime::Migrator migrator(const Project& project, const MoveOptions& options, Output& output,
                           runtime::Log& log) {
  runtime::Environment environment = project.environment(options.tag);
  environment.lock_timeout = options.lock_timeout;
  if (options.backup) back_up_before_changes(environment, *options.backup, output);
  return {project.directory, std::move(environment), log};
}

void refuse_backup_of_text(const MoveOptions& options) {
  if (options.sql && options.backup) {
    throw Error(code::kUsage, "Can't use --backup with --sql mode")
        .with_hint("--sql changes no database");
  }
}

}  // namespace

void upgrade(const Project& project, const std::string& target, const MoveOptions& options,
             Output& output, runtime::Log& log) {
  refuse_backup_of_text(options);
  if (options.sql) {
    sql_writer(project, options.tag, output, log).upgrade(target);
  } else {
    revision::upgrade_range(target, false);
    migrator(project, options, output, log).upgrade(target);
  }
}

void downgrade(const Project& project, const std::string& target, const MoveOptions& options,
               Output& output, runtime::Log& log) {
  refuse_backup_of_text(options);
  if (options.sql) {
    sql_writer(project, options.tag, output, log).downgrade(target);
  } else {
    revision::downgrade_range(target, false);
    migrator(project, options, output, log).downgrade(target);
  }
}

void stamp(const Project& project, std::span<const std::string> targets, bool purge,
           const MoveOptions& options, Output& output, runtime::Log& log) {
  if (options.sql) {
    if (purge) throw Error(code::kUsage, "Can't use --purge with --sql mode");
    sql_writer(project, options.tag, output, log).stamp(targets);
  } else {
    migrator(project, options, output, log).stamp(targets, purge);
  }
}

void ensure_version(const Project& project, bool sql, Output& output, runtime::Log& log) {
  if (sql) {
    sql_writer(project, "", output, log).ensure_version();
  } else {
    migrator(project, {}, output, log).ensure_version();
  }
}

}  // namespace retort::command
