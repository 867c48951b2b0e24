#pragma once

#include <retort/op.h>

#include "library/schema.h"
#include "operations/operation.h"

// The arguments of Op's and Op::Batch's functions as operations; the table is filled in by the
// caller.
namespace retort::library {

operations::AddColumn add_column(const Column& column, const TypeOf& type_of);
operations::AlterColumn alter_column(const std::string& column, const AlterColumn& changes);
operations::AddConstraint primary_key(const Name& name, const std::vector<std::string>& columns);
operations::AddConstraint unique_constraint(const Name& name,
                                            const std::vector<std::string>& columns);
operations::AddConstraint check_constraint(const Name& name, const Expression& condition);
operations::AddConstraint foreign_key(const Name& name, const std::string& referent_table,
                                      const std::vector<std::string>& local_columns,
                                      const std::vector<std::string>& remote_columns,
                                      const ForeignKeyOptions& options);
operations::DropConstraint drop_constraint(const Name& name, ConstraintKind kind);
operations::Execute execute(std::string_view sql);
// Throws Error(code::kMisuse) for a row that has other columns than the first.
operations::BulkInsert bulk_insert(const Expression& table, const std::vector<RowValues>& rows);

}  // namespace retort::library
