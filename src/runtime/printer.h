#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "runtime/environment.h"
#include "runtime/sink.h"

namespace retort::runtime {

// Prints a run's statements as Alembic's --sql does: each with a semicolon and an empty line after
// it, tabs as four spaces, values inline.
class Printer final : public Sink {
 public:
  using Write = std::function<void(std::string_view)>;
  Printer(const dialect::Dialect& dialect, const Environment& environment, Write write);

  void begin_run();
  void end_run();
  void begin_step();
  void end_step();
  // "-- Running upgrade a -> b"
  void comment(std::string_view text);
  void statement(std::string_view sql);
  void text(std::string_view line);

  void invoke(const operations::Operation& operation) override;
  void enter_autocommit() override;
  void leave_autocommit() override;

  bool transactional() const { return transactional_; }

 private:
  const dialect::Dialect* dialect_;
  dialect::RunMemory memory_;
  dialect::CompileContext context_;
  Write write_;
  bool transactional_ = false;
  bool per_step_ = false;
};

}  // namespace retort::runtime
