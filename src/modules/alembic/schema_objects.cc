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
  self->attributes.set("comment", column.comment ? evaluator_.str(*column.comment) : Value::none());
  if (column.server_default) self->attributes.set("server_default", default_text(column));
  return made;
}

Value SchemaObjects::columns(const schema::Table& table, const std::vector<std::string>& names) {
  std::vector<Value> made;
  for (const std::string& name : names) {
    const schema::Column* found = table.column(name);
    made.push_back(found ? column(table, *found) : evaluator_.str(name));
  }
  return evaluator_.list(std::move(made));
}

Value SchemaObjects::index(const schema::Table& table, const schema::Index& index) {
  Instance* self = evaluator_.new_instance(schema_class(evaluator_, "Index"));
  set_item(evaluator_, self, IndexItem{index});
  std::vector<std::string> names;
  for (const schema::IndexKey& key : index.keys) {
    if (!key.column.empty()) names.push_back(key.column);
  }
  self->attributes.set("name",
                       index.name.text.empty() ? Value::none() : evaluator_.str(index.name.text));
  self->attributes.set("table", this->table(table));
  self->attributes.set("unique", Value::boolean(index.unique));
  self->attributes.set("columns", columns(table, names));
  self->attributes.set("info", evaluator_.dict());
  return self;
}

namespace {

struct ConstraintShape {
  std::string_view cls;
  schema::Name name{};
  std::vector<std::string> columns{};

  explicit ConstraintShape(const schema::Constraint& constraint) {
    std::visit([this](const auto& value) { read(value); }, constraint);
  }

 private:
  void read(const schema::PrimaryKey& key) { take("PrimaryKeyConstraint", key.name, key.columns); }
  void read(const schema::ForeignKey& key) { take("ForeignKeyConstraint", key.name, key.columns); }
  void read(const schema::Unique& unique) { take("UniqueConstraint", unique.name, unique.columns); }
  void read(const schema::Check& check) { take("CheckConstraint", check.name, {}); }
  void read(const schema::Exclude& exclude) { take("Constraint", exclude.name, {}); }
  void take(std::string_view class_name, schema::Name own, std::vector<std::string> own_columns) {
    cls = class_name;
    name = std::move(own);
    columns = std::move(own_columns);
  }
};

}  // namespace

Value SchemaObjects::constraint(const schema::Table& table, const schema::Constraint& constraint) {
  const ConstraintShape shape(constraint);
  Instance* self = evaluator_.new_instance(schema_class(evaluator_, shape.cls));
  set_item(evaluator_, self, ConstraintItem{constraint});
  self->attributes.set("name",
                       shape.name.text.empty() ? Value::none() : evaluator_.str(shape.name.text));
  self->attributes.set("table", this->table(table));
  self->attributes.set("columns", columns(table, shape.columns));
  self->attributes.set("info", evaluator_.dict());
  if (const auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
    schema::Table referred;
    referred.name = key->referred_table;
    referred.schema = key->referred_schema;
    self->attributes.set("referred_table", make_table(evaluator_, referred));
  }
  return self;
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
