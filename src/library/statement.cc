#include <retort/error.h>
#include <retort/statement.h>

#include "library/datum.h"
#include "library/tree.h"
#include "sql/build.h"

namespace retort {

using library::require;
using library::tree;

namespace {

// A copy of the statement with a change.
template <typename Node, typename Statement, typename Change>
Statement changed(const Statement& statement, Change change) {
  const auto* node = sql::get<Node>(tree(statement));
  if (node == nullptr) throw Error(code::kMisuse, "the statement is empty");
  Node copy = *node;
  change(copy);
  return Statement(sql::make(std::move(copy), (*tree(statement)).type).node());
}

std::vector<sql::Expression> trees(const std::vector<Expression>& expressions,
                                   std::string_view what) {
  std::vector<sql::Expression> out;
  for (const Expression& each : expressions) out.push_back(require(each, what));
  return out;
}

// A select as a value is a scalar subquery.
sql::Expression as_value(const sql::Expression& expression) {
  return sql::is_statement(expression) ? sql::scalar_subquery(expression) : expression;
}

// The values are parameters called after their columns; `numbered` where the statement may set a
// column twice.
std::vector<sql::node::Assignment> assignments(const sql::Expression& table,
                                               const Assignments& given, bool numbered = false) {
  std::vector<sql::node::Assignment> out;
  for (const auto& [name, operand] : given) {
    sql::node::Assignment assignment;
    assignment.column = name;
    if (operand.expression().is_set()) {
      assignment.value = as_value(tree(operand.expression()));
      out.push_back(std::move(assignment));
      continue;
    }
    sql::Type type;
    for (const sql::node::TableColumn& column : sql::columns_of(table)) {
      if (column.name == name) type = column.type;
    }
    if (type.is_null()) type = library::type_of(operand.value());
    sql::node::Bind bind;
    bind.name = numbered ? "param" : name;
    bind.unique = numbered;
    bind.value = library::to_datum(operand.value());
    assignment.value = sql::make(std::move(bind), std::move(type));
    out.push_back(std::move(assignment));
  }
  return out;
}

void append(std::vector<sql::node::Assignment>& into, std::vector<sql::node::Assignment> more) {
  for (sql::node::Assignment& one : more) {
    std::erase_if(into, [&](const auto& own) { return own.column == one.column; });
    into.push_back(std::move(one));
  }
}

sql::Expression number(std::int64_t value) {
  return sql::literal(sql::Datum(value), sql::Type{.name = "Integer"});
}

std::vector<sql::Expression> conflict_target(const sql::Expression& table,
                                             const std::vector<std::string>& columns) {
  std::vector<sql::Expression> out;
  for (const std::string& name : columns) {
    sql::Expression found = sql::column_of(table, name);
    out.push_back(found ? found : sql::column(name));
  }
  return out;
}

}  // namespace

Select select(const std::vector<Expression>& columns) {
  sql::node::Select node;
  node.columns = trees(columns, "select()");
  return Select(sql::make(std::move(node)).node());
}

Select Select::from(const Expression& table) const {
  return changed<sql::node::Select>(*this,
                                    [&](auto& n) { n.from.push_back(require(table, "from()")); });
}

namespace {

Select joined(const Select& select, const Expression& right, const Expression& on, bool outer) {
  return changed<sql::node::Select>(select, [&](auto& n) {
    sql::node::SelectJoin join;
    join.right = require(right, "join()");
    join.on = require(on, "join()");
    join.outer = outer;
    n.joins.push_back(std::move(join));
  });
}

}  // namespace

Select Select::join(const Expression& right, const Expression& on) const {
  return joined(*this, right, on, false);
}
Select Select::outer_join(const Expression& right, const Expression& on) const {
  return joined(*this, right, on, true);
}
Select Select::where(const Expression& condition) const {
  return changed<sql::node::Select>(
      *this, [&](auto& n) { n.where.push_back(require(condition, "where()")); });
}
Select Select::group_by(const std::vector<Expression>& keys) const {
  return changed<sql::node::Select>(*this,
                                    [&](auto& n) { n.group_by = trees(keys, "group_by()"); });
}
Select Select::having(const Expression& condition) const {
  return changed<sql::node::Select>(
      *this, [&](auto& n) { n.having.push_back(require(condition, "having()")); });
}
Select Select::order_by(const std::vector<Expression>& keys) const {
  return changed<sql::node::Select>(*this,
                                    [&](auto& n) { n.order_by = trees(keys, "order_by()"); });
}
Select Select::limit(std::int64_t rows) const {
  return changed<sql::node::Select>(*this, [&](auto& n) { n.limit = number(rows); });
}
Select Select::offset(std::int64_t rows) const {
  return changed<sql::node::Select>(*this, [&](auto& n) { n.offset = number(rows); });
}
Select Select::distinct() const {
  return changed<sql::node::Select>(*this, [&](auto& n) { n.distinct = true; });
}
Select Select::for_update() const {
  return changed<sql::node::Select>(*this, [&](auto& n) { n.for_update.emplace(); });
}
Expression Select::subquery(std::string_view name) const {
  return library::wrap(sql::subquery(require(*this, "subquery()"), std::string(name)));
}
Expression Select::scalar() const {
  return library::wrap(sql::scalar_subquery(require(*this, "scalar()")));
}

Expression exists(const Select& select) {
  return library::wrap(sql::exists(require(select, "exists()")));
}

Insert insert(const Expression& table) {
  sql::node::Insert node;
  node.table = require(table, "insert()");
  return Insert(sql::make(std::move(node)).node());
}

Insert Insert::values(const Assignments& row) const {
  return changed<sql::node::Insert>(*this,
                                    [&](auto& n) { append(n.values, assignments(n.table, row)); });
}
Insert Insert::rows(const std::vector<Assignments>& rows) const {
  return changed<sql::node::Insert>(*this, [&](auto& n) {
    for (const Assignments& row : rows) n.rows.push_back(assignments(n.table, row));
  });
}
Insert Insert::from_select(const std::vector<std::string>& columns,
                           const Expression& select) const {
  return changed<sql::node::Insert>(*this, [&](auto& n) {
    n.select_columns = columns;
    n.select = require(select, "from_select()");
  });
}
Insert Insert::on_conflict_do_nothing(const std::vector<std::string>& columns) const {
  return changed<sql::node::Insert>(*this, [&](auto& n) {
    n.on_conflict.emplace();
    n.on_conflict->index_elements = conflict_target(n.table, columns);
  });
}
Insert Insert::on_conflict_do_update(const std::vector<std::string>& columns,
                                     const Assignments& set) const {
  return changed<sql::node::Insert>(*this, [&](auto& n) {
    n.on_conflict.emplace();
    n.on_conflict->nothing = false;
    n.on_conflict->index_elements = conflict_target(n.table, columns);
    n.on_conflict->set = assignments(n.table, set, true);
  });
}
Insert Insert::returning(const std::vector<Expression>& columns) const {
  return changed<sql::node::Insert>(*this,
                                    [&](auto& n) { n.returning = trees(columns, "returning()"); });
}

Update update(const Expression& table) {
  sql::node::Update node;
  node.table = require(table, "update()");
  return Update(sql::make(std::move(node)).node());
}

Update Update::values(const Assignments& set) const {
  return changed<sql::node::Update>(*this,
                                    [&](auto& n) { append(n.values, assignments(n.table, set)); });
}
Update Update::where(const Expression& condition) const {
  return changed<sql::node::Update>(
      *this, [&](auto& n) { n.where.push_back(require(condition, "where()")); });
}
Update Update::returning(const std::vector<Expression>& columns) const {
  return changed<sql::node::Update>(*this,
                                    [&](auto& n) { n.returning = trees(columns, "returning()"); });
}

Delete delete_(const Expression& table) {
  sql::node::Delete node;
  node.table = require(table, "delete_()");
  return Delete(sql::make(std::move(node)).node());
}

Delete Delete::where(const Expression& condition) const {
  return changed<sql::node::Delete>(
      *this, [&](auto& n) { n.where.push_back(require(condition, "where()")); });
}
Delete Delete::returning(const std::vector<Expression>& columns) const {
  return changed<sql::node::Delete>(*this,
                                    [&](auto& n) { n.returning = trees(columns, "returning()"); });
}

}  // namespace retort
