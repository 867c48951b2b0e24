#include "command/edit.h"

#include <cstring>

#include "base/process.h"
#include "command/inspect_history.h"
#include "script/post_write_hooks.h"

namespace retort::command {

namespace {

std::vector<std::string> editor_words(const config::Environment& environment) {
  for (const char* variable : {"EDITOR", "VISUAL"}) {
    if (auto text = environment(variable); text && !text->empty()) {
      return script::split_shell_words(*text);
    }
  }
  for (const char* program : {"sensible-editor", "editor", "nano", "vim", "code"}) {
    if (is_program(program, environment("PATH").value_or(""))) return {program};
  }
  throw Error(code::kFile, "Error executing editor (no editor was found)")
      .with_hint("set the environment variable EDITOR");
}

void run_editor(const std::vector<std::string>& words, const std::string& file) {
  Command command{words[0], {words.begin() + 1, words.end()}};
  command.arguments.push_back(file);
  int status = 0;
  if (int error = run_process(command, status); error != 0) {
    throw Error(code::kFile,
                "Error executing editor (" + words[0] + ": " + std::strerror(error) + ")");
  }
  if (status != 0) {
    throw Error(code::kFile, "Error executing editor (" + words[0] + " ended with an error)");
  }
}

}  // namespace

void edit(const Project& project, const std::string& revision, Output& output, runtime::Log& log) {
  std::vector<revision::Node> nodes = named_revisions(project, revision, output, log);
  if (nodes.empty()) {
    throw Error(code::kRevision, revision == "current"
                                     ? "No current revisions"
                                     : "No revision files indicated by symbol '" + revision + "'");
  }
  std::vector<std::string> words = editor_words(project.config.environment());
  for (revision::Node node : nodes) run_editor(words, project.directory.script(node).path.string());
}

}  // namespace retort::command
