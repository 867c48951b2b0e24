#include "revision/plan.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "revision/resolve.h"
#include "revision/traverse.h"

namespace retort::revision {

namespace {

Error invalid_target(std::string_view target, std::string_view direction, std::string hint) {
  return Error(code::kRevision, "Destination " + std::string(target) + " is not a valid " +
                                    std::string(direction) + " target from current head(s)")
      .with_hint(std::move(hint));
}

std::string here(const VersionRows& rows) {
  return rows.empty() ? "nothing is applied yet"
                      : "the current revision is " + join(rows.ids(), ", ");
}

Step script_step(const Graph& graph, Node node, bool is_upgrade, RowArithmetic& rows) {
  Step step;
  step.kind = is_upgrade ? Step::Kind::kUpgrade : Step::Kind::kDowngrade;
  step.revision = node;
  step.is_upgrade = is_upgrade;
  step.from = graph.ids(graph.parents(node));
  step.to = {graph.id(node)};
  if (!is_upgrade) std::swap(step.from, step.to);
  step.up_revisions = {graph.id(node)};
  step.down_revisions = graph.ids(graph.lower(node));
  step.changes = is_upgrade ? rows.upgrade(node) : rows.downgrade(node);
  return step;
}

Route script_route(const Graph& graph, const VersionRows& rows, std::span<const Node> row_nodes,
                   std::span<const Node> order, bool is_upgrade) {
  Route route{{}, rows, rows, {}};
  if (order.empty()) return route;
  RowArithmetic arithmetic(graph, row_nodes);
  route.steps.reserve(order.size());
  for (Node node : order) {
    route.steps.push_back(script_step(graph, node, is_upgrade, arithmetic));
  }
  if (rows.repeated()) {
    // Row by row, to fail where the database would.
    for (const Step& step : route.steps) route.after.apply(step.changes);
  } else {
    route.after = VersionRows(graph.ids(arithmetic.rows()), rows.table());
  }
  return route;
}

// Down to base: everything on the way has to be whole, or what lies under a gap would stay.
void require_sound_down(const Graph& graph, const NodeSet& applied, std::optional<Node> branch) {
  if (graph.diagnostics().empty()) return;
  if (!branch) return graph.require_sound(applied);
  NodeSet way(graph.size());
  for (Node node : ancestors(graph, std::span(&*branch, 1), Follow::kParents).members()) {
    if (applied.contains(node)) way.insert(node);
  }
  graph.require_sound(way);
}

// What a downgrade to `target` takes away first: the roots of everything to go.
std::vector<Node> downgrade_roots(const Graph& graph, const DowngradeTarget& target) {
  std::vector<Node> roots;
  if (target.revision) {
    const auto up = graph.children(*target.revision);
    roots.assign(up.begin(), up.end());
  } else {
    roots = graph.bases();
  }
  if (!target.branch || roots.size() < 2) return roots;
  const NodeSet below = ancestors(graph, std::span(&*target.branch, 1), Follow::kParents);
  std::erase_if(roots, [&](Node n) { return !below.contains(n); });
  if (roots.empty()) {
    throw Error(code::kRevision, "Not a valid downgrade target from current heads")
        .with_hint("branch " + graph.id(*target.branch) + " does not lead up from " +
                   (target.revision ? graph.id(*target.revision) : "base"));
  }
  return roots;
}

// The version rows as steps of a stamp see them: a step's own rows may be gone by then.
struct StampRows {
  const Graph& graph;
  VersionRows rows;

  std::vector<std::string> present(const std::vector<std::string>& ids) const {
    std::vector<std::string> result;
    for (const std::string& id : ids) {
      if (rows.contains(id)) result.push_back(id);
    }
    return result;
  }

  std::vector<RowChange> move(const Step& step) const {
    std::vector<RowChange> changes;
    const std::vector<std::string> from = present(step.from);
    if (step.to.empty()) {
      for (const std::string& id : from) changes.push_back(RowChange::remove(id));
      return changes;
    }
    const std::string& to = step.to.front();
    // An upward move inserts as soon as one of its rows is gone: another target has taken it over.
    const bool insert = step.is_upgrade ? from.size() < step.from.size() : from.empty();
    if (insert || from.empty()) {
      if (!rows.contains(to)) changes.push_back(RowChange::insert(to));
      return changes;
    }
    for (std::size_t i = 0; i + 1 < from.size(); ++i) {
      changes.push_back(RowChange::remove(from[i]));
    }
    changes.push_back(RowChange::update(from.back(), to));
    return changes;
  }
};

Step stamp_step(std::vector<std::string> from, std::vector<std::string> to, bool is_upgrade) {
  Step step;
  step.kind = Step::Kind::kStamp;
  step.is_upgrade = is_upgrade;
  step.up_revisions = is_upgrade ? to : from;
  step.down_revisions = is_upgrade ? from : to;
  step.from = std::move(from);
  step.to = std::move(to);
  return step;
}

// The revisions on one line, dependencies counted, with what one stamp argument names.
NodeSet stamped_lines(const Graph& graph, const std::string& argument,
                      std::span<const Node> nodes) {
  NodeSet lines(graph.size());
  auto add = [&](Node node) {
    for (Node member : lineage(graph, node, Follow::kAll).members()) lines.insert(member);
  };
  const auto branch = split_branch(argument).branch;
  if (branch) add(identify_branch(graph, *branch));
  for (Node node : nodes) add(node);
  if (branch || !nodes.empty()) return lines;
  for (Node node = 0; node < graph.size(); ++node) lines.insert(node);
  return lines;
}

bool has(std::span<const Node> nodes, Node node) {
  return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
}

}  // namespace

std::string short_log(const Step& step) {
  const char* name = step.kind == Step::Kind::kStamp     ? "stamp_revision"
                     : step.kind == Step::Kind::kUpgrade ? "upgrade"
                                                         : "downgrade";
  return std::string(name) + " " + join(step.from, ", ") + " -> " + join(step.to, ", ");
}

std::string log_line(const Step& step, std::string_view doc) {
  std::string line = "Running " + short_log(step);
  if (step.kind != Step::Kind::kStamp && !doc.empty()) line += ", " + std::string(doc);
  return line;
}

Route plan_upgrade(const Graph& graph, const VersionRows& rows, std::string_view target,
                   Start start) {
  const std::vector<Node> current = identify_rows(graph, rows.ids());
  const std::vector<Node> targets = upgrade_targets(graph, current, target);
  require_no_overlap(graph, targets);
  if (targets.empty() && !rows.empty() && !graph.empty()) {
    throw invalid_target(target, "upgrade", here(rows) + "; to go down, use downgrade");
  }
  const NodeSet required = ancestors(graph, targets, Follow::kAll);
  require_no_overlap(graph, current);
  const NodeSet applied = ancestors(graph, current, Follow::kAll);
  NodeSet needs(graph.size());
  for (Node node : required.members()) {
    if (!applied.contains(node)) needs.insert(node);
  }
  if (start == Start::kGiven && needs.empty()) {
    const bool there =
        std::all_of(targets.begin(), targets.end(), [&](Node n) { return has(current, n); });
    if (!there) {
      throw invalid_target(target, "upgrade",
                           "it lies below the starting revision " + join(rows.ids(), ", "));
    }
  }
  graph.require_sound(needs);
  std::vector<Node> order = newest_first(graph, needs, targets);
  std::reverse(order.begin(), order.end());
  return script_route(graph, rows, current, order, true);
}

Route plan_downgrade(const Graph& graph, const VersionRows& rows, std::string_view target) {
  const std::vector<Node> current = identify_rows(graph, rows.ids());
  DowngradeTarget to = downgrade_target(graph, current, target);
  const NodeSet applied = ancestors(graph, current, Follow::kAll);
  if (!to.revision) require_sound_down(graph, applied, to.branch);
  const std::vector<Node> roots = downgrade_roots(graph, to);
  const NodeSet above = descendants(graph, roots, Follow::kAll);
  NodeSet leaving(graph.size());
  for (Node node : above.members()) {
    if (applied.contains(node)) leaving.insert(node);
  }
  if (leaving.empty() && to.revision && !has(current, *to.revision)) {
    throw invalid_target(target, "downgrade", here(rows));
  }
  graph.require_sound(leaving);
  Route route = script_route(graph, rows, current, newest_first(graph, leaving, current), false);
  route.warnings = std::move(to.warnings);
  return route;
}

Route plan_stamp(const Graph& graph, const VersionRows& rows,
                 std::span<const std::string> targets) {
  const std::vector<Node> current = identify_rows(graph, rows.ids());
  const std::vector<Node> wanted = stamp_targets(graph, targets);
  Route route{{}, rows, rows, {}};
  auto take = [&](Step step) {
    step.changes = StampRows{graph, route.after}.move(step);
    for (const RowChange& change : step.changes) route.after.apply(change);
    route.steps.push_back(std::move(step));
  };
  for (const std::string& target : targets) {
    const std::vector<Node> nodes = stamp_targets(graph, std::span(&target, 1));
    if (nodes.empty() && !wanted.empty()) continue;
    const NodeSet lines = stamped_lines(graph, target, nodes);
    // A row that another target asks for stays.
    std::vector<Node> touched;
    for (Node node : current) {
      if (lines.contains(node) && !has(wanted, node) && !has(touched, node)) {
        touched.push_back(node);
      }
    }
    if (nodes.empty()) {
      for (Node node : touched) take(stamp_step({graph.id(node)}, {}, false));
      continue;
    }
    for (Node node : nodes) {
      if (has(current, node) || route.after.contains(graph.id(node))) continue;
      const NodeSet above = descendants(graph, std::span(&node, 1), Follow::kAll);
      const NodeSet below = ancestors(graph, std::span(&node, 1), Follow::kAll);
      auto any_in = [&](const NodeSet& set) {
        return std::any_of(touched.begin(), touched.end(), [&](Node n) { return set.contains(n); });
      };
      const bool down = any_in(above);
      const bool related = down || any_in(below);
      take(stamp_step(related ? graph.ids(touched) : std::vector<std::string>{}, {graph.id(node)},
                      !down));
    }
  }
  return route;
}

}  // namespace retort::revision
