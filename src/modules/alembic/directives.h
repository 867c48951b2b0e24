#pragma once

#include <string_view>

#include "modules/host.h"
#include "operations/operation.h"
#include "python/evaluator.h"

// The arguments of op's and batch_op's directives, read into operations. A directive of batch_op
// has no table argument: the reader leaves the table's name empty and the batch fills it in.
namespace retort::modules {

operations::AddColumn read_add_column(python::Evaluator& evaluator, const python::Arguments& args);
operations::DropColumn read_drop_column(python::Evaluator& evaluator,
                                        const python::Arguments& args);
operations::AlterColumn read_alter_column(python::Evaluator& evaluator, Host& host,
                                          const python::Arguments& args);
operations::CreateTable read_create_table(python::Evaluator& evaluator,
                                          const python::Arguments& args);
operations::DropTable read_drop_table(python::Evaluator& evaluator, const python::Arguments& args);
operations::CreateIndex read_create_index(python::Evaluator& evaluator,
                                          const python::Arguments& args);
operations::DropIndex read_drop_index(python::Evaluator& evaluator, const python::Arguments& args);
operations::AddConstraint read_primary_key(python::Evaluator& evaluator,
                                           const python::Arguments& args);
operations::AddConstraint read_unique_constraint(python::Evaluator& evaluator,
                                                 const python::Arguments& args);
operations::AddConstraint read_check_constraint(python::Evaluator& evaluator,
                                                const python::Arguments& args);
operations::AddConstraint read_foreign_key(python::Evaluator& evaluator,
                                           const python::Arguments& args);
operations::AddConstraint read_exclude_constraint(python::Evaluator& evaluator,
                                                  const python::Arguments& args);
operations::DropConstraint read_drop_constraint(python::Evaluator& evaluator,
                                                const python::Arguments& args);
operations::SetTableComment read_table_comment(python::Evaluator& evaluator,
                                               const python::Arguments& args);
operations::BulkInsert read_bulk_insert(python::Evaluator& evaluator, Host& host,
                                        const python::Arguments& args);
// op.execute(): a str, an expression, or a DDL element such as CreateSequence.
operations::Operation read_execute(python::Evaluator& evaluator, const python::Arguments& args);

// The parameters of a directive without its name and its table: shared by op and batch_op.
namespace signature {
inline constexpr std::string_view kAlterColumn =
    "nullable=None, comment=False, server_default=False, new_column_name=None, type_=None, "
    "existing_type=None, existing_server_default=False, existing_nullable=None, "
    "existing_comment=None, autoincrement=None, existing_autoincrement=None";
inline constexpr std::string_view kForeignKey =
    "onupdate=None, ondelete=None, deferrable=None, initially=None, match=None";
}  // namespace signature

}  // namespace retort::modules
