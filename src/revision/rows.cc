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

std::optional<std::string> VersionRows::repeated() const {
  std::vector<std::string> sorted = ids_;
  std::sort(sorted.begin(), sorted.end());
  const auto it = std::adjacent_find(sorted.begin(), sorted.end());
  return it == sorted.end() ? std::nullopt : std::optional(*it);
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
    : graph_(graph), place_(graph.size(), kNone), above_(graph.size()) {
  for (Node row : rows) {
    if (!has_row(row)) insert(row);
  }
  for (Node node : ancestors(graph, rows, Follow::kAll).members()) {
    for (Node below : graph.lower(node)) ++above_[below];
  }
}

void RowArithmetic::insert(Node node) {
  place_[node] = static_cast<std::uint32_t>(order_.size());
  order_.push_back(node);
}

void RowArithmetic::update(Node from, Node to) {
  order_[place_[from]] = to;
  place_[to] = place_[from];
  place_[from] = kNone;
}

void RowArithmetic::remove(Node node) {
  order_[place_[node]] = std::nullopt;
  place_[node] = kNone;
}

std::vector<Node> RowArithmetic::rows() const {
  std::vector<Node> result;
  for (const auto& row : order_) {
    if (row) result.push_back(*row);
  }
  return result;
}

std::vector<RowChange> RowArithmetic::upgrade(Node node) {
  std::vector<RowChange> changes;
  std::vector<Node> covered;
  for (Node below : graph_.lower(node)) {
    if (has_row(below)) covered.push_back(below);
    ++above_[below];
  }
  if (covered.empty()) {
    changes.push_back(RowChange::insert(graph_.id(node)));
    insert(node);
    return changes;
  }
  const Node last = covered.back();
  covered.pop_back();
  for (Node below : covered) {
    changes.push_back(RowChange::remove(graph_.id(below)));
    remove(below);
  }
  changes.push_back(RowChange::update(graph_.id(last), graph_.id(node)));
  update(last, node);
  return changes;
}

std::vector<RowChange> RowArithmetic::downgrade(Node node) {
  std::vector<Node> uncovered;
  for (Node below : graph_.lower(node)) {
    if (--above_[below] == 0 && !has_row(below)) uncovered.push_back(below);
  }
  std::vector<RowChange> changes;
  if (uncovered.empty()) {
    changes.push_back(RowChange::remove(graph_.id(node)));
    remove(node);
    return changes;
  }
  const Node last = uncovered.back();
  uncovered.pop_back();
  for (Node below : uncovered) {
    changes.push_back(RowChange::insert(graph_.id(below)));
    insert(below);
  }
  changes.push_back(RowChange::update(graph_.id(node), graph_.id(last)));
  update(node, last);
  return changes;
}

}  // namespace retort::revision
