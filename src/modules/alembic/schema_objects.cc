#include "modules/alembic/schema_objects.h"

#include "dialect/dialect.h"
#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "modules/sqlalchemy/schema_items.h"
#include "sql/build.h"

namespace retort::modules {

using python::Evaluator;
using python::Instance;
using python::Value;

Value SchemaObjects::info(const std::vector<std::pair<std::string, std::string>>& pairs) {
  python::Dict* dict = evaluator_.dict();
  for (const auto& [key, value] : pairs) {
    // true, which is what most filters look for, comes as the text of it.
    Value object = value == "True"    ? Value::boolean(true)
                   : value == "False" ? Value::boolean(false)
                                      : evaluator_.str(value);
    dict->set(evaluator_, evaluator_.str(key), object);
  }
  return dict;
}

Value SchemaObjects::table(const schema::Table& table) {
  if (last_ && *last_ == table) return last_object_;
  last_ = table;
  last_object_ = make_table(evaluator_, table);
  auto* self = last_object_.get<Instance>();
  self->attributes.set("info", info(table.info));
  self->attributes.set("comment", table.comment ? evaluator_.str(*table.comment) : Value::none());
  return last_object_;
}

Value SchemaObjects::column(const schema::Table& table, const schema::Column& column) {
  Value made = make_column(evaluator_, column);
  auto* self = made.get<Instance>();
  self->attributes.set("table", this->table(table));
  self->attributes.set("info", info(column.info));
  if (column.server_default) self->attributes.set(kServerDefault, default_text(column));
  return made;
}

Value SchemaObjects::index(const schema::Table& table, const schema::Index& index) {
  return make_index(evaluator_, this->table(table), index);
}

Value SchemaObjects::constraint(const schema::Table& table, const schema::Constraint& constraint) {
  return make_constraint(evaluator_, this->table(table), constraint);
}

Value SchemaObjects::default_text(const schema::Column& column) {
  if (!column.server_default) return Value::none();
  if (const auto* text = std::get_if<std::string>(&*column.server_default)) {
    return evaluator_.str(*text);
  }
  const auto& expression = std::get<sql::Expression>(*column.server_default);
  return evaluator_.str(
      compile_for(evaluator_, expression, dialect::find_dialect("sqlite").grammar(), {}).sql);
}

Value SchemaObjects::of(const compare::Candidate& candidate) {
  if (!candidate.table) return Value::none();
  if (candidate.column) return column(*candidate.table, *candidate.column);
  if (candidate.index) return index(*candidate.table, *candidate.index);
  if (candidate.constraint) return constraint(*candidate.table, *candidate.constraint);
  return table(*candidate.table);
}

}  // namespace retort::modules
