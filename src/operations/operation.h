#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/source.h"
#include "schema/table.h"
#include "sql/datum.h"
#include "sql/expression.h"

// The one intermediate representation of schema changes: scripts, models and autogenerate make
// operations; dialects compile them to SQL; renderers print them; reverse() inverts them.
namespace retort::operations {

struct CreateTable {
  schema::Table table{};
  bool if_not_exists = false;
  friend bool operator==(const CreateTable&, const CreateTable&) = default;
};
struct DropTable {
  std::string table{};
  std::string schema{};
  bool if_exists = false;
  std::optional<schema::Table>
      dropped{};  // the whole table where it is known: what reverse() makes
  schema::Options options{};
  friend bool operator==(const DropTable&, const DropTable&) = default;
};
struct RenameTable {
  std::string table{};
  std::string new_name{};
  std::string schema{};
  friend bool operator==(const RenameTable&, const RenameTable&) = default;
};
struct AddColumn {
  std::string table{};
  std::string schema{};
  schema::Column column{};
  // ForeignKey(...) and CheckConstraint(...) written inside the column.
  std::vector<schema::Constraint> constraints{};
  // What its type makes on it: a spatial column's index.
  std::vector<schema::Index> indexes{};
  bool if_not_exists = false;
  bool inline_references = false;
  bool inline_primary_key = false;
  std::string insert_before{};  // batch only: where the new column goes
  std::string insert_after{};
  friend bool operator==(const AddColumn&, const AddColumn&) = default;
};
struct DropColumn {
  std::string table{};
  std::string schema{};
  std::string column{};
  bool if_exists = false;
  std::optional<schema::Column> dropped{};
  schema::Options options{};
  friend bool operator==(const DropColumn&, const DropColumn&) = default;
};
// What is absent is left alone. A default or comment of nullopt inside means "remove it".
struct AlterColumn {
  std::string table{};
  std::string schema{};
  std::string column{};
  std::optional<std::string> new_name{};
  std::optional<sql::Type> type{};
  std::optional<bool> nullable{};
  std::optional<std::optional<schema::ServerDefault>> server_default{};
  std::optional<std::optional<schema::Computed>> computed{};  // server_default=Computed(...)
  std::optional<std::optional<schema::Identity>> identity{};  // server_default=Identity(...)
  std::optional<std::optional<std::string>> comment{};
  std::optional<bool> autoincrement{};
  std::optional<sql::Type> existing_type{};
  std::optional<bool> existing_nullable{};
  std::optional<std::optional<schema::ServerDefault>> existing_server_default{};
  std::optional<std::optional<schema::Identity>> existing_identity{};
  std::optional<std::string> existing_comment{};
  std::optional<bool> existing_autoincrement{};
  std::string insert_before{};  // batch only
  std::string insert_after{};
  schema::Options options{};  // postgresql_using, mysql_...
  friend bool operator==(const AlterColumn&, const AlterColumn&) = default;
};
struct CreateIndex {
  std::string table{};
  std::string schema{};
  schema::Index index{};
  bool if_not_exists = false;
  friend bool operator==(const CreateIndex&, const CreateIndex&) = default;
};
struct DropIndex {
  schema::Name name{};
  std::string table{};  // may be empty
  std::string schema{};
  bool if_exists = false;
  std::optional<schema::Index> dropped{};
  schema::Options options{};
  friend bool operator==(const DropIndex&, const DropIndex&) = default;
};
// create_primary_key, create_unique_constraint, create_check_constraint, create_foreign_key,
// create_exclude_constraint
struct AddConstraint {
  std::string table{};
  std::string schema{};
  schema::Constraint constraint{};
  friend bool operator==(const AddConstraint&, const AddConstraint&) = default;
};
struct DropConstraint {
  schema::Name name{};
  std::string table{};
  std::string schema{};
  std::string type{};  // "foreignkey", "primary", "unique", "check" or empty
  bool if_exists = false;
  std::optional<schema::Constraint> dropped{};
  friend bool operator==(const DropConstraint&, const DropConstraint&) = default;
};
// create_table_comment, drop_table_comment (nullopt)
struct SetTableComment {
  std::string table{};
  std::string schema{};
  std::optional<std::string> comment{};
  std::optional<std::string> existing_comment{};
  friend bool operator==(const SetTableComment&, const SetTableComment&) = default;
};
// op.execute and what is like it: a statement with its parameters.
struct Execute {
  sql::Expression statement{};
  friend bool operator==(const Execute&, const Execute&) = default;
};
struct BulkInsert {
  schema::Table table{};
  // One row a vector, in the order of `columns`. An expression (inline_literal, func) as it is; an
  // empty one where a row that is a statement of its own (--sql, multiinsert=False) leaves out the
  // column.
  std::vector<std::string> columns{};
  std::vector<std::vector<std::variant<sql::Datum, sql::Expression>>> rows{};
  bool multiinsert = true;
  friend bool operator==(const BulkInsert&, const BulkInsert&) = default;
};
struct CreateType {  // CREATE TYPE ... AS ENUM: sa.Enum(...).create(bind)
  sql::Type type{};
  bool check_first = false;
  friend bool operator==(const CreateType&, const CreateType&) = default;
};
struct DropType {
  sql::Type type{};
  bool check_first = false;
  friend bool operator==(const DropType&, const DropType&) = default;
};
struct CreateSequence {
  schema::Sequence sequence{};
  bool if_not_exists = false;
  friend bool operator==(const CreateSequence&, const CreateSequence&) = default;
};
struct DropSequence {
  schema::Sequence sequence{};
  bool if_exists = false;
  friend bool operator==(const DropSequence&, const DropSequence&) = default;
};

// The values of an enum type (PostgreSQL). Values are added at their place; for one that goes, or
// another order, the type is made anew and the columns that use it change over.
struct AlterEnum {
  struct Use {
    std::string schema{};
    std::string table{};
    std::string column{};
    bool array = false;
    std::optional<schema::ServerDefault> server_default{};  // before and after
    friend bool operator==(const Use&, const Use&) = default;
  };
  sql::Type from{};
  sql::Type to{};
  std::vector<Use> uses{};
  friend bool operator==(const AlterEnum&, const AlterEnum&) = default;
};
// A view, trigger, function, extension, ... by the statement that makes it.
struct CreateDefinition {
  schema::Definition definition{};
  friend bool operator==(const CreateDefinition&, const CreateDefinition&) = default;
};
struct DropDefinition {
  schema::Definition definition{};
  friend bool operator==(const DropDefinition&, const DropDefinition&) = default;
};

// An operation of the project's own (Operations.register_operation) in a new revision: the Python
// that its renderer gives for the file. Only the file can run it.
struct OwnOperation {
  std::string name{};  // its class
  std::string text{};  // lines
  std::vector<std::string> imports{};
  friend bool operator==(const OwnOperation&, const OwnOperation&) = default;
};

struct Operation;

enum class Recreate : std::uint8_t { kAuto, kAlways, kNever };

// with op.batch_alter_table(...): the operations of one block, applied together at its end. On an
// engine that can't alter in place they become one rebuild of the table.
struct BatchAlterTable {
  BatchAlterTable();
  BatchAlterTable(const BatchAlterTable&);
  BatchAlterTable(BatchAlterTable&&) noexcept;
  BatchAlterTable& operator=(const BatchAlterTable&);
  BatchAlterTable& operator=(BatchAlterTable&&) noexcept;
  ~BatchAlterTable();

  std::string table{};
  std::string schema{};
  Recreate recreate = Recreate::kAuto;
  std::optional<schema::Table> copy_from{};
  // reflect_args: columns and constraints that replace reflected ones of the same name.
  std::vector<schema::Column> reflect_columns{};
  std::vector<schema::Constraint> reflect_constraints{};
  // table_args: further constraints and indexes of the new table.
  std::vector<schema::Constraint> table_constraints{};
  std::vector<schema::Index> table_indexes{};
  schema::Options table_options{};           // table_kwargs
  schema::Options existing_table_options{};  // what they were, where it is known
  schema::NamingConvention naming_convention{};
  std::vector<std::vector<std::string>> partial_reordering{};
  std::vector<Operation> operations;
  friend bool operator==(const BatchAlterTable& a, const BatchAlterTable& b);
};

using OperationVariant =
    std::variant<CreateTable, DropTable, RenameTable, AddColumn, DropColumn, AlterColumn,
                 CreateIndex, DropIndex, AddConstraint, DropConstraint, SetTableComment, Execute,
                 BulkInsert, CreateType, DropType, CreateSequence, DropSequence, AlterEnum,
                 CreateDefinition, DropDefinition, OwnOperation, BatchAlterTable>;

// Its special members are compiled in operation.cc, as every other file would have its own of them.
struct Operation : OperationVariant {
  using OperationVariant::OperationVariant;
  Operation();
  Operation(const Operation&);
  Operation(Operation&&) noexcept;
  Operation& operator=(const Operation&);
  Operation& operator=(Operation&&) noexcept;
  ~Operation();
  friend bool operator==(const Operation&, const Operation&);
};

}  // namespace retort::operations
