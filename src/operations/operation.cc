#include "operations/operation.h"

namespace retort::operations {

bool operator==(const BatchAlterTable& a, const BatchAlterTable& b) {
  auto fields = [](const BatchAlterTable& op) {
    return std::tie(op.table, op.schema, op.recreate, op.copy_from, op.reflect_columns,
                    op.reflect_constraints, op.table_constraints, op.table_indexes,
                    op.table_options, op.existing_table_options, op.naming_convention,
                    op.partial_reordering, op.operations);
  };
  return fields(a) == fields(b);
}

BatchAlterTable::BatchAlterTable() = default;
BatchAlterTable::BatchAlterTable(const BatchAlterTable&) = default;
BatchAlterTable::BatchAlterTable(BatchAlterTable&&) noexcept = default;
BatchAlterTable& BatchAlterTable::operator=(const BatchAlterTable&) = default;
BatchAlterTable& BatchAlterTable::operator=(BatchAlterTable&&) noexcept = default;
BatchAlterTable::~BatchAlterTable() = default;

Operation::Operation() = default;
Operation::Operation(const Operation&) = default;
Operation::Operation(Operation&&) noexcept = default;
Operation& Operation::operator=(const Operation&) = default;
Operation& Operation::operator=(Operation&&) noexcept = default;
Operation::~Operation() = default;
bool operator==(const Operation& a, const Operation& b) {
  return static_cast<const OperationVariant&>(a) == static_cast<const OperationVariant&>(b);
}

}  // namespace retort::operations
