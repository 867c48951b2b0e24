#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "revision/cycles.h"
#include "revision/graph.h"

namespace retort::revision {

namespace {

using Edge = std::pair<Node, Node>;
using Kind = Diagnostic::Kind;

// Edges without duplicates: each source's are added in one go.
struct EdgeList {
  explicit EdgeList(std::size_t nodes) : last(nodes, static_cast<Node>(nodes)) {
    edges.reserve(nodes);
  }
  void add(Node from, Node to) {
    if (last[to] == from) return;
    last[to] = from;
    edges.emplace_back(from, to);
  }
  std::vector<Edge> edges;
  std::vector<Node> last;  // for each target the source that last had it
};

void mark_reachable(const Adjacency& edges, std::span<const Node> from, NodeSet& seen) {
  std::vector<Node> todo;
  for (Node node : from) {
    if (seen.insert(node)) todo.push_back(node);
  }
  while (!todo.empty()) {
    const Node node = todo.back();
    todo.pop_back();
    for (Node next : edges[node]) {
      if (seen.insert(next)) todo.push_back(next);
    }
  }
}

// The revisions that are not both below a head and above a base.
std::vector<Node> unordered(const Adjacency& down, const Adjacency& up, std::span<const Node> heads,
                            std::span<const Node> bases) {
  NodeSet below(down.nodes());
  NodeSet above(down.nodes());
  mark_reachable(down, heads, below);
  mark_reachable(up, bases, above);
  std::vector<Node> result;
  for (Node node = 0; node < down.nodes(); ++node) {
    if (!below.contains(node) || !above.contains(node)) result.push_back(node);
  }
  return result;
}

}  // namespace

Graph::Graph(std::vector<Revision> revisions) {
  load(std::move(revisions));
  add_labels();
  link();
  normalize();
  find_tips();
  find_cycles();
  spread_labels();
}

void Graph::report(Diagnostic diagnostic, std::span<const Node> broken) {
  const auto number = static_cast<std::uint32_t>(diagnostics_.size() + 1);
  const bool cycle = diagnostic.kind == Kind::kCycle || diagnostic.kind == Kind::kDependencyCycle;
  for (Node node : broken) {
    if (!broken_[node]) broken_[node] = number;
    if (cycle && !cyclic_[node]) cyclic_[node] = number;
  }
  diagnostics_.push_back(std::move(diagnostic));
}

void Graph::load(std::vector<Revision> revisions) {
  revisions_.reserve(revisions.size());
  sources_.reserve(revisions.size());
  std::vector<std::string> repeated;
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    if (const auto known = find_name(revisions[i].id)) {
      repeated.push_back(revisions[i].id);
      revisions_[*known] = std::move(revisions[i]);
      sources_[*known] = i;
    } else {
      revisions_.push_back(std::move(revisions[i]));
      sources_.push_back(i);
      add_name(static_cast<Name>(size() - 1));
    }
  }
  broken_.resize(size());
  cyclic_.resize(size());
  for (const std::string& id : repeated) {
    report({Kind::kDuplicateRevision,
            "Revision " + id + " is present more than once",
            "remove one of the two files",
            {id}},
           {});
  }
  for (Node node = 0; node < size(); ++node) {
    if (id(node).find_first_of("@-+:") == std::string::npos) continue;
    try {
      verify_id(id(node));
    } catch (const Error& error) {
      report({Kind::kIllegalId, error.message(), error.hint(), {id(node)}}, std::span(&node, 1));
    }
  }
}

void Graph::add_labels() {
  labels_.resize(size());
  for (Node node = 0; node < size(); ++node) {
    for (const std::string& label : revision(node).branch_labels) {
      if (has_label(node, label)) continue;
      labels_[node].push_back(label);
      if (const auto taken = find_name(label)) {
        report({Kind::kDuplicateLabel,
                "Branch name '" + label + "' in revision " + id(node) +
                    " already used by revision " + id(this->node(*taken)),
                "a branch label belongs to one revision: rename or remove one of the two",
                {id(node), id(this->node(*taken))}},
               {});
        continue;
      }
      declared_.push_back({label, node});
      add_name(static_cast<Name>(size() + declared_.size() - 1));
    }
  }
}

void Graph::link() {
  EdgeList parents(size());
  EdgeList dependencies(size());
  EdgeList all(size());
  auto missing = [&](Kind kind, Node node, const std::string& name, const char* key) {
    report({kind,
            "Revision " + name + " referenced from " + id(node) + " is not present",
            "restore the file of revision " + name + " from version control, or correct " + key + " in " + id(node),
            {id(node), name}},
           std::span(&node, 1));
  };
  for (Node node = 0; node < size(); ++node) {
    const Revision& own = revision(node);
    for (const std::string& name : own.down_revisions) {
      const auto parent = find(name);
      if (parent == node) {
        report({Kind::kSelfLoop,
                "Self-loop is detected in revisions (" + name + ")",
                "down_revision of " + name + " names the revision itself",
                {name}},
               std::span(&node, 1));
      } else if (!parent) {
        missing(Kind::kMissingParent, node, name, "down_revision");
      } else {
        parents.add(node, *parent);
        all.add(node, *parent);
      }
    }
    for (const std::string& name : own.depends_on) {
      const auto dependency = find_name(name);
      if (!dependency) {
        missing(Kind::kMissingDependency, node, name, "depends_on");
      } else if (this->node(*dependency) == node) {
        report({Kind::kDependencySelfLoop,
                "Dependency self-loop is detected in revisions (" + id(node) + ")",
                "depends_on of " + id(node) + " names the revision itself",
                {id(node)}},
               std::span(&node, 1));
      } else {
        dependencies.add(node, this->node(*dependency));
        all.add(node, this->node(*dependency));
      }
    }
  }
  parents_ = Adjacency(size(), parents.edges);
  dependencies_ = Adjacency(size(), dependencies.edges);
  all_lower_ = Adjacency(size(), all.edges);
  children_ = parents_.reversed();
  upper_ = all_lower_.reversed();
}

// Leaves out a dependency that an ancestor (by parents) declares as well. Only dependencies with
// several dependents can be such; for each, one walk upwards from its dependents, no further than
// the topmost of them.
void Graph::normalize() {
  std::vector<std::uint32_t> rank(size());
  std::vector<std::uint32_t> waiting(size());
  std::vector<Node> order;
  order.reserve(size());
  for (Node node = 0; node < size(); ++node) {
    waiting[node] = static_cast<std::uint32_t>(parents_[node].size());
    rank[node] = static_cast<std::uint32_t>(size());
    if (waiting[node] == 0) order.push_back(node);
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    rank[order[i]] = static_cast<std::uint32_t>(i);
    for (Node child : children_[order[i]]) {
      if (--waiting[child] == 0) order.push_back(child);
    }
  }

  const Adjacency dependents = dependencies_.reversed();
  std::vector<Edge> covered;  // (dependent, dependency)
  std::vector<Node> seen(size(), static_cast<Node>(size()));
  std::vector<Node> todo;
  for (Node target = 0; target < size(); ++target) {
    const auto all = dependents[target];
    if (all.size() < 2) continue;
    std::uint32_t top = 0;
    for (Node node : all) top = std::max(top, rank[node]);
    todo.assign(all.begin(), all.end());
    while (!todo.empty()) {
      const Node node = todo.back();
      todo.pop_back();
      for (Node child : children_[node]) {
        if (rank[child] > top || seen[child] == target) continue;
        seen[child] = target;
        todo.push_back(child);
      }
    }
    for (Node node : all) {
      if (seen[node] == target) covered.emplace_back(node, target);
    }
  }
  std::sort(covered.begin(), covered.end());

  std::vector<Edge> kept;
  EdgeList lower(size());
  for (Node node = 0; node < size(); ++node) {
    for (Node parent : parents_[node]) lower.add(node, parent);
    for (Node dependency : dependencies_[node]) {
      if (std::binary_search(covered.begin(), covered.end(), Edge(node, dependency))) continue;
      kept.emplace_back(node, dependency);
      lower.add(node, dependency);
    }
  }
  normalized_ = Adjacency(size(), kept);
  lower_ = Adjacency(size(), lower.edges);
}

void Graph::find_tips() {
  for (Node node = 0; node < size(); ++node) {
    if (is_head(node)) heads_.push_back(node);
    if (is_real_head(node)) real_heads_.push_back(node);
    if (!is_base(node)) continue;
    bases_.push_back(node);
    if (revision(node).depends_on.empty()) real_bases_.push_back(node);
  }
}

void Graph::find_cycles() {
  auto groups = cycles(all_lower_);
  if (groups.empty()) return;
  const auto by_parents = cycles(parents_);
  if (!by_parents.empty()) {
    report_cycles(Kind::kCycle, by_parents, unordered(parents_, children_, heads_, bases_));
  }
  std::erase_if(groups, [&](const std::vector<Node>& group) {
    return std::any_of(group.begin(), group.end(), [&](Node node) { return cyclic_[node] != 0; });
  });
  if (!groups.empty()) {
    report_cycles(Kind::kDependencyCycle, groups,
                  unordered(all_lower_, upper_, real_heads_, real_bases_));
  }
}

// The message lists what Alembic lists, every revision that cannot be put in order because of the
// cycle; the revisions of the diagnostic and the hint name the cycle itself.
void Graph::report_cycles(Kind kind, const std::vector<std::vector<Node>>& groups,
                          const std::vector<Node>& unordered) {
  const bool by_parents = kind == Kind::kCycle;
  NodeSet listed(size(), unordered);
  std::vector<Node> members;
  for (const auto& group : groups) members.insert(members.end(), group.begin(), group.end());
  for (Node node : members) listed.insert(node);
  std::vector<std::string> names = ids(listed.members());
  const bool no_end =
      by_parents ? heads_.empty() || bases_.empty() : real_heads_.empty() || real_bases_.empty();
  if (!no_end) std::sort(names.begin(), names.end());

  const Adjacency& edges = by_parents ? parents_ : all_lower_;
  std::vector<std::string> ways;
  for (const auto& group : groups) ways.push_back(join(ids(way_round(edges, group)), " -> "));
  NodeSet below(size());
  mark_reachable(all_lower_, real_heads_, below);
  if (std::any_of(members.begin(), members.end(), [&](Node n) { return !below.contains(n); })) {
    headless_ = diagnostics_.size();
  }
  report({kind,
          std::string(by_parents ? "Cycle" : "Dependency cycle") + " is detected in revisions (" +
              join(names, ", ") + ")",
          (by_parents ? "following down_revision" : "following down_revision and depends_on") +
              std::string(" goes round: ") + join(ways, "; "),
          ids(members)},
         members);
}

void Graph::spread_labels() {
  std::vector<Node> labelled;
  for (Node node = 0; node < size(); ++node) {
    if (!labels_[node].empty()) labelled.push_back(node);
  }
  std::vector<Node> seen(size(), static_cast<Node>(size()));
  for (Node node : labelled) {
    const std::vector<std::string>& own = revision(node).branch_labels;
    auto give = [&](Node to) {
      for (const std::string& label : own) {
        if (!has_label(to, label)) labels_[to].push_back(label);
      }
    };
    std::vector<Node> branch{node};
    seen[node] = node;
    for (std::size_t i = 0; i < branch.size(); ++i) {
      give(branch[i]);
      for (Node child : children_[branch[i]]) {
        if (seen[child] == node) continue;
        seen[child] = node;
        branch.push_back(child);
      }
    }

    // Downwards only when nothing between the revision and its tip branches or merges.
    Node at = node;
    std::size_t steps = 0;
    auto plain = [&](Node n) { return !is_real_branch_point(n) && !is_merge_point(n); };
    while (plain(at) && !children_[at].empty() && ++steps <= size()) at = children_[at].front();
    if (!plain(at) || steps > size()) continue;
    at = node;
    while (!parents_[at].empty() && plain(parents_[at].front())) {
      at = parents_[at].front();
      give(at);
    }
  }
}

}  // namespace retort::revision
