#include "command/move.h"

#include "command/backup.h"
#include "revision/resolve.h"
#include "runtime/history_search.h"
#include "runtime/migrator.h"

namespace retort::command {

namespace {

runtime::Request request(std::string_view command, const MoveOptions& options,
                         const revision::Range& range) {
  runtime::Request request;
  request.command.command = command;
  request.command.sql = options.sql;
  request.command.starting_revision = range.start;
  request.command.revision = range.end;
  request.tag = options.tag;
  request.lock_timeout = options.lock_timeout;
  return request;
}

runtime::Migrator migrator(runtime::MigrationContext& context, const MoveOptions& options,
                           Output& output) {
  if (options.backup) back_up_before_changes(context.environment(), *options.backup, output);
  return runtime::Migrator(context);
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
  revision::Range range = revision::upgrade_range(target, options.sql);
  project.run(request("upgrade", options, range), output, log,
              [&](runtime::MigrationContext& context) {
                if (options.sql) {
                  runtime::SqlWriter(context).upgrade(target);
                } else {
                  migrator(context, options, output).upgrade(target);
                }
              });
}

void downgrade(const Project& project, const std::string& target, const MoveOptions& options,
               Output& output, runtime::Log& log) {
  refuse_backup_of_text(options);
  revision::Range range = revision::downgrade_range(target, options.sql);
  project.run(request("downgrade", options, range), output, log,
              [&](runtime::MigrationContext& context) {
                if (options.sql) {
                  runtime::SqlWriter(context).downgrade(target);
                } else {
                  migrator(context, options, output).downgrade(target);
                }
              });
}

namespace {

// Whoever stamps takes the tables for made: that there are none is worth a word.
void warn_of_missing_tables(runtime::MigrationContext& context,
                            std::span<const std::string> targets, Output& output) {
  if (targets.size() == 1 && targets.front() == "base") return;
  const schema::MetaData schema =
      runtime::application_schema(context.connection(), context.environment());
  if (!schema.tables.empty()) return;
  output.warning(
      "the database has no tables: 'stamp' runs no migrations. To make the tables: "
      "'stamp base', then 'upgrade head'");
}

}  // namespace

void stamp(const Project& project, std::span<const std::string> targets, bool purge,
           const MoveOptions& options, Output& output, runtime::Log& log) {
  if (options.sql && purge) throw Error(code::kUsage, "Can't use --purge with --sql mode");
  revision::Range range;
  if (!targets.empty()) range.end = targets.front();
  project.run(request("stamp", options, range), output, log,
              [&](runtime::MigrationContext& context) {
                if (options.sql) {
                  runtime::SqlWriter(context).stamp(targets);
                } else {
                  migrator(context, options, output).stamp(targets, purge);
                  warn_of_missing_tables(context, targets, output);
                }
              });
}

void ensure_version(const Project& project, bool sql, Output& output, runtime::Log& log) {
  project.run(request("ensure_version", {.sql = sql}, {}), output, log,
              [&](runtime::MigrationContext& context) {
                if (sql) {
                  runtime::SqlWriter(context).ensure_version();
                } else {
                  runtime::Migrator(context).ensure_version();
                }
              });
}

}  // namespace retort::command
