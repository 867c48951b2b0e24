#include <csignal>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/interrupt.h"
#include "cli/app.h"
#include "command/bundle.h"
#include "database/sqlite.h"

int main(int argc, char** argv) {
  // A reader that goes away (`retort history | head`) is a write error, not a signal.
  std::signal(SIGPIPE, SIG_IGN);
  retort::watch_interrupts();
  retort::database::use_sqlite_alone();
  std::string program = argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "retort";
  std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  try {
    auto bundled = retort::command::read_bundle("/proc/self/exe");
    return retort::ended(
        retort::cli::run_program(program, arguments, bundled ? &*bundled : nullptr));
  } catch (const retort::Error& error) {
    std::fprintf(stderr, "FAILED: %s\n", error.render().c_str());
    return 1;
  }
}
