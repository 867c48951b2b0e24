#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace retort {

// A program ready to run.
struct Command {
  std::string program{};                 // a path, or a name to look up in PATH
  std::vector<std::string> arguments{};  // without the program
  std::filesystem::path folder{};        // to run it in; empty: the current one
  // Variables on top of this process's own environment. What must not be seen by other users of
  // the machine, such as a password, goes here and not among the arguments.
  std::vector<std::pair<std::string, std::string>> variables{};

  friend bool operator==(const Command&, const Command&) = default;
};

// Runs it and waits; its input and output are ours. 0, or the errno of what kept the program from
// starting. `status` is its exit code, or 128 + the signal that ended it.
int run_process(const Command& command, int& status);

// Whether the name is that of a program in one of the folders of `path`, a PATH.
bool is_program(const std::string& name, const std::string& path);

}  // namespace retort
