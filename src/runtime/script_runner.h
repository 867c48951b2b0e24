#pragma once

#include "runtime/migration_context.h"
#include "runtime/parsed_scripts.h"
#include "runtime/sink.h"
#include "script/script.h"

namespace retort::runtime {

// Runs the scripts of one run, whatever they are written in: what they do goes to the sink.
class ScriptRunner {
 public:
  // `scripts`: those that are going to be run, in their order; run() takes any.
  ScriptRunner(MigrationContext& context, Sink& sink,
               const std::vector<const script::Script*>& scripts = {});
  ~ScriptRunner();
  ScriptRunner(const ScriptRunner&) = delete;
  ScriptRunner& operator=(const ScriptRunner&) = delete;

  enum class Direction { kUpgrade, kDowngrade };
  // Runs upgrade() or downgrade() of the script. Errors say which revision, file and line.
  void run(const script::Script& script, Direction direction);

 private:
  void run_apart(const script::Script& script, Direction direction);
  void run_python(const script::Script& script, Direction direction);
  void run_sql(const script::Script& script, Direction direction);
  void run_compiled(const script::Script& script, Direction direction);

  MigrationContext* context_;
  ParsedScripts parsed_;
};

}  // namespace retort::runtime
