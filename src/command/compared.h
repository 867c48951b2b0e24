#pragma once

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "autogenerate/autogenerate.h"
#include "command/output.h"
#include "command/project.h"
#include "database/connection.h"
#include "runtime/environment.h"
#include "runtime/log.h"

// The comparison of the models with the database, as `revision --autogenerate` and `check` share
// it.
namespace retort::command {

struct CompareOptions {
  // --rename old=new
  std::vector<std::pair<std::string, std::string>> renames{};
  // Asks whether something was renamed; absent where there is nobody to ask.
  std::function<bool(const compare::RenameCandidate&)> ask{};
};

// "old=new" of the command line. Throws Error(code::kUsage).
std::pair<std::string, std::string> parse_rename(const std::string& text);

struct Compared {
  schema::MetaData model{};
  autogenerate::Changes changes{};
};

// The models of the project for one of its databases. Throws Error(code::kConfig) when there are
// none.
schema::MetaData wanted_schema(const Project& project, const runtime::Environment& environment,
                               database::Connection& live);

// Whether the option target_metadata names a file, a database or a program, not models.
bool has_named_schemas(const Project& project);

// Logs what was found, and warns of renames that nobody answered. Throws Error(code::kConfig) when
// there are no models.
Compared compare_with_models(const Project& project, const runtime::Environment& environment,
                             database::Connection& live, const CompareOptions& options,
                             Output& output, runtime::Log& log);

// Puts in what process_revision_directives() of env.py leaves of the changes, shown to it as those
// of a new revision that nobody is going to write.
void let_hooks_process(const Project& project, const runtime::Environment& environment,
                       autogenerate::Changes& changes);

// Model classes of the project that no evaluated file imports and that would matter: those of
// dropped tables, and where nothing was found to change all of them.
class ImportCheck {
 public:
  // Of one of the project's databases.
  void add(runtime::MigrationContext& context, const Compared& compared);
  void warn(const Project& project, Output& output) const;

 private:
  bool changed_ = false;
  std::set<std::string> known_{};
  std::set<std::string> dropped_{};
  std::set<std::filesystem::path> imported_{};
};

// Throws Error(code::kRevision), in Alembic's words, unless the database is at all heads.
void require_heads(const Project& project, const runtime::Environment& environment,
                   database::Connection& live);

// Runs an action of `command` on the project's database.
void on_database(
    const Project& project, std::string_view command, Output& output, runtime::Log& log,
    const std::function<void(runtime::MigrationContext&, database::Connection&)>& action);

// Operations as JSON: an array of objects with "operation", "table", "description", "sql" and
// "destroys".
std::string operations_json(const std::vector<operations::Operation>& operations,
                            const std::vector<std::vector<std::string>>& statements);

}  // namespace retort::command
