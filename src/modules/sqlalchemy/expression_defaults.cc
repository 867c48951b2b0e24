#include "modules/sqlalchemy/expression_defaults.h"

#include <algorithm>
#include <array>

#include "modules/sqlalchemy/connection_state.h"

namespace retort::modules {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;
using sql::Expression;
using sql::node::Assignment;
using sql::node::Insert;
using sql::node::Update;

namespace {

constexpr std::string_view kContextClass = "DefaultExecutionContext";
constexpr std::string_view kParameters = "current_parameters";

std::vector<ColumnDefault> defaults_of(Evaluator& evaluator, const Expression& table,
                                       std::string_view attribute) {
  std::vector<ColumnDefault> found;
  const Value object = table_object(evaluator, table);
  if (!object) return found;
  for (const Value& column : evaluator.items(evaluator.get_attr(object, "c"))) {
    const auto* instance = column.get<Instance>();
    const Value initial = instance ? instance->attributes.find(attribute) : Value();
    if (!initial || initial.is_none() || python::native<schema::Sequence>(initial)) continue;
    found.push_back({column_key(evaluator, column), initial, clause_element(evaluator, initial)});
  }
  return found;
}

// What a default that is a function of the context is called with.
Value context_of(Evaluator& evaluator, const ParameterRow& row) {
  python::Module& registry = expression_registry(evaluator);
  Value cls = registry.attributes.find(kContextClass);
  if (!cls) {
    Class* made = evaluator.define_class(std::string(kContextClass), "sqlalchemy.engine.default",
                                         {evaluator.builtin_class("object")});
    evaluator.define(
        *made, "get_current_parameters(self, isolate_multiinsert_groups=True)",
        [](Evaluator& e, Arguments& args) { return e.get_attr(args[0], kParameters); });
    cls = Value(made);
    registry.attributes.set(kContextClass, cls);
  }
  python::Dict* parameters = evaluator.dict();
  for (const auto& [name, value] : row) evaluator.set_item(parameters, evaluator.str(name), value);
  Instance* context = evaluator.new_instance(cls.get<Class>());
  context->attributes.set(kParameters, parameters);
  return context;
}

bool takes_context(Evaluator& evaluator, Value callable) {
  const auto* function = callable.get<python::Function>();
  if (!function) return false;
  const Value count = evaluator.get_attr(evaluator.get_attr(callable, "__code__"), "co_argcount");
  return count.as_int() > static_cast<std::int64_t>(std::ranges::count_if(
                              function->defaults, [](const Value& one) { return bool(one); }));
}

bool gives(const std::vector<Assignment>& values, std::string_view key) {
  return std::ranges::any_of(values, [&](const Assignment& one) { return one.column == key; });
}

bool gives(const ParameterRow& row, std::string_view key) {
  return std::ranges::any_of(row, [&](const auto& one) { return one.first == key; });
}

// The plain values of an INSERT or UPDATE.
ParameterRow row_of(Evaluator& evaluator, const std::vector<Assignment>& values) {
  ParameterRow row;
  for (const Assignment& one : values) {
    const auto* bind = sql::get<sql::node::Bind>(one.value);
    const auto* datum = bind ? std::get_if<sql::Datum>(&bind->value) : nullptr;
    if (!datum) continue;
    row.emplace_back(one.column, from_datum(evaluator, *datum, (*one.value).type,
                                            expression_host(evaluator).dialect().name()));
  }
  return row;
}

void add(Evaluator& evaluator, const Expression& table, const ColumnDefault& one,
         std::vector<Assignment>& values) {
  if (gives(values, one.key)) return;
  values.push_back(assignment(
      evaluator, table, evaluator.str(one.key),
      one.expression ? one.initial : default_value(evaluator, one, row_of(evaluator, values))));
}

// Into the values of the one statement, or of each row's.
void add(Evaluator& evaluator, const Expression& table, const ColumnDefault& one,
         std::vector<Assignment>& values, std::vector<ParameterRow>& rows) {
  if (gives(values, one.key)) return;
  if (rows.empty() || one.expression) {
    if (rows.empty() || !gives(rows.front(), one.key)) add(evaluator, table, one, values);
    return;
  }
  for (ParameterRow& row : rows) {
    if (!gives(row, one.key)) row.emplace_back(one.key, default_value(evaluator, one, row));
  }
}

}  // namespace

std::vector<ColumnDefault> insert_defaults(Evaluator& evaluator, const Expression& table) {
  return defaults_of(evaluator, table, "default");
}

Value default_value(Evaluator& evaluator, const ColumnDefault& one, const ParameterRow& row) {
  if (!evaluator.callable(one.initial)) return one.initial;
  if (!takes_context(evaluator, one.initial)) return evaluator.call(one.initial);
  return evaluator.call(one.initial, std::array{context_of(evaluator, row)});
}

Expression with_defaults(Evaluator& evaluator, const Expression& statement,
                         std::vector<ParameterRow>& rows) {
  if (const auto* insert = sql::get<Insert>(statement); insert && !insert->select) {
    const std::vector<ColumnDefault> defaults = insert_defaults(evaluator, insert->table);
    if (defaults.empty()) return statement;
    Insert made = *insert;
    for (const ColumnDefault& one : defaults) {
      for (std::vector<Assignment>& row : made.rows) add(evaluator, made.table, one, row);
      if (made.rows.empty()) add(evaluator, made.table, one, made.values, rows);
    }
    return sql::make(std::move(made), (*statement).type);
  }
  if (const auto* update = sql::get<Update>(statement)) {
    const std::vector<ColumnDefault> defaults = defaults_of(evaluator, update->table, "onupdate");
    if (defaults.empty()) return statement;
    Update made = *update;
    // Values that come with the parameters alone stay there.
    const bool by_parameters = made.values.empty() && !rows.empty();
    for (const ColumnDefault& one : defaults) {
      if (by_parameters && one.expression) continue;
      if (by_parameters) {
        add(evaluator, made.table, one, made.values, rows);
      } else {
        add(evaluator, made.table, one, made.values);
      }
    }
    return sql::make(std::move(made), (*statement).type);
  }
  return statement;
}

void add_select_defaults(Evaluator& evaluator, Insert& insert) {
  const auto* select = sql::get<sql::node::Select>(insert.select);
  if (!select) return;
  sql::node::Select made = *select;
  for (const ColumnDefault& one : insert_defaults(evaluator, insert.table)) {
    if (std::ranges::find(insert.select_columns, one.key) != insert.select_columns.end()) continue;
    const Assignment given =
        assignment(evaluator, insert.table, evaluator.str(one.key),
                   one.expression ? one.initial : default_value(evaluator, one, {}));
    insert.select_columns.push_back(one.key);
    made.columns.push_back(given.value);
  }
  if (made.columns.size() != select->columns.size()) {
    insert.select = sql::make(std::move(made), (*insert.select).type);
  }
}

}  // namespace retort::modules
