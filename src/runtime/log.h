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

  // A level of Python's logging that evaluated code has set (runtime/log_levels.h). Who shows the
  // lines heeds it.
  virtual void set_level(std::string_view /*logger*/, int /*level*/) {}
  // Whether anybody looks at the statements that are sent; they are written as lines of
  // kStatementLogger.
  virtual bool wants_statements() const { return false; }

  void info(std::string_view logger, std::string_view message) {
    write(Level::kInfo, logger, message);
  }
  void warning(std::string_view logger, std::string_view message) {
    write(Level::kWarning, logger, message);
  }
};

inline constexpr std::string_view kMigrationLogger = "alembic.runtime.migration";
// Where SQLAlchemy logs statements.
inline constexpr std::string_view kStatementLogger = "sqlalchemy.engine.Engine";

}  // namespace retort::runtime
