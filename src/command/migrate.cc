#include "command/migrate.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/text.h"
#include "command/backup.h"
#include "database/registry.h"
#include "operations/describe.h"
#include "revision/lookup.h"
#include "revision/plan.h"
#include "runtime/history_search.h"
#include "runtime/migrator.h"

namespace retort::command {

namespace {

// What migrate found and did, for people line by line as it happens, for programs at the end.
class Report {
 public:
  Report(Output& output, bool json) : output_(&output), json_(json) {}

  // The facts of one more database follow.
  void begin() {
    if (json_) databases_.push_back(nlohmann::ordered_json::object());
  }
  void fact(const std::string& key, const nlohmann::ordered_json& value, const std::string& text) {
    if (json_) {
      databases_.back()[key] = value;
      return;
    }
    std::string label = replace_all(key, "_", " ") + ":";
    label.resize(std::max<std::size_t>(label.size() + 1, kColumn), ' ');
    output_->result(label + text);
  }
  // An object, or of several databases a list.
  void finish() {
    if (json_) output_->result(databases_.size() == 1 ? databases_[0].dump(2) : databases_.dump(2));
  }

 private:
  static constexpr std::size_t kColumn = 13;
  Output* output_;
  bool json_;
  nlohmann::ordered_json databases_ = nlohmann::ordered_json::array();
};

std::string names(const std::vector<std::string>& ids) {
  return ids.empty() ? "none" : join(ids, ", ");
}

bool is_refused_for_good(const Error& error) {
  return error.code() == code::kUrl ||
         error.message().find("authentication") != std::string::npos ||
         error.message().find("Access denied") != std::string::npos;
}

// Connects, again and again while the server does not answer.
void wait_for(const config::Url& url, std::chrono::milliseconds patience, runtime::Log& log) {
  constexpr auto kPause = std::chrono::milliseconds(500);
  auto end = std::chrono::steady_clock::now() + patience;
  for (bool told = false;; told = true) {
    try {
      database::connect(url);
      return;
    } catch (Error& error) {
      if (is_refused_for_good(error) || std::chrono::steady_clock::now() + kPause > end) {
        if (patience.count() > 0 && !is_refused_for_good(error)) {
          error.with_context("waited " + std::to_string(patience.count() / 1000) + " seconds");
        } else if (patience.count() == 0 && error.hint().empty()) {
          error.with_hint("--wait 30s goes on trying while the server is starting");
        }
        throw;
      }
      if (!told) log.info("retort.migrate", "waiting for the database: " + error.message());
    }
    std::this_thread::sleep_for(kPause);
  }
}

// What a database must be at when all is done.
struct Expected {
  config::Url url{};
  runtime::VersionTable table;
  revision::VersionRows rows{};
};

// The work on one database.
class Migration {
 public:
  Migration(const Project& project, const MigrateOptions& options,
            runtime::MigrationContext& context, Report& report)
      : project_(project),
        options_(options),
        context_(context),
        environment_(context.environment()),
        report_(report) {}

  Expected run() {
    const config::Url& url = environment_.database.url;
    wait_for(url, options_.wait, context_.log());
    report_.begin();
    report_.fact("database", url.render(), url.render());
    read_state();
    if (unknown_) adopt();
    plan();
    if (!options_.dry_run && pending_) {
      back_up();
      runtime::Migrator(context_).upgrade(options_.target);
    }
    return {url, version_table(), after_};
  }

 private:
  const revision::Graph& graph() const { return project_.directory.graph(); }
  runtime::VersionTable version_table() const {
    return {environment_.version_table, environment_.version_table_schema, context_.dialect()};
  }

  void read_state() {
    schema_ = runtime::application_schema(context_.connection(), environment_);
    rows_ = version_table().read(context_.connection());
    unknown_ = !schema_.tables.empty() && !version_table().exists(context_.connection());
    std::string found = names(rows_.ids());
    if (rows_.empty()) {
      found = unknown_                 ? "none, but the database has tables"
              : schema_.tables.empty() ? "none: a new database"
                                       : "base";
    }
    report_.fact("current", rows_.ids(), found);
  }

  // A database that was made without the migrations: which revision has its tables?
  void adopt() {
    if (!options_.assume.empty()) {
      stamp({options_.assume}, "assumed, as --assume says");
      return;
    }
    runtime::HistoryPoint point =
        runtime::find_in_history(project_.directory, environment_, options_.target, schema_);
    if (!point.differences.empty() || point.revisions.empty()) refuse(point);
    std::string how = "its schema is that of this revision";
    if (point.equal_before > 0) {
      how += ", and of the " + std::to_string(point.equal_before) +
             " before it, whose data steps are taken as done";
    }
    stamp(point.revisions, how);
  }

  void stamp(const std::vector<std::string>& revisions, const std::string& how) {
    std::vector<std::string> ids = graph().ids(revision::stamp_targets(graph(), revisions));
    if (!options_.dry_run) back_up();
    report_.fact("stamped", ids,
                 names(ids) + " (" + how + ")" + (options_.dry_run ? ": not done" : ""));
    if (options_.dry_run) {
      rows_ = revision::plan_stamp(graph(), rows_, revisions).after;
      return;
    }
    runtime::Migrator migrator(context_);
    migrator.stamp(revisions, false);
    rows_ = migrator.rows();
  }

  [[noreturn]] void refuse(const runtime::HistoryPoint& point) {
    constexpr std::size_t kShown = 20;
    std::vector<std::string> differences;
    for (const operations::Operation& one : point.differences) {
      differences.push_back(operations::describe(one));
    }
    std::string nearest = point.revisions.empty() ? "none" : names(point.revisions);
    std::string text = point.revisions.empty()
                           ? "all of them are further from it than an empty database is:"
                           : "nearest is " + nearest + "; what would make the database the same:";
    for (std::size_t i = 0; i < std::min(kShown, differences.size()); ++i) {
      text += "\n    " + differences[i];
    }
    if (differences.size() > kShown) {
      text += "\n    ... and " + std::to_string(differences.size() - kShown) + " more";
    }
    report_.fact("nearest", point.revisions, nearest);
    report_.fact("differences", differences, std::to_string(differences.size()));
    throw Error(code::kRevision,
                "the database has tables but no version table, and no revision has the same "
                "tables\n  " +
                    text)
        .with_hint("correct the database, or say which revision it is at: --assume " +
                   (point.revisions.empty() ? "REV" : point.revisions.front()));
  }

  void plan() {
    revision::Route route = revision::plan_upgrade(graph(), rows_, options_.target);
    std::vector<std::string> target = graph().ids(revision::upgrade_targets(
        graph(), revision::identify_rows(graph(), rows_.ids()), options_.target));
    report_.fact("newest", target, names(target));
    std::vector<std::string> pending;
    for (const revision::Step& step : route.steps) pending.push_back(graph().id(*step.revision));
    report_.fact("pending", pending,
                 pending.empty() ? "none: the database is up to date"
                                 : std::to_string(pending.size()) + ": " + join(pending, ", "));
    after_ = route.after;
    pending_ = !pending.empty();
  }

  void back_up() {
    if (!options_.backup || backed_up_) return;
    backed_up_ = true;
    std::optional<runtime::Backup> backup =
        runtime::back_up(environment_.database.url, *options_.backup);
    if (backup) {
      report_.fact("backup", backup->file.string(), describe(*backup));
    } else {
      report_.fact("backup", nullptr, "nothing to copy: the database is new");
    }
  }

  const Project& project_;
  const MigrateOptions& options_;
  runtime::MigrationContext& context_;
  const runtime::Environment& environment_;
  Report& report_;
  schema::MetaData schema_{};
  revision::VersionRows rows_{};
  revision::VersionRows after_{};
  bool unknown_ = false;  // tables, but no version table
  bool pending_ = false;
  bool backed_up_ = false;
};

// On a new connection, which sees what others will see.
void verify(const Expected& expected, Report& report) {
  revision::VersionRows reached = expected.table.read(*database::connect(expected.url));
  if (reached.ids() != expected.rows.ids()) {
    throw Error(code::kRevision, "after the run the database is at " + names(reached.ids()) +
                                     " and not at " + names(expected.rows.ids()))
        .with_hint("another program may have changed the version table meanwhile");
  }
  report.fact("verified", true, "the database is at " + names(reached.ids()));
}

}  // namespace

void migrate(const Project& project, const MigrateOptions& options, Output& output,
             runtime::Log& log) {
  project.directory.require_whole();
  runtime::Request request;
  request.command.command = "upgrade";
  request.command.revision = options.target;
  request.tag = options.tag;
  Report report(output, options.json);
  std::vector<Expected> all;
  try {
    project.run(std::move(request), output, log, [&](runtime::MigrationContext& context) {
      all.push_back(Migration(project, options, context, report).run());
    });
    if (!options.dry_run) {
      for (const Expected& expected : all) verify(expected, report);
    }
  } catch (...) {
    report.finish();
    throw;
  }
  report.finish();
}

}  // namespace retort::command
