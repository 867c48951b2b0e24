#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/host.h"
#include "python/evaluator.h"
#include "schema/table.h"

// Column, constraints, Index, Table and MetaData as evaluated files see them.
//
// Column derives from the expression class ColumnClause and Table from TableClause, so their
// instances carry a sql::Expression as payload, as every expression does. What DDL needs of them is
// an item of the types below in a hidden attribute; item<T>() finds it.
namespace retort::modules {

struct ColumnItem {
  schema::Column column{};
  // ForeignKey(...) and CheckConstraint(...) written inside the column, its name filled in when the
  // column has one.
  std::vector<schema::Constraint> constraints{};
  // The targets of those foreign keys whose referred_table is empty, in order.
  std::vector<python::Value> waiting{};
};

struct ForeignKeyItem {
  schema::ForeignKey key{};  // no columns; referred_columns is empty for a bare table name
  // The target where it can only be told later: a Column that is in no table yet, a function that
  // gives one. Then `key` has no referred table.
  python::Value waiting{};
};

struct ConstraintItem {
  schema::Constraint constraint{};
};

struct IndexItem {
  schema::Index index{};
};

// The names of columns by their keys, where these differ: constraints and foreign keys may say
// either.
using ColumnKeys = std::map<std::string, std::string, std::less<>>;

struct TableItem {
  schema::Table table{};
  ColumnKeys keys{};
};

struct MetaDataItem {
  schema::MetaData metadata{};
  // Tables with a column that has no type yet: that of the column its foreign key refers to.
  std::vector<python::Value> untyped{};
  bool has_keys = false;  // a table has columns with a key of their own
};

// The hidden attribute that holds an item.
inline constexpr std::string_view kItem = "_retort_item";

// The item inside a Python object, or nullptr.
template <typename T>
T* item(python::Value value) {
  auto* instance = value.get<python::Instance>();
  return instance ? python::native<T>(instance->attributes.find(kItem)) : nullptr;
}

// server_default=...: a str, an expression, or what DefaultClause wraps; nullopt for FetchedValue.
std::optional<schema::ServerDefault> to_server_default(python::Evaluator& evaluator,
                                                       python::Value value);

// "postgresql_using": the keyword of a dialect.
bool is_dialect_keyword(std::string_view name);
// warnings.warn().
void warn(python::Evaluator& evaluator, std::string_view message);

// Keyword arguments of a dialect (postgresql_using=...). `taken` completes the message about a
// keyword that is none: "create_index()".
schema::Options to_options(python::Evaluator& evaluator,
                           std::span<const std::pair<std::string, python::Value>> keywords,
                           std::string_view taken_by, const python::Signature& signature);

// Each column once, as a set of columns has it.
std::vector<std::string> distinct(std::vector<std::string> columns);

// One key of an index or the columns of a constraint: a name, a Column, or an expression.
schema::IndexKey to_index_key(python::Evaluator& evaluator, python::Value value);
// A column by name or as a Column object.
std::string to_column_name(python::Evaluator& evaluator, python::Value value,
                           std::string_view what);

// The target of a foreign key: "schema.table.column", "table" for the column of the same name, or a
// Column that is in a table.
void read_foreign_key_target(python::Evaluator& evaluator, python::Value target,
                             schema::ForeignKey& key);
void read_references(python::Evaluator& evaluator, std::span<const python::Value> targets,
                     schema::ForeignKey& key);
// The (column, operator) pairs of an EXCLUDE constraint.
schema::Exclude read_exclude(python::Evaluator& evaluator, std::span<const python::Value> elements);

// Finds the targets that foreign keys of a Table object wait for: in its item, for good.
// `only_ready`: those of functions and of columns that still are in no table go on waiting.
void resolve_foreign_keys(python::Evaluator& evaluator, python::Value table,
                          bool only_ready = false);

ColumnKeys keys_of(std::span<const python::Value> items);
// The name of a table's column that is given by its name or its key.
void name_by_key(const schema::Table& table, const ColumnKeys& keys, std::string& column);
// The same for all that a table's constraints and indexes say of its own columns.
void name_by_keys(schema::Table& table, const ColumnKeys& keys);

// Puts columns, constraints and indexes into a table in the order SQLAlchemy would create them:
// what was written as an argument first, then the keys inside columns.
void add_items(python::Evaluator& evaluator, schema::Table& table,
               std::span<const python::Value> items, std::string_view taken_by);

// A constraint or an index of Column objects that are in no table yet becomes part of the table
// that they are put into: `Index("ix_name", name)` in the body of a class.
void wait_for_table(python::Evaluator& evaluator, std::span<const python::Value> columns,
                    python::Value waiting);
// Puts what waits for the columns among `items` into their table.
void add_waiting(python::Evaluator& evaluator, schema::Table& table,
                 std::span<const python::Value> items);

// A Python Table over a table that an operation made: what op.create_table() returns.
python::Value make_table(python::Evaluator& evaluator, const schema::Table& table);

// A Python Table of a table that is being made, with the Column objects it is made of.
python::Value make_table_of(python::Evaluator& evaluator, const schema::Table& table,
                            std::span<const python::Value> items);

// The hidden attribute of a Column that holds its type as it was given, where that was an object.
inline constexpr std::string_view kTypeObject = "_retort_type";
// The hidden attribute of a Column that holds its server_default as it was given.
inline constexpr std::string_view kServerDefault = "_retort_server_default";
// column.type = type
void set_column_type(python::Evaluator& evaluator, python::Value object, ColumnItem& column,
                     python::Value type);

// Names a Column object that has no name: the attribute of a class that holds it says it.
void give_name(python::Evaluator& evaluator, python::Value column, std::string_view name);

// A Python Column over a column that was read or made elsewhere.
python::Value make_column(python::Evaluator& evaluator, const schema::Column& column);
// An Index or a constraint of a Table over one that was read or made elsewhere.
python::Value make_index(python::Evaluator& evaluator, python::Value table,
                         const schema::Index& index);
python::Value make_constraint(python::Evaluator& evaluator, python::Value table,
                              const schema::Constraint& constraint);
schema::NamingConvention to_naming_convention(python::Evaluator& evaluator, python::Value value);
// MetaData.sorted_tables: referred tables first.
python::Value sorted_tables(python::Evaluator& evaluator, python::Value metadata);

// Reading the live schema for autoload_with and MetaData.reflect(); an error with --sql.
std::vector<python::Value> reflect_table(python::Evaluator& evaluator, const std::string& schema,
                                         const std::string& table);
std::vector<std::string> reflected_table_names(python::Evaluator& evaluator,
                                               const std::string& schema);

void bind_schema_items(python::Evaluator& evaluator, Host& host);
// A class or function of this part by name; absent when there is none.
python::Value find_schema_item(python::Evaluator& evaluator, std::string_view name);

}  // namespace retort::modules
