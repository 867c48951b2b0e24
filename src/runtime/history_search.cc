#include "runtime/history_search.h"

#include "database/registry.h"
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

}  // namespace

std::vector<std::string> bookkeeping_tables(const Environment& environment) {
  return {environment.version_table, std::string(HistoryTable::kName)};
}

HistoryPoint find_in_history(const script::Directory& directory, const Environment& environment,
                             std::string_view target, const Snapshot& have) {
  ScratchDatabase scratch(environment.database.url);
  Environment replay = environment;
  replay.database.url = scratch.url();
  Silence silence;
  const revision::Graph& graph = directory.graph();
  std::vector<std::string> ignored = bookkeeping_tables(environment);

  HistoryPoint best{{}, differences(have, {})};
  for (const revision::Step& step : revision::plan_upgrade(graph, {}, target).steps) {
    Migrator migrator(directory, replay, silence);
    migrator.upgrade(graph.id(*step.revision));
    database::ConnectionPtr connection = database::connect(scratch.url());
    HistoryPoint point{migrator.rows().ids(),
                       differences(have, take_snapshot(*connection, ignored))};
    if (point.differences.size() > best.differences.size()) continue;
    if (point.differences.empty() && best.differences.empty()) {
      point.equal_before = best.equal_before + 1;
    }
    best = std::move(point);
  }
  return best;
}

}  // namespace retort::runtime
