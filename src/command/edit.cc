#include "command/edit.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/text.h"
#include "command/inspect_history.h"
#include "script/post_write_hooks.h"

extern char** environ;  // NOLINT: POSIX

namespace retort::command {

namespace {

bool is_installed(const std::string& program, const config::Environment& environment) {
  for (const std::string& folder : split(environment("PATH").value_or(""), ':')) {
    if (::access((folder + "/" + program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

std::vector<std::string> editor_words(const config::Environment& environment) {
  for (const char* variable : {"EDITOR", "VISUAL"}) {
    if (auto text = environment(variable); text && !text->empty()) {
      return script::split_shell_words(*text);
    }
  }
  for (const char* program : {"sensible-editor", "editor", "nano", "vim", "code"}) {
    if (is_installed(program, environment)) return {program};
  }
  throw Error(code::kFile, "Error executing editor (no editor was found)")
      .with_hint("set the environment variable EDITOR");
}

void run_editor(std::vector<std::string> words, const std::string& file) {
  words.push_back(file);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = 0;
  int failed = ::posix_spawnp(&child, arguments[0], nullptr, nullptr, arguments.data(), environ);
  if (failed != 0) {
    throw Error(code::kFile,
                "Error executing editor (" + words[0] + ": " + std::strerror(failed) + ")");
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error(code::kFile, "Error executing editor (" + words[0] + " ended with an error)");
  }
}

}  // namespace

void edit(const Project& project, const std::string& revision, runtime::Log& log) {
  std::vector<revision::Node> nodes = named_revisions(project, revision, log);
  if (nodes.empty()) {
    throw Error(code::kRevision, revision == "current"
                                     ? "No current revisions"
                                     : "No revision files indicated by symbol '" + revision + "'");
  }
  std::vector<std::string> words = editor_words(project.config.environment());
  for (revision::Node node : nodes) run_editor(words, project.directory.script(node).path.string());
}

}  // namespace retort::command
