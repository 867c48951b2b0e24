#pragma once

#include <span>
#include <vector>

#include "revision/graph.h"

namespace retort::revision {

enum class Follow {
  kParents,  // down_revision only: the lines of a branch
  kAll,      // dependencies as well: what must be applied
};

// The given nodes and everything below / above them. Linear.
NodeSet ancestors(const Graph& graph, std::span<const Node> of, Follow follow);
NodeSet descendants(const Graph& graph, std::span<const Node> of, Follow follow);
// Both: the nodes that share a line with `of`.
NodeSet lineage(const Graph& graph, Node of, Follow follow);

// Throws Error(code::kRevision) "Requested revision a overlaps with other requested revisions b"
// when one of the nodes lies below another. A node given twice does not overlap with itself.
void require_no_overlap(const Graph& graph, std::span<const Node> nodes);

// The members of `set`, newest first, in Alembic's order: children before what they stand on, and
// otherwise one branch walked down as far as nothing else still unvisited stands on the next
// revision; then the other branches that do, in the order their tips were met. `heads` (those of
// them in the set) are the tips to start from, in load order.
// Throws the diagnostic of a cycle that the set meets.
std::vector<Node> newest_first(const Graph& graph, const NodeSet& set, std::span<const Node> heads);

}  // namespace retort::revision
