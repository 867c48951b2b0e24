#include "runtime/migrator.h"

#include <retort/error.h>
#include <retort/migrator.h>

#include <algorithm>
#include <chrono>

#include "library/bundle.h"
#include "library/session.h"
#include "library/steps.h"
#include "revision/resolve.h"
#include "script/directory.h"

namespace retort {

namespace {

class CallbackLog final : public runtime::Log {
 public:
  explicit CallbackLog(const Callback<void(LogLevel, std::string_view)>& callback)
      : callback_(callback) {}

  void write(Level level, std::string_view, std::string_view message) override {
    if (!callback_) return;
    switch (level) {
      case Level::kDebug:
        return callback_(LogLevel::debug, message);
      case Level::kInfo:
        return callback_(LogLevel::info, message);
      case Level::kWarning:
        return callback_(LogLevel::warning, message);
      case Level::kError:
        return callback_(LogLevel::error, message);
    }
  }
  void output(std::string_view text) override {
    if (callback_) callback_(LogLevel::info, text);
  }

 private:
  const Callback<void(LogLevel, std::string_view)>& callback_;
};

std::vector<std::string> ids(const revision::Graph& graph,
                             const std::vector<revision::Node>& nodes) {
  return graph.ids(nodes);
}

}  // namespace

struct Migrator::Implementation {
  Implementation(Connection& connection, script::Directory own_directory, MigratorOptions own)
      : session(connection.share()),
        directory(std::move(own_directory)),
        options(std::move(own)),
        log(options.on_log) {
    if (options.version_table.empty()) {
      throw Error(code::kMisuse, "the version table has no name");
    }
    directory.require_whole();
    const std::vector<revision::Diagnostic>& found = directory.graph().diagnostics();
    if (!found.empty()) found.front().raise();
  }

  // SQLite waits for a lock by itself, as long as its connection is told to.
  void set_patience() const {
    if (!options.lock_timeout || session->dialect().name() != "sqlite") return;
    session->connection().execute("PRAGMA busy_timeout = " +
                                  std::to_string(options.lock_timeout->milliseconds()));
  }

  runtime::Environment environment() const {
    runtime::Environment environment;
    environment.database = {session->url(), "the connection"};
    if (options.lock_timeout) {
      environment.lock_timeout = std::chrono::milliseconds(options.lock_timeout->milliseconds());
    }
    environment.version_table = options.version_table;
    environment.version_table_schema = options.version_table_schema;
    environment.transaction_per_migration = options.transaction_per_migration;
    environment.keep_history = options.keep_history;
    for (const auto& [name, value] : options.variables) {
      environment.x_arguments.push_back(name + "=" + value);
    }
    environment.lookup = config::process_environment();
    environment.lookup_names = config::process_environment_names;
    if (options.on_step) {
      environment.on_step = [this](const runtime::Progress& progress) {
        Step step;
        step.revision = progress.script.revision.id;
        step.message = progress.script.message();
        step.is_upgrade = progress.is_upgrade;
        step.number = progress.number;
        step.total = progress.total;
        options.on_step(step);
      };
    }
    return environment;
  }

  runtime::Migrator migrator() { return {directory, environment(), log, session->connection()}; }

  // A run is a transaction of its own; inside of one of the application's it could not be kept.
  void prepare_run() const {
    set_patience();
    if (session->connection().in_transaction()) {
      throw Error(code::kMisuse, "the connection has a transaction open")
          .with_hint("commit it, or roll it back, before the database is migrated");
    }
  }

  std::shared_ptr<library::Session> session;
  script::Directory directory;
  MigratorOptions options;
  CallbackLog log;
};

Migrator::Migrator(Connection& connection, const Bundle& bundle, MigratorOptions options)
    : implementation_(std::make_unique<Implementation>(
          connection, script::Directory::of(library::scripts_of(bundle)), std::move(options))) {}

Migrator::Migrator(Connection& connection, const std::string& folder, MigratorOptions options)
    : implementation_(std::make_unique<Implementation>(
          connection, script::Directory::load(std::filesystem::path(folder), false),
          std::move(options))) {}

Migrator::Migrator(Migrator&&) noexcept = default;
Migrator& Migrator::operator=(Migrator&&) noexcept = default;
Migrator::~Migrator() = default;

Migrator::Implementation& Migrator::own() const {
  if (!implementation_) throw Error(code::kMisuse, "the migrator was moved away");
  return *implementation_;
}

void Migrator::upgrade(std::string_view target) {
  own().prepare_run();
  own().migrator().upgrade(target);
}

void Migrator::downgrade(std::string_view target) {
  own().prepare_run();
  own().migrator().downgrade(target);
}

void Migrator::stamp(std::string_view target) {
  own().prepare_run();
  std::vector<std::string> targets{std::string(target)};
  own().migrator().stamp(targets, false);
}

std::vector<std::string> Migrator::current() { return own().migrator().rows().ids(); }

bool Migrator::is_current() {
  const revision::Graph& graph = own().directory.graph();
  std::vector<std::string> have = current();
  std::vector<std::string> want = ids(graph, graph.real_heads());
  std::ranges::sort(have);
  std::ranges::sort(want);
  return have == want;
}

std::vector<std::string> Migrator::unknown() {
  std::vector<std::string> out;
  for (std::string& id : current()) {
    if (!own().directory.graph().find(id)) out.push_back(std::move(id));
  }
  return out;
}

std::vector<RevisionInfo> Migrator::history() const {
  const script::Directory& directory = own().directory;
  std::vector<RevisionInfo> out;
  for (revision::Node node : revision::history(directory.graph(), {})) {
    const script::Script& script = directory.script(node);
    RevisionInfo info;
    info.id = script.revision.id;
    info.down = script.revision.down_revisions;
    info.branch_labels = script.revision.branch_labels;
    info.depends_on = script.revision.depends_on;
    info.message = script.message();
    info.file = script.path.string();
    info.is_head = directory.graph().is_head(node);
    out.push_back(std::move(info));
  }
  return out;
}

std::vector<std::string> Migrator::heads() const {
  const revision::Graph& graph = own().directory.graph();
  return ids(graph, graph.heads());
}

Plan Migrator::plan(std::string_view target) {
  revision::VersionRows rows = own().migrator().rows();
  return library::plan_steps(own().directory, own().environment(), own().log,
                             own().session->dialect(),
                             revision::plan_upgrade(own().directory.graph(), rows, target));
}

Plan Migrator::plan_downgrade(std::string_view target) {
  revision::VersionRows rows = own().migrator().rows();
  return library::plan_steps(own().directory, own().environment(), own().log,
                             own().session->dialect(),
                             revision::plan_downgrade(own().directory.graph(), rows, target));
}

Differences Migrator::check(const MetaData& metadata, CompareOptions options) {
  if (!is_current()) {
    throw Error(code::kRevision, "Target database is not up to date.")
        .with_hint("apply what is pending first: upgrade()");
  }
  options.version_table = own().options.version_table;
  options.version_table_schema = own().options.version_table_schema;
  Connection connection(own().session);
  return differences(connection, metadata, options);
}

}  // namespace retort
