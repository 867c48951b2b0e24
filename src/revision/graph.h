#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "revision/adjacency.h"
#include "revision/revision.h"

namespace retort::revision {

// Something wrong with the history as it was loaded. Construction never throws: what does not need
// the broken part goes on working, what meets it throws the diagnostic as Error(code::kGraph).
struct Diagnostic {
  enum class Kind {
    kDuplicateRevision,  // a warning: the one loaded last counts
    kIllegalId,
    kSelfLoop,
    kDependencySelfLoop,
    kMissingParent,
    kMissingDependency,
    kDuplicateLabel,
    kCycle,
    kDependencyCycle,
  };
  Kind kind{};
  std::string message{};
  std::string hint{};
  // The revisions concerned, the one to blame first. Their files are the places to show.
  std::vector<std::string> revisions{};

  bool is_warning() const { return kind == Kind::kDuplicateRevision; }
  [[noreturn]] void raise() const;
};

// The history: revisions, their parents and dependencies, and what follows from them. Immutable;
// built in linear time. Revisions are named by their number in load order (Node), which is also the
// tie-breaker wherever an order is not given by the history itself.
class Graph {
 public:
  Graph() = default;
  explicit Graph(std::vector<Revision> revisions);
  // This history with one more revision, loaded last.
  Graph with(Revision revision) const;

  std::size_t size() const { return revisions_.size(); }
  bool empty() const { return revisions_.empty(); }
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

  const Revision& revision(Node node) const { return revisions_[node]; }
  const std::string& id(Node node) const { return revisions_[node].id; }
  std::vector<std::string> ids(std::span<const Node> nodes) const;
  // The place in the constructor's vector that this revision came from. Differs from `node` only
  // after a revision was loaded twice.
  std::size_t source(Node node) const { return sources_[node]; }

  // The revision of exactly this id.
  std::optional<Node> find(std::string_view id) const;
  // The revision that declares this branch label.
  std::optional<Node> find_label(std::string_view label) const;
  // Revisions whose id, or a label of which, starts with `prefix`. Only names longer than three
  // characters count. Ids first, in load order, then labels.
  struct Match {
    std::string name{};
    Node node{};
    friend bool operator==(const Match&, const Match&) = default;
  };
  std::vector<Match> starting_with(std::string_view prefix) const;

  // Edges downwards. `lower` is parents and normalised dependencies (those that no ancestor by
  // parents declares as well); `all_lower` is parents and all dependencies. Both without
  // duplicates.
  std::span<const Node> parents(Node node) const { return parents_[node]; }
  std::span<const Node> dependencies(Node node) const { return dependencies_[node]; }
  std::span<const Node> normalized_dependencies(Node node) const { return normalized_[node]; }
  std::span<const Node> lower(Node node) const { return lower_[node]; }
  std::span<const Node> all_lower(Node node) const { return all_lower_[node]; }
  // Edges upwards, in load order: by parents only, and with dependencies.
  std::span<const Node> children(Node node) const { return children_[node]; }
  std::span<const Node> upper(Node node) const { return upper_[node]; }
  const Adjacency& lower_edges() const { return lower_; }
  const Adjacency& parent_edges() const { return parents_; }
  const Adjacency& child_edges() const { return children_; }
  const Adjacency& upper_edges() const { return upper_; }

  // Nothing has it as parent; `real`: nor as dependency. A head that is not a real one is what the
  // output calls an effective head.
  bool is_head(Node node) const { return children_[node].empty(); }
  bool is_real_head(Node node) const { return upper_[node].empty(); }
  bool is_base(Node node) const { return revisions_[node].down_revisions.empty(); }
  bool is_branch_point(Node node) const { return children_[node].size() > 1; }
  bool is_real_branch_point(Node node) const { return upper_[node].size() > 1; }
  bool is_merge_point(Node node) const { return parents_[node].size() > 1; }

  const std::vector<Node>& heads() const { return heads_; }
  const std::vector<Node>& real_heads() const { return real_heads_; }
  const std::vector<Node>& bases() const { return bases_; }
  const std::vector<Node>& real_bases() const { return real_bases_; }

  // The revision's own labels as declared, then those that reach it from elsewhere on its branch:
  // labels spread to all descendants by parents and, from an unbranched tip, down again to the
  // nearest branch or merge point.
  const std::vector<std::string>& labels(Node node) const { return labels_[node]; }
  bool has_label(Node node, std::string_view label) const;

  // Throw the diagnostic that makes a member unusable in a plan, if there is one.
  void require_sound(const NodeSet& nodes) const;
  // The same for cycles alone: a set without them has an order, even if parents are missing.
  void require_acyclic(const NodeSet& nodes) const;
  // Throws when a cycle has no head above it: "the heads" would silently leave it out.
  void require_headed() const;
  // Throws when this label was declared by more than one revision.
  void require_unambiguous_label(std::string_view label) const;

 private:
  // A label as it was declared.
  struct Label {
    std::string text;
    Node node;
  };
  // A name is a number: below size() the id of that revision, then the declared labels.
  using Name = std::uint32_t;
  const std::string& text(Name name) const {
    return name < size() ? id(name) : declared_[name - size()].text;
  }
  Node node(Name name) const { return name < size() ? name : declared_[name - size()].node; }
  std::optional<Name> find_name(std::string_view text) const;
  void add_name(Name name);
  void load(std::vector<Revision> revisions);
  void add_labels();
  void link();
  void normalize();
  void find_tips();
  void find_cycles();
  void report_cycles(Diagnostic::Kind kind, const std::vector<std::vector<Node>>& groups,
                     const std::vector<Node>& unordered);
  void spread_labels();
  void report(Diagnostic diagnostic, std::span<const Node> broken);

  std::vector<Revision> revisions_;
  std::vector<std::size_t> sources_;
  std::vector<Label> declared_;
  std::vector<Name> names_;  // an open hash table over texts: 0, or 1 + the name
  std::size_t name_count_ = 0;
  std::vector<Diagnostic> diagnostics_;
  std::vector<std::uint32_t> broken_;  // 0, or 1 + the diagnostic that concerns the node
  std::vector<std::uint32_t> cyclic_;  // the same, cycles only
  std::optional<std::size_t> headless_;
  Adjacency parents_, dependencies_, normalized_, lower_, all_lower_, children_, upper_;
  std::vector<Node> heads_, real_heads_, bases_, real_bases_;
  std::vector<std::vector<std::string>> labels_;
};

}  // namespace retort::revision
