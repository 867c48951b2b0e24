#include "command/compared.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "autogenerate/render.h"
#include "base/error.h"
#include "base/text.h"
#include "database/mariadb.h"
#include "database/registry.h"
#include "database/sqlite.h"
#include "dialect/inspect.h"
#include "models/ddl.h"
#include "models/program.h"
#include "models/unimported.h"
#include "operations/describe.h"
#include "revision/graph.h"
#include "runtime/version_table.h"
#include "script/new_script.h"

namespace retort::command {

namespace {

// Where the schema of SQL text is made: SQLite's in memory, another engine's in the database that
// the option dev_url names.
database::ConnectionPtr scratch_for(const Project& project, database::Connection& live) {
  if (live.dialect_name() == "sqlite") return database::open_sqlite(":memory:");
  // In a database of its own that is dropped again.
  if (database::is_mysql_like(live)) return database::open_beside(live);
  std::optional<std::string> url = project.config.get_main_option("dev_url");
  if (!url) {
    throw Error(code::kConfig, "a schema of SQL text needs a database to make it in")
        .with_hint("set dev_url to the URL of an empty " + std::string(live.dialect_name()) +
                   " database; nothing is kept in it");
  }
  return database::connect(config::parse_url(*url));
}

// The option target_metadata where it names SQL files, folders of them, databases or programs. What
// names models is env.py's business.
std::vector<schema::MetaData> named_schemas(const Project& project, database::Connection& live) {
  std::vector<schema::MetaData> out;
  for (const std::string& name : project.settings.target_metadata) {
    if (std::string_view command = models::command_of(name); !command.empty()) {
      database::ConnectionPtr scratch;
      auto place = [&]() -> database::Connection& {
        scratch = scratch_for(project, live);
        return *scratch;
      };
      out.push_back(
          models::program_schema(std::string(command), project.config.directory(), place));
      continue;
    }
    if (name.find("://") != std::string::npos) {
      database::ConnectionPtr other = database::connect(config::parse_url(name));
      out.push_back(dialect::inspect(*other, {.definitions = true}));
      continue;
    }
    std::filesystem::path path = project.config.absolute(name);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) continue;
    out.push_back(models::ddl_schema(models::ddl_files(path), *scratch_for(project, live)));
  }
  return out;
}

void warn_of(const compare::RenameCandidate& candidate, Output& output) {
  output.warning("'" + candidate.from + "' is dropped, with its data, and '" + candidate.to +
                 "' is added. If it was renamed, say so: --rename " + candidate.from + "=" +
                 candidate.to);
}

}  // namespace

std::pair<std::string, std::string> parse_rename(const std::string& text) {
  std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    throw Error(code::kUsage, "--rename takes old=new, not '" + text + "'")
        .with_hint("a table is users=people, a column users.name=full_name");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

bool has_named_schemas(const Project& project) {
  return std::ranges::any_of(project.settings.target_metadata, [&](const std::string& name) {
    std::error_code ignored;
    return !models::command_of(name).empty() || name.find("://") != std::string::npos ||
           std::filesystem::exists(project.config.absolute(name), ignored);
  });
}

schema::MetaData wanted_schema(const Project& project, const runtime::Environment& environment,
                               database::Connection& live) {
  std::vector<schema::MetaData> all = named_schemas(project, live);
  if (all.empty() && environment.target_metadata) all = environment.target_metadata();
  if (all.empty()) {
    throw Error(code::kConfig,
                "Can't proceed with --autogenerate option; environment script " +
                    (project.settings.script_directory / "env.py").string() +
                    " does not provide a MetaData object or sequence of objects to the context.")
        .with_hint(
            "set target_metadata in env.py, or target_metadata in the configuration: "
            "app.models:Base.metadata, an SQL file, or exec: and a program that prints the schema");
  }
  return autogenerate::merged(std::move(all), live.dialect_name());
}

Compared compare_with_models(const Project& project, const runtime::Environment& environment,
                             database::Connection& live, const CompareOptions& given,
                             Output& output, runtime::Log& log) {
  Compared out;
  out.model = wanted_schema(project, environment, live);
  compare::Options options = environment.compare;
  options.renames.insert(options.renames.end(), given.renames.begin(), given.renames.end());
  out.changes = autogenerate::find_changes(live, out.model, options);
  bool answered = false;
  std::set<std::string> refused;
  for (const compare::RenameCandidate& candidate : out.changes.candidates) {
    if (!given.ask) break;
    if (given.ask(candidate)) {
      options.renames.emplace_back(candidate.from, candidate.to);
      answered = true;
    } else {
      refused.insert(candidate.from);
    }
  }
  if (answered) out.changes = autogenerate::find_changes(live, out.model, options);
  for (const compare::Message& message : out.changes.messages) {
    auto level = message.level == compare::Message::Level::kInfo ? runtime::Log::Level::kInfo
                                                                 : runtime::Log::Level::kWarning;
    log.write(level, message.logger, message.text);
  }
  for (const compare::RenameCandidate& candidate : out.changes.candidates) {
    if (!refused.contains(candidate.from)) warn_of(candidate, output);
  }
  return out;
}

void let_hooks_process(const Project& project, const runtime::Environment& environment,
                       autogenerate::Changes& changes) {
  const runtime::RevisionHooks& hooks = environment.hooks;
  if (!hooks.process) return;
  const revision::Graph& graph = project.directory.graph();
  runtime::RevisionDraft draft;
  draft.rev_id = script::new_revision_id();
  draft.head = graph.ids(graph.real_heads());
  draft.compared = true;
  draft.upgrade.push_back({hooks.upgrade_token, std::move(changes.upgrade)});
  draft.downgrade.push_back({hooks.downgrade_token, std::move(changes.downgrade)});
  changes.upgrade.clear();
  changes.downgrade.clear();
  const std::optional<runtime::RevisionDraft> left = hooks.process(std::move(draft));
  if (!left) return;
  const auto take = [](const std::vector<runtime::DraftOperations>& from,
                       std::vector<operations::Operation>& to) {
    for (const runtime::DraftOperations& one : from) {
      to.insert(to.end(), one.operations.begin(), one.operations.end());
    }
  };
  take(left->upgrade, changes.upgrade);
  take(left->downgrade, changes.downgrade);
}

void ImportCheck::add(runtime::MigrationContext& context, const Compared& compared) {
  for (const std::string& file : context.evaluation().imported_files()) {
    imported_.insert(std::filesystem::path(file).lexically_normal());
  }
  for (const schema::Table& table : compared.model.tables) known_.insert(table.name);
  for (const operations::Operation& one : compared.changes.upgrade) {
    if (const auto* drop = std::get_if<operations::DropTable>(&one)) dropped_.insert(drop->table);
  }
  changed_ = changed_ || !compared.changes.upgrade.empty();
}

void ImportCheck::warn(const Project& project, Output& output) const {
  if (imported_.empty() || (changed_ && dropped_.empty())) return;
  const std::filesystem::path& folder = project.config.directory();
  std::map<std::filesystem::path, std::vector<std::string>> tables;
  for (const models::UnimportedModel& model :
       models::unimported_models(folder, project.settings.script_directory, imported_, known_)) {
    if (!changed_ || dropped_.contains(model.table)) tables[model.file].push_back(model.table);
  }
  for (const auto& [file, names] : tables) {
    output.warning("nothing imports " + file.lexically_relative(folder).string() +
                   ", so that its models are not compared: " + join(names, ", ") +
                   ". Import it in env.py");
  }
}

void require_heads(const Project& project, const runtime::Environment& environment,
                   database::Connection& live) {
  runtime::VersionTable table(environment.version_table, environment.version_table_schema,
                              dialect::find_dialect(live.dialect_name()));
  std::vector<std::string> rows = table.read(live).ids();
  const revision::Graph& graph = project.directory.graph();
  std::vector<std::string> heads = graph.ids(graph.real_heads());
  if (std::ranges::is_permutation(rows, heads)) return;
  throw Error(code::kRevision, "Target database is not up to date.")
      .with_hint("apply what is pending first: upgrade head");
}

void on_database(
    const Project& project, std::string_view command, Output& output, runtime::Log& log,
    const std::function<void(runtime::MigrationContext&, database::Connection&)>& action) {
  runtime::Request request;
  request.command.command = command;
  project.run(request, output, log,
              [&](runtime::MigrationContext& context) { action(context, context.connection()); });
}

std::string operations_json(const std::vector<operations::Operation>& operations,
                            const std::vector<std::vector<std::string>>& statements) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < operations.size(); ++i) {
    nlohmann::ordered_json one;
    one["operation"] = operations::directive(operations[i]);
    std::string table = operations::table_of(operations[i]);
    if (!table.empty()) one["table"] = table;
    one["description"] = operations::describe(operations[i]);
    if (i < statements.size()) one["sql"] = statements[i];
    std::string destroyed = autogenerate::destroyed_by(operations[i]);
    if (!destroyed.empty()) one["destroys"] = destroyed;
    out.push_back(std::move(one));
  }
  return out.dump(2);
}

}  // namespace retort::command
