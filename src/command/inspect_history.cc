#include "command/inspect_history.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "command/report.h"
#include "revision/lookup.h"
#include "revision/resolve.h"
#include "revision/traverse.h"
#include "runtime/migrator.h"

namespace retort::command {

namespace {

using revision::Node;

std::vector<RevisionReport> reports(const Project& project, std::span<const Node> nodes) {
  std::vector<RevisionReport> out;
  for (Node node : nodes) out.push_back(report(project.directory, node));
  return out;
}

void print(std::span<const RevisionReport> all, const ReportOptions& options,
           const LineParts& parts, Output& output) {
  if (options.json) {
    output.result(json(all));
    return;
  }
  for (const RevisionReport& each : all) {
    output.result(options.verbose ? block(each) : line(each, parts));
  }
}

std::vector<Node> applied(const Project& project, runtime::MigrationContext& context) {
  revision::VersionRows rows = runtime::Migrator(context).rows();
  return revision::identify_rows(project.directory.graph(), rows.ids());
}

runtime::Request request(std::string_view command) {
  runtime::Request request;
  request.command.command = command;
  return request;
}

}  // namespace

void heads(const Project& project, const ReportOptions& options, bool resolve_dependencies,
           Output& output) {
  const revision::Graph& graph = project.directory.graph();
  graph.require_headed();
  const std::vector<Node>& nodes = resolve_dependencies ? graph.real_heads() : graph.heads();
  print(reports(project, nodes), options, {.labels = true, .tree = false}, output);
}

void branches(const Project& project, const ReportOptions& options, Output& output) {
  const revision::Graph& graph = project.directory.graph();
  std::vector<RevisionReport> points;
  for (Node node : revision::history(graph, {})) {
    if (graph.is_branch_point(node)) points.push_back(report(project.directory, node));
  }
  if (options.json) {
    output.result(json(points));
    return;
  }
  for (const RevisionReport& point : points) {
    std::string text = options.verbose ? block(point) : line(point, {.labels = true});
    for (const std::string& child : point.children) {
      RevisionReport below = report(project.directory, *graph.find(child));
      text += "\n" + std::string(point.id.size(), ' ') + " -> " +
              line(below, {.labels = true, .message = options.verbose});
    }
    output.result(text + "\n");
  }
}

void history(const Project& project, const HistoryOptions& options, Output& output,
             runtime::Log& log) {
  revision::HistoryRange range;
  if (!options.range.empty()) range = revision::history_range(options.range);
  std::vector<Node> rows;
  if (range.needs_current() || options.indicate_current) {
    // Of several databases, what is applied to any.
    project.run(request("history"), output, log, [&](runtime::MigrationContext& context) {
      for (Node node : applied(project, context)) {
        if (std::find(rows.begin(), rows.end(), node) == rows.end()) rows.push_back(node);
      }
    });
  }
  const revision::Graph& graph = project.directory.graph();
  std::vector<RevisionReport> all = reports(project, revision::history(graph, range, rows));
  if (options.indicate_current) {
    std::set<std::string> ids;
    for (Node node : rows) ids.insert(graph.id(node));
    for (RevisionReport& each : all) each.is_current = ids.contains(each.id);
  }
  print(all, options, {.labels = true, .message = true, .parents = true}, output);
}

void current(const Project& project, const CurrentOptions& options, Output& output,
             runtime::Log& log) {
  const revision::Graph& graph = project.directory.graph();
  project.run(request("current"), output, log, [&](runtime::MigrationContext& context) {
    std::vector<Node> rows = applied(project, context);
    if (options.check_heads) {
      std::set<Node> have(rows.begin(), rows.end());
      std::set<Node> want(graph.real_heads().begin(), graph.real_heads().end());
      if (have != want) throw Error(code::kPending, "Database is not on all head revisions");
    }
    if (options.verbose && !options.json) {
      output.result("Current revision(s) for " + context.environment().database.url.render() + ":");
    }
    std::vector<RevisionReport> all = reports(project, revision::effective_rows(graph, rows));
    // People know what they asked for; Alembic's lines don't say it.
    if (options.json) {
      for (RevisionReport& each : all) each.is_current = true;
    }
    print(all, options, {}, output);
  });
}

std::vector<Node> named_revisions(const Project& project, const std::string& name, Output& output,
                                  runtime::Log& log) {
  if (name != "current") return revision::find_all(project.directory.graph(), name);
  std::vector<Node> rows;
  project.run(request("show"), output, log, [&](runtime::MigrationContext& context) {
    for (Node node : applied(project, context)) {
      if (std::find(rows.begin(), rows.end(), node) == rows.end()) rows.push_back(node);
    }
  });
  return rows;
}

void show(const Project& project, const std::string& name, bool as_json, Output& output,
          runtime::Log& log) {
  std::vector<RevisionReport> all = reports(project, named_revisions(project, name, output, log));
  if (as_json) {
    output.result(json(all));
    return;
  }
  for (const RevisionReport& each : all) output.result(block(each));
}

}  // namespace retort::command
