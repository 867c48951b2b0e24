#include "sql/expression.h"

#include "sql/node.h"

namespace retort::sql {

bool operator==(const Expression& a, const Expression& b) {
  if (a.node_ == b.node_) return true;
  return a.node_ && b.node_ && *a.node_ == *b.node_;
}

NodeKind::NodeKind() = default;
NodeKind::NodeKind(const NodeKind&) = default;
NodeKind::NodeKind(NodeKind&&) noexcept = default;
NodeKind& NodeKind::operator=(const NodeKind&) = default;
NodeKind& NodeKind::operator=(NodeKind&&) noexcept = default;
NodeKind::~NodeKind() = default;
bool operator==(const NodeKind& a, const NodeKind& b) {
  return static_cast<const NodeVariant&>(a) == static_cast<const NodeVariant&>(b);
}

Expression make(NodeKind kind, Type type) {
  return std::make_shared<const Node>(Node{std::move(kind), std::move(type)});
}

}  // namespace retort::sql
