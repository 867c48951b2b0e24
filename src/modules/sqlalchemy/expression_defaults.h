#pragma once

#include <string>
#include <utility>
#include <vector>

#include "modules/sqlalchemy/expression_build.h"

// What execution adds to a statement on a Table for the columns it leaves out: Column(default=...)
// to an INSERT, onupdate= to an UPDATE.
namespace retort::modules {

// One set of parameters, by name.
using ParameterRow = std::vector<std::pair<std::string, python::Value>>;

// The statement with them; a value that every row gets anew goes into `rows`, where there are any.
sql::Expression with_defaults(python::Evaluator& evaluator, const sql::Expression& statement,
                              std::vector<ParameterRow>& rows);
// What from_select() adds to its columns and to its SELECT.
void add_select_defaults(python::Evaluator& evaluator, sql::node::Insert& insert);

// A column with a default. For directives that write rows themselves.
struct ColumnDefault {
  std::string key;
  python::Value initial;
  sql::Expression expression;  // empty: default_value() makes the value of a row
};
std::vector<ColumnDefault> insert_defaults(python::Evaluator& evaluator,
                                           const sql::Expression& table);
python::Value default_value(python::Evaluator& evaluator, const ColumnDefault& one,
                            const ParameterRow& row);

}  // namespace retort::modules
