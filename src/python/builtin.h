#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "python/evaluator.h"

// What the built-in functions and methods are to the evaluator. builtin_*.cc implement it, each
// name made when first used, so that an evaluator starts at once.
namespace retort::python {

// The built-in function of that name ("len", "print"); absent when there is none. Asked once for
// each name: the evaluator keeps what it gets. Classes are the evaluator's own.
Value make_builtin(Evaluator& evaluator, std::string_view name);

// Defines the constructor and the methods of a built-in class ("str", "dict"), called when
// something is first looked up in it. The special methods of operators, iteration and subscripts
// need not be there: the evaluator knows those of built-in values by itself.
void fill_builtin_class(Evaluator& evaluator, Class& cls);

// format(value, spec) of a plain built-in value, `spec` not being empty.
std::string format_builtin(Evaluator& evaluator, Value value, std::string_view spec);

// format % arguments
std::string format_percent(Evaluator& evaluator, const std::string& format, Value arguments);

// For "did you mean".
std::vector<std::string> builtin_names();

}  // namespace retort::python
