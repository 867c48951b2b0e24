#include "runtime/migrator.h"

#include <algorithm>

#include "base/text.h"
#include "database/registry.h"
#include "dialect/has_table.h"
#include "runtime/executor.h"
#include "runtime/history_table.h"
#include "runtime/script_runner.h"

namespace retort::runtime {

namespace {

std::string_view dialect_of(const Environment& environment) {
  return config::backend_name(environment.database.url.backend);
}

std::string_view verb(const revision::Step& step) {
  if (step.kind == revision::Step::Kind::kStamp) return "stamp";
  return step.is_upgrade ? "upgrade" : "downgrade";
}

std::string named(const std::vector<std::string>& ids) {
  return ids.empty() ? "base" : "'" + join(ids, "', '") + "'";
}

}  // namespace

Migrator::Migrator(const script::Directory& directory, Environment environment, Log& log)
    : directory_(directory),
      environment_(std::move(environment)),
      log_(log),
      own_(database::connect(environment_.database.url)),
      connection_(own_.get()),
      dialect_(&dialect::find_dialect(dialect_of(environment_))),
      table_(environment_.version_table, environment_.version_table_schema, *dialect_) {}

Migrator::Migrator(const script::Directory& directory, Environment environment, Log& log,
                   database::Connection& connection)
    : directory_(directory),
      environment_(std::move(environment)),
      log_(log),
      connection_(&connection),
      dialect_(&dialect::find_dialect(connection.dialect_name())),
      table_(environment_.version_table, environment_.version_table_schema, *dialect_) {}

revision::VersionRows Migrator::rows() { return table_.read(*connection_); }

void Migrator::upgrade(std::string_view target) {
  directory_.require_whole();
  run([&](const revision::VersionRows& rows) {
    return revision::plan_upgrade(directory_.graph(), rows, target);
  });
}

void Migrator::downgrade(std::string_view target) {
  directory_.require_whole();
  run([&](const revision::VersionRows& rows) {
    return revision::plan_downgrade(directory_.graph(), rows, target);
  });
}

void Migrator::stamp(std::span<const std::string> targets, bool purge) {
  directory_.require_whole();
  revision::stamp_targets(directory_.graph(), targets);
  if (!purge) {
    run([&](const revision::VersionRows& rows) {
      return revision::plan_stamp(directory_.graph(), rows, targets);
    });
    return;
  }
  revision::Route route = revision::plan_stamp(directory_.graph(), {{}, table_.name()}, targets);
  announce();
  Executor executor(*connection_, *dialect_, environment_);
  executor.begin_run();
  executor.begin_step();
  if (!table_.exists(*connection_)) {
    executor.invoke(table_.create_operation());
  } else {
    connection_->execute(table_.purge_statement());
  }
  for (const revision::Step& step : route.steps) {
    log_.info(kMigrationLogger, revision::log_line(step, ""));
    for (const revision::RowChange& change : step.changes) table_.apply(*connection_, change);
  }
  executor.end_step();
  executor.end_run();
}

void Migrator::ensure_version() {
  announce();
  if (table_.exists(*connection_)) return;
  Executor executor(*connection_, *dialect_, environment_);
  executor.begin_run();
  executor.begin_step();
  executor.invoke(table_.create_operation());
  executor.end_step();
  executor.end_run();
}

void Migrator::announce() {
  log_.info(kMigrationLogger, "Context impl " + std::string(dialect_->impl_name()) + ".");
  bool transactional = environment_.transactional_ddl.value_or(dialect_->transactional_ddl());
  log_.info(kMigrationLogger, transactional ? "Will assume transactional DDL."
                                            : "Will assume non-transactional DDL.");
}

void Migrator::run(const Planner& plan) {
  announce();
  revision::Route route = plan(rows());
  for (const std::string& warning : route.warnings) log_.warning(kMigrationLogger, warning);
  if (route.steps.empty()) return;
  Executor executor(*connection_, *dialect_, environment_);
  executor.begin_run();
  // Somebody may have migrated between the reading above and the lock just taken.
  revision::VersionRows locked = rows();
  if (locked != route.before) route = plan(locked);
  if (environment_.before_changes && !route.steps.empty())
    environment_.before_changes(environment_);
  execute(route, executor);
}

void Migrator::execute(const revision::Route& route, Executor& executor) {
  std::optional<ScriptRunner> runner;
  revision::VersionRows reached = route.before;
  std::size_t number = 0;
  auto total = static_cast<std::size_t>(std::ranges::count_if(
      route.steps, [](const auto& step) { return step.revision.has_value(); }));
  const revision::Step* current = route.steps.empty() ? nullptr : &route.steps.front();
  try {
    for (const revision::Step& step : route.steps) {
      current = &step;
      executor.begin_step();
      // Within the first step, so that the table is not left behind by a failing one.
      if (&step == &route.steps.front() && !table_.exists(*connection_)) {
        executor.invoke(table_.create_operation());
      }
      std::string message = step.revision ? directory_.script(*step.revision).message() : "";
      log_.info(kMigrationLogger, revision::log_line(step, message));
      auto started = std::chrono::steady_clock::now();
      if (step.revision) {
        ++number;
        if (environment_.on_step) {
          environment_.on_step({directory_.script(*step.revision), step.is_upgrade, number, total});
        }
        if (!runner) runner.emplace(*dialect_, connection_, executor, environment_, log_);
        runner->run(directory_.script(*step.revision), step.is_upgrade
                                                           ? ScriptRunner::Direction::kUpgrade
                                                           : ScriptRunner::Direction::kDowngrade);
      }
      for (const revision::RowChange& change : step.changes) table_.apply(*connection_, change);
      if (step.revision && environment_.keep_history) {
        record(step, executor, std::chrono::steady_clock::now() - started);
      }
      executor.end_step();
      reached.apply(step.changes);
    }
    executor.end_run();
  } catch (const Error& error) {
    bool kept = executor.abandon();
    fail(error, *current, kept, route.before, reached);
  } catch (...) {
    executor.abandon();
    throw;
  }
}

void Migrator::record(const revision::Step& step, Executor& executor,
                      std::chrono::steady_clock::duration duration) {
  HistoryTable history(*dialect_);
  if (!dialect::has_table(*connection_, "", HistoryTable::kName)) {
    executor.invoke(history.create_operation());
  }
  const script::Script& script = directory_.script(*step.revision);
  history.record(*connection_, {script.revision.id, step.is_upgrade,
                                std::chrono::duration_cast<std::chrono::milliseconds>(duration),
                                std::string(script.source()->text())});
}

void Migrator::fail(Error error, const revision::Step& step, bool kept_whole_steps,
                    const revision::VersionRows& before, const revision::VersionRows& reached) {
  if (step.revision) {
    error.with_context(std::string(verb(step)) + " of revision " +
                       directory_.graph().id(*step.revision) + " failed");
  }
  const revision::VersionRows& at = kept_whole_steps ? reached : before;
  std::string state = "nothing of this step was kept; the database is at " + named(at.ids());
  if (!dialect_->transactional_ddl()) {
    state =
        "this engine can't roll DDL back: what the step did before the error is still there; "
        "the version table is at " +
        named(at.ids());
  }
  error.with_hint(error.hint().empty() ? state : error.hint() + "\n  " + state);
  throw error;
}

}  // namespace retort::runtime
