#pragma once

#include <span>
#include <string_view>

#include "modules/host.h"
#include "python/evaluator.h"
#include "schema/table.h"
#include "sql/datum.h"
#include "sql/expression.h"

// SQLAlchemy's SQL expression language as evaluated files see it. Every expression, FROM item and
// statement object is an instance whose payload is a sql::Expression.
namespace retort::sql::node {
struct Column;
}

namespace retort::modules {

// "ClauseElement", "ColumnElement", "ColumnClause", "TableClause", "TextClause", ...
python::Class* expression_class(python::Evaluator& evaluator, std::string_view name);

// The expression that a value is or stands for: an expression object, an object with
// __clause_element__, or a plain Python value as a literal.
sql::Expression to_expression(python::Evaluator& evaluator, python::Value value);
// SQL for DDL, where a str is SQL text: CheckConstraint("x > 0"), Computed("a + b").
sql::Expression to_sql_text(python::Evaluator& evaluator, python::Value value);
python::Value from_expression(python::Evaluator& evaluator, const sql::Expression& expression);
// The Column object that a node in an expression was made of while it was in no table; absent for
// others.
python::Value free_column(python::Evaluator& evaluator, const sql::node::Column& column);
// A Python value on its way to a column of a type: what a bind parameter sends.
sql::Datum to_datum(python::Evaluator& evaluator, Host& host, python::Value value,
                    const sql::Type& type);
// op.inline_literal(): a value written into the statement, never sent as a parameter.
python::Value inline_literal(python::Evaluator& evaluator, Host& host, python::Value value,
                             const sql::Type& type);
// nextval of a sequence: Sequence("s").next_value()
python::Value next_value(python::Evaluator& evaluator, const schema::Sequence& sequence);

// Give an instance of a class derived from ColumnClause or TableClause its expression. `columns`
// are Column objects, found later through `.c`; their expressions become columns of this table.
void init_column_clause(python::Evaluator& evaluator, python::Instance* self, std::string_view name,
                        const sql::Type& type);
void init_table_clause(python::Evaluator& evaluator, python::Instance* self,
                       const schema::Table& table, std::span<const python::Value> columns);

// A function or class of the expression language by name ("text", "func", "select", "and_");
// absent when there is none.
python::Value find_expression_item(python::Evaluator& evaluator, std::string_view name);
void bind_expressions(python::Evaluator& evaluator, Host& host);

}  // namespace retort::modules
