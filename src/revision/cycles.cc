#include "revision/cycles.h"

#include <algorithm>
#include <limits>

namespace retort::revision {

namespace {

constexpr std::uint32_t kUnseen = std::numeric_limits<std::uint32_t>::max();

struct Frame {
  Node node;
  std::size_t next;
};

}  // namespace

// Tarjan's algorithm with an explicit stack: a history is as deep as it is long.
std::vector<std::vector<Node>> cycles(const Adjacency& edges) {
  const std::size_t n = edges.nodes();
  std::vector<std::uint32_t> index(n, kUnseen);
  std::vector<std::uint32_t> low(n);
  std::vector<std::uint8_t> open(n);
  std::vector<Node> pending;
  std::vector<Frame> frames;
  std::vector<std::vector<Node>> groups;
  std::uint32_t counter = 0;

  auto enter = [&](Node node) {
    index[node] = low[node] = counter++;
    open[node] = 1;
    pending.push_back(node);
    frames.push_back({node, 0});
  };
  for (Node root = 0; root < n; ++root) {
    if (index[root] != kUnseen) continue;
    enter(root);
    while (!frames.empty()) {
      const Node node = frames.back().node;
      const auto targets = edges[node];
      if (frames.back().next < targets.size()) {
        const Node target = targets[frames.back().next++];
        if (index[target] == kUnseen) {
          enter(target);
        } else if (open[target]) {
          low[node] = std::min(low[node], index[target]);
        }
        continue;
      }
      frames.pop_back();
      if (!frames.empty()) {
        low[frames.back().node] = std::min(low[frames.back().node], low[node]);
      }
      if (low[node] != index[node]) continue;
      const auto first = std::find(pending.rbegin(), pending.rend(), node).base() - 1;
      std::vector<Node> group(first, pending.end());
      pending.erase(first, pending.end());
      for (Node member : group) open[member] = 0;
      if (group.size() > 1) {
        std::sort(group.begin(), group.end());
        groups.push_back(std::move(group));
      }
    }
  }
  std::sort(groups.begin(), groups.end());
  return groups;
}

std::vector<Node> way_round(const Adjacency& edges, const std::vector<Node>& group) {
  const Node start = group.front();
  NodeSet inside(edges.nodes(), group);
  std::vector<Node> came_from(edges.nodes(), start);
  std::vector<Node> queue{start};
  NodeSet seen(edges.nodes());
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (Node target : edges[queue[i]]) {
      if (target == start) {
        std::vector<Node> way{start};
        for (Node node = queue[i]; node != start; node = came_from[node]) way.push_back(node);
        way.push_back(start);
        std::reverse(way.begin(), way.end());
        return way;
      }
      if (inside.contains(target) && seen.insert(target)) {
        came_from[target] = queue[i];
        queue.push_back(target);
      }
    }
  }
  return {start};
}

}  // namespace retort::revision
