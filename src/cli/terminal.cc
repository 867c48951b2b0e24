#include "cli/terminal.h"

#include <cstdio>
#include <string>

#include "base/error.h"

namespace retort::cli {

namespace {

void put(std::FILE* file, std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file) != text.size() && file == stdout) {
    throw Error(code::kFile, "can't write to standard output");
  }
}

std::string_view level_name(runtime::Log::Level level) {
  switch (level) {
    case runtime::Log::Level::kDebug:
      return "DEBUG";
    case runtime::Log::Level::kInfo:
      return "INFO ";
    case runtime::Log::Level::kWarning:
      return "WARNI";
    case runtime::Log::Level::kError:
      return "ERROR";
  }
  return "";
}

}  // namespace

void Terminal::result(std::string_view text) {
  put(stdout, text);
  put(stdout, "\n");
}

void Terminal::status(std::string_view line) {
  if (!quiet_) result(line);
}

void Terminal::warning(std::string_view line) {
  flush();
  put(stderr, "warning: ");
  put(stderr, line);
  put(stderr, "\n");
}

void Terminal::raw(std::string_view text) { put(stdout, text); }

void Terminal::write(Level level, std::string_view logger, std::string_view message) {
  if (quiet_ && level < Level::kWarning) return;
  if (!levels_.shows(level, logger)) return;
  // In the order in which things happened, where both go to one place.
  flush();
  // In one piece: standard error has no buffer.
  std::string line(level_name(level));
  line.append(" [").append(logger).append("] ").append(message).append("\n");
  put(stderr, line);
}

void Terminal::flush() {
  if (std::fflush(stdout) != 0) throw Error(code::kFile, "can't write to standard output");
}

}  // namespace retort::cli
