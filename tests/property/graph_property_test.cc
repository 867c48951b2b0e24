#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>
#include <sstream>

#include "base/error.h"
#include "base/text.h"
#include "graph_model.h"
#include "revision/plan.h"
#include "revision/resolve.h"
#include "revision/traverse.h"

namespace retort::revision {
namespace {

using model::Ids;
using model::Model;
using Strings = std::vector<std::string>;

std::string name(int number) { return "rev" + std::to_string(1000 + number); }

int number(int below) { return *rc::gen::inRange(0, below); }

Strings some_of(const Strings& names, int most) {
  Strings result;
  for (int i = number(most + 1); i > 0 && !names.empty(); --i) {
    result.push_back(names[number(static_cast<int>(names.size()))]);
  }
  return result;
}

// What a failure shows: the history as src/revision/testdata writes it.
void show(const std::vector<Revision>& revisions) {
  std::ostringstream text;
  for (const Revision& revision : revisions) {
    text << revision.id << " (" << join(revision.branch_labels, " ")
         << "): " << join(revision.down_revisions, " ") << " + " << join(revision.depends_on, " ")
         << "\n";
  }
  RC_LOG() << text.str();
}

// A history without faults: parents and dependencies point to earlier revisions, which then are
// loaded in any order.
std::vector<Revision> any_history(int most = 18) {
  std::vector<Revision> revisions;
  Strings earlier;
  Strings labels;
  const int count = number(most + 1);
  const int spread = 1 + number(8);
  for (int i = 0; i < count; ++i) {
    Revision revision{name(i), {}, {}, {}};
    const Strings near(earlier.end() - std::min<int>(spread, static_cast<int>(earlier.size())),
                       earlier.end());
    if (number(6) < 5) revision.down_revisions = some_of(near, number(4) == 3 ? 3 : 1);
    if (number(3) == 2) revision.depends_on = some_of(earlier, 2);
    if (number(8) == 7) revision.depends_on = some_of(labels, 1);
    if (number(6) == 5) {
      labels.push_back("label" + std::to_string(i));
      revision.branch_labels = {labels.back()};
    }
    earlier.push_back(revision.id);
    revisions.push_back(std::move(revision));
  }
  if (number(2) == 1) {
    for (int i = count - 1; i > 0; --i) std::swap(revisions[i], revisions[number(i + 1)]);
  }
  show(revisions);
  return revisions;
}

// Anything at all: cycles, loops, missing and repeated names.
std::vector<Revision> any_mess() {
  std::vector<Revision> revisions;
  Strings names;
  const int count = number(9);
  for (int i = 0; i < count + 1; ++i) names.push_back(name(i));
  Strings wider = names;
  for (const char* label : {"one", "two", "rev1000"}) wider.push_back(label);
  for (int i = 0; i < count; ++i) {
    revisions.push_back({names[number(10) == 0 ? number(count) : i], some_of(names, 2),
                         number(2) ? Strings{} : some_of(wider, 2),
                         number(3) ? Strings{} : some_of({"one", "two", "rev1000"}, 1)});
  }
  show(revisions);
  return revisions;
}

Ids as_set(const Strings& ids) { return Ids(ids.begin(), ids.end()); }

// A state that a database can be in: the tips of something closed downwards.
Strings any_rows(const Model& model) {
  Ids picked;
  for (const std::string& id : model.order) {
    if (number(4) == 0) picked.insert(id);
  }
  const Ids rows = model.tips(model.below(picked));
  Strings result(rows.begin(), rows.end());
  for (int i = static_cast<int>(result.size()) - 1; i > 0; --i) {
    std::swap(result[i], result[number(i + 1)]);
  }
  return result;
}

void check_order(const Model& model, const Strings& newest_first, const Ids& set) {
  RC_ASSERT(as_set(newest_first) == set);
  RC_ASSERT(newest_first.size() == set.size());
  Ids seen;
  for (const std::string& id : newest_first) {
    RC_ASSERT(model::both(model.below({id}), seen).empty());
    seen.insert(id);
  }
}

// Runs a route against the model: each step touches one revision, in an order that dependencies
// allow, and leaves the tips of what is applied as the rows.
void check_route(const Model& model, const Route& route, const Ids& changed, bool up) {
  Ids applied = model.below(as_set(route.before.ids()));
  VersionRows rows = route.before;
  Strings order;
  for (const Step& step : route.steps) {
    const std::string id = step.up_revisions.front();
    order.push_back(id);
    if (up) {
      RC_ASSERT(model::minus(model.lower.at(id), applied).empty());
      applied.insert(id);
    } else {
      applied.erase(id);
    }
    RC_ASSERT(!step.changes.empty());
    rows.apply(step.changes);
    RC_ASSERT(as_set(rows.ids()) == model.tips(applied));
    RC_ASSERT(rows.ids().size() == model.tips(applied).size());
  }
  RC_ASSERT(rows == route.after);
  if (up) std::reverse(order.begin(), order.end());
  check_order(model, order, changed);
}

// Alembic's walk, said with sets: `heads` are walked down one after the other; a revision has its
// turn only when no other head stands on it.
Strings walk_with_sets(const Graph& graph, const Model& model, Ids todo, Strings heads) {
  Strings order;
  std::size_t at = 0;
  while (!heads.empty()) {
    std::optional<std::size_t> other;
    for (std::size_t i = 0; i < heads.size() && !other; ++i) {
      if (i != at && model.below({heads[i]}).count(heads[at])) other = i;
    }
    if (other) {
      at = *other;
      continue;
    }
    const std::string id = heads[at];
    order.push_back(id);
    todo.erase(id);
    Strings next;
    for (const std::string& below : graph.ids(graph.lower(*graph.find(id)))) {
      if (todo.count(below) && std::find(heads.begin(), heads.end(), below) == heads.end()) {
        next.push_back(below);
      }
    }
    if (next.empty()) {
      heads.erase(heads.begin() + static_cast<std::ptrdiff_t>(at));
      at = at == 0 ? 0 : at - 1;
    } else {
      heads[at] = next.front();
      heads.insert(heads.end(), next.begin() + 1, next.end());
    }
  }
  return order;
}

RC_GTEST_PROP(Graph, HasNoDiagnosticsWhenNothingIsWrong, ()) {
  RC_ASSERT(Graph(any_history()).diagnostics().empty());
}

RC_GTEST_PROP(Graph, TipsAndClosuresAreTheModels, ()) {
  const auto revisions = any_history();
  const Graph graph(revisions);
  const Model model(revisions);
  RC_ASSERT(as_set(graph.ids(graph.real_heads())) == model.tips(model.all()));
  for (const std::string& id : model.order) {
    const Node node = *graph.find(id);
    const Ids below = as_set(graph.ids(ancestors(graph, {&node, 1}, Follow::kAll).members()));
    RC_ASSERT(below == model.below({id}));
    const Ids above = as_set(graph.ids(descendants(graph, {&node, 1}, Follow::kAll).members()));
    RC_ASSERT(above == model.above({id}));
    RC_ASSERT(as_set(graph.ids(graph.children(node))) == model.children(id));
    RC_ASSERT(graph.is_head(node) == model.children(id).empty());
  }
}

RC_GTEST_PROP(Graph, TheOrderIsTheOneOfTheWalkWithSets, ()) {
  const auto revisions = any_history(40);
  const Graph graph(revisions);
  const Model model(revisions);
  const Ids rows = as_set(any_rows(model));
  const Ids tips = as_set(any_rows(model));
  const Ids set = model::minus(model.below(tips), model.below(rows));
  NodeSet nodes(graph.size());
  Strings heads;
  std::vector<Node> head_nodes;
  for (const std::string& id : model.order) {
    if (set.count(id)) nodes.insert(*graph.find(id));
    if (!set.count(id) || !tips.count(id)) continue;
    heads.push_back(id);
    head_nodes.push_back(*graph.find(id));
  }
  const Strings order = graph.ids(newest_first(graph, nodes, head_nodes));
  check_order(model, order, set);
  RC_ASSERT(order == walk_with_sets(graph, model, set, heads));
}

RC_GTEST_PROP(Graph, AnySetHasAnOrder, ()) {
  const auto revisions = any_history();
  const Graph graph(revisions);
  const Model model(revisions);
  Ids set;
  NodeSet nodes(graph.size());
  std::vector<Node> heads;
  for (const std::string& id : model.order) {
    if (number(2)) continue;
    set.insert(id);
    nodes.insert(*graph.find(id));
    if (number(3) == 0) heads.push_back(*graph.find(id));
  }
  check_order(model, graph.ids(newest_first(graph, nodes, heads)), set);
}

RC_GTEST_PROP(Plan, UpgradeToHeadsAppliesEverything, ()) {
  const auto revisions = any_history();
  const Graph graph(revisions);
  const Model model(revisions);
  const Strings rows = any_rows(model);
  const Route route = plan_upgrade(graph, rows, "heads");
  check_route(model, route, model::minus(model.all(), model.below(as_set(rows))), true);
  RC_ASSERT(as_set(route.after.ids()) == model.tips(model.all()));
  RC_ASSERT(plan_upgrade(graph, route.after, "heads").steps.empty());
}

RC_GTEST_PROP(Plan, UpgradeToOneAppliesWhatItStandsOn, ()) {
  const auto revisions = any_history();
  RC_PRE(!revisions.empty());
  const Graph graph(revisions);
  const Model model(revisions);
  const Strings rows = any_rows(model);
  const std::string target = model.order[number(static_cast<int>(model.order.size()))];
  const Ids needed = model::minus(model.below({target}), model.below(as_set(rows)));
  check_route(model, plan_upgrade(graph, rows, target), needed, true);
}

RC_GTEST_PROP(Plan, DowngradeToBaseLeavesNothing, ()) {
  const auto revisions = any_history();
  const Graph graph(revisions);
  const Model model(revisions);
  const Strings rows = any_rows(model);
  const Route route = plan_downgrade(graph, rows, "base");
  check_route(model, route, model.below(as_set(rows)), false);
  RC_ASSERT(route.after.empty());
}

RC_GTEST_PROP(Plan, DowngradeToOneTakesAwayWhatStandsOnItsChildren, ()) {
  const auto revisions = any_history();
  RC_PRE(!revisions.empty());
  const Graph graph(revisions);
  const Model model(revisions);
  const Strings rows = any_rows(model);
  const std::string target = model.order[number(static_cast<int>(model.order.size()))];
  const Ids applied = model.below(as_set(rows));
  const Ids leaving = model::both(model.above(model.children(target)), applied);
  if (leaving.empty() && !as_set(rows).count(target)) {
    RC_ASSERT_THROWS_AS(plan_downgrade(graph, rows, target), Error);
  } else {
    check_route(model, plan_downgrade(graph, rows, target), leaving, false);
  }
}

RC_GTEST_PROP(Plan, DowngradeAndUpgradeComeBack, ()) {
  const auto revisions = any_history();
  const Graph graph(revisions);
  const Model model(revisions);
  const Route up = plan_upgrade(graph, any_rows(model), "heads");
  Strings ids = up.after.ids();
  const Route down = plan_downgrade(graph, up.after, "base");
  const Route again = plan_upgrade(graph, down.after, "heads");
  Strings same = again.after.ids();
  std::sort(ids.begin(), ids.end());
  std::sort(same.begin(), same.end());
  RC_ASSERT(ids == same);
}

RC_GTEST_PROP(Plan, EachStepCanBeTakenBack, ()) {
  const auto revisions = any_history();
  const Graph graph(revisions);
  const Model model(revisions);
  VersionRows rows = any_rows(model);
  for (const Step& step : plan_upgrade(graph, rows, "heads").steps) {
    const Ids before = as_set(rows.ids());
    rows.apply(step.changes);
    VersionRows back = rows;
    RowArithmetic arithmetic(graph, identify_rows(graph, rows.ids()));
    back.apply(arithmetic.downgrade(*step.revision));
    RC_ASSERT(as_set(back.ids()) == before);
  }
}

RC_GTEST_PROP(Plan, StampReachesItsTargetAndLeavesTheRest, ()) {
  const auto revisions = any_history();
  RC_PRE(!revisions.empty());
  const Graph graph(revisions);
  const Model model(revisions);
  const Strings rows = any_rows(model);
  const Strings target{model.order[number(static_cast<int>(model.order.size()))]};
  Ids line = model.below({target[0]});
  for (const std::string& id : model.above({target[0]})) line.insert(id);
  Ids expected = model::minus(as_set(rows), line);
  expected.insert(target[0]);
  RC_ASSERT(as_set(plan_stamp(graph, rows, target).after.ids()) == expected);
}

RC_GTEST_PROP(History, ShowsEverythingOnceNewestFirst, ()) {
  const auto revisions = any_history();
  const Graph graph(revisions);
  const Model model(revisions);
  check_order(model, graph.ids(history(graph, {})), model.all());
}

// Whatever the history and the arguments: an answer or an Error, never a hang or a crash.
RC_GTEST_PROP(Plan, AMessEndsInAnErrorAtWorst, ()) {
  const Graph graph(any_mess());
  Strings names = {"one", "two", "head", "heads", "base", "nosuch", "rev"};
  for (Node node = 0; node < graph.size(); ++node) names.push_back(graph.id(node));
  const Strings ends = {"", "+1", "-1", "-2", "@head", "@heads", "@base", "@+1", "@-1", "@one"};
  auto any_argument = [&] {
    return names[number(static_cast<int>(names.size()))] +
           ends[number(static_cast<int>(ends.size()))];
  };
  for (int i = 0; i < 12; ++i) {
    const std::string argument = any_argument();
    const Strings targets{argument};
    const VersionRows rows(some_of(names, 2));
    const int kind = number(5);
    try {
      if (kind == 0) plan_upgrade(graph, rows, argument);
      if (kind == 1) plan_downgrade(graph, rows, argument);
      if (kind == 2) plan_stamp(graph, rows, targets);
      if (kind == 3) history(graph, {argument, any_argument()});
      if (kind == 4) new_parents(graph, targets, true);
    } catch (const Error& error) {
      RC_ASSERT(!error.message().empty());
      RC_ASSERT(error.code() == code::kRevision || error.code() == code::kGraph);
    }
  }
}

}  // namespace
}  // namespace retort::revision
