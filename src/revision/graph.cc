#include "revision/graph.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace retort::revision {

void verify_id(const std::string& id) {
  std::set<char> illegal;
  for (char c : id) {
    if (c == '@' || c == '-' || c == '+' || c == ':') illegal.insert(c);
  }
  if (illegal.empty()) return;
  std::string list;
  for (char c : illegal) list += (list.empty() ? "" : ", ") + std::string(1, c);
  throw Error(code::kRevision,
              "Character(s) '" + list + "' not allowed in revision identifier '" + id + "'")
      .with_hint(
          "these characters have a meaning in revision arguments; use letters, digits and _");
}

void Diagnostic::raise() const {
  Error error(code::kGraph, message);
  if (!hint.empty()) error.with_hint(hint);
  throw error;
}

Graph Graph::with(Revision revision) const {
  std::vector<Revision> all = revisions_;
  all.push_back(std::move(revision));
  return Graph(std::move(all));
}

std::vector<std::string> Graph::ids(std::span<const Node> nodes) const {
  std::vector<std::string> result;
  result.reserve(nodes.size());
  for (Node node : nodes) result.push_back(id(node));
  return result;
}

std::optional<Graph::Name> Graph::find_name(std::string_view wanted) const {
  if (names_.empty()) return std::nullopt;
  const std::size_t mask = names_.size() - 1;
  for (std::size_t i = std::hash<std::string_view>()(wanted) & mask; names_[i] != 0;
       i = (i + 1) & mask) {
    if (text(names_[i] - 1) == wanted) return names_[i] - 1;
  }
  return std::nullopt;
}

void Graph::add_name(Name name) {
  auto place = [&](Name added) {
    const std::size_t mask = names_.size() - 1;
    std::size_t i = std::hash<std::string_view>()(text(added)) & mask;
    while (names_[i] != 0) i = (i + 1) & mask;
    names_[i] = added + 1;
  };
  if (2 * (name_count_ + 1) > names_.size()) {
    const std::vector<Name> old = std::move(names_);
    names_.assign(std::max<std::size_t>(16, std::bit_ceil(4 * (name_count_ + 1))), 0);
    for (Name entry : old) {
      if (entry != 0) place(entry - 1);
    }
  }
  place(name);
  ++name_count_;
}

std::optional<Node> Graph::find(std::string_view id) const {
  const auto name = find_name(id);
  return name && *name < size() ? name : std::nullopt;
}

std::optional<Node> Graph::find_label(std::string_view label) const {
  const auto name = find_name(label);
  return name && *name >= size() ? std::optional<Node>(node(*name)) : std::nullopt;
}

std::vector<Graph::Match> Graph::starting_with(std::string_view prefix) const {
  std::vector<Match> result;
  for (Name name = 0; name < size() + declared_.size(); ++name) {
    if (text(name).size() > 3 && text(name).starts_with(prefix)) {
      result.push_back({text(name), node(name)});
    }
  }
  return result;
}

bool Graph::has_label(Node node, std::string_view label) const {
  const auto& all = labels_[node];
  return std::find(all.begin(), all.end(), label) != all.end();
}

void Graph::require_sound(const NodeSet& nodes) const {
  if (diagnostics_.empty()) return;
  for (Node node = 0; node < size(); ++node) {
    if (nodes.contains(node) && broken_[node]) diagnostics_[broken_[node] - 1].raise();
  }
}

void Graph::require_acyclic(const NodeSet& nodes) const {
  if (diagnostics_.empty()) return;
  for (Node node = 0; node < size(); ++node) {
    if (nodes.contains(node) && cyclic_[node]) diagnostics_[cyclic_[node] - 1].raise();
  }
}

void Graph::require_headed() const {
  if (headless_) diagnostics_[*headless_].raise();
}

void Graph::require_unambiguous_label(std::string_view label) const {
  for (const Diagnostic& diagnostic : diagnostics_) {
    if (diagnostic.kind != Diagnostic::Kind::kDuplicateLabel) continue;
    const auto& own = revisions_[*find(diagnostic.revisions.front())].branch_labels;
    const auto node = find_label(label);
    if (node && id(*node) == diagnostic.revisions.back() &&
        std::find(own.begin(), own.end(), label) != own.end()) {
      diagnostic.raise();
    }
  }
}

}  // namespace retort::revision
