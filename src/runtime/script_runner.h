#pragma once

#include <memory>
#include <string>

#include "modules/host.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"
#include "runtime/environment.h"
#include "runtime/log.h"
#include "runtime/project_finder.h"
#include "runtime/sink.h"
#include "script/script.h"

namespace retort::runtime {

// Runs revision scripts, whatever they are written in. Of Python's: one evaluator for all scripts
// of a run, so that a module of the project that several of them import is evaluated once, as
// Python does.
class ScriptRunner final : private modules::Host {
 public:
  // `connection` is null for --sql.
  ScriptRunner(const dialect::Dialect& dialect, database::Connection* connection, Sink& sink,
               const Environment& environment, Log& log);
  ~ScriptRunner() override;

  enum class Direction { kUpgrade, kDowngrade };
  // Runs upgrade() or downgrade() of the script. Errors say which revision, file and line.
  void run(const script::Script& script, Direction direction);

 private:
  void run_python(const script::Script& script, Direction direction);
  void run_sql(const script::Script& script, Direction direction);
  void run_compiled(const script::Script& script, Direction direction);
  modules::StdlibServices services();
  const dialect::Dialect& dialect() const override { return *dialect_; }
  bool offline() const override { return connection_ == nullptr; }
  database::Connection& connection() override { return *connection_; }
  std::string url() const override;
  void invoke(operations::Operation operation, const Place& place) override;
  void enter_autocommit() override { sink_->enter_autocommit(); }
  void leave_autocommit() override { sink_->leave_autocommit(); }
  schema::NamingConvention naming_convention() const override;
  std::vector<std::string> x_arguments() const override;
  std::string tag() const override;
  std::string version_table() const override;
  std::string version_table_schema() const override;

  const dialect::Dialect* dialect_;
  database::Connection* connection_;
  Sink* sink_;
  const Environment* environment_;
  Log* log_;
  ProjectFinder finder_;
  std::unique_ptr<python::Evaluator> evaluator_;
};

}  // namespace retort::runtime
