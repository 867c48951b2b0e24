#include "runtime/script_runner.h"

#include <algorithm>

#include "script/sql_script.h"
#include "sql/splitter.h"

namespace retort::runtime {

ScriptRunner::ScriptRunner(MigrationContext& context, Sink& sink,
                           const std::vector<const script::Script*>& scripts)
    : context_(&context), parsed_(scripts) {
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

// ${name} of an SQL script: -x name=value, the last one counts, else the environment's.
std::optional<std::string> variable(const Environment& environment, std::string_view name) {
  std::optional<std::string> found;
  for (const std::string& argument : environment.x_arguments) {
    std::size_t equals = argument.find('=');
    if (equals != std::string::npos && std::string_view(argument).substr(0, equals) == name) {
      found = argument.substr(equals + 1);
    }
  }
  if (!found && environment.lookup) found = environment.lookup(std::string(name));
  return found;
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
  switch (script.language) {
    case script::Language::kPython:
      return run_python(script, direction);
    case script::Language::kSql:
      return run_sql(script, direction);
    case script::Language::kCompiled:
      return run_compiled(script, direction);
  }
}

void ScriptRunner::run_python(const script::Script& script, Direction direction) {
  std::string_view name = direction == Direction::kUpgrade ? "upgrade" : "downgrade";
  const python::ProgramPtr program = parsed_.take(script);
  Evaluation& evaluation = context_->evaluation();
  const Evaluation::Script running(evaluation);
  python::Module* module = evaluation.run_program(program, script.path.stem().string());
  python::Value function = module->attributes.find(name);
  if (!function) {
    throw Error(code::kScript, "the script has no " + std::string(name) + "() function")
        .with_place({program->tree.source, {0, 0}})
        .with_hint("write `def " + std::string(name) + "(): pass` if there is nothing to do");
  }
  evaluation.call(function, {}, context_->keywords());
}

void ScriptRunner::run_sql(const script::Script& script, Direction direction) {
  Session& session = context_->session();
  script::SqlSection section = script::read_sql_section(
      script.source(), direction == Direction::kUpgrade,
      sql::split_dialect(session.dialect().name()),
      [this](std::string_view name) { return variable(context_->environment(), name); });
  if (!section.transaction) session.enter_autocommit();
  for (const script::SqlSection::Statement& statement : section.statements) {
    session.invoke(operations::Execute{sql::raw(statement.sql)}, statement.place);
  }
  if (!section.transaction) session.leave_autocommit();
}

void ScriptRunner::run_compiled(const script::Script& script, Direction direction) {
  bool up = direction == Direction::kUpgrade;
  const std::function<void(modules::Host&)>& function = up ? script.upgrade : script.downgrade;
  if (!function) {
    throw Error(code::kScript, "revision " + script.revision.id + " has no " +
                                   (up ? "upgrade" : "downgrade") + " function")
        .with_hint(up ? "give RETORT_REVISION an `.upgrade`, empty if there is nothing to do"
                      : "it can't be taken back; restore a backup, or give it a `.downgrade`");
  }
  function(context_->session());
}

}  // namespace retort::runtime
