#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compare/options.h"
#include "config/config.h"
#include "config/settings.h"
#include "python/value.h"
#include "revision/plan.h"
#include "runtime/revision_hooks.h"
#include "schema/table.h"

namespace retort::script {
struct Script;
}

namespace retort::runtime {

// A revision that is about to run.
struct Progress {
  const script::Script& script;
  bool is_upgrade = true;
  std::size_t number = 0;  // from 1
  std::size_t total = 0;
};

// Everything a run needs to know beside the scripts: what context.configure() is given.
struct Environment {
  config::DatabaseUrl database{};
  std::string version_table = "alembic_version";
  std::string version_table_schema{};
  bool transaction_per_migration = false;
  // How long to wait for another run on the same database; nothing: as long as it takes.
  std::optional<std::chrono::milliseconds> lock_timeout{};
  bool keep_history = false;  // the table retort_history
  std::optional<bool> transactional_ddl{};
  schema::NamingConvention naming_convention{};
  bool version_table_pk = true;  // whether a version table that is made gets a primary key

  // The wanted schema: target_metadata. Evaluates every module of the project that contributes to
  // it, so it is called once, and only by what compares. Absent: none is given.
  std::function<std::vector<schema::MetaData>()> target_metadata{};
  compare::Options compare{};
  RevisionHooks hooks{};
  // Called after a step's version rows are written and before its transaction ends, with the rows
  // there are then and the keywords of context.run_migrations().
  using VersionCallback =
      std::function<void(const revision::Step&, const std::vector<std::string>& rows,
                         const std::vector<std::pair<std::string, python::Value>>& run_arguments)>;
  std::vector<VersionCallback> on_version_apply{};
  // Called before each revision that runs; what it throws ends the run as a failed revision does.
  std::function<void(const Progress&)> on_step{};
  std::vector<std::string> x_arguments{};
  std::string tag{};
  // Called with the run's lock held, before the first step changes anything; what it throws ends
  // the run.
  std::function<void(const Environment&)> before_changes{};
  std::string starting_revision{};  // of context.configure(starting_rev=...), for --sql

  // Where imports of the project's own modules start from, and where else a package of an
  // installed project may be.
  std::vector<std::filesystem::path> import_paths{};
  // Column types from elsewhere and their SQL (config::type_map).
  std::vector<std::pair<std::string, std::string>> type_map{};
  std::vector<std::filesystem::path> source_folders{};
  std::filesystem::path directory{};       // the current one
  std::filesystem::path project_folder{};  // where evaluated files may read
  // The environment variables that evaluated files see.
  config::Environment lookup{};
  std::function<std::vector<std::string>()> lookup_names{};
};

// From the configuration alone. Throws Error(code::kConfig) when no database is named.
Environment read_environment(const config::Config& config, const config::Settings& settings,
                             std::string tag = "");
// The same without a database, which env.py names.
Environment read_settings(const config::Config& config, const config::Settings& settings,
                          std::string tag = "");

}  // namespace retort::runtime
