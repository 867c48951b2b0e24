#pragma once

// select(), insert(), update() and delete_() for data migrations.
//
//   auto users = table("users", {column("id", Integer()), column("email", String())});
//   op.execute(update(users).values({{"email", func::lower(users.c("email"))}})
//                           .where(users.c("email").like("%@EXAMPLE.COM")));
//   for (const Row& row : db.query(select({users.c("id")}).where(users.c("email").is_null()))) ...
//
// Every method gives a new statement; the one it was called on stays as it was.

#include <retort/expression.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retort {

// One column and what it gets: a value or an expression.
using Assignment = std::pair<std::string, Operand>;
using Assignments = std::vector<Assignment>;

class Select : public Expression {
 public:
  using Expression::Expression;
  Select from(const Expression& table) const;
  Select join(const Expression& right, const Expression& on) const;
  Select outer_join(const Expression& right, const Expression& on) const;
  // Several where() are joined by AND.
  Select where(const Expression& condition) const;
  Select group_by(const std::vector<Expression>& keys) const;
  Select having(const Expression& condition) const;
  Select order_by(const std::vector<Expression>& keys) const;
  Select limit(std::int64_t rows) const;
  Select offset(std::int64_t rows) const;
  Select distinct() const;
  Select for_update() const;
  // As a FROM item, and as a value of one row and column.
  Expression subquery(std::string_view name) const;
  Expression scalar() const;
};
Select select(const std::vector<Expression>& columns);
Expression exists(const Select& select);

class Insert : public Expression {
 public:
  using Expression::Expression;
  Insert values(const Assignments& row) const;
  Insert rows(const std::vector<Assignments>& rows) const;
  Insert from_select(const std::vector<std::string>& columns, const Expression& select) const;
  // SQLite and PostgreSQL.
  Insert on_conflict_do_nothing(const std::vector<std::string>& columns = {}) const;
  Insert on_conflict_do_update(const std::vector<std::string>& columns,
                               const Assignments& set) const;
  Insert returning(const std::vector<Expression>& columns) const;
};
Insert insert(const Expression& table);

class Update : public Expression {
 public:
  using Expression::Expression;
  Update values(const Assignments& set) const;
  Update where(const Expression& condition) const;
  Update returning(const std::vector<Expression>& columns) const;
};
Update update(const Expression& table);

class Delete : public Expression {
 public:
  using Expression::Expression;
  Delete where(const Expression& condition) const;
  Delete returning(const std::vector<Expression>& columns) const;
};
Delete delete_(const Expression& table);

}  // namespace retort
