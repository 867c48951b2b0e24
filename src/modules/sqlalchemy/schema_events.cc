#include "modules/sqlalchemy/schema_events.h"

#include <array>
#include <string>

#include "modules/sqlalchemy/connection.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_items.h"

namespace retort::modules {

using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

constexpr std::string_view kListener = "listener";

// Checks that listeners made are of the column's type: they stand behind the column, not in it.
void mark_checks(schema::Table& table, std::size_t from, const std::string& column) {
  for (std::size_t i = from; i < table.constraints.size(); ++i) {
    if (auto* check = std::get_if<schema::Check>(&table.constraints[i])) {
      check->type_column = column;
    }
  }
}

}  // namespace

bool has_listener(Evaluator& evaluator) {
  return static_cast<bool>(schema_registry(evaluator).attributes.find(kListener));
}

void set_listener(Evaluator& evaluator, Value dispatch) {
  schema_registry(evaluator).attributes.set(kListener, dispatch);
}

void tell(Evaluator& evaluator, std::string_view identifier, Value target, Value other,
          std::span<const python::NamedValue> keywords) {
  const Value dispatch = schema_registry(evaluator).attributes.find(kListener);
  if (!dispatch) return;
  evaluator.call(dispatch, std::array{evaluator.str(std::string(identifier)), target, other},
                 keywords);
}

void tell_attached(Evaluator& evaluator, Value table, std::span<const Value> items) {
  if (!has_listener(evaluator)) return;
  const std::vector<Value> kept(items.begin(), items.end());
  for (Value value : kept) {
    const ColumnItem* column = item<ColumnItem>(value);
    if (!column) continue;
    const std::string name = column->column.name;
    const std::size_t before = item<TableItem>(table)->table.constraints.size();
    tell(evaluator, "before_parent_attach", value, table);
    tell(evaluator, "after_parent_attach", value, table);
    mark_checks(item<TableItem>(table)->table, before, name);
  }
}

void attach_items(Evaluator& evaluator, schema::Table& table, std::span<const Value> items) {
  if (!has_listener(evaluator)) return;
  const Value object = make_table_of(evaluator, table, items);
  tell_attached(evaluator, object, items);
  table = item<TableItem>(object)->table;
}

void tell_created(Evaluator& evaluator, std::string_view identifier, Value target) {
  if (!has_listener(evaluator)) return;
  Host& host = schema_host(evaluator);
  const std::array keywords{python::NamedValue{"checkfirst", Value::boolean(false)}};
  tell(evaluator, identifier, target, connection_object(evaluator, host), keywords);
}

}  // namespace retort::modules
