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

std::vector<Node> parents(const Project& project, const NewRevisionOptions& options) {
  const revision::Graph& graph = project.directory.graph();
  if (!options.merge.empty()) return revision::merge_parents(graph, options.merge, options.splice);
  return revision::new_parents(graph, options.heads, options.splice);
}

fs::path version_location(const Project& project, const NewRevisionOptions& options,
                          const std::vector<Node>& parent_nodes) {
  const std::vector<fs::path>& locations = project.settings.version_locations;
  if (!options.version_path.empty()) {
    fs::path wanted = project.config.absolute(options.version_path);
    for (const fs::path& location : locations) {
      if (wanted.lexically_normal() == location.lexically_normal()) return location;
    }
    throw Error(code::kUsage, "Path " + options.version_path +
                                  " is not represented in current version locations");
  }
  if (locations.size() == 1) return locations[0];
  if (parent_nodes.empty()) {
    throw Error(code::kUsage, "Multiple version locations present, please specify --version-path");
  }
  return project.directory.script(parent_nodes[0]).path.parent_path();
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
                  runtime::Log&) {
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
  const revision::Graph& graph = project.directory.graph();
  std::vector<Node> parent_nodes = parents(project, options);

  script::NewRevision made;
  made.revision = options.revision_id.empty() ? script::new_revision_id() : options.revision_id;
  if (options.message) made.message = *options.message;
  made.down_revision = graph.ids(parent_nodes);
  made.branch_labels = options.branch_labels;
  made.depends_on = revision::new_dependencies(graph, options.depends_on);
  verify(project, {made.revision, made.down_revision, made.depends_on, made.branch_labels});
  made.create_date = script::create_date(project.settings.timezone);

  fs::path location = version_location(project, options, parent_nodes);
  fs::path path = script::file_path(made, options.message.value_or(""), project.config,
                                    project.settings, location);
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    throw Error(code::kFile, "the file '" + path.string() + "' is there already")
        .with_hint("choose another message, or a file_template that holds %(rev)s");
  }
  std::string text = script::render(made, project.config, project.settings);
  if (fs::path folder = path.parent_path(); !fs::exists(folder, ignored)) {
    fs::create_directories(folder, ignored);
    output.status("Creating directory " + folder.string() + " ...  done");
  }
  write_file(path, text);
  output.status("Generating " + path.string() + " ...  done");
  for (const config::PostWriteHook& hook : project.settings.post_write_hooks) {
    output.status("Running post write hook '" + hook.name + "' ...");
    script::run_hook(hook, path);
    output.status("  done");
  }
}

}  // namespace retort::command
