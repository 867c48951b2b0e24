#include "command/report.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace retort::command {

namespace {

std::string down_text(const RevisionReport& report) {
  return report.parents.empty() ? "<base>" : join(report.parents, ", ");
}

}  // namespace

RevisionReport report(const script::Directory& directory, revision::Node node) {
  const revision::Graph& graph = directory.graph();
  const script::Script& script = directory.script(node);
  RevisionReport out;
  out.id = graph.id(node);
  out.parents = script.revision.down_revisions;
  out.dependencies = script.revision.depends_on;
  out.children = graph.ids(graph.children(node));
  out.labels = graph.labels(node);
  out.is_head = graph.is_head(node);
  out.is_real_head = graph.is_real_head(node);
  out.is_branch_point = graph.is_branch_point(node);
  out.is_merge_point = graph.is_merge_point(node);
  out.message = script.message();
  out.text = script.text;
  out.path = script.path.string();
  return out;
}

std::string line(const RevisionReport& report, const LineParts& parts) {
  std::string out;
  if (parts.parents) {
    out = down_text(report);
    if (!report.dependencies.empty()) out += " (" + join(report.dependencies, ", ") + ")";
    out += " -> ";
  }
  out += report.id;
  if (parts.labels && !report.labels.empty()) out += " (" + join(report.labels, ", ") + ")";
  if (report.is_real_head) out += " (head)";
  if (report.is_head && !report.is_real_head) out += " (effective head)";
  if (report.is_current.value_or(false)) out += " (current)";
  if (parts.tree && report.is_branch_point) out += " (branchpoint)";
  if (parts.tree && report.is_merge_point) out += " (mergepoint)";
  if (parts.message) out += ", " + report.message;
  return out;
}

std::string block(const RevisionReport& report) {
  std::string out = "Rev: " + report.id;
  if (report.is_head) out += " (head)";
  if (report.is_branch_point) out += " (branchpoint)";
  if (report.is_merge_point) out += " (mergepoint)";
  if (report.is_current.value_or(false)) out += " (current)";
  out += (report.is_merge_point ? "\nMerges: " : "\nParent: ") + down_text(report) + "\n";
  if (!report.dependencies.empty()) {
    out += "Also depends on: " + join(report.dependencies, ", ") + "\n";
  }
  if (report.is_branch_point) out += "Branches into: " + join(report.children, ", ") + "\n";
  if (!report.labels.empty()) out += "Branch names: " + join(report.labels, ", ") + "\n";
  out += "Path: " + report.path + "\n\n";
  std::vector<std::string> lines = split(report.text, '\n');
  for (std::string& each : lines) each = "    " + each;
  return out + join(lines, "\n") + "\n";
}

std::string json(std::span<const RevisionReport> reports) {
  nlohmann::ordered_json array = nlohmann::ordered_json::array();
  for (const RevisionReport& report : reports) {
    nlohmann::ordered_json one = {{"revision", report.id},
                                  {"down_revisions", report.parents},
                                  {"depends_on", report.dependencies},
                                  {"children", report.children},
                                  {"branch_labels", report.labels},
                                  {"head", report.is_real_head},
                                  {"effective_head", report.is_head && !report.is_real_head},
                                  {"branchpoint", report.is_branch_point},
                                  {"mergepoint", report.is_merge_point},
                                  {"message", report.message},
                                  {"path", report.path}};
    if (report.is_current) one["current"] = *report.is_current;
    array.push_back(std::move(one));
  }
  return array.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace retort::command
