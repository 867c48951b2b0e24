#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sql/datum.h"
#include "sql/type.h"

// The SQL expression tree: what sa.text, sa.func, sa.column, select() and their like build.
namespace retort::sql {

struct Node;
// An immutable tree, shared between its users. Null: no expression.
using NodePtr = std::shared_ptr<const Node>;

// An expression as a value: compared by structure.
class Expression {
 public:
  Expression() = default;
  Expression(NodePtr node) : node_(std::move(node)) {}  // NOLINT: every node is an expression
  explicit operator bool() const { return node_ != nullptr; }
  const Node& operator*() const { return *node_; }
  const NodePtr& node() const { return node_; }
  friend bool operator==(const Expression& a, const Expression& b);

 private:
  NodePtr node_;
};

// SQL text as written: sa.text("now()"). Binds (":name") are not looked for here.
Expression raw(std::string text);

}  // namespace retort::sql
