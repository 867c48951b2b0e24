#include "cli/app.h"

#include <cstdio>
#include <exception>

#include "base/error.h"
#include "cli/parse.h"
#include "cli/table.h"
#include "cli/terminal.h"
#include "python/evaluator.h"

namespace retort::cli {

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;
constexpr int kPending = 3;

int exit_code(const Error& error) {
  if (error.code() == code::kUsage) return kUsage;
  if (error.code() == code::kPending) return kPending;
  return kFailed;
}

void complain(std::string_view start, const std::string& text) {
  std::fflush(stdout);
  std::fprintf(stderr, "%.*s%s\n", static_cast<int>(start.size()), start.data(), text.c_str());
}

void run_command(const Invocation& invocation) {
  Terminal terminal(invocation.quiet, invocation.flag("verbose"));
  for (const CommandSpec& command : commands()) {
    if (command.name == invocation.command) command.run(invocation, {terminal, terminal});
  }
  terminal.flush();
}

}  // namespace

int run_program(const std::string& program, std::span<const std::string> arguments,
                const command::Embedded* embedded) {
  try {
    std::string text;
    std::optional<Invocation> invocation = parse(program, arguments, text);
    if (!invocation) {
      std::fputs(text.c_str(), stdout);
      return std::fflush(stdout) == 0 ? 0 : kFailed;
    }
    invocation->embedded = embedded;
    run_command(*invocation);
    return 0;
  } catch (const Error& error) {
    // env.py ended the program by itself, and well.
    if (error.message() == python::Evaluator::kExitDone) return 0;
    bool usage = error.code() == code::kUsage;
    complain(usage ? program + ": error: " : "FAILED: ", error.render());
    return exit_code(error);
  } catch (const std::bad_alloc&) {
    complain("FAILED: ", "out of memory");
    return kFailed;
  } catch (const std::exception& error) {
    complain("FAILED: ", std::string("unexpected error: ") + error.what());
    return kFailed;
  }
}

}  // namespace retort::cli
