#include "modules/invoke.h"

#include "base/error.h"
#include "modules/sqlalchemy/exceptions.h"

namespace retort::modules {

void invoke(python::Evaluator& evaluator, Host& host, operations::Operation operation) {
  try {
    host.invoke(std::move(operation), evaluator.place());
  } catch (const Error& error) {
    raise_database_error(evaluator, error);
  }
}

}  // namespace retort::modules
