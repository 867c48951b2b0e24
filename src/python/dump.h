#pragma once

#include <string>

#include "python/ast.h"

namespace retort::python {

// The tree as CPython 3.13 prints it with `ast.dump(tree)`: on one line, without positions, absent
// and empty fields left out. Meant for a tree of parse_unresolved(): the resolver renames private
// names and takes yields apart.
std::string dump(const ast::Module& module);

}  // namespace retort::python
