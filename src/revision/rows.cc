#include "revision/rows.h"

#include <algorithm>

#include "revision/traverse.h"

namespace retort::revision {

Error row_count_error(const RowChange& change, std::string_view table, std::size_t found) {
  const std::string what = change.kind == RowChange::Kind::kUpdate
                               ? "updating '" + change.from + "' to '" + change.to + "'"
                               : "deleting '" + change.from + "'";
  return Error(code::kRevision, "Online migration expected to match one row when " + what +
                                    " in '" + std::string(table) + "'; " + std::to_string(found) +
                                    " found")
      .with_hint(found == 0 ? "the version table was changed while the migration ran"
                            : "the version table holds that revision more than once");
}

std::size_t VersionRows::count(std::string_view id) const {
  return static_cast<std::size_t>(std::count(ids_.begin(), ids_.end(), id));
}

void VersionRows::apply(const RowChange& change) {
  if (change.kind == RowChange::Kind::kInsert) {
    if (contains(change.to)) {
      throw Error(code::kRevision, "Revision '" + change.to + "' is in '" + table_ +
                                       "' already and can't be inserted again");
    }
    ids_.push_back(change.to);
    return;
  }
  if (const std::size_t found = count(change.from); found != 1) {
    throw row_count_error(change, table_, found);
  }
  const auto row = std::find(ids_.begin(), ids_.end(), change.from);
  if (change.kind == RowChange::Kind::kDelete) {
    ids_.erase(row);
  } else {
    *row = change.to;
  }
}

void VersionRows::apply(std::span<const RowChange> changes) {
  VersionRows next = *this;
  for (const RowChange& change : changes) next.apply(change);
  *this = std::move(next);
}

RowArithmetic::RowArithmetic(const Graph& graph, std::span<const Node> rows)
    : graph_(graph),
      rows_(graph.size(), rows),
      applied_(ancestors(graph, rows, Follow::kAll)),
      above_(graph.size()) {
  for (Node node : applied_.members()) {
    for (Node below : graph.lower(node)) ++above_[below];
  }
}

std::vector<RowChange> RowArithmetic::upgrade(Node node) {
  std::vector<RowChange> changes;
  std::vector<Node> covered;
  for (Node below : graph_.lower(node)) {
    if (rows_.contains(below)) covered.push_back(below);
    ++above_[below];
  }
  if (covered.empty()) {
    changes.push_back(RowChange::insert(graph_.id(node)));
  } else {
    for (std::size_t i = 0; i + 1 < covered.size(); ++i) {
      changes.push_back(RowChange::remove(graph_.id(covered[i])));
    }
    changes.push_back(RowChange::update(graph_.id(covered.back()), graph_.id(node)));
  }
  for (Node below : covered) rows_.erase(below);
  rows_.insert(node);
  applied_.insert(node);
  return changes;
}

std::vector<RowChange> RowArithmetic::downgrade(Node node) {
  std::vector<Node> uncovered;
  for (Node below : graph_.lower(node)) {
    if (--above_[below] == 0 && !rows_.contains(below)) uncovered.push_back(below);
  }
  std::vector<RowChange> changes;
  if (uncovered.empty()) {
    changes.push_back(RowChange::remove(graph_.id(node)));
  } else {
    for (std::size_t i = 0; i + 1 < uncovered.size(); ++i) {
      changes.push_back(RowChange::insert(graph_.id(uncovered[i])));
    }
    changes.push_back(RowChange::update(graph_.id(node), graph_.id(uncovered.back())));
  }
  rows_.erase(node);
  applied_.erase(node);
  for (Node below : uncovered) rows_.insert(below);
  return changes;
}

}  // namespace retort::revision
