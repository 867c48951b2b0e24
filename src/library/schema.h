#pragma once

#include <retort/metadata.h>
#include <retort/op.h>
#include <retort/table.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "schema/table.h"

// Between the public tables and the internal ones.
namespace retort::library {

// The type of a column that another one refers to; a type that is not known where it can't be told.
using TypeOf = std::function<sql::Type(const std::string& schema, const std::string& table,
                                       const std::string& column)>;

schema::Name to_name(const Name& name);
schema::ServerDefault to_default(const ServerDefault& value);
schema::Identity to_identity(const Identity& identity);
schema::Options to_options(const std::vector<DialectOption>& options);
schema::NamingConvention to_convention(const NamingConvention& naming);
std::string to_action(Action action);

// A column with the constraints that were written inside it. Throws Error(code::kOperation) when it
// has no type and `type_of` does not tell one.
struct ColumnParts {
  schema::Column column{};
  std::vector<schema::Constraint> constraints{};
};
ColumnParts to_column(const Column& column, const TypeOf& type_of);
schema::Constraint to_constraint(const Constraint& constraint);
schema::Index to_index(const Index& index);
schema::Table to_table(const Table& table, const TypeOf& type_of);
// Types of foreign keys come from the tables referred to. Throws Error(code::kOperation) for one
// that is not there.
schema::MetaData to_metadata(const MetaData& metadata);

Table from_table(const schema::Table& table);

}  // namespace retort::library
