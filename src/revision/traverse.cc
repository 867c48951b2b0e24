#include "revision/traverse.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "base/text.h"

namespace retort::revision {

namespace {

NodeSet reach(const Adjacency& edges, std::span<const Node> from) {
  NodeSet seen(edges.nodes());
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
  return seen;
}

using Slot = std::uint32_t;
constexpr Slot kNoSlot = std::numeric_limits<Slot>::max();

// The walk behind newest_first. Every tip that is being walked down has a slot; slots keep their
// order, a merge point's further parents get new slots at the end. A tip may be visited when no
// unvisited revision stands on it, which counters tell; only when one does, the tip to go on with
// has to be searched: the first in slot order among those above. Slots above a revision only ever
// die or give way to later ones, so each search starts where the last one for that revision ended.
class Walk {
 public:
  Walk(const Graph& graph, const NodeSet& set, std::span<const Node> heads)
      : graph_(graph),
        set_(set),
        region_(set),
        waiting_(graph.size()),
        slot_of_(graph.size(), kNoSlot) {
    find_region();
    graph.require_acyclic(region_);
    for (Node tip : tips(heads)) add_slot(tip);
  }

  std::vector<Node> run() {
    std::vector<Node> order;
    order.reserve(set_.count());
    Slot at = slots_.empty() ? kNoSlot : 0;
    while (at != kNoSlot) {
      const Node node = slots_[at].tip;
      if (waiting_[node] > 0) {
        at = first_above(node, at);
        continue;
      }
      order.push_back(node);
      release(node);
      slot_of_[node] = kNoSlot;
      bool moved = false;
      for (Node next : graph_.lower(node)) {
        if (!set_.contains(next) || slot_of_[next] != kNoSlot) continue;
        if (moved) {
          add_slot(next);
        } else {
          slots_[at].tip = next;
          slot_of_[next] = at;
          moved = true;
        }
      }
      if (!moved) at = remove_slot(at);
    }
    return order;
  }

 private:
  struct SlotState {
    Node tip;
    Slot previous;
    Slot next;
  };

  // The set and what lies between its members: a revision outside can still carry the order from
  // one member to another.
  void find_region() {
    const std::vector<Node> members = set_.members();
    const NodeSet below = reach(graph_.lower_edges(), members);
    std::vector<Node> todo = members;
    NodeSet above = set_;
    while (!todo.empty()) {
      const Node node = todo.back();
      todo.pop_back();
      for (Node next : graph_.upper(node)) {
        if (below.contains(next) && above.insert(next)) todo.push_back(next);
      }
    }
    region_ = std::move(above);
    for (Node node : region_.members()) {
      for (Node next : graph_.all_lower(node)) ++waiting_[next];
    }
  }

  std::vector<Node> tips(std::span<const Node> heads) const {
    NodeSet result(graph_.size());
    NodeSet covered(graph_.size());
    for (Node node : set_.members()) {
      for (Node next : graph_.lower(node)) covered.insert(next);
    }
    for (Node node : set_.members()) {
      if (!covered.contains(node)) result.insert(node);
    }
    for (Node head : heads) {
      if (set_.contains(head)) result.insert(head);
    }
    return result.members();
  }

  void add_slot(Node tip) {
    const auto slot = static_cast<Slot>(slots_.size());
    slots_.push_back({tip, last_, kNoSlot});
    alive_.push_back(slot);
    if (last_ != kNoSlot) slots_[last_].next = slot;
    if (first_ == kNoSlot) first_ = slot;
    last_ = slot;
    slot_of_[tip] = slot;
  }

  // The slot to go on with: the one before, else the one that is now the first.
  Slot remove_slot(Slot slot) {
    const auto [tip, previous, next] = slots_[slot];
    (previous == kNoSlot ? first_ : slots_[previous].next) = next;
    (next == kNoSlot ? last_ : slots_[next].previous) = previous;
    alive_[slot] = slot + 1;
    return previous == kNoSlot ? next : previous;
  }

  // The first living slot from `slot` on, by path compression over the dead ones.
  Slot next_alive(Slot slot) {
    Slot root = slot;
    while (root < alive_.size() && alive_[root] != root) root = alive_[root];
    while (slot < alive_.size() && alive_[slot] != slot) {
      const Slot next = alive_[slot];
      alive_[slot] = root;
      slot = next;
    }
    return root;
  }

  // Marks a revision as visited, and with it those outside the set that nothing waits above.
  void release(Node start) {
    todo_.push_back(start);
    region_.erase(start);
    while (!todo_.empty()) {
      const Node node = todo_.back();
      todo_.pop_back();
      for (Node next : graph_.all_lower(node)) {
        if (--waiting_[next] == 0 && region_.contains(next) && !set_.contains(next)) {
          region_.erase(next);
          todo_.push_back(next);
        }
      }
    }
  }

  // The first slot, other than its own, whose tip stands on `node`. There is one: an unvisited
  // revision above it is a tip or below one.
  Slot first_above(Node node, Slot own) {
    if (searched_.empty()) {
      searched_.resize(graph_.size());
      least_.resize(graph_.size());
      skip_.resize(graph_.size());
    }
    const std::uint32_t round = ++round_;
    Slot possible = next_alive(least_[node]);
    if (possible == own) possible = next_alive(own + 1);
    Slot best = kNoSlot;
    struct Frame {
      Node node;
      std::uint32_t next;
    };
    std::vector<Frame> frames;
    auto enter = [&](Node n) {
      const auto up = graph_.upper(n);
      while (skip_[n] < up.size() && !region_.contains(up[skip_[n]])) ++skip_[n];
      frames.push_back({n, skip_[n]});
    };
    searched_[node] = round;
    enter(node);
    while (!frames.empty() && best != possible) {
      Frame& frame = frames.back();
      const auto up = graph_.upper(frame.node);
      if (frame.next == up.size()) {
        frames.pop_back();
        continue;
      }
      const Node above = up[frame.next++];
      if (!region_.contains(above) || searched_[above] == round) continue;
      searched_[above] = round;
      best = std::min(best, slot_of_[above]);
      enter(above);
    }
    least_[node] = best;
    return best;
  }

  const Graph& graph_;
  const NodeSet& set_;
  NodeSet region_;                      // unvisited
  std::vector<std::uint32_t> waiting_;  // unvisited revisions directly above
  std::vector<Slot> slot_of_;
  std::vector<SlotState> slots_;
  std::vector<Slot> alive_;
  Slot first_ = kNoSlot;
  Slot last_ = kNoSlot;
  std::vector<Node> todo_;
  std::vector<std::uint32_t> searched_;
  std::vector<Slot> least_;
  std::vector<std::uint32_t> skip_;  // upper edges known to lead to visited revisions
  std::uint32_t round_ = 0;
};

}  // namespace

NodeSet ancestors(const Graph& graph, std::span<const Node> of, Follow follow) {
  return reach(follow == Follow::kAll ? graph.lower_edges() : graph.parent_edges(), of);
}

NodeSet descendants(const Graph& graph, std::span<const Node> of, Follow follow) {
  return reach(follow == Follow::kAll ? graph.upper_edges() : graph.child_edges(), of);
}

NodeSet lineage(const Graph& graph, Node of, Follow follow) {
  NodeSet result = ancestors(graph, std::span(&of, 1), follow);
  for (Node node : descendants(graph, std::span(&of, 1), follow).members()) result.insert(node);
  return result;
}

void require_no_overlap(const Graph& graph, std::span<const Node> nodes) {
  if (nodes.size() < 2) return;
  std::vector<Node> lower;
  for (Node node : nodes) {
    lower.insert(lower.end(), graph.lower(node).begin(), graph.lower(node).end());
  }
  const NodeSet below = reach(graph.lower_edges(), lower);
  if (std::none_of(nodes.begin(), nodes.end(), [&](Node n) { return below.contains(n); })) return;
  for (Node node : nodes) {
    const NodeSet under = ancestors(graph, std::span(&node, 1), Follow::kAll);
    std::vector<std::string> others;
    for (Node other : nodes) {
      if (other != node && under.contains(other)) others.push_back(graph.id(other));
    }
    if (others.empty()) continue;
    throw Error(code::kRevision, "Requested revision " + graph.id(node) +
                                     " overlaps with other requested revisions " +
                                     join(others, ", "))
        .with_hint(graph.id(node) + " stands on " + join(others, ", ") +
                   " already; name one of them");
  }
}

std::vector<Node> newest_first(const Graph& graph, const NodeSet& set,
                               std::span<const Node> heads) {
  if (set.empty()) return {};
  return Walk(graph, set, heads).run();
}

}  // namespace retort::revision
