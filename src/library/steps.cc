#include "library/steps.h"

#include <retort/error.h>

#include "base/text.h"
#include "runtime/migration_context.h"
#include "runtime/script_runner.h"
#include "runtime/sink.h"

namespace retort::library {

namespace {

// Keeps the statements.
class Recorder final : public runtime::Sink {
 public:
  Recorder(const dialect::Dialect& dialect, const runtime::Environment& environment)
      : dialect_(&dialect) {
    context_.naming_convention = environment.naming_convention;
    context_.memory = &memory_;
    context_.binds = sql::Binds::kLiteral;
  }

  void invoke(const operations::Operation& operation) override {
    for (const sql::Statement& statement : dialect_->compile(operation, context_)) {
      statements_.emplace_back(trim(statement.sql));
    }
  }
  void enter_autocommit() override {}
  void leave_autocommit() override {}

  std::vector<std::string> take() { return std::exchange(statements_, {}); }

 private:
  const dialect::Dialect* dialect_;
  dialect::RunMemory memory_;
  dialect::CompileContext context_;
  std::vector<std::string> statements_;
};

}  // namespace

Plan plan_steps(const script::Directory& directory, const runtime::Environment& environment,
                runtime::Log& log, const dialect::Dialect& dialect, const revision::Route& route) {
  Plan plan;
  Recorder recorder(dialect, environment);
  runtime::MigrationContext context(directory, environment, log, [](std::string_view) {});
  runtime::ScriptRunner runner(context, recorder);
  for (const revision::Step& step : route.steps) {
    if (!step.revision) continue;
    const script::Script& script = directory.script(*step.revision);
    PlanStep out;
    out.revision = script.revision.id;
    out.message = script.message();
    out.is_upgrade = step.is_upgrade;
    out.from = step.from;
    out.to = step.to;
    try {
      runner.run(script, step.is_upgrade ? runtime::ScriptRunner::Direction::kUpgrade
                                         : runtime::ScriptRunner::Direction::kDowngrade);
    } catch (const Error& error) {
      out.unknown = error.message();
    }
    out.statements = recorder.take();
    plan.steps.push_back(std::move(out));
  }
  return plan;
}

}  // namespace retort::library

namespace retort {

std::string Plan::str() const {
  std::string out;
  for (const PlanStep& step : steps) {
    out += (step.is_upgrade ? "upgrade " : "downgrade ") + step.revision;
    if (!step.message.empty()) out += ": " + step.message;
    out += "\n";
    for (const std::string& statement : step.statements) out += "  " + statement + ";\n";
    if (!step.unknown.empty()) out += "  (decided as it runs: " + step.unknown + ")\n";
  }
  return out;
}

}  // namespace retort
