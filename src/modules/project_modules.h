#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "python/evaluator.h"

// The modules of the project are evaluated on demand (import_index.h). What works by its effects,
// such as a registration, is asked for by no name: these look for it.
namespace retort::modules {

using VisitModule = std::function<void(python::Module&)>;

// The modules of the project that were imported so far and, where `found` imports them
// (Evaluator::imported_modules), those that they import: each is shown to `found` as it becomes
// known, and to `visit` once all that were known then have been shown to `found`.
void for_project_modules(python::Evaluator& evaluator, const VisitModule& found,
                         const VisitModule& visit);

// Evaluates the top-level statements of all these modules whose text has one of the words. A module
// whose text can't be read is left alone.
void evaluate_statements_with(python::Evaluator& evaluator,
                              std::span<const std::string_view> words);

}  // namespace retort::modules
