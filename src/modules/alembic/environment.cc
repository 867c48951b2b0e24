#include "modules/alembic/environment.h"

#include <initializer_list>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "modules/arguments.h"
#include "modules/environment_host.h"
#include "modules/sqlalchemy/connection.h"

namespace retort::modules {

using python::Arguments;
using python::Dict;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

EnvironmentHost& environment_of(Host& host) {
  EnvironmentHost* environment = host.environment();
  if (!environment) {
    throw Error(code::kScript, "alembic.context can be used in a project only");
  }
  return *environment;
}

Value text_or_none(Evaluator& evaluator, const std::optional<std::string>& text) {
  return text ? evaluator.str(*text) : Value::none();
}

Value texts(Evaluator& evaluator, const std::vector<std::string>& all) {
  std::vector<Value> items;
  for (const std::string& text : all) items.push_back(evaluator.str(text));
  return evaluator.list(std::move(items));
}

Dict* dict_of(Evaluator& evaluator,
              std::initializer_list<std::pair<std::string_view, Value>> entries) {
  Dict* dict = evaluator.dict();
  for (const auto& [name, value] : entries) dict->set(evaluator, evaluator.str(name), value);
  return dict;
}

// The history for alembic_script.py, newest first: a dict for each file.
Value revisions(Evaluator& evaluator, Host& host) {
  std::vector<Value> out;
  for (const RevisionFile& file : environment_of(host).revisions()) {
    out.emplace_back(
        dict_of(evaluator, {
                               {"revision", evaluator.str(file.id)},
                               {"down_revisions", texts(evaluator, file.down_revisions)},
                               {"dependencies", texts(evaluator, file.dependencies)},
                               {"branch_labels", texts(evaluator, file.branch_labels)},
                               {"path", evaluator.str(file.path)},
                               {"text", evaluator.str(file.text)},
                               {"is_head", Value::boolean(file.is_head)},
                           }));
  }
  return evaluator.list(std::move(out));
}

// ---- the configuration

// Runs what may throw an error of the configuration or of a revision's name: CommandError for
// evaluated code.
template <typename Call>
auto guarded(Evaluator& evaluator, Call call) {
  try {
    return call();
  } catch (const Error& error) {
    if (error.code() != code::kConfig && error.code() != code::kRevision) throw;
    const Value cls = evaluator.get_attr(evaluator.import_module("alembic.util"), "CommandError");
    python::Exception* made =
        evaluator.exception(cls.get<python::Class>(), {evaluator.str(error.message())});
    made->hint = error.hint();
    evaluator.raise(made);
  }
}

Value option_value(Evaluator& evaluator, const config::OptionValue& option) {
  if (const bool* flag = std::get_if<bool>(&option.value)) return Value::boolean(*flag);
  if (const auto* number = std::get_if<std::int64_t>(&option.value)) {
    return Value::integer(*number);
  }
  if (const auto* list = std::get_if<std::vector<std::string>>(&option.value)) {
    return texts(evaluator, *list);
  }
  return evaluator.str(std::get<std::string>(option.value));
}

void define_config(Evaluator& evaluator, Module& module, Host& host) {
  evaluator.define(module, "get(section, name)", [&host](Evaluator& e, Arguments& args) {
    config::Config& config = environment_of(host).config();
    const std::string section = text_of(e, args[0], "section");
    if (!config.ini().has_section(section)) return Value::none();
    return guarded(e, [&] {
      return text_or_none(e, config.get_section_option(section, text_of(e, args[1], "name")));
    });
  });
  evaluator.define(module, "set(section, name, value)", [&host](Evaluator& e, Arguments& args) {
    if (!args[2].is_str()) {
      if (auto* unknown = args[2].get<python::Unknown>()) {
        e.refuse_unknown(*unknown, "set_main_option()");
      }
      e.type_error("option values must be strings");
    }
    guarded(e, [&] {
      environment_of(host).config().set_section_option(text_of(e, args[0], "section"),
                                                       text_of(e, args[1], "name"),
                                                       text_of(e, args[2], "value"));
    });
    return Value::none();
  });
  evaluator.define(module, "remove(section, name)", [&host](Evaluator& e, Arguments& args) {
    return Value::boolean(environment_of(host).config().ini().remove_option(
        text_of(e, args[0], "section"), text_of(e, args[1], "name")));
  });
  evaluator.define(module, "add_section(name)", [&host](Evaluator& e, Arguments& args) {
    environment_of(host).config().ini().add_section(text_of(e, args[0], "name"));
    return Value::none();
  });
  evaluator.define(module, "sections()", [&host](Evaluator& e, Arguments&) {
    return texts(e, environment_of(host).config().ini().sections());
  });
  evaluator.define(module, "items(section)", [&host](Evaluator& e, Arguments& args) -> Value {
    const config::Config& config = environment_of(host).config();
    return guarded(e, [&]() -> Value {
      const auto items = config.get_section(text_of(e, args[0], "section"));
      if (!items) return Value::none();
      Dict* dict = e.dict();
      for (const auto& [key, value] : *items) dict->set(e, e.str(key), e.str(value));
      return dict;
    });
  });
  evaluator.define(module, "option(name)", [&host](Evaluator& e, Arguments& args) {
    const auto found = environment_of(host).config().option(text_of(e, args[0], "name"));
    return found ? option_value(e, *found) : Value::none();
  });
  evaluator.define(module, "main_section()", [&host](Evaluator& e, Arguments&) {
    return e.str(environment_of(host).config().main_section());
  });
  // Absolute, so that it is found from wherever the command was started.
  evaluator.define(module, "ini_name()", [&host](Evaluator& e, Arguments&) -> Value {
    const config::Config& config = environment_of(host).config();
    if (!config.has_ini_file()) return Value::none();
    return e.str(config.absolute(config.ini_name()).string());
  });
  evaluator.define(module, "toml_name()", [&host](Evaluator& e, Arguments&) -> Value {
    const config::Config& config = environment_of(host).config();
    if (!config.has_pyproject()) return Value::none();
    return e.str(config.absolute(config.pyproject_name()).string());
  });
}

// ---- the command line

Value command(Evaluator& evaluator, Host& host) {
  const CommandOptions& options = environment_of(host).command();
  return dict_of(evaluator,
                 {
                     {"command", evaluator.str(options.command)},
                     {"revision", text_or_none(evaluator, options.revision)},
                     {"starting_revision", text_or_none(evaluator, options.starting_revision)},
                     {"message", text_or_none(evaluator, options.message)},
                     {"sql", Value::boolean(options.sql)},
                     {"autogenerate", Value::boolean(options.autogenerate)},
                     {"x", texts(evaluator, host.x_arguments())},
                     {"tag", host.tag().empty() ? Value::none() : evaluator.str(host.tag())},
                     {"name", evaluator.str(environment_of(host).config().main_section())},
                     {"raiseerr", Value::boolean(false)},
                 });
}

// ---- context.configure()

class Reader {
 public:
  Reader(Evaluator& evaluator, const Dict& options) : evaluator_(evaluator), options_(options) {}

  Value value(std::string_view name) const {
    const Value found = options_.find(name);
    return found && !found.is_none() ? found : Value();
  }
  // Functions and objects; what is unknown to retort stays so until it is used.
  void text(std::string_view name, std::optional<std::string>& target) const {
    if (const Value found = value(name)) target = text_of(evaluator_, found, name);
  }
  void flag(std::string_view name, std::optional<bool>& target) const {
    if (const Value found = value(name)) target = flag_of(evaluator_, found, name);
  }

 private:
  Evaluator& evaluator_;
  const Dict& options_;
};

Configuration read_configuration(Evaluator& evaluator, Value options) {
  const Reader read(evaluator, *options.get<Dict>());
  Configuration out;
  out.options = options;
  if (const Value connection = read.value("connection")) {
    if (auto* unknown = connection.get<python::Unknown>()) {
      evaluator.refuse_unknown(*unknown, "context.configure(connection=...)");
    }
    out.connection = session_of(connection);
    if (!out.connection) {
      evaluator.type_error("context.configure(): connection must be a Connection, not " +
                           evaluator.type_name(connection));
    }
  }
  read.text("url", out.url);
  read.text("dialect_name", out.dialect_name);
  read.flag("transactional_ddl", out.transactional_ddl);
  read.flag("transaction_per_migration", out.transaction_per_migration);
  out.output_buffer = read.value("output_buffer");
  read.text("starting_rev", out.starting_revision);
  read.text("tag", out.tag);
  out.template_arguments = read.value("template_args");
  read.text("version_table", out.version_table);
  read.text("version_table_schema", out.version_table_schema);
  read.flag("version_table_pk", out.version_table_pk);
  out.on_version_apply = evaluator.items(read.value("on_version_apply"));
  if (const Value metadata = read.value("target_metadata")) {
    if (metadata.get<python::List>() || metadata.get<python::Tuple>() ||
        metadata.get<python::Set>()) {
      out.target_metadata = evaluator.items(metadata);
    } else {
      out.target_metadata = {metadata};
    }
  }
  out.compare_type = read.value("compare_type");
  out.compare_server_default = read.value("compare_server_default");
  out.include_name = read.value("include_name");
  out.include_object = read.value("include_object");
  read.flag("include_schemas", out.include_schemas);
  read.flag("render_as_batch", out.render_as_batch);
  out.render_item = read.value("render_item");
  out.process_revision_directives = read.value("process_revision_directives");
  read.text("upgrade_token", out.upgrade_token);
  read.text("downgrade_token", out.downgrade_token);
  read.text("alembic_module_prefix", out.alembic_module_prefix);
  read.text("sqlalchemy_module_prefix", out.sqlalchemy_module_prefix);
  read.text("user_module_prefix", out.user_module_prefix);
  return out;
}

void define_run(Evaluator& evaluator, Module& module, Host& host) {
  evaluator.define(module, "configure(options)", [&host](Evaluator& e, Arguments& args) {
    environment_of(host).configure(read_configuration(e, args[0]));
    // op.get_context() is another one from now on.
    e.import_module("alembic.runtime.migration").get<Module>()->attributes.erase("_current");
    return Value::none();
  });
  evaluator.define(module, "configured()", [&host](Evaluator&, Arguments&) {
    return Value::boolean(environment_of(host).configured());
  });
  evaluator.define(module, "run_migrations(keywords)", [&host](Evaluator& e, Arguments& args) {
    std::vector<std::pair<std::string, Value>> keywords;
    for (const Dict::Entry& entry : args[0].get<Dict>()->entries()) {
      if (entry.key) keywords.emplace_back(e.to_str(entry.key), entry.value);
    }
    environment_of(host).run_migrations(std::move(keywords));
    return Value::none();
  });
  evaluator.define(module, "begin_transaction()", [&host](Evaluator&, Arguments&) {
    environment_of(host).begin_transaction();
    return Value::none();
  });
  evaluator.define(module, "end_transaction(failed)", [&host](Evaluator& e, Arguments& args) {
    environment_of(host).end_transaction(e.truthy(args[0]));
    return Value::none();
  });
  evaluator.define(module, "static_output(text)", [&host](Evaluator& e, Arguments& args) {
    environment_of(host).static_output(e.to_str(args[0]));
    return Value::none();
  });
}

}  // namespace

void bind_environment(Evaluator& evaluator, Host& host) {
  evaluator.bind_module("_environment", [&host](Evaluator& e, Module& module) {
    define_config(e, module, host);
    define_run(e, module, host);
    e.define(module, "command()", [&host](Evaluator& ev, Arguments&) { return command(ev, host); });
    e.define(module, "offline()", [&host](Evaluator&, Arguments&) {
      const EnvironmentHost* environment = host.environment();
      return Value::boolean(environment ? environment->command().sql : host.offline());
    });
    e.define(module, "x_arguments()",
             [&host](Evaluator& ev, Arguments&) { return texts(ev, host.x_arguments()); });
    e.define(module, "tag()", [&host](Evaluator& ev, Arguments&) {
      return host.tag().empty() ? Value::none() : ev.str(host.tag());
    });
    e.define(module, "heads()", [&host](Evaluator& ev, Arguments&) {
      return texts(ev, environment_of(host).heads());
    });
    e.define(module, "revisions()",
             [&host](Evaluator& ev, Arguments&) { return revisions(ev, host); });
    e.define(module, "find_revisions(name)", [&host](Evaluator& ev, Arguments& args) {
      const std::string name = ev.to_str(args["name"]);
      return texts(ev, guarded(ev, [&] { return environment_of(host).find_revisions(name); }));
    });
    e.define(module, "walk_revisions(base, head)", [&host](Evaluator& ev, Arguments& args) {
      const std::string base = ev.to_str(args["base"]);
      const std::string head = ev.to_str(args["head"]);
      return texts(ev,
                   guarded(ev, [&] { return environment_of(host).walk_revisions(base, head); }));
    });
    e.define(module, "revision_module(revision)", [&host](Evaluator& ev, Arguments& args) {
      return environment_of(host).revision_module(ev.to_str(args["revision"]));
    });
    e.define(module, "script_directory()", [&host](Evaluator& ev, Arguments&) {
      return ev.str(environment_of(host).script_directory());
    });
  });
}

}  // namespace retort::modules
