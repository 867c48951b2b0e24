#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "modules/host.h"
#include "modules/stdlib/stdlib.h"
#include "python/evaluator.h"
#include "runtime/environment.h"
#include "runtime/log.h"
#include "runtime/project_finder.h"
#include "runtime/session.h"
#include "script/script.h"

namespace retort::runtime {

// Everything a command evaluates: env.py, what it imports, the models and the revision scripts. One
// evaluator for all, so that a module of the project is evaluated once, as Python does; and the
// databases that are opened on the way, of which one is in use.
class Evaluation final : private modules::Host {
 public:
  // `environment`, the project's settings, and `log` outlive it.
  Evaluation(const Environment& environment, Log& log);
  ~Evaluation() override;

  python::Evaluator& evaluator() { return *evaluator_; }
  // The project's files that were imported so far.
  const std::vector<std::string>& imported_files() const { return finder_.files(); }

  // A session with a database; nothing is opened yet. It lives as long as the evaluation.
  Session& open(config::Url database, bool offline);
  Session& open(const dialect::Dialect& dialect);
  Session& open(database::Connection& connection);
  // The session that op, sa.inspect() and the rest of the modules act on from now on.
  void use(Session& session) { current_ = &session; }
  Session* current() const { return current_; }

  // What env.py acts on; absent: nothing is evaluated but scripts.
  void set_environment(modules::EnvironmentHost* host) { environment_host_ = host; }
  // Writing of files, asked for by open(name, "w"); absent: refused.
  void allow_writing(std::function<void(const std::string& path, const std::string& text)> write) {
    write_file_ = std::move(write);
  }

  // While a revision runs: what it writes is not for the evaluation alone (a copy of the rows that
  // it drops), so that it is refused.
  class Script {
   public:
    explicit Script(Evaluation& evaluation) : evaluation_(evaluation) {
      evaluation_.in_script_ = true;
    }
    ~Script() { evaluation_.in_script_ = false; }
    Script(const Script&) = delete;
    Script& operator=(const Script&) = delete;

   private:
    Evaluation& evaluation_;
  };

  // The dialect as long as no session is in use, and whether that was asked for: what was evaluated
  // until then may depend on it.
  void assume(const dialect::Dialect& dialect) { assumed_ = &dialect; }
  const dialect::Dialect* assumption_used() const { return assumption_used_ ? assumed_ : nullptr; }

  // Evaluates a file at once as module `name`. Throws Error.
  python::Module* run_file(const SourcePtr& source, const std::string& name);
  python::Module* run_program(const python::ProgramPtr& program, const std::string& name);
  // Calls a function of evaluated code. An uncaught exception comes out as Error; the database's
  // own, when it stands for one.
  using Keywords = std::vector<std::pair<std::string, python::Value>>;
  python::Value call(python::Value function, std::span<const python::Value> args = {},
                     const Keywords& keywords = {});

 private:
  modules::StdlibServices services();
  std::vector<std::filesystem::path> import_paths();

  modules::Host& session() override;
  modules::EnvironmentHost* environment() override { return environment_host_; }
  const dialect::Dialect& dialect() const override;
  bool offline() const override { return !current_ || current_->offline(); }
  database::Connection& connection() override { return session().connection(); }
  std::string url() const override { return current_ ? current_->url() : ""; }
  void begin() override { session().begin(); }
  void commit() override { session().commit(); }
  void rollback() override { session().rollback(); }
  void end(bool failed) override { session().end(failed); }
  void invoke(operations::Operation operation, const Place& place) override;
  void enter_autocommit() override { session().enter_autocommit(); }
  void leave_autocommit() override { session().leave_autocommit(); }
  schema::NamingConvention naming_convention() const override;
  std::vector<std::string> x_arguments() const override { return settings_->x_arguments; }
  std::string tag() const override { return settings_->tag; }
  std::string version_table() const override;
  std::string version_table_schema() const override;

  const Environment* settings_;
  Log* log_;
  ProjectFinder finder_;
  std::deque<Session> sessions_{};
  Session* current_ = nullptr;
  modules::EnvironmentHost* environment_host_ = nullptr;
  std::function<void(const std::string&, const std::string&)> write_file_{};
  bool in_script_ = false;
  const dialect::Dialect* assumed_ = nullptr;
  mutable bool assumption_used_ = false;
  std::unique_ptr<python::Evaluator> evaluator_;
};

}  // namespace retort::runtime
