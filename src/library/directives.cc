#include "library/directives.h"

#include <retort/error.h>

#include <algorithm>

#include "base/text.h"
#include "library/datum.h"
#include "library/tree.h"
#include "sql/build.h"

namespace retort::library {

namespace {

sql::Type known(const Type& type, const std::string& column) {
  if (!type.is_known()) {
    throw Error(code::kMisuse, "the type given for column '" + column + "' is not known");
  }
  return *type.implementation();
}

std::string kind_text(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::unknown:
      return "";
    case ConstraintKind::foreign_key:
      return "foreignkey";
    case ConstraintKind::primary:
      return "primary";
    case ConstraintKind::unique:
      return "unique";
    case ConstraintKind::check:
      return "check";
  }
  return "";
}

}  // namespace

operations::AddColumn add_column(const Column& column, const TypeOf& type_of) {
  ColumnParts parts = to_column(column, type_of);
  operations::AddColumn add;
  add.column = std::move(parts.column);
  add.constraints = std::move(parts.constraints);
  return add;
}

operations::AlterColumn alter_column(const std::string& column, const AlterColumn& changes) {
  operations::AlterColumn alter;
  alter.column = column;
  alter.schema = changes.schema;
  alter.new_name = changes.new_name;
  if (changes.type) alter.type = known(*changes.type, column);
  alter.nullable = changes.nullable;
  if (changes.drop_server_default) {
    alter.server_default.emplace();
  } else if (changes.server_default) {
    alter.server_default.emplace(to_default(*changes.server_default));
  }
  if (changes.drop_comment) {
    alter.comment.emplace();
  } else if (changes.comment) {
    alter.comment.emplace(*changes.comment);
  }
  alter.autoincrement = changes.autoincrement;
  if (changes.existing_type) alter.existing_type = known(*changes.existing_type, column);
  alter.existing_nullable = changes.existing_nullable;
  if (changes.existing_server_default) {
    alter.existing_server_default.emplace(to_default(*changes.existing_server_default));
  }
  if (!changes.existing_comment.empty()) alter.existing_comment = changes.existing_comment;
  alter.existing_autoincrement = changes.existing_autoincrement;
  if (changes.drop_identity) {
    alter.identity.emplace();
  } else if (changes.identity) {
    alter.identity.emplace(to_identity(*changes.identity));
  }
  alter.options = to_options(changes.options);
  if (!changes.using_expression.empty()) {
    alter.options.push_back({"postgresql_using", changes.using_expression});
  }
  return alter;
}

operations::AddConstraint primary_key(const Name& name, const std::vector<std::string>& columns) {
  operations::AddConstraint add;
  add.constraint = to_constraint(PrimaryKey{name, columns});
  return add;
}

operations::AddConstraint unique_constraint(const Name& name,
                                            const std::vector<std::string>& columns) {
  operations::AddConstraint add;
  add.constraint = to_constraint(Unique{name, columns});
  return add;
}

operations::AddConstraint check_constraint(const Name& name, const Expression& condition) {
  operations::AddConstraint add;
  add.constraint = to_constraint(Check{name, condition});
  return add;
}

operations::AddConstraint foreign_key(const Name& name, const std::string& referent_table,
                                      const std::vector<std::string>& local_columns,
                                      const std::vector<std::string>& remote_columns,
                                      const ForeignKeyOptions& options) {
  ForeignKey key;
  key.name = name;
  key.columns = local_columns;
  key.table = referent_table;
  key.referred = remote_columns;
  key.schema = options.referent_schema;
  key.ondelete = options.ondelete;
  key.onupdate = options.onupdate;
  key.deferrable = options.deferrable;
  key.initially_deferred = options.initially_deferred;
  operations::AddConstraint add;
  add.constraint = to_constraint(key);
  return add;
}

operations::DropConstraint drop_constraint(const Name& name, ConstraintKind kind) {
  operations::DropConstraint drop;
  drop.name = to_name(name);
  drop.type = kind_text(kind);
  return drop;
}

operations::Execute execute(std::string_view sql) {
  return {sql::make(sql::node::Text{std::string(sql), true, {}})};
}

operations::BulkInsert bulk_insert(const Expression& table, const std::vector<RowValues>& rows) {
  const auto* own = sql::get<sql::node::Table>(tree(table));
  if (own == nullptr) throw Error(code::kMisuse, "bulk_insert() needs a table");
  operations::BulkInsert insert;
  insert.table.name = own->name;
  insert.table.schema = own->schema;
  std::vector<std::string> names;
  for (const sql::node::TableColumn& column : own->columns) {
    schema::Column copy;
    copy.name = column.name;
    copy.type = column.type;
    insert.table.columns.push_back(std::move(copy));
    names.push_back(column.name);
  }
  for (const RowValues& row : rows) {
    std::vector<std::variant<sql::Datum, sql::Expression>> cells;
    if (insert.columns.empty()) {
      for (const auto& [name, value] : row) {
        if (std::ranges::find(names, name) == names.end()) {
          throw Error(code::kOperation, "Unconsumed column names: " + name)
              .with_hint(did_you_mean(name, names));
        }
        insert.columns.push_back(name);
      }
    }
    for (const std::string& name : insert.columns) {
      auto cell = std::ranges::find(row, name, &RowValues::value_type::first);
      if (cell == row.end() || row.size() != insert.columns.size()) {
        throw Error(code::kMisuse, "bulk_insert(): every row has the columns of the first: " +
                                       join(insert.columns, ", "));
      }
      cells.emplace_back(to_datum(cell->second));
    }
    insert.rows.push_back(std::move(cells));
  }
  return insert;
}

}  // namespace retort::library
