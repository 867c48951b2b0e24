#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "revision/lookup.h"

// What the revision argument of each command stands for. All functions are pure; `rows` are the
// revisions of the version table's rows, in their order (see identify_rows).
namespace retort::revision {

// "a:b" as upgrade, downgrade and stamp take it with --sql. Without a start, nothing is applied
// yet.
struct Range {
  std::optional<std::string> start{};
  std::string end{};
};
Range upgrade_range(std::string_view argument, bool sql);
Range downgrade_range(std::string_view argument, bool sql);
// The targets of stamp; with --sql any of them may carry the one starting revision.
struct StampArguments {
  std::optional<std::string> start{};
  std::vector<std::string> targets{};
};
StampArguments stamp_arguments(std::span<const std::string> arguments, bool sql);
// The version rows that a starting revision stands for: one, or none for base.
std::vector<std::string> starting_rows(const Graph& graph, const std::optional<std::string>& start);

// The revisions to be at after an upgrade. Empty for base.
std::vector<Node> upgrade_targets(const Graph& graph, std::span<const Node> rows,
                                  std::string_view argument);

struct DowngradeTarget {
  // The branch to stay on, where one was named.
  std::optional<Node> branch{};
  // Nothing: down to base.
  std::optional<Node> revision{};
  std::vector<std::string> warnings{};
};
DowngradeTarget downgrade_target(const Graph& graph, std::span<const Node> rows,
                                 std::string_view argument);

// The revisions to stamp; an empty list stands for base. A caller that empties the version table
// first calls this before it does.
std::vector<Node> stamp_targets(const Graph& graph, std::span<const std::string> arguments);

// The parents of a new revision. None for base, or in an empty history.
std::vector<Node> new_parents(const Graph& graph, std::span<const std::string> heads, bool splice);
// The same for a merge, which needs two.
std::vector<Node> merge_parents(const Graph& graph, std::span<const std::string> revisions,
                                bool splice);
// depends_on of a new revision as it is to be written: labels stay, ids become whole.
std::vector<std::string> new_dependencies(const Graph& graph, std::span<const std::string> names);

// "-r START:END": either side may be empty, relative, `current`, base, heads, ...
struct HistoryRange {
  std::string start = "base";
  std::string end = "heads";
  // Whether the database has to be asked.
  bool needs_current() const { return start == "current" || end == "current"; }
};
HistoryRange history_range(std::string_view argument);
// The revisions between, both ends included, newest first.
std::vector<Node> history(const Graph& graph, const HistoryRange& range,
                          std::span<const Node> rows = {});

// What `current` shows: the rows, and revisions that dependencies keep applied although they are
// the tip of their own branch and have no row. In load order.
std::vector<Node> effective_rows(const Graph& graph, std::span<const Node> rows);
// Whether everything is applied: what `current --check-heads` and autogenerate ask.
bool at_heads(const Graph& graph, std::span<const Node> rows);

// What `branches` shows, in the order of history.
std::vector<Node> branch_points(const Graph& graph);

}  // namespace retort::revision
