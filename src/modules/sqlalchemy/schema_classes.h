#pragma once

#include <span>
#include <string_view>

#include "modules/host.h"
#include "modules/sqlalchemy/schema_items.h"
#include "python/evaluator.h"

// The classes behind schema_items.h, one file a family. Each maker is called once for an evaluator,
// when the class is first asked for.
namespace retort::modules {

// A class of sqlalchemy.schema by name; it must be one of those that are there.
python::Class* schema_class(python::Evaluator& evaluator, std::string_view name);
Host& schema_host(python::Evaluator& evaluator);
// What the schema's classes keep for one evaluator: the classes made, the host, the listener.
python::Module& schema_registry(python::Evaluator& evaluator);

python::Class* make_column_class(python::Evaluator& evaluator);
python::Class* make_foreign_key_class(python::Evaluator& evaluator);
python::Class* make_computed_class(python::Evaluator& evaluator);
python::Class* make_identity_class(python::Evaluator& evaluator);
python::Class* make_sequence_class(python::Evaluator& evaluator);
python::Class* make_fetched_value_class(python::Evaluator& evaluator);
python::Class* make_default_clause_class(python::Evaluator& evaluator);
python::Class* make_column_default_class(python::Evaluator& evaluator);
python::Class* make_primary_key_class(python::Evaluator& evaluator);
python::Class* make_foreign_key_constraint_class(python::Evaluator& evaluator);
python::Class* make_unique_class(python::Evaluator& evaluator);
python::Class* make_check_class(python::Evaluator& evaluator);
python::Class* make_exclude_class(python::Evaluator& evaluator);
python::Class* make_index_class(python::Evaluator& evaluator);
python::Class* make_table_class(python::Evaluator& evaluator);
python::Class* make_metadata_class(python::Evaluator& evaluator);
python::Class* make_conv_class(python::Evaluator& evaluator);

// A class and what makes it.
struct NamedMaker {
  std::string_view name;
  python::Class* (*make)(python::Evaluator&);
};
// The classes of statements.
std::span<const NamedMaker> ddl_makers();

// Table.constraints, .indexes, .primary_key, .foreign_keys and .foreign_key_constraints.
void define_table_parts(python::Evaluator& evaluator, python::Class& table);

// The table of a Table, its foreign keys resolved; a TypeError for anything else.
const schema::Table& table_in(python::Evaluator& evaluator, python::Value value);

// Table.create() and .drop(), MetaData.create_all() and .drop_all().
void define_table_creation(python::Evaluator& evaluator, python::Class& table);
void define_metadata_creation(python::Evaluator& evaluator, python::Class& metadata);
// The table alone: it is create() that makes types and indexes, too.
operations::CreateTable table_creation(python::Evaluator& evaluator, python::Value table);
// Index.create() and .drop(), and their operations; an Index without a table is an error.
void define_index_creation(python::Evaluator& evaluator, python::Class& index);
operations::CreateIndex index_creation(python::Evaluator& evaluator, python::Value index);
operations::DropIndex index_removal(python::Evaluator& evaluator, python::Value index);

// Puts an item into a Python object.
template <typename T>
T& set_item(python::Evaluator& evaluator, python::Value self, T value) {
  auto* holder = evaluator.new_instance(evaluator.builtin_class("object"));
  T& inside = holder->set_native(std::move(value));
  self.get<python::Instance>()->attributes.set(kItem, holder);
  return inside;
}

}  // namespace retort::modules
