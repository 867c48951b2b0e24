#pragma once

#include <map>
#include <string>
#include <string_view>

#include "runtime/log.h"

namespace retort::runtime {

// Which lines are shown: the levels of Python's logging, as fileConfig(), setLevel() and
// logging.disable() set them. A logger without a level has that of the nearest one above it, at
// last that of "root". Where nothing was set, retort's own lines are shown from INFO on and
// statements (kStatementLogger) are not.
//
// The loggers that Alembic has none for ("retort.migrate", "postgresql") go by "alembic". Lines of
// the project's own loggers were judged where they were written.
class LogLevels {
 public:
  // `level` is Python's number. An empty `logger`: nothing below the level is shown at all.
  void set(std::string_view logger, int level);
  // Shows the statements in any case (--verbose).
  void show_statements() { statements_ = true; }

  bool shows(Log::Level level, std::string_view logger) const;

 private:
  int effective(std::string_view logger, int otherwise) const;

  std::map<std::string, int, std::less<>> levels_{};
  int floor_ = 0;
  bool statements_ = false;
};

}  // namespace retort::runtime
