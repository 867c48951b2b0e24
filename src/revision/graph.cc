#include "revision/graph.h"

#include <algorithm>
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

const Graph::Name* Graph::find_name(std::string_view text) const {
  const auto it = std::lower_bound(
      names_.begin(), names_.end(), text,
      [](const Name& name, std::string_view wanted) { return name.text < wanted; });
  return it != names_.end() && it->text == text ? &*it : nullptr;
}

std::optional<Node> Graph::find(std::string_view id) const {
  const Name* name = find_name(id);
  if (!name || name->is_label) return std::nullopt;
  return name->node;
}

std::optional<Node> Graph::find_label(std::string_view label) const {
  const Name* name = find_name(label);
  if (!name || !name->is_label) return std::nullopt;
  return name->node;
}

std::vector<Graph::Match> Graph::starting_with(std::string_view prefix) const {
  std::vector<const Name*> found;
  for (auto it = std::lower_bound(
           names_.begin(), names_.end(), prefix,
           [](const Name& name, std::string_view wanted) { return name.text < wanted; });
       it != names_.end() && it->text.starts_with(prefix); ++it) {
    if (it->text.size() > 3) found.push_back(&*it);
  }
  std::sort(found.begin(), found.end(), [](const Name* a, const Name* b) {
    return std::pair(a->is_label, a->node) < std::pair(b->is_label, b->node);
  });
  std::vector<Match> result;
  result.reserve(found.size());
  for (const Name* name : found) result.push_back({name->text, name->node});
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
    const Name* name = find_name(label);
    if (name && name->is_label && id(name->node) == diagnostic.revisions.back() &&
        std::find(own.begin(), own.end(), label) != own.end()) {
      diagnostic.raise();
    }
  }
}

}  // namespace retort::revision
