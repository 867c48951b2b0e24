#include "modules/bind.h"

#include <utility>

#include "modules/alembic/op.h"
#include "modules/packages/packages.h"
#include "modules/sqlalchemy/orm.h"
#include "modules/sqlalchemy/package.h"
#include "modules/stdlib/stdlib.h"

namespace retort::modules {

void bind_modules(python::Evaluator& evaluator, Host& host, StdlibServices services) {
  bind_stdlib(evaluator, std::move(services));
  bind_packages(evaluator);
  bind_sqlalchemy(evaluator, host);
  bind_orm(evaluator);
  bind_alembic(evaluator, host);
}

}  // namespace retort::modules
