#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "modules/host.h"
#include "python/evaluator.h"

// The environment script's side of a run: what env.py asks for and what it says.
namespace retort::modules {

// The arguments of context.configure(), as far as they were given.
struct Configuration {
  Host* connection = nullptr;  // the session behind connection=
  std::optional<std::string> url{};
  std::optional<std::string> dialect_name{};
  std::optional<bool> transactional_ddl{};
  std::optional<bool> transaction_per_migration{};
  python::Value output_buffer{};
  std::optional<std::string> starting_revision{};
  std::optional<std::string> tag{};
  python::Value template_arguments{};
  std::optional<std::string> version_table{};
  std::optional<std::string> version_table_schema{};
  std::optional<bool> version_table_pk{};
  std::vector<python::Value> on_version_apply{};
  std::vector<python::Value> target_metadata{};
  python::Value compare_type{};  // a bool or a function, as the next one
  python::Value compare_server_default{};
  python::Value include_name{};
  python::Value include_object{};
  std::optional<bool> include_schemas{};
  std::optional<bool> render_as_batch{};
  python::Value render_item{};
  python::Value process_revision_directives{};
  std::optional<std::string> upgrade_token{};
  std::optional<std::string> downgrade_token{};
  std::optional<std::string> alembic_module_prefix{};
  std::optional<std::string> sqlalchemy_module_prefix{};
  std::optional<std::string> user_module_prefix{};
  python::Value options{};  // a dict of all of them, known or not: get_context().opts
};

// What the command line said, as config.cmd_opts and the get_..._argument() functions show it.
struct CommandOptions {
  std::string command{};  // "upgrade"
  std::optional<std::string> revision{};
  std::optional<std::string> starting_revision{};  // of "a:b" with --sql
  std::optional<std::string> message{};
  bool sql = false;
  bool autogenerate = false;
};

// A file of the history, as the scripts directory shows it.
struct RevisionFile {
  std::string id{};
  std::vector<std::string> down_revisions{};
  std::vector<std::string> dependencies{};
  std::vector<std::string> branch_labels{};
  std::string path{};
  std::string text{};  // its docstring
  bool is_head = false;
};

// The runtime implements it; a host without one (a recorder in a test) knows no env.py.
class EnvironmentHost {
 public:
  virtual ~EnvironmentHost() = default;

  virtual config::Config& config() = 0;  // env.py may change it
  virtual const CommandOptions& command() const = 0;
  virtual std::vector<std::string> heads() const = 0;
  virtual std::string script_directory() const = 0;
  // The whole history, newest first.
  virtual std::vector<RevisionFile> revisions() const = 0;
  // The ids that a name of revisions stands for, and those between two, both included, newest
  // first. Throw Error(code::kRevision).
  virtual std::vector<std::string> find_revisions(const std::string& name) const = 0;
  virtual std::vector<std::string> walk_revisions(const std::string& base,
                                                  const std::string& head) const = 0;
  // A revision's file, evaluated; None for one that is not in Python.
  virtual python::Value revision_module(const std::string& id) = 0;

  // A database that env.py makes an engine for. It is opened by its first use. Throws
  // Error(code::kUrl).
  virtual Host& open(const std::string& url) = 0;

  // The URL of the configuration, or of DATABASE_URL. Throws Error(code::kConfig) when none is set.
  virtual std::string default_url() const = 0;

  // context.configure(): what follows acts on this.
  virtual void configure(Configuration configuration) = 0;
  virtual bool configured() const = 0;
  // with context.begin_transaction()
  virtual void begin_transaction() = 0;
  virtual void end_transaction(bool failed) = 0;
  // context.run_migrations(**keywords): the command's action, on the configured context.
  virtual void run_migrations(std::vector<std::pair<std::string, python::Value>> keywords) = 0;
  // context.static_output(): a line of text with --sql.
  virtual void static_output(const std::string& text) = 0;
  // The arguments of the last configure().
  virtual const Configuration& configuration() const = 0;
};

}  // namespace retort::modules
