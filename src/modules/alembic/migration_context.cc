#include <array>

#include "modules/alembic/directives.h"
#include "modules/alembic/op.h"
#include "modules/arguments.h"
#include "modules/environment_host.h"
#include "modules/invoke.h"
#include "modules/sqlalchemy/connection.h"
#include "operations/version_table.h"

// op.get_context()
namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

constexpr std::string_view kModule = "alembic.runtime.migration";

void define_autocommit(Evaluator& evaluator, Class& block, Host& host) {
  evaluator.define(block, "__enter__(self)", [&host](Evaluator&, Arguments& args) {
    host.enter_autocommit();
    return args[0];
  });
  evaluator.define(block, "__exit__(self, exc_type, exc, traceback)",
                   [&host](Evaluator&, Arguments&) {
                     host.leave_autocommit();
                     return Value::boolean(false);
                   });
}

operations::CreateTable version_table(Host& host) {
  EnvironmentHost* environment = host.environment();
  bool primary_key = !environment || environment->configuration().version_table_pk.value_or(true);
  operations::CreateTable create = operations::create_version_table(
      host.version_table(), host.version_table_schema(), primary_key);
  create.if_not_exists = true;
  return create;
}

}  // namespace

Value context_object(Evaluator& evaluator, Host& host) {
  auto* module = evaluator.import_module(kModule).get<Module>();
  if (Value made = module->attributes.find("_current")) return made;
  Class* cls = evaluator.get_attr(module, "MigrationContext").get<Class>();
  Instance* context = evaluator.new_instance(cls);
  std::string schema = host.version_table_schema();
  context->attributes.set("as_sql", Value::boolean(host.offline()));
  EnvironmentHost* environment = host.environment();
  const Value options = environment ? environment->configuration().options : Value();
  const Value opts = options ? options : Value(evaluator.dict());
  if (auto* dict = opts.get<python::Dict>(); dict && !dict->find("target_metadata")) {
    dict->set(evaluator, evaluator.str("target_metadata"), Value::none());
  }
  context->attributes.set("opts", opts);
  if (environment) {
    const Value script = evaluator.get_attr(evaluator.import_module("alembic.context"), "script");
    context->attributes.set("script", script);
  }
  context->attributes.set("dialect", dialect_object(evaluator, host));
  context->attributes.set("version_table", evaluator.str(host.version_table()));
  context->attributes.set("version_table_schema",
                          schema.empty() ? Value::none() : evaluator.str(schema));
  module->attributes.set("_current", context);
  return context;
}

void bind_migration_context(Evaluator& evaluator, Host& host) {
  evaluator.bind_module(std::string(kModule), [&host](Evaluator& e, Module& module) {
    Class* cls = e.define_class("MigrationContext", std::string(kModule));
    Class* block = e.define_class("AutocommitBlock", std::string(kModule));
    define_autocommit(e, *block, host);
    auto connection = [&host](Evaluator& ev, Value self) {
      // Of a context that configure() made: the one that it was given.
      const Value given = ev.find_attr(self, "_connection");
      return given ? given : connection_object(ev, host);
    };
    e.define_property(*cls, "connection", connection);
    e.define_property(*cls, "bind", connection);
    e.define_property(*cls, "impl", [](Evaluator&, Value self) { return self; });
    e.define_property(*cls, "transactional_ddl", [&host](Evaluator&, Value) {
      return Value::boolean(host.dialect().transactional_ddl());
    });
    e.define_property(*cls, "config", [](Evaluator& ev, Value) {
      return ev.get_attr(ev.import_module("alembic.config"), "config");
    });
    e.define(*cls, "autocommit_block(self)",
             [block](Evaluator& ev, Arguments&) { return Value(ev.new_instance(block)); });
    e.define(*cls, "execute(self, sqltext, execution_options=None)",
             [&host](Evaluator& ev, Arguments& args) {
               invoke(ev, host, read_execute(ev, args));
               return Value::none();
             });
    // Files that lock the version table before the run make sure that it is there.
    e.define(*cls, "_ensure_version_table(self, purge=False)", [&host](Evaluator& ev, Arguments&) {
      if (!host.offline()) invoke(ev, host, version_table(host));
      return Value::none();
    });
    for (const auto& [signature, function] :
         {std::pair{"get_current_heads(self)", "current_heads"},
          std::pair{"get_current_revision(self)", "current_revision"}}) {
      e.define(*cls, signature, [function](Evaluator& ev, Arguments& args) {
        return ev.call(ev.get_attr(ev.import_module("_alembic_migration"), function),
                       std::array{args[0]});
      });
    }
    e.define_static(
        *cls,
        "configure(connection=None, url=None, dialect_name=None, dialect=None, "
        "environment_context=None, dialect_opts=None, opts=None)",
        [cls](Evaluator& ev, Arguments& args) {
          return ev.call(
              ev.get_attr(ev.import_module("_alembic_migration"), "configured"),
              std::array{Value(cls), args["connection"] ? args["connection"] : Value::none(),
                         args["opts"] ? args["opts"] : Value::none()});
        });
    module.attributes.set("MigrationContext", cls);
  });
}

}  // namespace retort::modules
