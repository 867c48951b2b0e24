#include "revision/resolve.h"

#include <algorithm>

#include "base/text.h"

namespace retort::revision {

namespace {

// Alembic names the whole argument where it says that several heads answer to it.
template <typename Function>
auto naming(std::string_view argument, Function&& function) {
  try {
    return function();
  } catch (const MultipleHeads& error) {
    MultipleHeads named(error.heads(), std::string(argument));
    named.with_hint(error.hint());
    throw named;
  }
}

// The same, in words of a command's own.
template <typename Function>
auto saying(const std::string& message, Function&& function) {
  try {
    return function();
  } catch (const MultipleHeads& error) {
    throw MultipleHeads(error, message);
  }
}

std::pair<std::string, std::string> split_range(std::string_view argument) {
  const std::size_t colon = argument.find(':');
  const std::string_view end = argument.substr(colon + 1);
  if (end.find(':') != std::string_view::npos) {
    throw Error(code::kRevision, "Range '" + std::string(argument) + "' has more than one ':'")
        .with_hint("a range is <fromrev>:<torev>");
  }
  return {std::string(argument.substr(0, colon)), std::string(end)};
}

Error too_far(std::string_view argument) {
  return Error(code::kRevision, "Walked too far")
      .with_hint("'" + std::string(argument) + "' leads beyond the ends of the history");
}

// Where `symbol` of a relative form stands, checked against its branch when one is named.
Position symbol_position(const Graph& graph, const Relative& relative, bool check_branch) {
  const std::string name = check_branch && relative.branch
                               ? *relative.branch + "@" + *relative.symbol
                               : *relative.symbol;
  return Position::at(find_one(graph, name));
}

// Where "+N" and "label@+N" start: the one row, or the branch's tip among what is applied.
Position upward_start(const Graph& graph, std::span<const Node> rows,
                      const std::optional<std::string>& branch) {
  std::vector<Node> starts(rows.begin(), rows.end());
  if (branch) {
    starts = on_branch(graph, rows, *branch);
    if (starts.empty()) {
      const std::vector<Node> applied =
          on_branch(graph, ancestors(graph, rows, Follow::kAll).members(), *branch);
      NodeSet covered(graph.size());
      for (Node node : applied) {
        for (Node below : graph.lower(node)) covered.insert(below);
      }
      for (Node node : applied) {
        if (!covered.contains(node)) starts.push_back(node);
      }
    }
  }
  if (starts.size() > 1) {
    throw Error(code::kRevision, "Ambiguous upgrade from multiple current revisions")
        .with_hint("the current revisions are " + join(graph.ids(starts), ", ") +
                   "; name the branch as label@+N");
  }
  return starts.empty() ? Position::base() : Position::at(starts.front());
}

std::vector<Node> relative_targets(const Graph& graph, std::span<const Node> rows,
                                   const Relative& relative, std::string_view argument,
                                   Overwalk overwalk) {
  if (!relative.symbol && relative.steps <= 0) {
    throw relative_error(relative).with_hint("upgrade goes up: say +N; downgrade goes down");
  }
  const bool up = relative.steps > 0;
  const Position start = relative.symbol ? symbol_position(graph, relative, !up)
                                         : upward_start(graph, rows, relative.branch);
  const Position end = walk(graph, start, relative.steps, relative.branch, overwalk);
  if (end.kind == Position::Kind::kOff) {
    if (relative.symbol) throw too_far(argument);
    throw relative_error(relative).with_hint(
        "fewer revisions than that are pending: 'history -r current:' shows them");
  }
  const auto revision = end.revision();
  return revision ? std::vector<Node>{*revision} : std::vector<Node>{};
}

// The row that "-N" and "label@-N" count from.
Node downward_start(const Graph& graph, std::span<const Node> rows, const Relative& relative,
                    DowngradeTarget& target) {
  if (!relative.branch) {
    if (rows.empty()) {
      throw relative_error(relative).with_hint("nothing is applied: the database is at base");
    }
    if (std::any_of(rows.begin(), rows.end(), [&](Node n) { return n != rows.front(); })) {
      target.warnings.push_back(
          "downgrade -1 from multiple heads is ambiguous; this usage will be disallowed in a "
          "future release.");
    }
    return rows.front();
  }
  std::vector<Node> starts = on_branch(graph, rows, *relative.branch);
  if (starts.empty()) starts = on_branch(graph, effective_rows(graph, rows), *relative.branch);
  if (starts.empty()) {
    throw relative_error(relative).with_hint("nothing of branch '" + *relative.branch +
                                             "' is applied");
  }
  if (starts.size() > 1) {
    throw Error(code::kRevision, "Ambiguous downgrade from multiple current revisions")
        .with_hint("on branch '" + *relative.branch + "' these are current: " +
                   join(graph.ids(starts), ", ") + "; name the revision to go down to");
  }
  return starts.front();
}

Error not_a_range(std::string_view start, std::string_view end) {
  return Error(code::kRevision, "Requested range " + std::string(start) + ":" + std::string(end) +
                                    " does not refer to ancestor/descendant revisions along the "
                                    "same branch");
}

// The lower end of a history range. "-N" counts from the heads; `from_end` are those revisions.
std::vector<Node> history_start(const Graph& graph, const std::string& text,
                                std::span<const Node> rows, std::span<const Node> from_end) {
  if (text == "current") return {rows.begin(), rows.end()};
  const auto relative = parse_relative(graph, text);
  if (!relative) return find_all(graph, text);
  std::vector<Position> starts;
  if (relative->symbol) {
    starts.push_back(symbol_position(graph, *relative, relative->steps < 0));
  } else {
    if (relative->steps >= 0) throw relative_error(*relative);
    std::vector<Node> tips(from_end.begin(), from_end.end());
    if (relative->branch) tips = on_branch(graph, tips, *relative->branch);
    for (Node tip : tips) starts.push_back(Position::at(tip));
  }
  std::vector<Node> result;
  for (Position start : starts) {
    const auto node =
        walk(graph, start, relative->steps, relative->branch, Overwalk::kStop).revision();
    if (node && std::find(result.begin(), result.end(), *node) == result.end()) {
      result.push_back(*node);
    }
  }
  return result;
}

// With a branch in the lower end, only what is on that branch is asked for.
void keep_branch(const Graph& graph, const std::string& start, std::vector<Node>& targets) {
  const Argument argument = split_branch(start);
  if (!argument.branch) return;
  const Node node = identify_branch(graph, *argument.branch);
  if (graph.find_label(*argument.branch)) {
    std::erase_if(targets, [&](Node n) { return !graph.has_label(n, *argument.branch); });
  } else if (graph.labels(node).size() == 1) {
    const std::string& label = graph.labels(node).front();
    std::erase_if(targets, [&](Node n) { return !graph.has_label(n, label); });
  } else {
    targets = on_branch(graph, targets, *argument.branch);
  }
}

}  // namespace

Range upgrade_range(std::string_view argument, bool sql) {
  if (argument.find(':') == std::string_view::npos) return {std::nullopt, std::string(argument)};
  if (!sql) {
    throw Error(code::kRevision, "Range revision not allowed")
        .with_hint("<fromrev>:<torev> goes with --sql; otherwise the database says where to start");
  }
  auto [start, end] = split_range(argument);
  return {std::move(start), std::move(end)};
}

Range downgrade_range(std::string_view argument, bool sql) {
  if (argument.find(':') == std::string_view::npos && sql) {
    throw Error(code::kRevision, "downgrade with --sql requires <fromrev>:<torev>");
  }
  return upgrade_range(argument, sql);
}

StampArguments stamp_arguments(std::span<const std::string> arguments, bool sql) {
  StampArguments result;
  for (const std::string& argument : arguments) {
    if (!sql || argument.find(':') == std::string::npos) {
      result.targets.push_back(argument);
      continue;
    }
    auto [start, end] = split_range(argument);
    if (result.start && *result.start != start) {
      throw Error(code::kRevision,
                  "Stamp operation with --sql only supports a single starting revision at a time");
    }
    result.start = std::move(start);
    result.targets.push_back(std::move(end));
  }
  return result;
}

std::vector<std::string> starting_rows(const Graph& graph,
                                       const std::optional<std::string>& start) {
  if (!start || start->empty() || *start == "base") return {};
  const auto node = naming(*start, [&] { return find_one(graph, *start); });
  return node ? std::vector<std::string>{graph.id(*node)} : std::vector<std::string>{};
}

std::vector<Node> upgrade_targets(const Graph& graph, std::span<const Node> rows,
                                  std::string_view argument) {
  return naming(argument, [&] {
    const auto relative = parse_relative(graph, argument);
    if (!relative) return find_all(graph, argument);
    return relative_targets(graph, rows, *relative, argument, Overwalk::kRefuse);
  });
}

DowngradeTarget downgrade_target(const Graph& graph, std::span<const Node> rows,
                                 std::string_view argument) {
  DowngradeTarget target;
  return naming(argument, [&] {
    const auto relative = parse_relative(graph, argument);
    if (!relative) {
      const Argument name = split_branch(argument);
      if (name.branch) target.branch = identify_branch(graph, *name.branch);
      target.revision = find_one(graph, argument);
      return target;
    }
    if (relative->branch) target.branch = identify_branch(graph, *relative->branch);
    Position start;
    if (relative->symbol) {
      start = symbol_position(graph, *relative, relative->steps < 0);
    } else {
      if (relative->steps >= 0) {
        throw relative_error(*relative).with_hint("downgrade goes down: say -N; upgrade goes up");
      }
      const Node row = downward_start(graph, rows, *relative, target);
      if (!relative->branch) target.branch = row;
      start = Position::at(row);
    }
    const Position end = walk(graph, start, relative->steps, relative->branch, Overwalk::kRefuse);
    if (end.kind == Position::Kind::kOff) {
      if (relative->symbol) throw too_far(argument);
      throw relative_error(*relative).with_hint(
          "fewer revisions than that are applied; 'downgrade base' takes back all");
    }
    target.revision = end.revision();
    return target;
  });
}

std::vector<Node> stamp_targets(const Graph& graph, std::span<const std::string> arguments) {
  return saying("Multiple heads are present; please specify a single target revision", [&] {
    std::vector<Node> result;
    for (const std::string& argument : arguments) {
      if (const auto relative = parse_relative(graph, argument)) {
        throw Error(code::kRevision,
                    "Can't locate revision identified by '" + split_branch(argument).name + "'")
            .with_hint(
                "stamp takes no relative revisions: what they would count from is what it "
                "sets");
      }
      for (Node node : find_all(graph, argument)) {
        if (std::find(result.begin(), result.end(), node) == result.end()) result.push_back(node);
      }
    }
    return result;
  });
}

std::vector<Node> new_parents(const Graph& graph, std::span<const std::string> heads, bool splice) {
  const std::string ambiguous =
      "Multiple heads are present; please specify the head revision on which the new revision "
      "should be based, or perform a merge.";
  const std::vector<Node> result = saying(ambiguous, [&] {
    std::vector<Node> found;
    for (const std::string& head : heads) {
      for (Node node : find_all(graph, head)) {
        if (std::find(found.begin(), found.end(), node) != found.end()) {
          throw Error(code::kRevision, "Duplicate head revisions specified");
        }
        found.push_back(node);
      }
    }
    return found;
  });
  for (Node node : result) {
    if (splice || graph.is_head(node)) continue;
    throw Error(code::kRevision, "Revision " + graph.id(node) +
                                     " is not a head revision; please specify --splice to create "
                                     "a new branch from this revision");
  }
  return result;
}

std::vector<Node> merge_parents(const Graph& graph, std::span<const std::string> revisions,
                                bool splice) {
  const std::vector<Node> result = new_parents(graph, revisions, splice);
  if (result.size() < 2) {
    throw Error(code::kRevision, "A merge needs at least two revisions; '" + join(revisions, " ") +
                                     "' is " +
                                     (result.empty() ? "none" : "only " + graph.id(result.front())))
        .with_hint("there is nothing to merge while the history has one head");
  }
  return result;
}

std::vector<std::string> new_dependencies(const Graph& graph, std::span<const std::string> names) {
  std::vector<std::string> result;
  for (const std::string& name : names) {
    const auto node = naming(name, [&] { return find_one(graph, name); });
    if (!node) {
      throw Error(code::kRevision, "Can't locate revision identified by '" + name + "'")
          .with_hint("a revision can't depend on base");
    }
    result.push_back(graph.has_label(*node, name) ? name : graph.id(*node));
  }
  return result;
}

HistoryRange history_range(std::string_view argument) {
  argument = trim(argument);
  const std::size_t colon = argument.find(':');
  if (colon == std::string_view::npos || argument.find(':', colon + 1) != std::string_view::npos) {
    throw Error(code::kRevision, "History range requires [start]:[end], [start]:, or :[end]");
  }
  HistoryRange range;
  if (colon > 0) range.start = std::string(argument.substr(0, colon));
  if (colon + 1 < argument.size()) range.end = std::string(argument.substr(colon + 1));
  return range;
}

std::vector<Node> history(const Graph& graph, const HistoryRange& range,
                          std::span<const Node> rows) {
  return naming(range.end, [&] {
    std::vector<Node> lower = history_start(graph, range.start, rows, graph.real_heads());
    std::vector<Node> targets;
    if (range.end == "current") {
      targets.assign(rows.begin(), rows.end());
    } else if (const auto relative = parse_relative(graph, range.end)) {
      targets = relative_targets(graph, lower, *relative, range.end, Overwalk::kStop);
    } else {
      targets = find_all(graph, range.end);
    }
    keep_branch(graph, range.start, targets);
    require_no_overlap(graph, targets);
    const NodeSet required = ancestors(graph, targets, Follow::kAll);

    auto outside = [&](Node node) { return !required.contains(node); };
    if (std::any_of(lower.begin(), lower.end(), outside)) {
      // "-3:current" reads as three before current, even where the heads are further on.
      lower = history_start(graph, range.start, rows, targets);
      if (std::any_of(lower.begin(), lower.end(), outside)) {
        const std::string current = join(graph.ids(rows), ", ");
        throw not_a_range(range.start == "current" ? current : range.start,
                          range.end == "current" ? current : range.end);
      }
    }
    require_no_overlap(graph, lower);
    const NodeSet left_out = ancestors(graph, lower, Follow::kAll);
    const NodeSet above = descendants(graph, lower, Follow::kParents);
    NodeSet wanted(graph.size());
    for (Node node : required.members()) {
      if (lower.empty() || (above.contains(node) && !left_out.contains(node))) wanted.insert(node);
    }
    for (Node node : lower) wanted.insert(node);
    return newest_first(graph, wanted, targets);
  });
}

std::vector<Node> effective_rows(const Graph& graph, std::span<const Node> rows) {
  const NodeSet applied = ancestors(graph, rows, Follow::kAll);
  std::vector<Node> result;
  for (Node node : applied.members()) {
    const auto up = graph.children(node);
    if (std::none_of(up.begin(), up.end(), [&](Node n) { return applied.contains(n); })) {
      result.push_back(node);
    }
  }
  return result;
}

bool at_heads(const Graph& graph, std::span<const Node> rows) {
  return effective_rows(graph, rows) == graph.heads();
}

std::vector<Node> branch_points(const Graph& graph) {
  std::vector<Node> result = history(graph, {});
  std::erase_if(result, [&](Node node) { return !graph.is_branch_point(node); });
  return result;
}

}  // namespace retort::revision
