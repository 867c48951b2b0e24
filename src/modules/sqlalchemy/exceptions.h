#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "python/evaluator.h"

namespace retort::modules {

// A class of sqlalchemy.exc by name; nullptr when there is none.
python::Class* exception_class(python::Evaluator& evaluator, std::string_view name);

// Raises the exception that SQLAlchemy raises for a database's refusal, so that scripts can catch
// it: IntegrityError, OperationalError, ProgrammingError, ... The error itself is the exception's
// payload; uncaught, it comes out again as it was. An error that is not about a database or an
// operation is thrown on.
[[noreturn]] void raise_database_error(python::Evaluator& evaluator, const Error& error);

void bind_exceptions(python::Evaluator& evaluator);

}  // namespace retort::modules
