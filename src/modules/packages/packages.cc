#include "modules/packages/packages.h"

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
    {"_alembic_ops", "alembic_ops"},
    {"alembic.autogenerate", "alembic_ops"},
    {"alembic.autogenerate.api", "alembic_ops"},
    {"alembic.autogenerate.render", "alembic_ops"},
    {"alembic.autogenerate.rewriter", "alembic_ops"},
    {"alembic.config", "alembic_config"},
    {"alembic.context", "alembic_context"},
    {"alembic.runtime.environment", "alembic_environment"},
    {"alembic.util", "alembic_util"},
    {"alembic.util.exc", "alembic_util"},
    {"alembic.util.messaging", "alembic_util"},
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
};

}  // namespace

void bind_packages(Evaluator& evaluator) {
  for (const Row& row : kRows) {
    evaluator.bind_module(std::string(row.name), [stem = row.stem](Evaluator& ev, Module& module) {
      stdlib::load_text(ev, module, stem);
    });
  }
}

}  // namespace retort::modules
