#include "modules/packages/packages.h"

#include <array>
#include <string>
#include <string_view>

#include "modules/stdlib/services.h"

namespace retort::modules {

using python::Evaluator;
using python::Module;

namespace {

// The dotted name and the stem of the file.
struct Row {
  std::string_view name;
  std::string_view stem;
};
constexpr Row kRows[] = {
    {"_alembic_migration", "alembic_migration"},
    {"_alembic_ops", "alembic_ops"},
    {"alembic.autogenerate", "alembic_autogenerate"},
    {"alembic.autogenerate.api", "alembic_autogenerate"},
    {"alembic.autogenerate.render", "alembic_autogenerate"},
    {"alembic.autogenerate.rewriter", "alembic_autogenerate"},
    {"alembic.config", "alembic_config"},
    {"alembic.context", "alembic_context"},
    {"alembic.runtime.environment", "alembic_environment"},
    {"alembic.script", "alembic_script"},
    {"alembic.script.base", "alembic_script"},
    {"alembic.util", "alembic_util"},
    {"alembic.util.exc", "alembic_util"},
    {"alembic.util.messaging", "alembic_util"},
    {"appdirs", "platformdirs"},
    {"backports.strenum", "strenum"},
    {"bcrypt", "bcrypt"},
    {"dateutil.parser", "dateutil"},
    {"dateutil.relativedelta", "dateutil"},
    {"dateutil.tz", "dateutil"},
    {"decouple", "decouple"},
    {"dotenv", "dotenv"},
    {"dotenv.main", "dotenv"},
    {"environs", "environs"},
    {"_flask_config", "flask_config"},
    {"_flask_files", "flask_files"},
    {"_flask_project", "flask_project"},
    {"flask", "flask"},
    {"flask.app", "flask"},
    {"flask_bcrypt", "bcrypt"},
    {"flask_migrate", "flask_migrate"},
    {"passlib", "passlib"},
    {"passlib.apps", "passlib"},
    {"passlib.context", "passlib"},
    {"passlib.hash", "passlib"},
    {"platformdirs", "platformdirs"},
    {"_dbapi", "dbapi"},
    {"psycopg", "psycopg2"},
    {"psycopg.errors", "psycopg2_errors"},
    {"psycopg2", "psycopg2"},
    {"psycopg2.errorcodes", "psycopg2_errorcodes"},
    {"psycopg2.errors", "psycopg2_errors"},
    {"psycopg2.extensions", "psycopg2"},
    {"psycopg2.extras", "psycopg2"},
    {"pydantic", "pydantic"},
    {"pydantic.dataclasses", "pydantic_dataclasses"},
    {"pydantic.env_settings", "pydantic_settings"},
    {"pydantic.fields", "pydantic"},
    {"pydantic.functional_validators", "pydantic"},
    {"pydantic.networks", "pydantic"},
    {"pydantic.types", "pydantic"},
    {"pydantic.v1", "pydantic"},
    {"_pydantic_convert", "pydantic_convert"},
    {"_pydantic_fields", "pydantic_fields"},
    {"_pydantic_model", "pydantic_model"},
    {"_pydantic_types", "pydantic_types"},
    {"_pydantic_validators", "pydantic_validators"},
    {"pydantic_core", "pydantic"},
    {"pydantic_core.core_schema", "pydantic"},
    {"pydantic_settings", "pydantic_settings"},
    {"pymysql", "pymysql"},
    {"pymysql.err", "pymysql"},
    {"pytz", "pytz"},
    {"pytz.exceptions", "pytz"},
    {"sqlalchemy.engine", "sqlalchemy_engine"},
    {"sqlalchemy.engine.base", "sqlalchemy_engine"},
    {"sqlalchemy.engine.create", "sqlalchemy_engine"},
    {"sqlalchemy.engine.default", "sqlalchemy_engine"},
    {"sqlalchemy.engine.interfaces", "sqlalchemy_engine"},
    {"sqlalchemy.engine.reflection", "sqlalchemy_engine"},
    {"sqlalchemy.engine.url", "sqlalchemy_engine"},
    {"sqlalchemy.ext.asyncio", "sqlalchemy_asyncio"},
    {"sqlalchemy.ext.asyncio.engine", "sqlalchemy_asyncio"},
    {"sqlalchemy.ext.asyncio.session", "sqlalchemy_asyncio"},
    {"sqlalchemy.pool", "sqlalchemy_engine"},
    {"sqlite3", "sqlite3"},
    {"sqlite3.dbapi2", "sqlite3"},
    {"starlette.config", "starlette_config"},
    {"starlette.datastructures", "starlette_config"},
    {"strenum", "strenum"},
    {"werkzeug", "werkzeug"},
    {"werkzeug.security", "werkzeug"},
    {"yaml", "yaml"},
    {"yaml.constructor", "yaml"},
    {"yaml.loader", "yaml"},
    {"yarl", "yarl"},
};

// What the module's own __getattr__ gives.
python::Value made_when_asked(Evaluator& ev, Module& module, std::string_view name) {
  const python::Value hook = module.attributes.find("__getattr__");
  if (!hook) return {};
  try {
    return ev.call(hook, std::array{ev.str(name)});
  } catch (const python::Raised&) {
    return {};
  }
}

// A name that a stand-in lacks is a value that isn't known: no error before something needs it.
void leave_unknown(Module& module) {
  module.on_missing = [&module, own = module.on_missing](Evaluator& ev,
                                                         std::string_view name) -> python::Value {
    if (const python::Value found = own(ev, name)) return found;
    if (name.starts_with("__")) return {};
    if (const python::Value found = made_when_asked(ev, module, name)) return found;
    return ev.unknown(module.name + "." + std::string(name));
  };
}

// Packages of which only modules are here: what else they have isn't known, and no error before
// something needs it.
constexpr std::string_view kParents[] = {"advanced_alchemy",
                                         "advanced_alchemy.extensions",
                                         "advanced_alchemy.types",
                                         "backports",
                                         "fastapi_storages",
                                         "fastapi_storages.integrations",
                                         "dateutil",
                                         "oslo_db",
                                         "oslo_db.sqlalchemy",
                                         "oslo_utils",
                                         "pgvector",
                                         "starlette"};

void bind_parent(Evaluator& evaluator, std::string_view name) {
  evaluator.bind_module(std::string(name), [](Evaluator&, Module& module) {
    module.on_missing = [&module](Evaluator& ev, std::string_view part) -> python::Value {
      if (part.starts_with("__")) return {};
      const std::string full = module.name + "." + std::string(part);
      return ev.has_native_module(full) ? ev.import_module(full) : ev.unknown(full);
    };
  });
}

}  // namespace

void bind_packages(Evaluator& evaluator) {
  for (const std::string_view name : kParents) bind_parent(evaluator, name);
  for (const Row& row : kRows) {
    evaluator.bind_module(std::string(row.name), [stem = row.stem](Evaluator& ev, Module& module) {
      stdlib::load_text(ev, module, stem);
      const bool own = module.name.starts_with("alembic") || module.name.starts_with("_");
      if (!own) leave_unknown(module);
    });
  }
}

}  // namespace retort::modules
