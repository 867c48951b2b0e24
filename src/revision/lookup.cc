#include "revision/lookup.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace retort::revision {

namespace {

Error not_found(const Graph& graph, std::string_view name, const std::string& reason) {
  Error error(code::kRevision, "Can't locate revision identified by '" + std::string(name) + "'");
  std::vector<std::string> known;
  for (Node node = 0; node < graph.size(); ++node) {
    known.push_back(graph.id(node));
    for (const std::string& label : graph.revision(node).branch_labels) known.push_back(label);
  }
  std::string near = did_you_mean(name, known);
  for (std::string_view newest : {"head", "heads", "latest", "newest", "last", "tip", "top"}) {
    if (equal_ignoring_case(name, newest)) near = "the newest revision is called 'head'";
  }
  for (std::string_view oldest : {"base", "zero", "none", "first"}) {
    if (equal_ignoring_case(name, oldest)) near = "the place before all revisions is called 'base'";
  }
  error.with_hint(reason + "; " + (near.empty() ? "'history' lists what there is" : near));
  return error;
}

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// The revision of exactly this id or label.
std::optional<Node> exactly(const Graph& graph, std::string_view name) {
  if (const auto node = graph.find(name)) return node;
  const auto node = graph.find_label(name);
  if (node) graph.require_unambiguous_label(name);
  return node;
}

bool is_down(std::string_view text) {
  return text.size() > 1 && text[0] == '-' &&
         std::all_of(text.begin() + 1, text.end(), [](unsigned char c) { return std::isdigit(c); });
}

// Steps beyond any history walk off its end all the same, so larger numbers need no more.
int number(std::string_view digits) {
  int value = 0;
  for (char c : digits) value = std::min(value * 10 + (c - '0'), 100'000'000);
  return value;
}

MultipleHeads multiple_heads(const Graph& graph, std::span<const Node> heads,
                             std::string argument) {
  MultipleHeads error(graph.ids(heads), std::move(argument));
  // A gap in the history makes a head of what is below it.
  for (const Diagnostic& diagnostic : graph.diagnostics()) {
    if (diagnostic.kind != Diagnostic::Kind::kMissingParent) continue;
    error.with_hint("the heads are " + join(error.heads(), ", ") +
                    ", because of a gap: " + diagnostic.message + "; " + diagnostic.hint);
    break;
  }
  return error;
}

std::optional<Node> single_head(const Graph& graph, const std::optional<std::string>& branch) {
  const std::vector<Node> heads = branch ? on_branch(graph, graph.heads(), *branch) : graph.heads();
  if (!branch) graph.require_headed();
  if (heads.size() > 1) {
    throw multiple_heads(graph, heads, branch ? *branch + "@head" : "head");
  }
  return heads.empty() ? std::nullopt : std::optional(heads.front());
}

// The symbols that need no id: nothing when the name is something else.
std::optional<std::vector<Node>> symbol(const Graph& graph, const Argument& argument) {
  if (argument.branch) identify_branch(graph, *argument.branch);
  if (argument.name == "base") return std::vector<Node>{};
  if (argument.name == "head") {
    const auto head = single_head(graph, argument.branch);
    return head ? std::vector<Node>{*head} : std::vector<Node>{};
  }
  if (argument.name == "heads") {
    if (argument.branch) return on_branch(graph, graph.heads(), *argument.branch);
    graph.require_headed();
    return graph.real_heads();
  }
  return std::nullopt;
}

}  // namespace

MultipleHeads::MultipleHeads(std::vector<std::string> heads, std::string argument)
    : Error(code::kRevision, "Multiple head revisions are present for given argument '" + argument +
                                 "'; please specify a specific target revision, '<branchname>@" +
                                 argument +
                                 "' to narrow to a specific head, or 'heads' for all heads"),
      heads_(std::move(heads)),
      argument_(std::move(argument)) {
  with_hint("the heads are " + join(heads_, ", ") +
            ": make them one with 'merge heads -m \"Merge\"', or name the one you mean");
}

MultipleHeads::MultipleHeads(const MultipleHeads& other, std::string message)
    : Error(code::kRevision, std::move(message)), heads_(other.heads_), argument_(other.argument_) {
  with_hint(other.hint());
}

Argument split_branch(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return {std::nullopt, std::string(text)};
  Argument result{std::nullopt, std::string(text.substr(at + 1))};
  if (at > 0) result.branch = std::string(text.substr(0, at));
  return result;
}

std::optional<Relative> parse_relative(const Graph& graph, std::string_view text) {
  if (graph.find(text) || graph.find_label(text)) return std::nullopt;
  const std::size_t sign = text.find_last_of("+-");
  if (sign == std::string_view::npos) return std::nullopt;
  const std::string_view digits = text.substr(sign + 1);
  if (digits.empty() ||
      !std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isdigit(c); })) {
    return std::nullopt;
  }
  Relative result;
  result.written = std::string(text.substr(sign));
  result.steps = text[sign] == '-' ? -number(digits) : number(digits);
  std::string_view rest = text.substr(0, sign);
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) {
    if (at > 0) result.branch = std::string(rest.substr(0, at));
    rest = rest.substr(at + 1);
  }
  if (rest.find_first_of("+-@:") != std::string_view::npos) {
    if (!graph.find_label(rest)) return std::nullopt;
  }
  if (!rest.empty()) result.symbol = std::string(rest);
  return result;
}

Error relative_error(const Relative& relative) {
  return Error(code::kRevision, "Relative revision " + relative.written + " didn't produce " +
                                    std::to_string(std::abs(relative.steps)) + " migrations");
}

Node identify_branch(const Graph& graph, std::string_view branch) {
  if (const auto node = exactly(graph, branch)) return *node;
  try {
    return identify(graph, branch);
  } catch (const Error& error) {
    std::string hint = "No such branch: " + quoted(branch);
    if (error.hint().find("did you mean") != std::string::npos ||
        error.hint().find("start with") != std::string::npos) {
      hint += "; " + error.hint();
    }
    throw Error(code::kRevision, error.message()).with_hint(hint);
  }
}

Node identify(const Graph& graph, std::string_view name, const std::optional<std::string>& branch) {
  std::optional<Node> branch_node;
  if (branch) branch_node = identify_branch(graph, *branch);
  std::optional<Node> found = exactly(graph, name);
  if (!found) {
    std::vector<Graph::Match> matches;
    if (!name.empty()) matches = graph.starting_with(name);
    if (branch_node && !matches.empty()) {
      const NodeSet line = lineage(graph, *branch_node, Follow::kParents);
      std::erase_if(matches, [&](const Graph::Match& m) { return !line.contains(m.node); });
    }
    if (matches.empty()) {
      std::string reason = "No such revision or branch " + quoted(name);
      if (name.size() < 4) {
        reason +=
            "; please ensure at least four characters are present for partial revision identifier "
            "matches";
      }
      throw not_found(graph, name, reason);
    }
    if (matches.size() > 1) {
      std::vector<std::string> names;
      for (std::size_t i = 0; i < std::min<std::size_t>(matches.size(), 3); ++i) {
        names.push_back(quoted(matches[i].name));
      }
      throw Error(code::kRevision, "Can't locate revision identified by " + quoted(name))
          .with_hint("Multiple revisions start with " + quoted(name) + ": " + join(names, ", ") +
                     "...");
    }
    found = matches.front().node;
  }
  if (branch_node && !lineage(graph, *branch_node, Follow::kParents).contains(*found)) {
    throw Error(code::kRevision, "Can't locate revision identified by " + quoted(name))
        .with_hint("Revision " + graph.id(*found) + " is not a member of branch " +
                   quoted(*branch));
  }
  return *found;
}

std::vector<Node> find_all(const Graph& graph, std::string_view text) {
  const Argument argument = split_branch(text);
  if (auto nodes = symbol(graph, argument)) {
    if (argument.branch && nodes->size() == 1)
      identify(graph, graph.id(nodes->front()), argument.branch);
    return *nodes;
  }
  if (is_down(argument.name) && !exactly(graph, text)) {
    std::vector<Node> heads = graph.real_heads();
    if (argument.branch) {
      if (graph.find_label(*argument.branch)) {
        std::erase_if(heads, [&](Node n) { return !graph.has_label(n, *argument.branch); });
      } else {
        heads = on_branch(graph, heads, *argument.branch);
      }
    }
    std::vector<Node> result;
    for (Node head : heads) {
      const Position end = walk(graph, Position::at(head), -number(argument.name.substr(1)),
                                std::nullopt, Overwalk::kRefuse);
      if (end.kind == Position::Kind::kOff) throw Error(code::kRevision, "Walked too far");
      if (end.kind == Position::Kind::kNode) result.push_back(end.node);
    }
    return result;
  }
  return {identify(graph, argument.name, argument.branch)};
}

std::optional<Node> find_one(const Graph& graph, std::string_view text) {
  const Argument argument = split_branch(text);
  if (auto nodes = symbol(graph, argument)) {
    if (nodes->size() > 1) throw multiple_heads(graph, *nodes, std::string(text));
    return nodes->empty() ? std::nullopt : std::optional(nodes->front());
  }
  return identify(graph, argument.name, argument.branch);
}

std::vector<Node> on_branch(const Graph& graph, std::span<const Node> nodes,
                            std::string_view branch, Follow follow) {
  const NodeSet line = lineage(graph, identify_branch(graph, branch), follow);
  std::vector<Node> result;
  for (Node node : nodes) {
    if (line.contains(node)) result.push_back(node);
  }
  return result;
}

Position walk(const Graph& graph, Position start, int steps,
              const std::optional<std::string>& branch, Overwalk overwalk) {
  std::optional<NodeSet> line;
  if (branch && steps > 0) {
    line = lineage(graph, identify_branch(graph, *branch), Follow::kParents);
  }
  Position at = start;
  for (int i = 0; i < std::abs(steps); ++i) {
    std::vector<Node> next;
    if (steps > 0) {
      const auto up = at.kind == Position::Kind::kBase ? std::span<const Node>(graph.bases())
                                                       : graph.children(at.node);
      for (Node node : up) {
        if (!line || line->contains(node)) next.push_back(node);
      }
    } else if (at.kind == Position::Kind::kNode) {
      const auto down = graph.parents(at.node);
      if (down.empty()) {
        // A parent that is named but missing is not base.
        if (!graph.is_base(at.node)) graph.require_sound(NodeSet(graph.size(), {&at.node, 1}));
        at = Position::base();
        continue;
      }
      next.assign(down.begin(), down.end());
    }
    if (next.empty()) {
      return overwalk == Overwalk::kRefuse ? Position{Position::Kind::kOff, {}} : at;
    }
    if (next.size() > 1) {
      throw Error(code::kRevision, "Ambiguous walk")
          .with_hint("from " + (at.kind == Position::Kind::kNode ? graph.id(at.node) : "base") +
                     " the way goes to " + join(graph.ids(next), ", ") +
                     "; name the revision, or the branch as label@" + (steps > 0 ? "+" : "-") +
                     std::to_string(std::abs(steps)));
    }
    at = Position::at(next.front());
  }
  return at;
}

std::vector<Node> identify_rows(const Graph& graph, std::span<const std::string> rows) {
  std::vector<Node> result;
  for (const std::string& row : rows) {
    const auto node = graph.find(row);
    if (!node) {
      throw Error(code::kRevision, "Can't locate revision identified by '" + row + "'")
          .with_hint(
              "the database is at revision " + row +
              ", but no revision file has that id: is this checkout older than the database? "
              "Get the file, or set the database to a revision that is there with "
              "'stamp --purge REVISION', which runs nothing");
    }
    result.push_back(*node);
  }
  return result;
}

}  // namespace retort::revision
