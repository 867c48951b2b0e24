#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "cli/app.h"

int main(int argc, char** argv) {
  // A reader that goes away (`retort history | head`) is a write error, not a signal.
  std::signal(SIGPIPE, SIG_IGN);
  std::string program = argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "retort";
  std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  return retort::cli::run_program(program, arguments);
}
