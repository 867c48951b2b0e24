#include "runtime/script_runner.h"

#include "base/file.h"

namespace retort::runtime {

ScriptRunner::ScriptRunner(MigrationContext& context, Sink& sink) : context_(&context) {
  context_->session().attach(&sink);
}

ScriptRunner::~ScriptRunner() {
  // With --sql env.py may write more after the run.
  if (!context_->offline()) context_->session().attach(nullptr);
}

void ScriptRunner::run(const script::Script& script, Direction direction) {
  std::string_view name = direction == Direction::kUpgrade ? "upgrade" : "downgrade";
  auto source = std::make_shared<Source>(script.path.string(), read_file(script.path));
  Evaluation& evaluation = context_->evaluation();
  python::Module* module = evaluation.run_file(source, script.path.stem().string());
  python::Value function = module->attributes.find(name);
  if (!function) {
    throw Error(code::kScript, "the script has no " + std::string(name) + "() function")
        .with_place({source, {0, 0}})
        .with_hint("write `def " + std::string(name) + "(): pass` if there is nothing to do");
  }
  evaluation.call(function, {}, context_->keywords());
}

}  // namespace retort::runtime
