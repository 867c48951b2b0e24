#pragma once

#include <string>
#include <vector>

#include "operations/operation.h"
#include "schema/table.h"

// Reads the Python lines of a recorded case as data: literal calls of op, sa and the dialects' type
// modules, no more. It has nothing of the evaluator, so that these tests stand on DDL alone.
namespace retort::tests {

struct Snippet {
  std::vector<operations::Operation> operations{};
  schema::NamingConvention convention{};
};

// Throws std::runtime_error for what it does not know: a defect of the case.
Snippet read_snippet(const std::string& code);
sql::Type read_type(const std::string& code);

}  // namespace retort::tests
