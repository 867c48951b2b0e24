#include "base/text.h"
#include "runtime/migrator.h"
#include "runtime/printer.h"
#include "runtime/script_runner.h"

namespace retort::runtime {

SqlWriter::SqlWriter(const script::Directory& directory, Environment environment, Log& log,
                     Write write)
    : directory_(directory),
      environment_(std::move(environment)),
      log_(log),
      write_(std::move(write)),
      dialect_(&dialect::find_dialect(config::backend_name(environment_.database.url.backend))),
      table_(environment_.version_table, environment_.version_table_schema, *dialect_) {}

void SqlWriter::upgrade(std::string_view argument) {
  directory_.require_whole();
  const revision::Graph& graph = directory_.graph();
  revision::Range range = revision::upgrade_range(argument, true);
  revision::VersionRows rows(revision::starting_rows(graph, range.start), table_.name());
  write_route(revision::plan_upgrade(graph, rows, range.end, revision::Start::kGiven));
}

void SqlWriter::downgrade(std::string_view argument) {
  directory_.require_whole();
  const revision::Graph& graph = directory_.graph();
  revision::Range range = revision::downgrade_range(argument, true);
  revision::VersionRows rows(revision::starting_rows(graph, range.start), table_.name());
  write_route(revision::plan_downgrade(graph, rows, range.end));
}

void SqlWriter::stamp(std::span<const std::string> targets) {
  directory_.require_whole();
  const revision::Graph& graph = directory_.graph();
  revision::StampArguments arguments = revision::stamp_arguments(targets, true);
  revision::VersionRows rows(revision::starting_rows(graph, arguments.start), table_.name());
  write_route(revision::plan_stamp(graph, rows, arguments.targets));
}

void SqlWriter::ensure_version() {
  Printer printer(*dialect_, environment_, write_);
  printer.begin_run();
  printer.invoke(table_.create_operation());
  printer.end_run();
}

void SqlWriter::write_route(const revision::Route& route) {
  Printer printer(*dialect_, environment_, write_);
  log_.info(kMigrationLogger, "Context impl " + std::string(dialect_->impl_name()) + ".");
  log_.info(kMigrationLogger, "Generating static SQL");
  log_.info(kMigrationLogger, printer.transactional() ? "Will assume transactional DDL."
                                                      : "Will assume non-transactional DDL.");
  for (const std::string& warning : route.warnings) log_.warning(kMigrationLogger, warning);
  ScriptRunner runner(*dialect_, nullptr, printer, environment_, log_);
  printer.begin_run();
  bool from_base = route.before.empty();
  for (const revision::Step& step : route.steps) {
    printer.begin_step();
    if (from_base) printer.invoke(table_.create_operation());
    from_base = false;
    std::string message = step.revision ? directory_.script(*step.revision).message() : "";
    log_.info(kMigrationLogger, revision::log_line(step, message));
    printer.comment("Running " + revision::short_log(step));
    if (step.revision) {
      runner.run(directory_.script(*step.revision), step.is_upgrade
                                                        ? ScriptRunner::Direction::kUpgrade
                                                        : ScriptRunner::Direction::kDowngrade);
    }
    for (const revision::RowChange& change : step.changes) {
      printer.statement(table_.statement(change));
    }
    printer.end_step();
  }
  printer.end_run();
}

}  // namespace retort::runtime
