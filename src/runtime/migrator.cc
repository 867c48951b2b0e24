#include "runtime/migrator.h"

#include <algorithm>

#include "base/text.h"
#include "database/registry.h"
#include "dialect/has_table.h"
#include "runtime/executor.h"
#include "runtime/history_table.h"
#include "runtime/run_lock.h"
#include "runtime/script_runner.h"

namespace retort::runtime {

namespace {

std::string_view verb(const revision::Step& step) {
  if (step.kind == revision::Step::Kind::kStamp) return "stamp";
  return step.is_upgrade ? "upgrade" : "downgrade";
}

std::string named(const std::vector<std::string>& ids) {
  return ids.empty() ? "base" : "'" + join(ids, "', '") + "'";
}

// Whatever order the database has them in.
bool same(const revision::VersionRows& a, const revision::VersionRows& b) {
  return std::ranges::is_permutation(a.ids(), b.ids());
}

}  // namespace

Migrator::Migrator(MigrationContext& context)
    : context_(context),
      directory_(context.directory()),
      environment_(context.environment()),
      log_(context.log()),
      connection_(&context.connection()),
      dialect_(&context.dialect()),
      table_(environment_.version_table, environment_.version_table_schema, *dialect_,
             environment_.version_table_pk) {}

Migrator::Migrator(const script::Directory& directory, Environment environment, Log& log)
    : Migrator(std::make_unique<MigrationContext>(directory, std::move(environment), log)) {}

Migrator::Migrator(std::unique_ptr<MigrationContext> own) : Migrator(*own) {
  own_ = std::move(own);
}

Migrator::Migrator(const script::Directory& directory, Environment environment, Log& log,
                   database::Connection& connection)
    : Migrator(
          std::make_unique<MigrationContext>(directory, std::move(environment), log, connection)) {}

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
  std::shared_ptr<RunLock> lock = context_.lock();
  Executor executor(*connection_, *dialect_, environment_, log_);
  begin(executor, lock);
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
  if (table_.exists(*connection_)) return;
  std::shared_ptr<RunLock> lock = context_.lock();
  Executor executor(*connection_, *dialect_, environment_, log_);
  begin(executor, lock);
  executor.begin_step();
  executor.invoke(table_.create_operation());
  executor.end_step();
  executor.end_run();
}

void Migrator::begin(Executor& executor, const std::shared_ptr<RunLock>& lock) {
  Session& session = context_.session();
  // The lock is held until others see what was done.
  auto at_end = [&session, lock](auto action) {
    session.at_end([lock, action = std::move(action)] { action(); });
  };
  if (session.in_transaction_of_caller()) {
    executor.leave_open(std::move(at_end), Executor::OnFailure::kLeave);
  } else if (context_.in_block() && executor.is_whole()) {
    executor.leave_open(std::move(at_end), Executor::OnFailure::kUndo);
  }
  executor.begin_run();
}

void Migrator::run(const Planner& plan) {
  revision::Route route = plan(rows());
  for (const std::string& warning : route.warnings) log_.warning(kMigrationLogger, warning);
  if (route.steps.empty()) return;
  std::shared_ptr<RunLock> lock = context_.lock();
  Executor executor(*connection_, *dialect_, environment_, log_);
  begin(executor, lock);
  // Somebody may have migrated between the reading above and the lock just taken.
  revision::VersionRows locked = rows();
  if (locked != route.before) route = plan(locked);
  if (environment_.before_changes && !route.steps.empty())
    environment_.before_changes(environment_);
  while (!execute(route, executor)) route = plan(rows());
}

bool Migrator::execute(const revision::Route& route, Executor& executor) {
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
      // SQLite's lock lasts as long as a transaction, which here is one step.
      if (executor.per_step() && !same(rows(), reached)) {
        executor.end_step();
        return false;
      }
      // Within the first step, so that the table is not left behind by a failing one.
      if (&step == &route.steps.front() && !table_.exists(*connection_)) {
        executor.invoke(table_.create_operation());
        // Where that has committed, the step begins here.
        if (!dialect_->transactional_ddl()) executor.begin_step();
      }
      std::string message = step.revision ? directory_.script(*step.revision).message() : "";
      log_.info(kMigrationLogger, revision::log_line(step, message));
      auto started = std::chrono::steady_clock::now();
      if (step.revision) {
        ++number;
        if (environment_.on_step) {
          environment_.on_step({directory_.script(*step.revision), step.is_upgrade, number, total});
        }
        if (!runner) runner.emplace(context_, executor, directory_.scripts_of(route));
        runner->run(directory_.script(*step.revision), step.is_upgrade
                                                           ? ScriptRunner::Direction::kUpgrade
                                                           : ScriptRunner::Direction::kDowngrade);
      }
      for (const revision::RowChange& change : step.changes) table_.apply(*connection_, change);
      if (step.revision && environment_.keep_history) {
        record(step, executor, std::chrono::steady_clock::now() - started);
      }
      reached.apply(step.changes);
      for (const Environment::VersionCallback& call : environment_.on_version_apply) {
        call(step, reached.ids(), context_.keywords());
      }
      executor.end_step();
    }
    executor.end_run();
    return true;
  } catch (const Error& error) {
    executor.abandon();
    fail(error, *current, executor.partly_committed());
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

void Migrator::fail(Error error, const revision::Step& step, bool partly_committed) {
  if (step.revision) {
    error.with_context(std::string(verb(step)) + " of revision " +
                       directory_.graph().id(*step.revision) + " failed");
  }
  std::string state;
  try {
    std::string at = named(rows().ids());
    if (partly_committed && !dialect_->transactional_ddl()) {
      state =
          "this engine commits at every DDL statement: what the step did up to the last one is "
          "still there: undo it, or let the step find it (if_not_exists=True, if_exists=True), "
          "before the next run; the version table is at " +
          at;
    } else if (partly_committed) {
      state =
          "what the step had committed by itself is still there: undo it, or let the step find it "
          "(if_not_exists=True, if_exists=True), before the next run; the database is at " +
          at;
    } else {
      state = "nothing of this step was kept; the database is at " + at;
    }
  } catch (const Error&) {
    state = "nothing that was not committed was kept; 'current' tells where the database is";
  }
  error.with_hint(error.hint().empty() ? state : error.hint() + "\n  " + state);
  throw error;
}

}  // namespace retort::runtime
