#pragma once

#include <string_view>

#include "command/output.h"
#include "runtime/log.h"
#include "runtime/log_levels.h"

namespace retort::cli {

// Results and --sql to standard output, everything else to standard error, in Alembic's words:
// "INFO  [alembic.runtime.migration] Running upgrade a -> b, message".
class Terminal final : public command::Output, public runtime::Log {
 public:
  // `quiet`: no status lines, and log lines from warnings on. `verbose`: the statements too.
  Terminal(bool quiet, bool verbose) : quiet_(quiet) {
    if (verbose) levels_.show_statements();
  }

  void result(std::string_view text) override;
  void status(std::string_view line) override;
  void warning(std::string_view line) override;
  void raw(std::string_view text) override;
  void output(std::string_view text) override { raw(text); }
  void write(Level level, std::string_view logger, std::string_view message) override;
  void set_level(std::string_view logger, int level) override { levels_.set(logger, level); }
  bool wants_statements() const override {
    return levels_.shows(Level::kInfo, runtime::kStatementLogger);
  }
  void flush();

 private:
  bool quiet_;
  runtime::LogLevels levels_{};
};

}  // namespace retort::cli
