#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compare/options.h"
#include "config/config.h"
#include "config/settings.h"
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
  bool keep_history = false;  // the table retort_history
  std::optional<bool> transactional_ddl{};
  schema::NamingConvention naming_convention{};
  bool version_table_pk = true;  // whether a version table that is made gets a primary key

  // The wanted schema: target_metadata. Evaluates every module of the project that contributes to
  // it, so it is called once, and only by what compares. Absent: none is given.
  std::function<std::vector<schema::MetaData>()> target_metadata{};
  compare::Options compare{};
  RevisionHooks hooks{};
  // Called before each revision that runs; what it throws ends the run as a failed revision does.
  std::function<void(const Progress&)> on_step{};
  std::vector<std::string> x_arguments{};
  std::string tag{};
  // Called with the run's lock held, before the first step changes anything; what it throws ends
  // the run.
  std::function<void(const Environment&)> before_changes{};
  // Where imports of the project's own modules start from.
  std::vector<std::filesystem::path> import_paths{};
  std::filesystem::path project_folder{};
  // The environment variables that evaluated files see.
  config::Environment lookup{};
};

// From the configuration alone. Throws Error(code::kConfig) when no database is named.
Environment read_environment(const config::Config& config, const config::Settings& settings,
                             std::string tag = "");

}  // namespace retort::runtime
