#include "sql/columns.h"

namespace retort::sql {
namespace {

struct Columns {
  std::vector<const node::Column*> found{};

  void visit(const Expression& expression) {
    if (expression) std::visit(*this, (*expression).kind);
  }
  void visit(const std::vector<Expression>& all) {
    for (const Expression& one : all) visit(one);
  }

  void operator()(const node::Column& column) { found.push_back(&column); }
  void operator()(const node::Label& label) { visit(label.element); }
  void operator()(const node::Function& function) {
    visit(function.arguments);
    visit(function.order_by);
  }
  void operator()(const node::Filter& filter) {
    visit(filter.function);
    visit(filter.criterion);
  }
  void operator()(const node::AggregateOrderBy& order) {
    visit(order.target);
    visit(order.order_by);
  }
  void operator()(const node::Unary& unary) { visit(unary.element); }
  void operator()(const node::Binary& binary) {
    visit(binary.left);
    visit(binary.right);
  }
  void operator()(const node::List& list) { visit(list.clauses); }
  void operator()(const node::Grouping& grouping) { visit(grouping.element); }
  void operator()(const node::AsBoolean& boolean) { visit(boolean.element); }
  void operator()(const node::Case& choice) {
    visit(choice.value);
    for (const auto& [when, then] : choice.whens) {
      visit(when);
      visit(then);
    }
    visit(choice.otherwise);
  }
  void operator()(const node::Cast& cast) { visit(cast.element); }
  void operator()(const node::TypeCoerce& coerce) { visit(coerce.element); }
  void operator()(const node::Extract& extract) { visit(extract.element); }
  void operator()(const node::Tuple& tuple) { visit(tuple.clauses); }
  void operator()(const node::Array& array) { visit(array.elements); }
  void operator()(const node::Slice& slice) {
    visit(slice.start);
    visit(slice.stop);
  }
  template <typename Other>
  void operator()(const Other&) {}
};

}  // namespace

std::vector<const node::Column*> columns_in(const Expression& expression) {
  Columns columns;
  columns.visit(expression);
  return columns.found;
}

}  // namespace retort::sql
