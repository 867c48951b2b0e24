#include "runtime/script_runner.h"

#include "modules/bind.h"
#include "python/parser.h"
#include "script/sql_script.h"
#include "sql/splitter.h"

namespace retort::runtime {

using python::Value;

namespace {

python::Evaluator::Options evaluator_options(ProjectFinder& finder, Log& log) {
  python::Evaluator::Options options;
  options.finder = &finder;
  options.print = [&log](std::string_view text) { log.output(text); };
  return options;
}

// The error a database gave, where that is what an uncaught exception stands for.
Error error_of(python::Evaluator& evaluator, const python::Raised& raised) {
  const Error* original = raised.exception->native<Error>();
  if (!original) return evaluator.error_from(raised);
  Error error = *original;
  std::vector<CallSite> calls = raised.exception->calls;
  if (!error.place()) {
    error.with_place(raised.exception->place);
  } else {
    // The error shows its place in the statement; the script's line comes first among the calls.
    calls.insert(calls.begin(), {raised.exception->place, ""});
  }
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

ScriptRunner::ScriptRunner(const dialect::Dialect& dialect, database::Connection* connection,
                           Sink& sink, const Environment& environment, Log& log)
    : dialect_(&dialect),
      connection_(connection),
      sink_(&sink),
      environment_(&environment),
      log_(&log),
      finder_(environment.import_paths),
      evaluator_(std::make_unique<python::Evaluator>(evaluator_options(finder_, log))) {
  modules::bind_modules(*evaluator_, *this, services());
}

ScriptRunner::~ScriptRunner() = default;

modules::StdlibServices ScriptRunner::services() {
  modules::StdlibServices services;
  services.environment = environment_->lookup;
  services.project = environment_->project_folder;
  services.log = [this](int level, std::string_view logger, std::string_view message) {
    constexpr int kInfo = 20;
    constexpr int kWarning = 30;
    constexpr int kError = 40;
    Log::Level own = level >= kError     ? Log::Level::kError
                     : level >= kWarning ? Log::Level::kWarning
                     : level >= kInfo    ? Log::Level::kInfo
                                         : Log::Level::kDebug;
    log_->write(own, logger, message);
  };
  return services;
}

void ScriptRunner::run(const script::Script& script, Direction direction) {
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
  SourcePtr source = script.source();
  python::ProgramPtr program = python::parse(source);
  evaluator_->restart_steps();
  python::Module* module = evaluator_->run(program, script.path.stem().string());
  Value function = module->attributes.find(name);
  if (!function) {
    throw Error(code::kScript, "the script has no " + std::string(name) + "() function")
        .with_place({source, {0, 0}})
        .with_hint("write `def " + std::string(name) + "(): pass` if there is nothing to do");
  }
  try {
    Value result = evaluator_->call(function);
    (void)result;
  } catch (const python::Raised& raised) {
    throw error_of(*evaluator_, raised);
  }
}

void ScriptRunner::run_sql(const script::Script& script, Direction direction) {
  script::SqlSection section = script::read_sql_section(
      script.source(), direction == Direction::kUpgrade, sql::split_dialect(dialect_->name()),
      [this](std::string_view name) { return variable(*environment_, name); });
  if (!section.transaction) sink_->enter_autocommit();
  for (const script::SqlSection::Statement& statement : section.statements) {
    invoke(operations::Execute{sql::raw(statement.sql)}, statement.place);
  }
  if (!section.transaction) sink_->leave_autocommit();
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
  function(*this);
}

std::string ScriptRunner::url() const { return environment_->database.url.render(); }

void ScriptRunner::invoke(operations::Operation operation, const Place& place) {
  try {
    sink_->invoke(operation);
  } catch (Error& error) {
    if (!error.place()) error.with_place(place);
    throw;
  }
}

schema::NamingConvention ScriptRunner::naming_convention() const {
  return environment_->naming_convention;
}
std::vector<std::string> ScriptRunner::x_arguments() const { return environment_->x_arguments; }
std::string ScriptRunner::tag() const { return environment_->tag; }
std::string ScriptRunner::version_table() const { return environment_->version_table; }
std::string ScriptRunner::version_table_schema() const {
  return environment_->version_table_schema;
}

}  // namespace retort::runtime
