#pragma once

// Moves a database along its history of revisions.
//
//   extern const retort::Bundle app_migrations;  // retort_add_migrations(app DIR migrations)
//
//   Connection db = connect("sqlite:///app.db");
//   Migrator migrator(db, app_migrations, {.on_step = [](const Step& step) { show(step); }});
//   if (!migrator.is_current()) migrator.upgrade();
//
// A run takes the database's lock, so that of two processes one waits and then finds nothing left
// to do. A failure throws Error and leaves the database at the last whole revision; where the
// engine rolls DDL back, nothing of the failed one is left.
//
// A Migrator is used by one thread at a time, like its connection. Several Migrators in several
// threads, each on its own connection, may run on one database. There is no global state.

#include <retort/callback.h>
#include <retort/connection.h>
#include <retort/differences.h>
#include <retort/plan.h>
#include <retort/revision.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retort {

// One revision being applied or taken back.
struct Step {
  std::string revision{};
  std::string message{};
  bool is_upgrade = true;
  std::size_t number = 0;  // from 1
  std::size_t total = 0;
};

enum class LogLevel : std::uint8_t { debug, info, warning, error };

struct MigratorOptions {
  // How long to wait for another session that is migrating; the connection's own patience when it
  // is not given.
  std::optional<Timeout> lock_timeout{};
  // Before each revision. What it throws ends the run there, as a failed revision does.
  Callback<void(const Step&)> on_step{};
  // Alembic's log lines.
  Callback<void(LogLevel level, std::string_view message)> on_log{};
  // ${name} in .sql revisions.
  std::vector<std::pair<std::string, std::string>> variables{};
  std::string version_table = "alembic_version";
  std::string version_table_schema{};
  bool transaction_per_migration = true;
  bool keep_history = false;  // the table retort_history: what was applied when, by whom
};

class Migrator {
 public:
  // The connection and what the bundle points to must outlive the migrator. Throws
  // Error(code::kGraph) for a history that is not well formed: a revision that is named and is not
  // there, one that is there twice, a cycle.
  Migrator(Connection& connection, const Bundle& bundle, MigratorOptions options = {});
  // From a folder of .py and .sql files.
  Migrator(Connection& connection, const std::string& folder, MigratorOptions options = {});
  Migrator(Migrator&&) noexcept;
  Migrator& operator=(Migrator&&) noexcept;
  ~Migrator();

  // Targets are Alembic's: "head", "heads", "base", an id or its beginning, "+1", "-1",
  // "label@head". Throws Error(code::kRevision) for one that is not there.
  void upgrade(std::string_view target = "heads");
  void downgrade(std::string_view target);
  // Writes down that the database is at a revision, without running anything.
  void stamp(std::string_view target);

  // The revisions the database is at; none for a new one. Reads only.
  std::vector<std::string> current();
  // Whether every head is applied. False as well for a database of a newer program: see unknown().
  bool is_current();
  // Revisions the database is at that this program does not know: it was migrated by a newer one.
  std::vector<std::string> unknown();

  // Newest first.
  std::vector<RevisionInfo> history() const;
  std::vector<std::string> heads() const;
  // What upgrade() to `target` would do.
  Plan plan(std::string_view target = "heads");
  Plan plan_downgrade(std::string_view target);

  // What the migrated database lacks of the models: empty when the history has all of them. Throws
  // Error(code::kRevision) when a revision is not applied yet. The version table of `options` is
  // the migrator's.
  Differences check(const MetaData& metadata, CompareOptions options = {});

 private:
  struct Implementation;
  Implementation& own() const;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace retort
