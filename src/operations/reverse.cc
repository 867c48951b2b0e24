#include "operations/reverse.h"

#include "base/error.h"
#include "operations/describe.h"

namespace retort::operations {
namespace {

[[noreturn]] void refuse(const Operation& operation, const std::string& why,
                         const std::string& what_to_do) {
  throw Error(code::kOperation, "can't reverse '" + describe(operation) + "': " + why)
      .with_hint(what_to_do);
}

std::string kind_of(const schema::Constraint& constraint) {
  struct Visitor {
    std::string operator()(const schema::PrimaryKey&) { return "primary"; }
    std::string operator()(const schema::ForeignKey&) { return "foreignkey"; }
    std::string operator()(const schema::Unique&) { return "unique"; }
    std::string operator()(const schema::Check&) { return "check"; }
    std::string operator()(const schema::Exclude&) { return ""; }
  };
  return std::visit(Visitor{}, constraint);
}

struct Reverse {
  Operation operator()(const CreateTable& op) const {
    DropTable drop{op.table.name, op.table.schema, op.if_not_exists, op.table, {}};
    return drop;
  }
  Operation operator()(const DropTable& op) const {
    if (!op.dropped) {
      refuse(op, "what the table looked like is not known",
             "write the create_table() of the other direction by hand");
    }
    return CreateTable{*op.dropped, op.if_exists};
  }
  Operation operator()(const RenameTable& op) const {
    return RenameTable{op.new_name, op.table, op.schema};
  }
  Operation operator()(const AddColumn& op) const {
    return DropColumn{op.table, op.schema, op.column.name, op.if_not_exists, op.column, {}};
  }
  Operation operator()(const DropColumn& op) const {
    if (!op.dropped) {
      refuse(op, "what the column looked like is not known",
             "write the add_column() of the other direction by hand");
    }
    AddColumn add{op.table, op.schema, *op.dropped};
    add.if_not_exists = op.if_exists;
    return add;
  }
  Operation operator()(const AlterColumn& op) const;
  Operation operator()(const CreateIndex& op) const {
    return DropIndex{op.index.name,    op.table, op.schema,
                     op.if_not_exists, op.index, op.index.options};
  }
  Operation operator()(const DropIndex& op) const {
    if (!op.dropped) {
      refuse(op, "what the index looked like is not known",
             "write the create_index() of the other direction by hand");
    }
    return CreateIndex{op.table, op.schema, *op.dropped, op.if_exists};
  }
  Operation operator()(const AddConstraint& op) const {
    return DropConstraint{schema::name_of(op.constraint), op.table, op.schema,
                          kind_of(op.constraint),         false,    op.constraint};
  }
  Operation operator()(const DropConstraint& op) const {
    if (!op.dropped) {
      refuse(op, "what the constraint looked like is not known",
             "write the constraint of the other direction by hand");
    }
    return AddConstraint{op.table, op.schema, *op.dropped};
  }
  Operation operator()(const SetTableComment& op) const {
    return SetTableComment{op.table, op.schema, op.existing_comment, op.comment};
  }
  Operation operator()(const Execute& op) const {
    refuse(op, "a statement has no inverse", "write the statement of the other direction by hand");
  }
  Operation operator()(const BulkInsert& op) const {
    refuse(op, "which rows to delete again is not known",
           "write the DELETE of the other direction by hand");
  }
  Operation operator()(const CreateType& op) const { return DropType{op.type, op.check_first}; }
  Operation operator()(const DropType& op) const { return CreateType{op.type, op.check_first}; }
  Operation operator()(const CreateSequence& op) const {
    return DropSequence{op.sequence, op.if_not_exists};
  }
  Operation operator()(const DropSequence& op) const {
    return CreateSequence{op.sequence, op.if_exists};
  }
  Operation operator()(const AlterEnum& op) const { return AlterEnum{op.to, op.from, op.uses}; }
  Operation operator()(const CreateDefinition& op) const { return DropDefinition{op.definition}; }
  Operation operator()(const DropDefinition& op) const { return CreateDefinition{op.definition}; }
  Operation operator()(const OwnOperation& op) const {
    refuse(op, "it is the project's own", "write the other direction by hand");
  }
  Operation operator()(const BatchAlterTable& op) const {
    BatchAlterTable back = op;
    // It shows the table as it was before; afterwards the table is another one.
    back.copy_from.reset();
    if (!op.table_options.empty() && op.existing_table_options.empty()) {
      refuse(op, "the table's options before are not known",
             "write the batch_alter_table() of the other direction by hand");
    }
    std::swap(back.table_options, back.existing_table_options);
    back.operations = reverse_all(op.operations);
    return back;
  }
};

Operation Reverse::operator()(const AlterColumn& op) const {
  auto need = [&](bool known, const std::string& what) {
    if (!known) {
      refuse(op, "the column's " + what + " before is not known",
             "give alter_column() existing_" + what + "=");
    }
  };
  AlterColumn back = op;
  if (op.new_name) {
    back.column = *op.new_name;
    back.new_name = op.column;
  }
  if (op.type) {
    need(op.existing_type.has_value(), "type");
    std::swap(back.type, back.existing_type);
    // It converts in the other direction.
    std::erase_if(back.options,
                  [](const schema::Option& option) { return option.name == "postgresql_using"; });
  }
  if (op.nullable) {
    need(op.existing_nullable.has_value(), "nullable");
    std::swap(back.nullable, back.existing_nullable);
  }
  if (op.server_default) {
    need(op.existing_server_default.has_value(), "server_default");
    std::swap(back.server_default, back.existing_server_default);
  }
  if (op.identity) {
    back.identity = op.existing_identity.value_or(std::nullopt);
    back.existing_identity = op.identity;
  }
  if (op.computed) {
    refuse(op, "a generated column can't be changed in place", "drop the column and add it anew");
  }
  if (op.comment) {
    back.comment = op.existing_comment;
    back.existing_comment = *op.comment;
  }
  if (op.autoincrement) {
    need(op.existing_autoincrement.has_value(), "autoincrement");
    std::swap(back.autoincrement, back.existing_autoincrement);
  }
  return back;
}

}  // namespace

Operation reverse(const Operation& operation) { return std::visit(Reverse{}, operation); }

std::vector<Operation> reverse_all(std::span<const Operation> operations) {
  std::vector<Operation> back;
  for (auto one = operations.rbegin(); one != operations.rend(); ++one) {
    back.push_back(reverse(*one));
  }
  return back;
}

}  // namespace retort::operations
