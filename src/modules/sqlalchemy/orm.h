#pragma once

#include "python/evaluator.h"

namespace retort::modules {

// Binds sqlalchemy.orm, sqlalchemy.ext.* and the packages built on them (SQLModel,
// Flask-SQLAlchemy). They are written in Python (stdlib/python/orm_*.py) over the native schema and
// expression classes.
void bind_orm(python::Evaluator& evaluator);

}  // namespace retort::modules
