#pragma once

#include <span>

#include "python/builtin_class.h"

// The built-in functions by subject; builtin_function.cc finds them by name.
namespace retort::python {

std::span<const MethodRow> number_functions();
std::span<const MethodRow> iteration_functions();
std::span<const MethodRow> object_functions();

}  // namespace retort::python
