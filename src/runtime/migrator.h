#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "dialect/dialect.h"
#include "revision/plan.h"
#include "revision/resolve.h"
#include "runtime/environment.h"
#include "runtime/log.h"
#include "runtime/migration_context.h"
#include "runtime/version_table.h"
#include "script/directory.h"

namespace retort::runtime {

// Moves a database along the history. Every run plans, takes the engine's lock, plans again if
// somebody was faster, and executes; a failure leaves the database at a whole revision and the
// error says at which.
class Migrator {
 public:
  explicit Migrator(MigrationContext& context);
  // On the database of the environment. Opens the connection; throws what connecting throws.
  Migrator(const script::Directory& directory, Environment environment, Log& log);
  // On a connection that is open already and outlives the migrator.
  Migrator(const script::Directory& directory, Environment environment, Log& log,
           database::Connection& connection);

  // The version table's rows; none when it is not there. Creates nothing.
  revision::VersionRows rows();
  void upgrade(std::string_view target);
  void downgrade(std::string_view target);
  // With `purge` the table is emptied first, after the targets have been found good.
  void stamp(std::span<const std::string> targets, bool purge);
  // Creates the version table when it is not there.
  void ensure_version();

  const Environment& environment() const { return environment_; }

 private:
  explicit Migrator(std::unique_ptr<MigrationContext> own);
  using Planner = std::function<revision::Route(const revision::VersionRows&)>;
  void run(const Planner& plan);
  // False when another run has come between two steps: what is left has to be planned again.
  bool execute(const revision::Route& route, class Executor& executor);
  void record(const revision::Step& step, class Executor& executor,
              std::chrono::steady_clock::duration duration);
  // Throws the error with what is in the database now.
  [[noreturn]] void fail(Error error, const revision::Step& step, bool partly_committed);
  void begin(class Executor& executor, const std::shared_ptr<class RunLock>& lock);

  std::unique_ptr<MigrationContext> own_{};
  MigrationContext& context_;
  const script::Directory& directory_;
  const Environment& environment_;
  Log& log_;
  database::Connection* connection_;
  const dialect::Dialect* dialect_;
  VersionTable table_;
};

// The same moves as SQL text for a person or a shell: alembic's --sql.
class SqlWriter {
 public:
  // `context` is one of --sql.
  explicit SqlWriter(MigrationContext& context);

  void upgrade(std::string_view range);
  void downgrade(std::string_view range);
  void stamp(std::span<const std::string> targets);
  void ensure_version();

 private:
  void write_route(const revision::Route& route);
  // The revision that the database is at: of the argument, else of context.configure().
  std::optional<std::string> start(const std::optional<std::string>& of_argument) const;
  void begin_run();
  void end_run();

  MigrationContext& context_;
  const script::Directory& directory_;
  const Environment& environment_;
  Log& log_;
  Printer& printer_;
  const dialect::Dialect* dialect_;
  VersionTable table_;
};

}  // namespace retort::runtime
