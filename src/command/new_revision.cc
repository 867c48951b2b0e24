#include "command/new_revision.h"

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "revision/resolve.h"
#include "script/new_script.h"
#include "script/post_write_hooks.h"

namespace retort::command {

namespace fs = std::filesystem;

namespace {

using revision::Node;

// What Alembic calls a revision without a message.
const std::string kNoMessage = script::NewRevision().message;

std::vector<Node> parents(const Project& project, const NewRevisionOptions& options) {
  const revision::Graph& graph = project.directory.graph();
  if (!options.merge.empty()) return revision::merge_parents(graph, options.merge, options.splice);
  return revision::new_parents(graph, options.heads, options.splice);
}

fs::path version_location(const Project& project, const std::string& version_path,
                          const std::vector<Node>& parent_nodes) {
  const std::vector<fs::path>& locations = project.settings.version_locations;
  if (!version_path.empty()) {
    fs::path wanted = project.config.absolute(version_path);
    for (const fs::path& location : locations) {
      if (wanted.lexically_normal() == location.lexically_normal()) return location;
    }
    throw Error(code::kUsage,
                "Path " + version_path + " is not represented in current version locations");
  }
  if (locations.size() == 1) return locations[0];
  if (parent_nodes.empty()) {
    throw Error(code::kUsage, "Multiple version locations present, please specify --version-path");
  }
  return project.directory.script(parent_nodes[0]).path.parent_path();
}

RevisionFormat format_of(const Project& project, const NewRevisionOptions& options,
                         const std::vector<Node>& parent_nodes) {
  bool compiled = !parent_nodes.empty() &&
                  project.directory.script(parent_nodes[0]).language == script::Language::kCompiled;
  RevisionFormat format =
      options.format.value_or(compiled ? RevisionFormat::kCc : RevisionFormat::kPython);
  if (format == RevisionFormat::kCc && !project.has_scripts) {
    throw Error(code::kUsage,
                "this program reads the history from files, and a C++ revision is "
                "compiled into a program")
        .with_hint(
            "make it with the project's own tool, the one that the CMake function "
            "retort_add_migrate_tool() adds; or write it as --format sql");
  }
  return format;
}

std::string_view extension_of(RevisionFormat format) {
  switch (format) {
    case RevisionFormat::kSql:
      return ".sql";
    case RevisionFormat::kCc:
      return ".cc";
    case RevisionFormat::kPython:
      break;
  }
  return ".py";
}

runtime::Request environment_request(const NewRevisionOptions& options) {
  runtime::Request request;
  request.command.command = options.merge.empty() ? "revision" : "merge";
  request.command.sql = options.sql;
  request.command.autogenerate = options.autogenerate;
  if (options.message) request.command.message = options.message;
  return request;
}

// A new revision that would break the history is refused before a file is written.
void verify(const Project& project, const revision::Revision& added) {
  revision::verify_id(added.id);
  const revision::Graph& graph = project.directory.graph();
  if (auto node = graph.find(added.id)) {
    throw Error(code::kRevision, "Revision '" + added.id + "' already exists")
        .with_hint("its file is " + project.directory.script(*node).path.string());
  }
  std::size_t before = graph.diagnostics().size();
  revision::Graph extended = graph.with(added);
  for (std::size_t i = before; i < extended.diagnostics().size(); ++i) {
    if (!extended.diagnostics()[i].is_warning()) extended.diagnostics()[i].raise();
  }
}

}  // namespace

void new_revision(const Project& project, const NewRevisionOptions& options, Output& output,
                  runtime::Log& log) {
  if (options.sql && options.autogenerate) {
    throw Error(code::kUsage, "Using --sql with --autogenerate does not make any sense");
  }
  if (options.sql && !project.settings.revision_environment) {
    throw Error(code::kUsage,
                "Using --sql with the revision command when revision_environment is not "
                "configured does not make any sense");
  }
  if (!project.has_source) {
    throw Error(code::kUsage, "this program has no folder to write revisions to")
        .with_hint("make new revisions in the project that it was built from");
  }
  project.directory.require_whole();
  project.require_built_in();
  const revision::Graph& graph = project.directory.graph();
  std::vector<Node> parent_nodes = parents(project, options);
  const RevisionFormat format = format_of(project, options, parent_nodes);

  script::NewRevision made;
  made.revision = options.revision_id.empty() ? script::new_revision_id() : options.revision_id;
  if (options.message) made.message = *options.message;
  made.down_revision = graph.ids(parent_nodes);
  made.branch_labels = options.branch_labels;
  made.depends_on = revision::new_dependencies(graph, options.depends_on);
  made.create_date = script::create_date(project.settings.timezone);
  Autogenerated found;
  std::unique_ptr<runtime::EnvironmentRun> environment =
      project.environment(environment_request(options), output, log);
  if (options.autogenerate) {
    found =
        autogenerate_revision(project, *environment, options.compare, format, made, output, log);
    if (found.empty) {
      output.status("No changes detected: no revision is written.");
      return;
    }
  } else if (project.settings.revision_environment && options.merge.empty()) {
    found = prepared_revision(*environment, format, made, output);
    if (found.dropped) {
      output.status("process_revision_directives() wants no revision: none is written.");
      return;
    }
  } else if (project.settings.revision_environment) {
    environment->run([](runtime::MigrationContext&) {});
  }
  // What process_revision_directives() made of it is held to the same rules.
  if (made.down_revision != graph.ids(parent_nodes)) {
    parent_nodes = revision::new_parents(graph, made.down_revision, found.splice);
    made.down_revision = graph.ids(parent_nodes);
  }
  verify(project, {made.revision, made.down_revision, made.depends_on, made.branch_labels});
  fs::path location = version_location(
      project, found.version_path.empty() ? options.version_path : found.version_path,
      parent_nodes);
  fs::path path = script::file_path(made, made.message == kNoMessage ? "" : made.message,
                                    project.config, project.settings, location);
  bool is_python = format == RevisionFormat::kPython;
  if (!is_python) path.replace_extension(extension_of(format));
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    throw Error(code::kFile, "the file '" + path.string() + "' is there already")
        .with_hint("choose another message, or a file_template that holds %(rev)s");
  }
  std::string text =
      is_python ? script::render(made, project.settings, environment->evaluation().evaluator(),
                                 environment->template_values())
                : autogenerate::revision_file(format, made, found.directions);
  if (fs::path folder = path.parent_path(); !fs::exists(folder, ignored)) {
    fs::create_directories(folder, ignored);
    output.status("Creating directory " + folder.string() + " ...  done");
  }
  write_file(path, is_python ? script::encoded(text, project.settings,
                                               environment->evaluation().evaluator())
                             : text);
  output.status("Generating " + path.string() + " ...  done");
  for (const config::PostWriteHook& hook : project.settings.post_write_hooks) {
    output.status("Running post write hook '" + hook.name + "' ...");
    script::run_hook(hook, path);
    output.status("  done");
  }
}

}  // namespace retort::command
