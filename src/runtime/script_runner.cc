#include "runtime/script_runner.h"

#include <algorithm>

#include "base/file.h"

namespace retort::runtime {

ScriptRunner::ScriptRunner(MigrationContext& context, Sink& sink) : context_(&context) {
  context_->session().attach(&sink);
}

ScriptRunner::~ScriptRunner() {
  // With --sql env.py may write more after the run.
  if (!context_->offline()) context_->session().attach(nullptr);
}

namespace {

// The calls that lead to the script, through env.py, say nothing about its error.
Error without_callers(Error error, std::size_t callers) {
  std::vector<CallSite> calls = error.calls();
  calls.resize(calls.size() - std::min(calls.size(), callers));
  error.with_calls(std::move(calls));
  return error;
}

}  // namespace

void ScriptRunner::run(const script::Script& script, Direction direction) {
  python::Evaluator& evaluator = context_->evaluation().evaluator();
  std::size_t callers = evaluator.place() ? evaluator.calls().size() + 1 : 0;
  try {
    run_apart(script, direction);
  } catch (const Error& error) {
    throw without_callers(error, callers);
  }
}

void ScriptRunner::run_apart(const script::Script& script, Direction direction) {
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
