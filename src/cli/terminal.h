#pragma once

#include <string_view>

#include "command/output.h"
#include "runtime/log.h"

namespace retort::cli {

// Results and --sql to standard output, everything else to standard error, in Alembic's words:
// "INFO  [alembic.runtime.migration] Running upgrade a -> b, message".
class Terminal final : public command::Output, public runtime::Log {
 public:
  explicit Terminal(bool quiet) : quiet_(quiet) {}

  void result(std::string_view text) override;
  void status(std::string_view line) override;
  void warning(std::string_view line) override;
  void raw(std::string_view text) override;
  void output(std::string_view text) override { raw(text); }
  void write(Level level, std::string_view logger, std::string_view message) override;
  void flush();

 private:
  bool quiet_;
};

}  // namespace retort::cli
