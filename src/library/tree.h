#pragma once

#include <retort/expression.h>

#include <string_view>

#include "sql/expression.h"
#include "sql/node.h"

// Between the public Expression and the SQL tree it holds.
namespace retort::library {

inline sql::Expression tree(const Expression& expression) { return expression.implementation(); }
inline Expression wrap(const sql::Expression& expression) { return Expression(expression.node()); }

// Throws Error(code::kMisuse) for an absent expression; `what` says whose it was.
sql::Expression require(const Expression& expression, std::string_view what);
// A value becomes a parameter of its own.
sql::Expression tree(const Operand& operand);
// A value becomes a parameter named and typed for the expression it stands beside.
sql::Expression tree_beside(const sql::Expression& other, sql::Op op, const Operand& operand);

}  // namespace retort::library
