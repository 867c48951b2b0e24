#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace retort::revision {

// A revision's number inside one Graph: its place in load order.
using Node = std::uint32_t;

// The edges of a graph in two flat arrays: for each node, its targets in the order they were given.
class Adjacency {
 public:
  Adjacency() = default;
  // `edges` are (from, to); edges of one node keep their order.
  Adjacency(std::size_t nodes, std::span<const std::pair<Node, Node>> edges) : offsets_(nodes + 1) {
    for (const auto& [from, to] : edges) ++offsets_[from + 1];
    for (std::size_t i = 0; i < nodes; ++i) offsets_[i + 1] += offsets_[i];
    targets_.resize(edges.size());
    std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end());
    for (const auto& [from, to] : edges) targets_[next[from]++] = to;
  }

  std::span<const Node> operator[](Node node) const {
    return {targets_.data() + offsets_[node], offsets_[node + 1] - offsets_[node]};
  }
  std::size_t nodes() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }

  // The same edges the other way round: the sources of each node, in node order.
  Adjacency reversed() const {
    std::vector<std::pair<Node, Node>> edges;
    edges.reserve(targets_.size());
    for (Node from = 0; from < nodes(); ++from) {
      for (Node to : (*this)[from]) edges.emplace_back(to, from);
    }
    return Adjacency(nodes(), edges);
  }

 private:
  std::vector<std::uint32_t> offsets_;
  std::vector<Node> targets_;
};

// A set of nodes of one graph: one byte a node, so that membership is one load.
class NodeSet {
 public:
  NodeSet() = default;
  explicit NodeSet(std::size_t nodes) : flags_(nodes) {}
  NodeSet(std::size_t nodes, std::span<const Node> members) : flags_(nodes) {
    for (Node node : members) insert(node);
  }

  bool contains(Node node) const { return flags_[node] != 0; }
  // True when the node was not in the set before.
  bool insert(Node node) {
    if (flags_[node]) return false;
    flags_[node] = 1;
    ++count_;
    return true;
  }
  void erase(Node node) {
    count_ -= flags_[node];
    flags_[node] = 0;
  }
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  std::size_t nodes() const { return flags_.size(); }

  // The members in load order.
  std::vector<Node> members() const {
    std::vector<Node> result;
    result.reserve(count_);
    for (Node node = 0; node < flags_.size(); ++node) {
      if (flags_[node]) result.push_back(node);
    }
    return result;
  }

 private:
  std::vector<std::uint8_t> flags_;
  std::size_t count_ = 0;
};

}  // namespace retort::revision
