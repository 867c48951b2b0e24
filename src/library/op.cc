#include "library/op.h"

#include <retort/error.h>

#include "dialect/inspector.h"
#include "library/directives.h"
#include "library/schema.h"
#include "library/session.h"
#include "library/tree.h"
#include "schema/derive.h"

namespace retort {

void Op::Implementation::invoke(operations::Operation operation) {
  host_->invoke(std::move(operation), {});
}

Connection& Op::Implementation::connection() {
  if (host_->offline()) {
    throw Error(code::kMisuse, "there is no database while SQL is only printed")
        .with_hint("ask op.offline() first, or write the migration without reading");
  }
  if (!connection_) {
    connection_.emplace(std::make_shared<library::Session>(host_->connection(), config::Url{}));
  }
  return *connection_;
}

sql::Type Op::Implementation::type_of(const std::string& schema, const std::string& table,
                                      const std::string& column) {
  schema::Table key;
  key.name = table;
  key.schema = schema;
  auto made = made_.find(key.full_name());
  std::optional<schema::Table> found;
  if (made != made_.end()) {
    found = made->second;
  } else if (!host_->offline()) {
    auto inspector = dialect::make_inspector(host_->connection());
    if (inspector->has_table(table, schema)) found = inspector->table(table, schema);
  }
  const schema::Column* own = found ? found->column(column) : nullptr;
  return own != nullptr ? own->type : sql::Type{};
}

namespace {

// For the columns of one directive.
library::TypeOf types(Op::Implementation& op) {
  return [&op](const std::string& schema, const std::string& table, const std::string& column) {
    return op.type_of(schema, table, column);
  };
}

template <typename Operation>
Operation of(Operation operation, const std::string& table, const std::string& schema) {
  operation.table = table;
  operation.schema = schema;
  return operation;
}

}  // namespace

void Op::create_table(const Table& table, IfNotExists options) {
  operations::CreateTable create;
  create.table = library::to_table(
      table, [&](const std::string& schema, const std::string& name, const std::string& column) {
        if (name == table.name && schema == table.schema) {
          const Column* own = table.column(column);
          if (own != nullptr && own->type.is_known()) return *own->type.implementation();
        }
        return implementation_->type_of(schema, name, column);
      });
  if (!options.schema.empty()) create.table.schema = options.schema;
  create.if_not_exists = options.if_not_exists;
  implementation_->remember(create.table);
  implementation_->invoke(std::move(create));
}

void Op::drop_table(const std::string& table, IfExists options) {
  operations::DropTable drop;
  drop.if_exists = options.if_exists;
  implementation_->invoke(of(std::move(drop), table, options.schema));
}

void Op::rename_table(const std::string& from, const std::string& to, const std::string& schema) {
  operations::RenameTable rename;
  rename.new_name = to;
  implementation_->invoke(of(std::move(rename), from, schema));
}

void Op::create_table_comment(const std::string& table, const std::string& comment,
                              const std::string& schema) {
  operations::SetTableComment set;
  set.comment = comment;
  implementation_->invoke(of(std::move(set), table, schema));
}

void Op::drop_table_comment(const std::string& table, const std::string& schema) {
  implementation_->invoke(of(operations::SetTableComment{}, table, schema));
}

void Op::add_column(const std::string& table, const Column& column, IfNotExists options) {
  operations::AddColumn add = library::add_column(column, types(*implementation_));
  add.if_not_exists = options.if_not_exists;
  implementation_->invoke(of(std::move(add), table, options.schema));
}

void Op::drop_column(const std::string& table, const std::string& column, IfExists options) {
  operations::DropColumn drop;
  drop.column = column;
  drop.if_exists = options.if_exists;
  implementation_->invoke(of(std::move(drop), table, options.schema));
}

void Op::alter_column(const std::string& table, const std::string& column,
                      const AlterColumn& changes) {
  implementation_->invoke(of(library::alter_column(column, changes), table, changes.schema));
}

void Op::create_index(const std::string& table, const Index& index, IfNotExists options) {
  operations::CreateIndex create;
  create.index = library::to_index(index);
  create.if_not_exists = options.if_not_exists;
  implementation_->invoke(of(std::move(create), table, options.schema));
}

void Op::drop_index(const Name& index, const std::string& table, IfExists options) {
  operations::DropIndex drop;
  drop.name = library::to_name(index);
  drop.if_exists = options.if_exists;
  implementation_->invoke(of(std::move(drop), table, options.schema));
}

void Op::create_primary_key(const Name& name, const std::string& table,
                            const std::vector<std::string>& columns, const std::string& schema) {
  implementation_->invoke(of(library::primary_key(name, columns), table, schema));
}

void Op::create_unique_constraint(const Name& name, const std::string& table,
                                  const std::vector<std::string>& columns,
                                  const std::string& schema) {
  implementation_->invoke(of(library::unique_constraint(name, columns), table, schema));
}

void Op::create_check_constraint(const Name& name, const std::string& table,
                                 const Expression& condition, const std::string& schema) {
  implementation_->invoke(of(library::check_constraint(name, condition), table, schema));
}

void Op::create_foreign_key(const Name& name, const std::string& source_table,
                            const std::string& referent_table,
                            const std::vector<std::string>& local_columns,
                            const std::vector<std::string>& remote_columns,
                            const ForeignKeyOptions& options) {
  implementation_->invoke(
      of(library::foreign_key(name, referent_table, local_columns, remote_columns, options),
         source_table, options.source_schema));
}

void Op::create_exclude_constraint(const std::string& table, const Exclude& exclude,
                                   const std::string& schema) {
  operations::AddConstraint add;
  add.constraint = library::to_constraint(exclude);
  implementation_->invoke(of(std::move(add), table, schema));
}

void Op::drop_constraint(const Name& name, const std::string& table, ConstraintKind kind,
                         IfExists options) {
  operations::DropConstraint drop = library::drop_constraint(name, kind);
  drop.if_exists = options.if_exists;
  implementation_->invoke(of(std::move(drop), table, options.schema));
}

namespace {

sql::Type enum_type(const Type& type) {
  if (!type.is_known()) throw Error(code::kMisuse, "the type is not known");
  return *type.implementation();
}

}  // namespace

void Op::create_type(const Type& type, bool check_first) {
  implementation_->invoke(operations::CreateType{enum_type(type), check_first});
}

void Op::drop_type(const Type& type, bool check_first) {
  implementation_->invoke(operations::DropType{enum_type(type), check_first});
}

void Op::execute(std::string_view sql) { implementation_->invoke(library::execute(sql)); }

void Op::execute(const Expression& statement) {
  implementation_->invoke(operations::Execute{library::require(statement, "execute()")});
}

void Op::bulk_insert(const Table& table, const std::vector<RowValues>& rows) {
  bulk_insert(table.expression(), rows);
}

void Op::bulk_insert(const Expression& table, const std::vector<RowValues>& rows) {
  if (rows.empty()) return;
  implementation_->invoke(library::bulk_insert(table, rows));
}

void Op::batch(const std::string& table, const Callback<void(Batch&)>& changes,
               const BatchOptions& options) {
  Batch::Implementation own(*implementation_);
  own.batch.table = table;
  own.batch.schema = options.schema;
  switch (options.recreate) {
    case Recreate::automatic:
      own.batch.recreate = operations::Recreate::kAuto;
      break;
    case Recreate::always:
      own.batch.recreate = operations::Recreate::kAlways;
      break;
    case Recreate::never:
      own.batch.recreate = operations::Recreate::kNever;
      break;
  }
  own.batch.naming_convention = library::to_convention(options.naming_convention);
  if (options.copy_from) {
    own.batch.copy_from =
        schema::with_primary_key(library::to_table(*options.copy_from, types(*implementation_)));
  }
  for (const Constraint& constraint : options.table_constraints) {
    own.batch.table_constraints.push_back(library::to_constraint(constraint));
  }
  own.batch.partial_reordering = options.partial_reordering;
  own.batch.table_options = library::to_options(options.table_options);
  Batch batch(own);
  changes(batch);
  implementation_->invoke(std::move(own.batch));
}

void Op::autocommit(const Callback<void()>& function) {
  implementation_->host().enter_autocommit();
  function();
  implementation_->host().leave_autocommit();
}

std::string Op::dialect() const { return std::string(implementation_->host().dialect().name()); }
bool Op::offline() const { return implementation_->host().offline(); }
Connection& Op::connection() { return implementation_->connection(); }
Inspector Op::inspector() { return Inspector(implementation_->connection()); }

// ---- batch

void Op::Batch::add_column(const Column& column, const Position& position) {
  operations::AddColumn add = library::add_column(column, types(implementation_->op()));
  add.insert_before = position.before;
  add.insert_after = position.after;
  implementation_->add(std::move(add));
}
void Op::Batch::drop_column(const std::string& column) {
  operations::DropColumn drop;
  drop.column = column;
  implementation_->add(std::move(drop));
}
void Op::Batch::alter_column(const std::string& column, const AlterColumn& changes,
                             const Position& position) {
  operations::AlterColumn alter = library::alter_column(column, changes);
  alter.insert_before = position.before;
  alter.insert_after = position.after;
  implementation_->add(std::move(alter));
}
void Op::Batch::create_index(const Index& index) {
  operations::CreateIndex create;
  create.index = library::to_index(index);
  implementation_->add(std::move(create));
}
void Op::Batch::drop_index(const Name& index) {
  operations::DropIndex drop;
  drop.name = library::to_name(index);
  implementation_->add(std::move(drop));
}
void Op::Batch::create_primary_key(const Name& name, const std::vector<std::string>& columns) {
  implementation_->add(library::primary_key(name, columns));
}
void Op::Batch::create_unique_constraint(const Name& name,
                                         const std::vector<std::string>& columns) {
  implementation_->add(library::unique_constraint(name, columns));
}
void Op::Batch::create_check_constraint(const Name& name, const Expression& condition) {
  implementation_->add(library::check_constraint(name, condition));
}
void Op::Batch::create_foreign_key(const Name& name, const std::string& referent_table,
                                   const std::vector<std::string>& local_columns,
                                   const std::vector<std::string>& remote_columns,
                                   const ForeignKeyOptions& options) {
  implementation_->add(
      library::foreign_key(name, referent_table, local_columns, remote_columns, options));
}
void Op::Batch::create_exclude_constraint(const Exclude& exclude) {
  operations::AddConstraint add;
  add.constraint = library::to_constraint(exclude);
  implementation_->add(std::move(add));
}
void Op::Batch::drop_constraint(const Name& name, ConstraintKind kind) {
  implementation_->add(library::drop_constraint(name, kind));
}
void Op::Batch::create_table_comment(const std::string& comment) {
  operations::SetTableComment set;
  set.comment = comment;
  implementation_->add(std::move(set));
}
void Op::Batch::drop_table_comment() { implementation_->add(operations::SetTableComment{}); }
void Op::Batch::execute(std::string_view sql) {
  implementation_->batch.operations.emplace_back(library::execute(sql));
}

}  // namespace retort
