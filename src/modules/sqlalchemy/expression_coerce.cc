#include "modules/arguments.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/types.h"
#include "sql/affinity.h"

// What plain Python values mean in each place of an SQL expression.
namespace retort::modules {

using python::Evaluator;
using python::Value;

namespace {

// An expression used as a value: a select becomes a scalar subquery.
sql::Expression as_value(const sql::Expression& expression) {
  if (sql::is_statement(expression) && !sql::get<sql::node::SelectGrouping>(expression)) {
    return sql::scalar_subquery(expression);
  }
  return expression;
}

}  // namespace

sql::Expression operand(Evaluator& evaluator, Value value, const sql::Expression& left,
                        sql::Op op) {
  if (sql::Expression found = clause_element(evaluator, value)) {
    // An untyped bindparam() takes the type of what it is compared with.
    if (const auto* bind = sql::get<sql::node::Bind>(found);
        bind && (*found).type.is_null() && !(*left).type.is_null()) {
      return sql::make(*bind, (*left).type);
    }
    return as_value(found);
  }
  if (value.is_none()) return sql::null();
  if (value.is_bool() &&
      (op == sql::Op::kEq || op == sql::Op::kNe || op == sql::Op::kIs || op == sql::Op::kIsNot ||
       op == sql::Op::kIsDistinctFrom || op == sql::Op::kIsNotDistinctFrom)) {
    return value.as_bool() ? sql::true_() : sql::false_();
  }
  const sql::Type type = plain_type(evaluator, value);
  sql::Expression bind = sql::bind_like(left, op, sql::Null{}, type);
  sql::node::Bind filled = *sql::get<sql::node::Bind>(bind);
  filled.value = to_datum(evaluator, expression_host(evaluator), value, (*bind).type);
  return sql::make(std::move(filled), (*bind).type);
}

sql::Expression element(Evaluator& evaluator, Value value, const sql::Type& type) {
  if (sql::Expression found = clause_element(evaluator, value)) return as_value(found);
  if (value.is_none()) return sql::null();
  const sql::Type actual = type.is_null() ? plain_type(evaluator, value) : type;
  return sql::literal(to_datum(evaluator, expression_host(evaluator), value, actual), actual);
}

sql::Expression condition(Evaluator& evaluator, Value value) {
  if (sql::Expression found = clause_element(evaluator, value)) return as_value(found);
  if (value.is_bool()) return value.as_bool() ? sql::true_() : sql::false_();
  if (value.is_none()) return sql::null();
  if (value.is_str()) {
    argument_error(evaluator, "Textual SQL expression " + evaluator.repr(value) +
                                  " should be explicitly declared as text(" +
                                  evaluator.repr(value) + ")");
  }
  argument_error(evaluator, "SQL expression for WHERE/HAVING role expected, got " +
                                evaluator.repr(value) + ".");
}

void add_columns(Evaluator& evaluator, Value value, std::vector<sql::Expression>& into) {
  if (sql::Expression found = clause_element(evaluator, value)) {
    into.push_back(as_value(found));
    return;
  }
  if (value.is_str() && value.as_str() == "*") {
    into.push_back(sql::literal_column("*"));
    return;
  }
  if (value.is_str()) {
    argument_error(evaluator, "Textual column expression " + evaluator.repr(value) +
                                  " should be explicitly declared with text(" +
                                  evaluator.repr(value) + "), or use column(" +
                                  evaluator.repr(value) + ") for more specificity");
  }
  // 1.x gives a list; a Table's .c and .columns are collections too.
  if (value.is_object() && !value.get<python::Class>()) {
    for (const Value& item : evaluator.items(value)) add_columns(evaluator, item, into);
    return;
  }
  if (value.get<python::Class>()) {
    argument_error(evaluator,
                   "Column expression, FROM clause, or other columns clause element "
                   "expected, got " +
                       evaluator.repr(value) + ".");
  }
  if (value.is_int() || value.is_float() || value.is_bool()) {
    into.push_back(sql::literal_column(evaluator.to_str(value)));  // a number is text as it stands
    return;
  }
  into.push_back(element(evaluator, value));
}

sql::Expression from_item(Evaluator& evaluator, Value value) {
  sql::Expression found = clause_element(evaluator, value);
  if (!found) {
    if (value.is_str()) {
      argument_error(evaluator, "Textual FROM expression " + evaluator.repr(value) +
                                    " should be explicitly declared as text()");
    }
    argument_error(evaluator, "FROM expression, such as a Table or alias() object expected, got " +
                                  evaluator.repr(value) + ".");
  }
  if (sql::is_from(found)) return found;
  if (sql::is_statement(found)) return sql::subquery(found);
  if (sql::get<sql::node::Function>(found) || sql::get<sql::node::Text>(found)) {
    // In FROM as it is written.
    return sql::make(sql::node::FromText{found});
  }
  argument_error(evaluator, "FROM expression, such as a Table or alias() object expected, got " +
                                evaluator.repr(value) + ".");
}

sql::Expression order_item(Evaluator& evaluator, Value value) {
  if (value.is_str()) return sql::make(sql::node::LabelReference{value.as_str()});
  return element(evaluator, value);
}

std::vector<sql::Expression> order_items(Evaluator& evaluator, std::span<const Value> values) {
  std::vector<sql::Expression> out;
  for (const Value& value : spread(evaluator, values)) {
    if (value.is_none() || (value.is_bool() && !value.as_bool())) continue;
    out.push_back(order_item(evaluator, value));
  }
  return out;
}

std::vector<Value> spread(Evaluator& evaluator, std::span<const Value> values) {
  if (values.size() == 1 && (values[0].get<python::List>() || values[0].get<python::Tuple>())) {
    return evaluator.items(values[0]);
  }
  return {values.begin(), values.end()};
}

std::string column_key(Evaluator& evaluator, Value value) {
  if (const sql::Expression found = clause_element(evaluator, value)) {
    if (auto* instance = value.get<python::Instance>()) {
      if (const Value key = instance->attributes.find("key"); key && key.is_str()) {
        return key.as_str();
      }
    }
    if (const auto* column = sql::get<sql::node::Column>(found)) return column->name;
    if (const auto* label = sql::get<sql::node::Label>(found)) return label->name;
  }
  return text_of(evaluator, value, "the name of a column");
}

sql::node::Assignment assignment(Evaluator& evaluator, const sql::Expression& table, Value key,
                                 Value value) {
  sql::node::Assignment out;
  sql::Type type;
  const sql::Expression target =
      value.is_str() || !key.is_str() ? expression_in(key) : sql::Expression();
  if (target && !sql::get<sql::node::Column>(target)) {
    out.target = target;
    type = (*target).type;
  } else {
    out.column = column_key(evaluator, key);
    for (const sql::node::TableColumn& column : sql::columns_of(table)) {
      if ((column.key.empty() ? column.name : column.key) == out.column) type = column.type;
    }
    if (target && type.is_null()) type = (*target).type;
  }
  if (sql::Expression found = clause_element(evaluator, value)) {
    if (const auto* bind = sql::get<sql::node::Bind>(found); bind && (*found).type.is_null()) {
      found = sql::make(*bind, type);
    }
    out.value = as_value(found);
    return out;
  }
  if (type.is_null()) type = plain_type(evaluator, value);
  sql::node::Bind bind;
  bind.name = out.column.empty() ? "param" : out.column;
  bind.unique = out.column.empty();
  bind.value = to_datum(evaluator, expression_host(evaluator), value, type);
  out.value = sql::make(std::move(bind), std::move(type));
  return out;
}

}  // namespace retort::modules
