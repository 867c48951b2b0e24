#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/host.h"
#include "modules/sqlalchemy/expression.h"
#include "python/evaluator.h"
#include "sql/build.h"
#include "sql/node.h"

// What the files of the expression language share.
namespace retort::modules {

inline constexpr std::string_view kExpressionModule = "sqlalchemy.sql.expression";

// A module that holds what one evaluator has of this part: its host, its classes.
python::Module& expression_registry(python::Evaluator& evaluator);
Host& expression_host(python::Evaluator& evaluator);

// The payload of an expression object; empty for any other value.
sql::Expression expression_in(python::Value value);
// The same after asking for __clause_element__; refuses an unknown value.
sql::Expression clause_element(python::Evaluator& evaluator, python::Value value);
python::Value wrap(python::Evaluator& evaluator, sql::Expression expression);
// The Table object that a table's node came from; absent for one made by table().
python::Value table_object(python::Evaluator& evaluator, const sql::Expression& table);

// ---- coercions: what a plain Python value means in each place

// The right side of an operator whose left side is `left`.
sql::Expression operand(python::Evaluator& evaluator, python::Value value,
                        const sql::Expression& left, sql::Op op);
// An argument of a function, CASE, ...: a plain value becomes a bind "param". `type` where it is
// known.
sql::Expression element(python::Evaluator& evaluator, python::Value value,
                        const sql::Type& type = {});
// A condition of WHERE, HAVING, ON, and_().
sql::Expression condition(python::Evaluator& evaluator, python::Value value);
// An item of a select list.
void add_columns(python::Evaluator& evaluator, python::Value value,
                 std::vector<sql::Expression>& into);
// A FROM item; a select becomes a subquery.
sql::Expression from_item(python::Evaluator& evaluator, python::Value value);
// An item of ORDER BY or GROUP BY: a str is a reference to a label.
sql::Expression order_item(python::Evaluator& evaluator, python::Value value);
std::vector<sql::Expression> order_items(python::Evaluator& evaluator,
                                         std::span<const python::Value> values);
// The arguments of a function that takes several or one list of them.
std::vector<python::Value> spread(python::Evaluator& evaluator,
                                  std::span<const python::Value> values);
// The key of a column: a str or a column object.
std::string column_key(python::Evaluator& evaluator, python::Value value);
// A column inside SET or VALUES: "data", t.c.data, t.c.data['x'].
sql::node::Assignment assignment(python::Evaluator& evaluator, const sql::Expression& table,
                                 python::Value key, python::Value value);

// ---- values

// The SQLAlchemy type of a plain Python value; NullType when it has none.
sql::Type plain_type(python::Evaluator& evaluator, python::Value value);
// Raises sqlalchemy.exc.ArgumentError.
[[noreturn]] void argument_error(python::Evaluator& evaluator, std::string message);
// Runs what may throw an Error of the expression tree, and raises it as CompileError.
sql::Compiled compile_for(python::Evaluator& evaluator, const sql::Expression& expression,
                          const sql::Grammar& grammar, const sql::CompileOptions& options);

// A SELECT of mapped classes remembers them, and so do the statements made from it: what a session
// makes objects of.
inline constexpr std::string_view kEntities = "_orm_entities";
void carry_entities(python::Value from, python::Value to);

// A copy of the statement in `self` with a change.
template <typename T, typename Change>
python::Value changed(python::Evaluator& evaluator, python::Value self, Change change) {
  const sql::Expression expression = expression_in(self);
  const T* node = sql::get<T>(expression);
  if (!node) evaluator.type_error("this statement has no such clause");
  T copy = *node;
  change(copy);
  const python::Value made = wrap(evaluator, sql::make(std::move(copy), (*expression).type));
  carry_entities(self, made);
  return made;
}

// ---- the families, each defining its classes' members when a class is made

void define_clause_element(python::Evaluator& evaluator, python::Class& cls);
void define_operators(python::Evaluator& evaluator, python::Class& cls);
void define_column_members(python::Evaluator& evaluator, python::Class& cls, std::string_view name);
void define_from_members(python::Evaluator& evaluator, python::Class& cls, std::string_view name);
void define_select_members(python::Evaluator& evaluator, python::Class& cls, std::string_view name);
void define_dml_members(python::Evaluator& evaluator, python::Class& cls, std::string_view name);

// Functions by name; absent when the family has none of that name.
python::Value find_element_function(python::Evaluator& evaluator, std::string_view name);
python::Value find_from_function(python::Evaluator& evaluator, std::string_view name);
python::Value find_select_function(python::Evaluator& evaluator, std::string_view name);
python::Value find_dml_function(python::Evaluator& evaluator, std::string_view name);
python::Value find_dialect_function(python::Evaluator& evaluator, std::string_view name);

// What compile() gives: its str() is the text.
python::Value compiled_text(python::Evaluator& evaluator, std::string sql);
// The dialect that compile(bind=..., dialect=...) names, an object with a `name`; else nullptr.
const dialect::Dialect* named_dialect(python::Evaluator& evaluator, const python::Arguments& args);

// A `.c` collection over these columns.
python::Value column_collection(python::Evaluator& evaluator,
                                std::vector<std::pair<std::string, python::Value>> columns);

}  // namespace retort::modules
