#pragma once

#include "python/evaluator.h"

// How the attributes of a class become the columns of a table: the part of declarative mapping that
// is done for every attribute. The rest of it is orm_declarative.py.
namespace retort::modules {

// Adds map_attributes(), install_columns() and metadata_of().
void define_mapped_class(python::Evaluator& evaluator, python::Module& module);

}  // namespace retort::modules
