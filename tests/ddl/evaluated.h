#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "operations/operation.h"
#include "schema/table.h"

namespace retort::tests {

// What the Python lines of a recorded case ask for.
struct Evaluated {
  std::vector<operations::Operation> operations{};
  schema::NamingConvention convention{};  // of a line "convention = {...}"
};

// Evaluates the lines as a revision script would be, with op, sa and the dialects' modules at hand.
Evaluated evaluate_case(const std::string& code, std::string_view dialect);
// The type that one expression makes.
sql::Type evaluate_type(const std::string& code, std::string_view dialect);

}  // namespace retort::tests
