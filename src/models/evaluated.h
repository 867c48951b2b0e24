#pragma once

#include <string_view>

#include "python/evaluator.h"
#include "schema/table.h"

// The wanted schema of SQLAlchemy models that are evaluated natively.
namespace retort::models {

// What `name` stands for: "app.db:Base", "app.models:db.metadata", or a module alone, which is
// searched for a MetaData, a declarative base or a Flask-SQLAlchemy object. Importing it evaluates
// nothing yet. Throws Error(code::kScript) when it is not there.
python::Value find_target(python::Evaluator& evaluator, std::string_view name);

// The schema of `target`: a MetaData, an object or class with one as `.metadata` (a declarative
// base, SQLModel, Flask-SQLAlchemy's db), or a list or tuple of such; None gives an empty schema.
// First evaluates what the imported modules of the project add to it (evaluate_contributors).
//
// Tables come in the order they were made. A column without a type that has a foreign key gets the
// type of the column it refers to; keys made from `Column` objects and callables are resolved, and
// names of a MetaData's schema are filled in. Throws Error with file, line and advice for models
// that can't be evaluated.
schema::MetaData evaluated_schema(python::Evaluator& evaluator, python::Value target);

}  // namespace retort::models
