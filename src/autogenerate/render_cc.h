#pragma once

#include <string>
#include <vector>

#include "dialect/dialect.h"
#include "operations/operation.h"

// A new revision's operations in C++, as a compiled migration writes them (retort/op.h).
namespace retort::autogenerate {

// The body of one direction: statements on `op`, indented as they stand in RETORT_REVISION; empty
// where there are none. What the public headers have no words for is op.execute() of its
// `statements`, those of statements_of() for the same operations.
std::string render_cc(const std::vector<operations::Operation>& operations,
                      const std::vector<std::vector<std::string>>& statements,
                      const dialect::Dialect& dialect, bool mark_destructive);

// A text as a C++ literal: "it's \"quoted\"", and of several lines a raw one.
std::string cc_literal(std::string_view text);

}  // namespace retort::autogenerate
