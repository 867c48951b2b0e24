#include "modules/bind.h"

#include "modules/alembic/op.h"
#include "modules/sqlalchemy/package.h"
#include "modules/stdlib/stdlib.h"

namespace retort::modules {

void bind_modules(python::Evaluator& evaluator, Host& host) {
  bind_stdlib(evaluator, {});
  bind_sqlalchemy(evaluator, host);
  bind_alembic(evaluator, host);
}

}  // namespace retort::modules
