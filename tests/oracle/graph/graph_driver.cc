// Reads histories and questions as JSON on stdin, one history a line; prints the answers of
// retort::revision, one line of JSON a history.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"
#include "revision/plan.h"
#include "revision/resolve.h"

namespace {

using nlohmann::json;
using namespace retort::revision;
using Strings = std::vector<std::string>;

Strings sorted(Strings strings) {
  std::sort(strings.begin(), strings.end());
  return strings;
}

json facts(const Graph& graph) {
  json nodes = json::object();
  for (Node node = 0; node < graph.size(); ++node) {
    nodes[graph.id(node)] = {
        {"labels", sorted(graph.labels(node))},
        {"lower", graph.ids(graph.lower(node))},
        {"children", sorted(graph.ids(graph.children(node)))},
        {"upper", sorted(graph.ids(graph.upper(node)))},
    };
  }
  return {{"nodes", nodes},
          {"heads", graph.ids(graph.heads())},
          {"real_heads", graph.ids(graph.real_heads())},
          {"bases", graph.ids(graph.bases())},
          {"real_bases", graph.ids(graph.real_bases())}};
}

json steps(const Route& route) {
  json result = json::array();
  VersionRows rows = route.before;
  for (const Step& step : route.steps) {
    for (const RowChange& change : step.changes) rows.apply(change);
    result.push_back({{"log", short_log(step)}, {"rows", sorted(rows.ids())}});
  }
  return {{"steps", result}, {"warnings", route.warnings}};
}

json answer(const Graph& graph, const json& question) {
  const std::string kind = question.at("ask");
  if (kind == "facts") return facts(graph);
  if (kind == "find") return graph.ids(find_all(graph, std::string(question.at("target"))));
  if (kind == "find_one") {
    const auto node = find_one(graph, std::string(question.at("target")));
    return node ? json(graph.id(*node)) : json(nullptr);
  }
  const Strings rows = question.at("rows");
  if (kind == "upgrade")
    return steps(plan_upgrade(graph, rows, std::string(question.at("target"))));
  if (kind == "downgrade") {
    return steps(plan_downgrade(graph, rows, std::string(question.at("target"))));
  }
  if (kind == "stamp") {
    const Strings targets{question.at("target")};
    return steps(plan_stamp(graph, rows, targets));
  }
  if (kind == "current") {
    return sorted(graph.ids(effective_rows(graph, identify_rows(graph, rows))));
  }
  return graph.ids(
      history(graph, {question.at("start"), question.at("end")}, identify_rows(graph, rows)));
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const json input = json::parse(line);
    std::vector<Revision> revisions;
    for (const json& item : input.at("revisions")) {
      revisions.push_back({item.at("id"), item.at("down"), item.at("deps"), item.at("labels")});
    }
    const Graph graph(std::move(revisions));
    json answers = json::array();
    for (const json& question : input.at("questions")) {
      try {
        answers.push_back({{"ok", answer(graph, question)}});
      } catch (const retort::Error& error) {
        answers.push_back({{"error", error.message()}, {"hint", error.hint()}});
      }
    }
    std::cout << answers.dump() << '\n';
  }
}
