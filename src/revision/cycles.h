#pragma once

#include <vector>

#include "revision/adjacency.h"

namespace retort::revision {

// The nodes that lie on a cycle, grouped: each group is a strongly connected component of more than
// one node, its nodes in load order; groups in the order of their first node. Linear.
std::vector<std::vector<Node>> cycles(const Adjacency& edges);

// One way round inside a group: first node, its successors, and the first node again.
std::vector<Node> way_round(const Adjacency& edges, const std::vector<Node>& group);

}  // namespace retort::revision
