#include <algorithm>

#include "modules/sqlalchemy/expression_build.h"
#include "modules/sqlalchemy/schema_classes.h"
#include "schema/derive.h"
#include "schema/naming.h"

// What a Table consists of beside its columns, as objects made when they are asked for.
namespace retort::modules {

using python::Class;
using python::Evaluator;
using python::Instance;
using python::Value;

namespace {

Value text_or_none(Evaluator& evaluator, const std::string& text) {
  return text.empty() ? Value::none() : evaluator.str(text);
}

// The columns of a table by their names, as a `.c` collection; a name where the table has no such
// column.
Value columns_named(Evaluator& evaluator, Value table, const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, Value>> made;
  const std::vector<Value> all = evaluator.items(evaluator.get_attr(table, "c"));
  for (const std::string& name : names) {
    const auto found = std::ranges::find_if(all, [&](Value column) {
      const ColumnItem* own = item<ColumnItem>(column);
      return own && own->column.name == name;
    });
    made.emplace_back(name, found == all.end() ? evaluator.str(name) : *found);
  }
  return column_collection(evaluator, std::move(made));
}

// The table that a key refers to: that of the same MetaData, or one that has nothing but its name.
Value referred_table(Evaluator& evaluator, Value table, const schema::ForeignKey& key) {
  const std::string name =
      (key.referred_schema.empty() ? "" : key.referred_schema + ".") + key.referred_table;
  if (const Value metadata = evaluator.find_attr(table, "metadata"); item<MetaDataItem>(metadata)) {
    auto* tables = metadata.get<Instance>()->attributes.find("tables").get<python::Dict>();
    if (const Value found = tables ? tables->find(name) : Value()) return found;
  }
  schema::Table referred;
  referred.name = key.referred_table;
  referred.schema = key.referred_schema;
  return make_table(evaluator, referred);
}

// The ForeignKey objects of a ForeignKeyConstraint.
Value elements(Evaluator& evaluator, Instance* constraint, const schema::ForeignKey& key) {
  std::vector<Value> made;
  const Value referred = constraint->attributes.find("referred_table");
  const std::vector<Value> parents = evaluator.items(constraint->attributes.find("columns"));
  const std::vector<Value> targets =
      evaluator.items(columns_named(evaluator, referred, key.referred_columns));
  for (std::size_t i = 0; i < parents.size() && i < targets.size(); ++i) {
    Instance* one = evaluator.new_instance(schema_class(evaluator, "ForeignKey"));
    set_item(evaluator, one, ForeignKeyItem{key, {}});
    one->attributes.set("parent", parents[i]);
    one->attributes.set("column", targets[i]);
    one->attributes.set("constraint", constraint);
    one->attributes.set(
        "target_fullname",
        evaluator.str((key.referred_schema.empty() ? "" : key.referred_schema + ".") +
                      key.referred_table + "." + key.referred_columns[i]));
    for (std::string_view name : {"name", "ondelete", "onupdate"}) {
      one->attributes.set(name, constraint->attributes.find(name));
    }
    made.emplace_back(one);
  }
  return evaluator.list(std::move(made));
}

struct ConstraintShape {
  std::string_view cls;
  const std::vector<std::string>* columns = nullptr;

  explicit ConstraintShape(const schema::Constraint& constraint) {
    struct Visitor {
      ConstraintShape& shape;
      void operator()(const schema::PrimaryKey& key) const {
        shape = {"PrimaryKeyConstraint", &key.columns};
      }
      void operator()(const schema::ForeignKey& key) const {
        shape = {"ForeignKeyConstraint", &key.columns};
      }
      void operator()(const schema::Unique& key) const {
        shape = {"UniqueConstraint", &key.columns};
      }
      void operator()(const schema::Check&) const { shape = {"CheckConstraint", nullptr}; }
      void operator()(const schema::Exclude&) const { shape = {"ExcludeConstraint", nullptr}; }
    };
    std::visit(Visitor{*this}, constraint);
  }

 private:
  ConstraintShape(std::string_view c, const std::vector<std::string>* names)
      : cls(c), columns(names) {}
};

const schema::NamingConvention& convention_of(Evaluator& evaluator, Value table) {
  const Value metadata = evaluator.find_attr(table, "metadata");
  const MetaDataItem* owner = metadata ? item<MetaDataItem>(metadata) : nullptr;
  const bool given = owner && !owner->metadata.naming_convention.empty();
  return given ? owner->metadata.naming_convention : schema::default_naming_convention();
}

using Made = std::vector<Value>;

Made constraints(Evaluator& evaluator, Value table) {
  resolve_foreign_keys(evaluator, table);
  Made made;
  const schema::Table& own = item<TableItem>(table)->table;
  for (schema::Constraint& constraint : schema::all_constraints(own, nullptr)) {
    const schema::Name name =
        schema::resolve_name(convention_of(evaluator, table), constraint, own.schema, own.name);
    std::visit([&](auto& one) { one.name = name; }, constraint);
    made.push_back(make_constraint(evaluator, table, constraint));
  }
  return made;
}

Made indexes(Evaluator& evaluator, Value table) {
  Made made;
  const schema::Table& own = item<TableItem>(table)->table;
  for (schema::Index& index : schema::all_indexes(own)) {
    index.name = schema::resolve_name(convention_of(evaluator, table), index, own.schema, own.name);
    made.push_back(make_index(evaluator, table, index));
  }
  return made;
}

Made of_class(Evaluator& evaluator, const Made& all, std::string_view cls) {
  Made made;
  for (Value one : all) {
    if (evaluator.is_instance(one, schema_class(evaluator, cls))) made.push_back(one);
  }
  return made;
}

}  // namespace

Value make_index(Evaluator& evaluator, Value table, const schema::Index& index) {
  Instance* self = evaluator.new_instance(schema_class(evaluator, "Index"));
  set_item(evaluator, self, IndexItem{index});
  std::vector<std::string> names;
  for (const schema::IndexKey& key : index.keys) {
    if (!key.column.empty()) names.push_back(key.column);
  }
  self->attributes.set("name", text_or_none(evaluator, index.name.text));
  self->attributes.set("table", table);
  self->attributes.set("unique", Value::boolean(index.unique));
  self->attributes.set("columns", columns_named(evaluator, table, names));
  self->attributes.set("info", evaluator.dict());
  return self;
}

Value make_constraint(Evaluator& evaluator, Value table, const schema::Constraint& constraint) {
  const ConstraintShape shape(constraint);
  Instance* self = evaluator.new_instance(schema_class(evaluator, shape.cls));
  set_item(evaluator, self, ConstraintItem{constraint});
  self->attributes.set("name", text_or_none(evaluator, schema::name_of(constraint).text));
  self->attributes.set("table", table);
  self->attributes.set("info", evaluator.dict());
  static const std::vector<std::string> kNone;
  self->attributes.set("columns",
                       columns_named(evaluator, table, shape.columns ? *shape.columns : kNone));
  if (const auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
    std::vector<Value> names;
    for (const std::string& name : key->columns) names.push_back(evaluator.str(name));
    self->attributes.set("column_keys", evaluator.list(std::move(names)));
    self->attributes.set("ondelete", text_or_none(evaluator, key->ondelete));
    self->attributes.set("onupdate", text_or_none(evaluator, key->onupdate));
    self->attributes.set("use_alter", Value::boolean(key->use_alter));
    self->attributes.set("referred_table", referred_table(evaluator, table, *key));
    self->attributes.set("elements", elements(evaluator, self, *key));
  }
  return self;
}

void define_table_parts(Evaluator& evaluator, Class& table) {
  const auto define = [&](std::string_view name, auto getter) {
    evaluator.define_property(table, name, [getter](Evaluator& e, Value self) -> Value {
      if (!item<TableItem>(self)) return Value::none();
      return getter(e, self);
    });
  };
  define("constraints", [](Evaluator& e, Value self) { return e.set(constraints(e, self)); });
  define("indexes", [](Evaluator& e, Value self) { return e.set(indexes(e, self)); });
  define("foreign_key_constraints", [](Evaluator& e, Value self) {
    return e.set(of_class(e, constraints(e, self), "ForeignKeyConstraint"));
  });
  define("foreign_keys", [](Evaluator& e, Value self) {
    Made all;
    for (Value key : of_class(e, constraints(e, self), "ForeignKeyConstraint")) {
      for (Value one : e.items(e.get_attr(key, "elements"))) all.push_back(one);
    }
    return e.set(std::move(all));
  });
  define("primary_key", [](Evaluator& e, Value self) {
    const Made keys = of_class(e, constraints(e, self), "PrimaryKeyConstraint");
    return keys.empty() ? make_constraint(e, self, schema::PrimaryKey()) : keys.front();
  });
}

}  // namespace retort::modules
