#pragma once

#include <string>
#include <utility>
#include <vector>

#include "python/evaluator.h"

namespace retort::modules {

// The argument `info` of a table or a column, as texts; nothing for what is no dict.
std::vector<std::pair<std::string, std::string>> info_of(python::Evaluator& evaluator,
                                                         python::Value value);

}  // namespace retort::modules
