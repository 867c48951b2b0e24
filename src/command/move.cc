#include "command/move.h"

namespace retort::command {

namespace {

runtime::SqlWriter sql_writer(const Project& project, const std::string& tag, Output& output,
                              runtime::Log& log) {
  return {project.directory, project.environment(tag), log,
          [&output](std::string_view text) { output.raw(text); }};
}

runtime::Migrator migrator(const Project& project, const std::string& tag, runtime::Log& log) {
  return {project.directory, project.environment(tag), log};
}

}  // namespace

void upgrade(const Project& project, const std::string& target, const MoveOptions& options,
             Output& output, runtime::Log& log) {
  if (options.sql) {
    sql_writer(project, options.tag, output, log).upgrade(target);
  } else {
    revision::upgrade_range(target, false);
    migrator(project, options.tag, log).upgrade(target);
  }
}

void downgrade(const Project& project, const std::string& target, const MoveOptions& options,
               Output& output, runtime::Log& log) {
  if (options.sql) {
    sql_writer(project, options.tag, output, log).downgrade(target);
  } else {
    revision::downgrade_range(target, false);
    migrator(project, options.tag, log).downgrade(target);
  }
}

void stamp(const Project& project, std::span<const std::string> targets, bool purge,
           const MoveOptions& options, Output& output, runtime::Log& log) {
  if (options.sql) {
    if (purge) throw Error(code::kUsage, "Can't use --purge with --sql mode");
    sql_writer(project, options.tag, output, log).stamp(targets);
  } else {
    migrator(project, options.tag, log).stamp(targets, purge);
  }
}

void ensure_version(const Project& project, bool sql, Output& output, runtime::Log& log) {
  if (sql) {
    sql_writer(project, "", output, log).ensure_version();
  } else {
    migrator(project, "", log).ensure_version();
  }
}

}  // namespace retort::command
