#pragma once

#include <string_view>

namespace retort::runtime {

// Where log lines go: standard error for the command line, a callback for a library's user.
class Log {
 public:
  enum class Level { kDebug, kInfo, kWarning, kError };
  virtual ~Log() = default;
  // `logger` is the dotted name Alembic logs under: "alembic.runtime.migration".
  virtual void write(Level level, std::string_view logger, std::string_view message) = 0;

  // What an evaluated file prints: standard output for the command line.
  virtual void output(std::string_view text) = 0;

  void info(std::string_view logger, std::string_view message) {
    write(Level::kInfo, logger, message);
  }
  void warning(std::string_view logger, std::string_view message) {
    write(Level::kWarning, logger, message);
  }
};

inline constexpr std::string_view kMigrationLogger = "alembic.runtime.migration";

}  // namespace retort::runtime
