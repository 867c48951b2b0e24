#pragma once

#include <string>

#include "python/evaluator.h"
#include "schema/table.h"

namespace retort::modules {

// The wanted schema that a MetaData object holds: target_metadata. TypeError for another value.
schema::MetaData to_metadata(python::Evaluator& evaluator, python::Value value);
// Its naming convention, without evaluating any table; empty for another value.
schema::NamingConvention naming_convention_of(python::Value value);
// The object that "package.module:Base.metadata" names. Throws Error(code::kConfig) for a text of
// another form, and what the evaluation throws.
python::Value find_object(python::Evaluator& evaluator, const std::string& name);

}  // namespace retort::modules
