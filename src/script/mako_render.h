#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "python/evaluator.h"

namespace retort::script {

// The variables of a template: values of the evaluator that renders it.
using MakoValues = std::vector<std::pair<std::string, python::Value>>;

// The text a Mako template makes. What the template imports must be bound to the evaluator. Errors
// have their places in the template; those of its language have code::kSyntax.
std::string render_mako(const SourcePtr& source, python::Evaluator& evaluator,
                        const MakoValues& values);

}  // namespace retort::script
