#include "base/text.h"
#include "runtime/migrator.h"
#include "runtime/printer.h"
#include "runtime/script_runner.h"

namespace retort::runtime {

SqlWriter::SqlWriter(MigrationContext& context)
    : context_(context),
      directory_(context.directory()),
      environment_(context.environment()),
      log_(context.log()),
      printer_(context.printer()),
      dialect_(&context.dialect()),
      table_(environment_.version_table, environment_.version_table_schema, *dialect_,
             environment_.version_table_pk) {}

std::optional<std::string> SqlWriter::start(const std::optional<std::string>& of_argument) const {
  if (of_argument || environment_.starting_revision.empty()) return of_argument;
  return environment_.starting_revision;
}

// Within context.begin_transaction() the block has written them.
void SqlWriter::begin_run() {
  if (!context_.in_block()) printer_.begin_run();
}
void SqlWriter::end_run() {
  if (!context_.in_block()) printer_.end_run();
}

void SqlWriter::upgrade(std::string_view argument) {
  directory_.require_whole();
  const revision::Graph& graph = directory_.graph();
  revision::Range range = revision::upgrade_range(argument, true);
  revision::VersionRows rows(revision::starting_rows(graph, start(range.start)), table_.name());
  write_route(revision::plan_upgrade(graph, rows, range.end, revision::Start::kGiven));
}

void SqlWriter::downgrade(std::string_view argument) {
  directory_.require_whole();
  const revision::Graph& graph = directory_.graph();
  revision::Range range = revision::downgrade_range(argument, true);
  revision::VersionRows rows(revision::starting_rows(graph, start(range.start)), table_.name());
  write_route(revision::plan_downgrade(graph, rows, range.end));
}

void SqlWriter::stamp(std::span<const std::string> targets) {
  directory_.require_whole();
  const revision::Graph& graph = directory_.graph();
  revision::StampArguments arguments = revision::stamp_arguments(targets, true);
  revision::VersionRows rows(revision::starting_rows(graph, start(arguments.start)), table_.name());
  write_route(revision::plan_stamp(graph, rows, arguments.targets));
}

void SqlWriter::ensure_version() {
  begin_run();
  printer_.invoke(table_.create_operation());
  end_run();
}

void SqlWriter::write_route(const revision::Route& route) {
  for (const std::string& warning : route.warnings) log_.warning(kMigrationLogger, warning);
  ScriptRunner runner(context_, printer_, directory_.scripts_of(route));
  begin_run();
  bool from_base = route.before.empty();
  for (const revision::Step& step : route.steps) {
    printer_.begin_step();
    if (from_base) printer_.invoke(table_.create_operation());
    from_base = false;
    std::string message = step.revision ? directory_.script(*step.revision).message() : "";
    log_.info(kMigrationLogger, revision::log_line(step, message));
    printer_.comment("Running " + revision::short_log(step));
    if (step.revision) {
      runner.run(directory_.script(*step.revision), step.is_upgrade
                                                        ? ScriptRunner::Direction::kUpgrade
                                                        : ScriptRunner::Direction::kDowngrade);
    }
    for (const revision::RowChange& change : step.changes) {
      printer_.statement(table_.statement(change));
    }
    printer_.end_step();
  }
  end_run();
}

}  // namespace retort::runtime
