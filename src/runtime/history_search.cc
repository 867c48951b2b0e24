#include "runtime/history_search.h"

#include <algorithm>
#include <map>
#include <optional>

#include "compare/compare.h"
#include "database/registry.h"
#include "dialect/inspect.h"
#include "revision/plan.h"
#include "runtime/history_table.h"
#include "runtime/migrator.h"
#include "runtime/scratch_database.h"

namespace retort::runtime {

namespace {

// The replay is no run on the user's database: nothing of it is news.
class Silence final : public Log {
 public:
  void write(Level /*level*/, std::string_view /*logger*/, std::string_view /*message*/) override {}
  void output(std::string_view /*text*/) override {}
};

// Everything counts that can be compared; what is left out for good reasons stays out.
compare::Options options_of(const Environment& environment) {
  compare::Options options;
  options.own_tables = environment.compare.own_tables;
  options.include_name = environment.compare.include_name;
  options.include_object = environment.compare.include_object;
  return options;
}

std::vector<operations::Operation> differences(const schema::MetaData& have,
                                               const schema::MetaData& want,
                                               const dialect::Dialect& dialect,
                                               const compare::Options& options) {
  return compare::compare({have, want, want, dialect}, options).operations;
}

// How far a database is from a revision. A table that only the database has counts with all that is
// in it: somebody's revision made it. One that it lacks counts once: a hand that drops a table
// needs one statement, and the revisions after the one that made it are still there to see.
std::size_t distance(const std::vector<operations::Operation>& differences) {
  auto size = [](const schema::Table& table) {
    return 1 + table.columns.size() + table.constraints.size() + table.indexes.size();
  };
  std::size_t sum = 0;
  for (const operations::Operation& one : differences) {
    if (const auto* drop = std::get_if<operations::DropTable>(&one)) {
      sum += drop->dropped ? size(*drop->dropped) : 1;
    } else {
      ++sum;
    }
  }
  return sum;
}

// Upgrades the scratch database by one revision and reads it.
HistoryPoint replay(const script::Directory& directory, const Environment& scratch,
                    const std::string& revision, schema::MetaData& made) {
  Silence silence;
  try {
    Migrator migrator(directory, scratch, silence);
    migrator.upgrade(revision);
    made = application_schema(*database::connect(scratch.database.url), scratch);
    return {migrator.rows().ids(), {}};
  } catch (Error& error) {
    error.with_context(
        "looking for the revision that the database is at, in a scratch database where the "
        "history is replayed");
    error.with_hint("the database itself is as it was; say which revision it is at: --assume REV");
    throw;
  }
}

}  // namespace

schema::MetaData application_schema(database::Connection& connection,
                                    const Environment& environment) {
  dialect::InspectScope scope;
  scope.definitions = true;
  auto include_name = environment.compare.include_name;
  scope.include_table = [&](const std::string& schema, const std::string& table) {
    if (table == environment.version_table || table == HistoryTable::kName) return false;
    return !include_name ||
           include_name(table, "table",
                        {{"schema_name", schema.empty() ? std::nullopt : std::optional(schema)},
                         {"schema_qualified_table_name", table}});
  };
  return dialect::inspect(connection, scope);
}

HistoryPoint find_in_history(const script::Directory& directory, const Environment& environment,
                             std::string_view target, const schema::MetaData& have) {
  ScratchDatabase scratch(environment.database.url);
  Environment place = environment;
  place.database.url = scratch.url();
  place.before_changes = nullptr;
  place.on_step = nullptr;
  const revision::Graph& graph = directory.graph();
  const dialect::Dialect& dialect =
      dialect::find_dialect(config::backend_name(scratch.url().backend));
  compare::Options options = options_of(environment);

  HistoryPoint best{{}, differences(have, {}, dialect, options)};
  for (const revision::Step& step : revision::plan_upgrade(graph, {}, target).steps) {
    schema::MetaData made;
    HistoryPoint point = replay(directory, place, graph.id(*step.revision), made);
    point.differences = differences(have, made, dialect, options);
    if (distance(point.differences) > distance(best.differences)) continue;
    if (point.differences.empty() && best.differences.empty()) {
      point.equal_before = best.equal_before + 1;
    }
    best = std::move(point);
  }
  return best;
}

}  // namespace retort::runtime
