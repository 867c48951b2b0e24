#include "base/error.h"
#include "dialect/mariadb/ddl.h"
#include "sql/affinity.h"

// ALTER COLUMN, which takes the column's whole definition again, and what is dropped by its kind.
namespace retort::dialect::mariadb {

void Ddl::on(const operations::AlterColumn& op) {
  if (op.computed || op.identity) {
    throw Error(code::kOperation, std::string("Adding, removing or modifying a \"") +
                                      (op.computed ? "computed" : "identity") +
                                      "\" construct of an existing column is not supported in " +
                                      std::string(traits_.engine) + " (column '" + op.column +
                                      "' of table '" + op.table + "')")
        .with_hint("drop the column and add it anew");
  }
  std::string alter = alter_table(op.schema, op.table);
  const std::optional<sql::Type>& type = op.type ? op.type : op.existing_type;
  // A default of a DATETIME may be a function, which ALTER COLUMN ... SET DEFAULT does not take.
  // Removing one does not need it.
  bool removes_default = op.server_default && !*op.server_default;
  bool change =
      op.new_name || (type && sql::affinity(*type) == sql::Affinity::kDateTime && !removes_default);
  bool modify = op.nullable || op.type || op.autoincrement || op.comment;
  if (!change && !modify) {
    if (!op.server_default) return;
    emit(alter + "ALTER COLUMN " + quote(op.column) + " " +
         (*op.server_default ? "SET DEFAULT " + default_sql(**op.server_default) : "DROP DEFAULT"));
    return;
  }
  if (!type) {
    throw Error(code::kOperation,
                "All MySQL CHANGE/MODIFY COLUMN operations require the existing type (column '" +
                    op.column + "' of table '" + op.table + "')")
        .with_hint(
            "give alter_column() existing_type=, and existing_nullable=, "
            "existing_server_default= and existing_comment= where the column has them: what "
            "is not repeated is lost");
  }
  std::string spec = grammar_.type(*type);
  spec += op.nullable.value_or(op.existing_nullable.value_or(true)) ? " NULL" : " NOT NULL";
  if (op.autoincrement.value_or(op.existing_autoincrement.value_or(false))) {
    spec += " AUTO_INCREMENT";
  }
  std::optional<schema::ServerDefault> value;
  if (op.server_default) {
    value = *op.server_default;
  } else if (op.existing_server_default) {
    value = *op.existing_server_default;
  }
  if (value) spec += " DEFAULT " + default_sql(*value);
  std::optional<std::string> comment = op.comment ? *op.comment : op.existing_comment;
  if (comment) spec += " COMMENT " + text_literal(*comment);
  if (change) {
    emit(alter + "CHANGE " + quote(op.column) + " " + quote(op.new_name.value_or(op.column)) + " " +
         spec);
  } else {
    emit(alter + "MODIFY " + quote(op.column) + " " + spec);
  }

  // The CHECK of the new type; that of the old one goes with the old definition.
  if (!op.type) return;
  schema::Column column;
  column.name = op.column;
  column.type = *op.type;
  if (auto check = type_check(column)) {
    on(operations::AddConstraint{op.table, op.schema, *check});
  }
}

void Ddl::on(const operations::DropIndex& op) {
  if (op.table.empty()) {
    throw Error(code::kOperation, "DROP INDEX needs the table of index '" + op.name.text + "' on " +
                                      std::string(traits_.engine))
        .with_hint("give drop_index() table_name=");
  }
  emit(std::string("DROP INDEX ") + (op.if_exists ? "IF EXISTS " : "") + drop_name(op) + " ON " +
       table_name(op.schema, op.table));
}

void Ddl::on(const operations::DropConstraint& op) {
  std::string drop = "ALTER TABLE " + table_name(op.schema, op.table) + " DROP ";
  if (op.type == "primary") {
    emit(drop + "PRIMARY KEY");
  } else if (op.type == "foreignkey") {
    emit(drop + "FOREIGN KEY " + drop_name(op));
  } else if (op.type == "unique") {
    emit(drop + "INDEX " + drop_name(op));
  } else if (op.type == "check") {
    emit(drop + (is_mariadb() ? "CONSTRAINT " : "CHECK ") + drop_name(op));
  } else {
    throw Error(code::kOperation,
                "No generic 'DROP CONSTRAINT' in MySQL - please specify "
                "constraint type (constraint '" +
                    op.name.text + "' of table '" + op.table + "')")
        .with_hint("give drop_constraint() type_='foreignkey', 'unique', 'primary' or 'check'");
  }
}

void Ddl::on(const operations::SetTableComment& op) {
  emit("ALTER TABLE " + table_name(op.schema, op.table) + " COMMENT " +
       (op.comment ? text_literal(*op.comment) : "''"));
}

}  // namespace retort::dialect::mariadb
