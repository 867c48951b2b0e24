#pragma once

#include <chrono>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "config/settings.h"
#include "modules/environment_host.h"
#include "runtime/evaluation.h"
#include "runtime/log.h"
#include "runtime/migration_context.h"
#include "script/directory.h"
#include "script/mako_render.h"

namespace retort::runtime {

// What the command line asked for, as env.py may see it.
struct Request {
  modules::CommandOptions command{};
  std::string tag{};
  std::optional<std::chrono::milliseconds> lock_timeout{};
  // The wanted schema of the program itself, where it has one.
  std::function<std::vector<schema::MetaData>()> target_metadata{};
};

// A command's way to its database. With an env.py that is the project's: it is evaluated, says with
// context.configure() what to act on, and context.run_migrations() runs the command's action there,
// once or for each of several databases. Without one, or when `use_env_py = false` says so, the
// action runs once on what the configuration names.
class EnvironmentRun final : private modules::EnvironmentHost {
 public:
  using Action = std::function<void(MigrationContext&)>;

  // Everything given outlives it. `write` takes the text of --sql.
  EnvironmentRun(const config::Config& config, const config::Settings& settings,
                 const script::Directory& directory, Request request, Log& log,
                 MigrationContext::Write write);
  ~EnvironmentRun() override;

  // Throws what the evaluation and the action throw. What env.py can't tell is an error that says
  // which keys of the configuration tell it instead.
  void run(const Action& action);

  // What the run evaluated, and the contexts that it made with their environments: there until the
  // next run. Without a run, an evaluation of nothing.
  Evaluation& evaluation();
  // What script.py.mako is given beside the revision: `config`, and the template_args of
  // context.configure(), in order: a later one wins.
  script::MakoValues template_values();

 private:
  struct Evaluated;

  std::filesystem::path env_py() const;
  void run_configured(const Action& action);
  Evaluation& start();
  std::string what_is_kept() const;
  void evaluate(const std::filesystem::path& path, const dialect::Dialect& assumed);
  const dialect::Dialect& likely_dialect() const;
  Session& session_for(const modules::Configuration& configuration, Environment& environment);
  MigrationContext::Write writer(const modules::Configuration& configuration);
  MigrationContext& current(std::string_view what);

  config::Config& config() override;
  const modules::CommandOptions& command() const override { return request_.command; }
  std::vector<std::string> heads() const override;
  std::string script_directory() const override;
  std::vector<modules::RevisionFile> revisions() const override;
  std::vector<std::string> find_revisions(const std::string& name) const override;
  std::vector<std::string> walk_revisions(const std::string& base,
                                          const std::string& head) const override;
  python::Value revision_module(const std::string& id) override;
  modules::Host& open(const std::string& url) override;
  std::string default_url() const override;
  void configure(modules::Configuration configuration) override;
  bool configured() const override;
  void begin_transaction() override;
  void end_transaction(bool failed) override;
  void run_migrations(Evaluation::Keywords keywords) override;
  void static_output(const std::string& text) override;
  const modules::Configuration& configuration() const override;

  const config::Config& config_;
  const config::Settings& settings_;
  const script::Directory& directory_;
  Request request_;
  Log& log_;
  MigrationContext::Write write_;
  Environment base_;
  const Action* action_ = nullptr;
  std::unique_ptr<Evaluated> evaluated_;
};

}  // namespace retort::runtime
