#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "revision/graph.h"
#include "revision/traverse.h"

// Names of revisions, without a database in sight: ids, unambiguous prefixes, head, heads, base,
// labels and label@name. What nothing answers to is Error(code::kRevision)
// "Can't locate revision identified by 'x'", with the reason as the hint.
namespace retort::revision {

// One revision was asked for and there are several heads. Entry points that say it in their own
// words catch it.
class MultipleHeads : public Error {
 public:
  MultipleHeads(std::vector<std::string> heads, std::string argument);
  // The same, with the words of a command.
  MultipleHeads(const MultipleHeads& other, std::string message);

  const std::vector<std::string>& heads() const { return heads_; }
  const std::string& argument() const { return argument_; }

 private:
  std::vector<std::string> heads_;
  std::string argument_;
};

// "label@name" taken apart at the first '@'; an empty label counts as none.
struct Argument {
  std::optional<std::string> branch{};
  std::string name{};
};
Argument split_branch(std::string_view text);

// A relative form: [label@][symbol]+N or -N. `steps` is signed; `written` is its text ("+2").
struct Relative {
  std::optional<std::string> branch{};
  std::optional<std::string> symbol{};
  int steps = 0;
  std::string written{};
};
// Nothing for text that is not relative as a whole, or that is the name of a branch ("rel-1").
std::optional<Relative> parse_relative(const Graph& graph, std::string_view text);
// "Relative revision +2 didn't produce 2 migrations"
Error relative_error(const Relative& relative);

// An id, a label, or an unambiguous prefix of one. With `branch`: a revision on that branch's line.
Node identify(const Graph& graph, std::string_view name,
              const std::optional<std::string>& branch = std::nullopt);
// The revision a branch is named by: its label, its id or a prefix.
Node identify_branch(const Graph& graph, std::string_view branch);

// The revisions an argument stands for: none for base, the real heads for heads (all heads on the
// branch's line for label@heads). -N and label@-N count down from the heads.
std::vector<Node> find_all(const Graph& graph, std::string_view text);
// At most one, nothing for base. Throws MultipleHeads.
std::optional<Node> find_one(const Graph& graph, std::string_view text);

// Those of `nodes` on one line with the branch.
std::vector<Node> on_branch(const Graph& graph, std::span<const Node> nodes,
                            std::string_view branch, Follow follow = Follow::kParents);

// Where a walk ended: at a revision, at base, or beyond the history.
struct Position {
  enum class Kind { kOff, kBase, kNode };
  Kind kind = Kind::kBase;
  Node node{};

  static Position base() { return {}; }
  static Position at(Node node) { return {Kind::kNode, node}; }
  static Position at(std::optional<Node> node) { return node ? at(*node) : base(); }
  std::optional<Node> revision() const {
    return kind == Kind::kNode ? std::optional(node) : std::nullopt;
  }
};
enum class Overwalk {
  kRefuse,  // ends in kOff
  kStop,    // stays at the last revision, or at base
};
// `steps` up (positive; `branch` then chooses among children) or down along parents. Throws
// "Ambiguous walk" where there is more than one way.
Position walk(const Graph& graph, Position start, int steps,
              const std::optional<std::string>& branch, Overwalk overwalk);

// The rows of a version table as revisions. A row that no revision has is
// "Can't locate revision identified by 'x'".
std::vector<Node> identify_rows(const Graph& graph, std::span<const std::string> rows);

}  // namespace retort::revision
