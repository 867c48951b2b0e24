#include "command/diff.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "autogenerate/casts.h"
#include "autogenerate/render.h"
#include "autogenerate/render_sql.h"
#include "autogenerate/replaced_functions.h"
#include "autogenerate/table_details.h"
#include "base/error.h"
#include "base/text.h"
#include "database/registry.h"
#include "database/sqlite.h"
#include "dialect/canonical.h"
#include "dialect/inspect.h"
#include "models/ddl.h"
#include "models/evaluated.h"
#include "models/program.h"
#include "operations/describe.h"
#include "runtime/history_table.h"
#include "runtime/migrator.h"

namespace retort::command {

namespace fs = std::filesystem;

namespace {

// "app.models:Base.metadata"
bool names_models(std::string_view text) {
  std::size_t colon = text.find(':');
  auto is_dotted = [](std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
      return c == '_' || c == '.' || std::isalnum(c) || c >= 0x80;
    });
  };
  return colon != std::string_view::npos && is_dotted(text.substr(0, colon)) &&
         is_dotted(text.substr(colon + 1));
}

bool is_url(std::string_view text) { return text.find("://") != std::string_view::npos; }

// A new file below the temporary folder, gone with the object.
struct TemporaryFile {
  fs::path path;
  TemporaryFile() {
    std::string name = (fs::temp_directory_path() / "retort_replay_XXXXXX").string();
    int file = ::mkstemp(name.data());
    if (file < 0) throw Error(code::kFile, "can't make a file in the temporary folder");
    ::close(file);
    path = name;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    fs::remove(path, ignored);
  }
};

class Quiet final : public runtime::Log {
  void write(Level, std::string_view, std::string_view) override {}
  void output(std::string_view) override {}
};

class Sides {
 public:
  Sides(const std::function<Project()>& open, const DiffOptions& options, Output& output,
        runtime::Log& log)
      : open_(open), output_(output), log_(log) {
    std::string url = options.dev_url;
    for (const std::string& side : {options.from, options.to}) {
      if (url.empty() && is_url(side)) url = side;
    }
    scratch_ = url.empty() || is_sqlite(url) ? database::open_sqlite(":memory:")
                                             : database::connect(config::parse_url(url));
  }

  // The engine's place for what is no database.
  database::Connection& scratch() { return *scratch_; }

  // `schemas`: those that are read of a database beside the default one.
  schema::MetaData read(const std::string& side, const std::vector<std::string>& schemas = {}) {
    if (side == "@models") return of_models();
    if (side.starts_with('@')) return of_revision(side.substr(1));
    if (is_url(side)) return of_database(side, schemas);
    if (std::string_view command = models::command_of(side); !command.empty()) {
      return of_program(std::string(command));
    }
    if (names_models(side) && !fs::exists(side)) return of_models(side);
    if (!fs::exists(side)) {
      throw Error(code::kUsage, "'" + side + "' is no schema")
          .with_hint(
              "a side is an SQL file, a folder of SQL files, a database URL, @head, @REVISION, "
              "@models, module:attribute or exec:COMMAND");
    }
    return models::ddl_schema(models::ddl_files(side), *scratch_);
  }

 private:
  static bool is_sqlite(const std::string& url) { return url.starts_with("sqlite"); }

  static schema::MetaData everything(database::Connection& connection,
                                     const std::string& version_table,
                                     const std::vector<std::string>& schemas = {}) {
    dialect::InspectScope scope;
    scope.schemas = schemas;
    scope.definitions = true;
    scope.include_table = [&](const std::string&, const std::string& table) {
      return table != version_table && table != runtime::HistoryTable::kName;
    };
    return dialect::inspect(connection, scope);
  }

  schema::MetaData of_database(const std::string& url, const std::vector<std::string>& schemas) {
    database::ConnectionPtr connection = database::connect(config::parse_url(url));
    if (connection->dialect_name() != scratch_->dialect_name()) {
      throw Error(code::kUsage,
                  "the sides are of different engines: " + std::string(connection->dialect_name()) +
                      " and " + std::string(scratch_->dialect_name()));
    }
    return everything(*connection, "alembic_version", schemas);
  }

  schema::MetaData of_program(const std::string& command) {
    return models::program_schema(command, {},
                                  [this]() -> database::Connection& { return *scratch_; });
  }

  // `target` is "module:attribute", or empty for the project's target_metadata.
  schema::MetaData of_models(const std::string& target = {}) {
    Project project = open_();
    schema::MetaData out;
    on_database(project, "diff", output_, log_,
                [&](runtime::MigrationContext& context, database::Connection& live) {
                  const runtime::Environment& environment = context.environment();
                  if (target.empty()) {
                    out = wanted_schema(project, environment, live);
                    return;
                  }
                  python::Evaluator& evaluator = context.evaluation().evaluator();
                  out = models::evaluated_schema(evaluator, models::find_target(evaluator, target));
                });
    return out;
  }

  // The history of this project run in a scratch database.
  schema::MetaData of_revision(const std::string& target) {
    if (scratch_->dialect_name() != "sqlite") {
      throw Error(code::kUsage, "the history can be replayed on SQLite alone")
          .with_hint("upgrade an empty database to @" + target + " and give its URL");
    }
    Project project = open_();
    TemporaryFile file;
    std::string version_table = replay(project, "sqlite:///" + file.path.string(), target);
    database::ConnectionPtr connection = database::open_sqlite(file.path.string());
    return everything(*connection, version_table);
  }

  static std::string replay(const Project& project, const std::string& url,
                            const std::string& target) {
    Quiet quiet;
    runtime::Environment environment = runtime::read_settings(project.config, project.settings);
    environment.database.url = config::parse_url(url);
    runtime::Migrator migrator(project.directory, environment, quiet);
    migrator.upgrade(target);
    return environment.version_table;
  }

  const std::function<Project()>& open_;
  Output& output_;
  runtime::Log& log_;
  database::ConnectionPtr scratch_;
};

// All but the default one.
std::vector<std::string> schemas_of(const schema::MetaData& metadata) {
  std::set<std::string> out;
  for (const auto& one : metadata.tables) out.insert(one.schema);
  for (const auto& one : metadata.enums) out.insert(one.schema);
  for (const auto& one : metadata.sequences) out.insert(one.schema);
  for (const auto& one : metadata.definitions) out.insert(one.schema);
  out.erase("");
  return {out.begin(), out.end()};
}

// A database that has this schema: SQLite's statements depend on what is there.
database::ConnectionPtr with_schema(const schema::MetaData& have) {
  database::ConnectionPtr made = database::open_sqlite(":memory:");
  autogenerate::Changes all = autogenerate::find_changes(*made, have, {});
  for (const auto& statements : autogenerate::statements_of(all.upgrade, *made, {})) {
    for (const std::string& statement : statements) made->execute(statement);
  }
  return made;
}

}  // namespace

void diff(const std::function<Project()>& open, const DiffOptions& options, Output& output,
          runtime::Log& log) {
  Sides sides(open, options, output, log);
  database::Connection& scratch = sides.scratch();
  // Of a database the schemas that the other side speaks of.
  schema::MetaData from;
  schema::MetaData model;
  if (is_url(options.from)) {
    model = sides.read(options.to);
    from = sides.read(options.from, schemas_of(model));
  } else {
    from = sides.read(options.from);
    model = sides.read(options.to, schemas_of(from));
  }
  schema::MetaData have = dialect::canonical(from, scratch);
  schema::MetaData want = dialect::canonical(model, scratch);
  compare::Options settings;
  settings.renames = options.compare.renames;
  compare::Result found = compare::compare(
      {have, want, model, dialect::find_dialect(scratch.dialect_name())}, settings);
  const dialect::Dialect& dialect = dialect::find_dialect(scratch.dialect_name());
  autogenerate::complete_table_details(found.operations, dialect.grammar());
  autogenerate::replace_functions(found.operations);
  autogenerate::complete_casts(found.operations, dialect);
  for (const compare::RenameCandidate& candidate : found.candidates) {
    output.warning("'" + candidate.from + "' may have been renamed: --rename " + candidate.from +
                   "=" + candidate.to);
  }
  database::ConnectionPtr copy;
  if (scratch.dialect_name() == "sqlite") copy = with_schema(from);
  std::vector<std::vector<std::string>> statements = autogenerate::statements_of(
      found.operations, copy ? *copy : scratch, model.naming_convention);
  if (options.format == DiffFormat::kJson) {
    output.result(operations_json(found.operations, statements));
  } else if (options.format == DiffFormat::kSql) {
    output.raw(autogenerate::render_sql(found.operations, statements, true));
  } else {
    for (const operations::Operation& one : found.operations) {
      output.result(operations::describe(one));
    }
  }
  if (options.check && !found.operations.empty()) {
    throw Error(code::kPending,
                "the schemas differ: " + std::to_string(found.operations.size()) + " operation(s)");
  }
}

}  // namespace retort::command
