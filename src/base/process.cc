#include "base/process.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace retort {

namespace {

class FileActions {
 public:
  explicit FileActions(const std::filesystem::path& folder) {
    ::posix_spawn_file_actions_init(&actions_);
    if (!folder.empty()) ::posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
  }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> environment_of(const Command& command) {
  std::vector<std::string> out;
  for (char** each = environ; each && *each; ++each) {
    std::string text = *each;
    bool replaced = false;
    for (const auto& [name, value] : command.variables) {
      replaced = replaced || text.starts_with(name + "=");
    }
    if (!replaced) out.push_back(std::move(text));
  }
  for (const auto& [name, value] : command.variables) out.push_back(name + "=" + value);
  return out;
}

}  // namespace

int run_process(const Command& command, int& status) {
  FileActions actions(command.folder);
  std::vector<std::string> words{command.program};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<std::string> variables = environment_of(command);
  pid_t child = 0;
  int error = ::posix_spawnp(&child, command.program.c_str(), actions.get(), nullptr,
                             pointers(words).data(), pointers(variables).data());
  if (error != 0) return error;
  int ended = 0;
  while (::waitpid(child, &ended, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
  return 0;
}

bool is_program(const std::string& name, const std::string& path) {
  for (const std::string& folder : split(path, ':')) {
    if (::access((folder + "/" + name).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace retort
