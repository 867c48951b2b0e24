#include "runtime/environment_run.h"

#include "base/error.h"
#include "base/file.h"
#include "revision/resolve.h"
#include "runtime/configured_context.h"

namespace retort::runtime {

namespace fs = std::filesystem;
using python::Value;

namespace {

// context.configure() names another dialect than the one that what was evaluated until then had to
// take for it: the evaluation starts again, knowing it.
struct OtherDialect {
  const dialect::Dialect* dialect;
};

std::string keys_hint(const config::Config& config) {
  std::string where = config.has_ini_file() ? config.ini_name() : config.pyproject_name();
  return "what env.py says can stand in " + where +
         " instead: sqlalchemy.url = ... (or the variable DATABASE_URL), target_metadata = "
         "package.module:Base.metadata for --autogenerate and check, and use_env_py = false";
}

}  // namespace

// What one evaluation of env.py has made.
struct EnvironmentRun::Evaluated {
  Evaluated(const config::Config& from, const Environment& base, Log& log)
      : config(from), evaluation(base, log) {}

  config::Config config;
  Evaluation evaluation;
  modules::Configuration configuration{};
  std::deque<MigrationContext> contexts{};  // the last one is in use
  std::vector<python::Value> template_arguments{};
  bool ran = false;                // context.run_migrations() has done the action
  std::optional<Error> failure{};  // of the command's action
};

EnvironmentRun::EnvironmentRun(const config::Config& config, const config::Settings& settings,
                               const script::Directory& directory, Request request, Log& log,
                               MigrationContext::Write write)
    : config_(config),
      settings_(settings),
      directory_(directory),
      request_(std::move(request)),
      log_(log),
      write_(std::move(write)),
      base_(read_settings(config, settings, request_.tag)) {
  base_.lock_timeout = request_.lock_timeout;
  base_.target_metadata = request_.target_metadata;
}

EnvironmentRun::~EnvironmentRun() = default;

fs::path EnvironmentRun::env_py() const { return settings_.script_directory / "env.py"; }

void EnvironmentRun::run(const Action& action) {
  action_ = &action;
  std::error_code ignored;
  fs::path path = env_py();
  if (!settings_.use_env_py || !fs::is_regular_file(path, ignored)) return run_configured(action);
  try {
    evaluate(path, likely_dialect());
  } catch (const OtherDialect& other) {
    evaluate(path, *other.dialect);
  }
}

void EnvironmentRun::run_configured(const Action& action) {
  base_.database = config::database_url(config_);
  Evaluation& evaluation = start();
  Session& session = evaluation.open(base_.database.url, request_.command.sql);
  Environment environment = base_;
  read_configured(config_, settings_, evaluation, environment);
  action(evaluated_->contexts.emplace_back(directory_, std::move(environment), log_, evaluation,
                                           session, request_.command.sql ? write_ : nullptr));
}

Evaluation& EnvironmentRun::start() {
  evaluated_ = std::make_unique<Evaluated>(config_, base_, log_);
  evaluated_->evaluation.set_environment(this);
  return evaluated_->evaluation;
}

Evaluation& EnvironmentRun::evaluation() { return evaluated_ ? evaluated_->evaluation : start(); }

script::MakoValues EnvironmentRun::template_values() {
  python::Evaluator& evaluator = evaluation().evaluator();
  script::MakoValues out{
      {"config", evaluator.get_attr(evaluator.import_module("alembic.config"), "config")}};
  for (const Value& arguments : evaluated_->template_arguments) {
    const auto* dict = arguments.get<python::Dict>();
    if (!dict) continue;
    for (const python::Dict::Entry& entry : dict->entries()) {
      if (entry.key) out.emplace_back(evaluator.to_str(entry.key), entry.value);
    }
  }
  return out;
}

void EnvironmentRun::evaluate(const fs::path& path, const dialect::Dialect& assumed) {
  auto source = std::make_shared<Source>(path.string(), read_file(path));
  Evaluation& evaluation = start();
  evaluation.assume(assumed);
  if (request_.command.sql) {
    evaluation.allow_writing(
        [](const std::string& name, const std::string& text) { write_file(name, text); });
  }
  try {
    evaluation.run_file(source, "env_py");
    if (!evaluated_->ran) {
      log_.warning("alembic.env",
                   path.string() + " did not call context.run_migrations(): nothing was done");
    }
  } catch (Error& error) {
    // What the action threw is the command's own: env.py only let it pass.
    if (evaluated_->failure) throw Error(*evaluated_->failure);
    // A database or a URL that fails says so itself.
    bool of_env = error.code() == code::kScript || error.code() == code::kUnknownValue ||
                  error.code() == code::kLimit || error.code() == code::kUrl;
    if (!of_env || error.message().starts_with(python::Evaluator::kExit)) throw;
    if (evaluated_->ran) {
      error.with_context("env.py failed after context.run_migrations()");
      if (std::string kept = what_is_kept(); !kept.empty()) error.with_hint(std::move(kept));
      throw;
    }
    error.with_context("env.py can't be evaluated");
    // Of the URL and of options the hint says what is to be done.
    bool of_option = error.message().find(": alembic.util.CommandError: ") != std::string::npos ||
                     error.message().find(": sqlalchemy.exc.ArgumentError: ") != std::string::npos;
    // `raise` says itself what to do.
    const Place& place = error.place();
    bool raised = place && place.source->text(place.span).starts_with("raise ");
    if (raised) throw;
    if (error.hint().empty()) {
      error.with_hint(keys_hint(config_));
    } else if (!of_option) {
      error.with_hint(error.hint() + "\n  " + keys_hint(config_));
    }
    throw;
  }
}

std::string EnvironmentRun::what_is_kept() const {
  const std::string& command = request_.command.command;
  bool moves = command == "upgrade" || command == "downgrade" || command == "stamp";
  if (!moves || request_.command.sql) return "";
  for (MigrationContext& context : evaluated_->contexts) {
    if (context.session().is_rolled_back()) {
      return "what had run is rolled back with the transaction that env.py began";
    }
  }
  return "what had run is committed";
}

const dialect::Dialect& EnvironmentRun::likely_dialect() const {
  try {
    return dialect::find_dialect(config::backend_name(config::database_url(config_).url.backend));
  } catch (const Error&) {
    return dialect::find_dialect("postgresql");
  }
}

// ---- what env.py asks

config::Config& EnvironmentRun::config() {
  evaluation();
  return evaluated_->config;
}

std::vector<std::string> EnvironmentRun::heads() const {
  return directory_.graph().ids(directory_.graph().heads());
}

std::string EnvironmentRun::script_directory() const { return settings_.script_directory.string(); }

std::vector<modules::RevisionFile> EnvironmentRun::revisions() const {
  const revision::Graph& graph = directory_.graph();
  std::vector<modules::RevisionFile> out;
  for (revision::Node node : revision::history(graph, {})) {
    const script::Script& script = directory_.script(node);
    out.push_back({script.revision.id, script.revision.down_revisions, script.revision.depends_on,
                   script.revision.branch_labels, script.path.string(), script.text,
                   graph.is_head(node)});
  }
  return out;
}

std::vector<std::string> EnvironmentRun::find_revisions(const std::string& name) const {
  const revision::Graph& graph = directory_.graph();
  return graph.ids(revision::find_all(graph, name));
}

std::vector<std::string> EnvironmentRun::walk_revisions(const std::string& base,
                                                        const std::string& head) const {
  const revision::Graph& graph = directory_.graph();
  return graph.ids(revision::history(graph, {base, head}));
}

Value EnvironmentRun::revision_module(const std::string& id) {
  const script::Script& script = directory_.script(*directory_.graph().find(id));
  if (script.language != script::Language::kPython) return Value::none();
  return evaluation().run_file(script.source(), script.path.stem().string());
}

modules::Host& EnvironmentRun::open(const std::string& url) {
  return evaluated_->evaluation.open(config::parse_url(url), false);
}

std::string EnvironmentRun::default_url() const {
  return config::database_url(evaluated_ ? evaluated_->config : config_).url.render(false);
}

// ---- what env.py says

Session& EnvironmentRun::session_for(const modules::Configuration& configuration,
                                     Environment& environment) {
  Evaluation& evaluation = evaluated_->evaluation;
  bool offline = request_.command.sql;
  auto* given = static_cast<Session*>(configuration.connection);
  if (given && (!offline || given->offline())) return *given;
  if (given) return evaluation.open(given->database(), true);
  if (configuration.url) {
    config::Url url = config::parse_url(*configuration.url);
    return evaluation.open(std::move(url), offline);
  }
  if (configuration.dialect_name && offline) {
    return evaluation.open(dialect::find_dialect(*configuration.dialect_name));
  }
  environment.database = config::database_url(evaluated_->config);
  return evaluation.open(environment.database.url, offline);
}

MigrationContext::Write EnvironmentRun::writer(const modules::Configuration& configuration) {
  if (!request_.command.sql) return nullptr;
  if (!configuration.output_buffer) return write_;
  python::Evaluator& evaluator = evaluated_->evaluation.evaluator();
  return [&evaluator, buffer = configuration.output_buffer](std::string_view text) {
    const std::vector<python::Value> arguments{evaluator.str(text)};
    evaluator.call_method(buffer, "write", arguments);
  };
}

void EnvironmentRun::configure(modules::Configuration configuration) {
  Evaluation& evaluation = evaluated_->evaluation;
  Environment environment = base_;
  Session& session = session_for(configuration, environment);
  if (!evaluation.current() && evaluation.assumption_used() &&
      evaluation.assumption_used() != &session.dialect()) {
    throw OtherDialect{&session.dialect()};
  }
  environment.database.url = session.database();
  evaluated_->configuration = std::move(configuration);
  if (const Value arguments = evaluated_->configuration.template_arguments) {
    evaluated_->template_arguments.push_back(arguments);
  }
  read_configured(config_, settings_, evaluation, environment);
  read_configuration(evaluated_->configuration, evaluation, environment);
  evaluated_->contexts.emplace_back(directory_, std::move(environment), log_, evaluation, session,
                                    writer(evaluated_->configuration));
}

bool EnvironmentRun::configured() const { return evaluated_ && !evaluated_->contexts.empty(); }

const modules::Configuration& EnvironmentRun::configuration() const {
  static const modules::Configuration kNone;
  return evaluated_ ? evaluated_->configuration : kNone;
}

MigrationContext& EnvironmentRun::current(std::string_view what) {
  if (!configured()) {
    throw Error(code::kScript, "No context has been configured yet.")
        .with_place(evaluated_->evaluation.evaluator().place())
        .with_hint("call context.configure() before " + std::string(what));
  }
  return evaluated_->contexts.back();
}

void EnvironmentRun::begin_transaction() { current("context.begin_transaction()").begin_block(); }

void EnvironmentRun::end_transaction(bool failed) {
  current("the end of context.begin_transaction()").end_block(failed);
}

void EnvironmentRun::run_migrations(Evaluation::Keywords keywords) {
  MigrationContext& context = current("context.run_migrations()");
  context.set_keywords(std::move(keywords));
  try {
    (*action_)(context);
    evaluated_->ran = true;
  } catch (const Error& error) {
    evaluated_->failure = error;
    throw;
  }
}

void EnvironmentRun::static_output(const std::string& text) {
  MigrationContext& context = current("context.static_output()");
  if (context.offline()) context.printer().text(text);
}

}  // namespace retort::runtime
