#include "dialect/ddl.h"

#include "base/error.h"
#include "base/text.h"
#include "schema/derive.h"
#include "schema/naming.h"

// Operations whose statements most engines share.
namespace retort::dialect {

std::vector<sql::Statement> DdlCompiler::run(const operations::Operation& operation) {
  out_.clear();
  run_inner(operation);
  return std::move(out_);
}

void DdlCompiler::run_inner(const operations::Operation& operation) {
  std::visit([this](const auto& one) { on(one); }, operation);
}

void DdlCompiler::on(const operations::CreateTable& op) {
  schema::Table table = schema::with_primary_key(op.table);
  create_types(table, false);
  emit(create_table(table, op.if_not_exists));
  for (const schema::Index& index : schema::all_indexes(table)) emit(create_index(table, index));
  if (!traits_.comments || traits_.inline_comments) return;
  if (table.comment) on(operations::SetTableComment{table.name, table.schema, table.comment, {}});
  for (const schema::Column& column : table.columns) {
    if (!column.comment) continue;
    emit("COMMENT ON COLUMN " + table_name(table.schema, table.name) + "." + quote(column.name) +
         " IS " + text_literal(*column.comment));
  }
}

void DdlCompiler::on(const operations::DropTable& op) {
  emit(std::string("DROP TABLE ") + (op.if_exists ? "IF EXISTS " : "") +
       table_name(op.schema, op.table));
}

void DdlCompiler::on(const operations::RenameTable& op) {
  emit(alter_table(op.schema, op.table) + "RENAME TO " +
       table_name(traits_.rename_qualified ? op.schema : "", op.new_name, true));
}

void DdlCompiler::on(const operations::AddColumn& op) {
  if (!op.insert_before.empty() || !op.insert_after.empty()) {
    throw Error(code::kOperation, "Can't specify insert_before or insert_after when using ALTER")
        .with_hint("only SQLite's tables are made anew; elsewhere a new column is the last one");
  }
  schema::Table table = table_of(op);
  const schema::Column& column = table.columns[0];
  create_types(table, true);

  std::string text = alter_table(op.schema, op.table) + "ADD COLUMN " +
                     (op.if_not_exists ? "IF NOT EXISTS " : "") +
                     column_specification(table, column);
  if (op.inline_primary_key && column.primary_key) text += " PRIMARY KEY";
  std::vector<schema::Constraint> constraints =
      schema::all_constraints(table, [this](const schema::Column& one) { return type_check(one); });
  std::size_t keys = 0;
  for (const schema::Constraint& one : constraints) {
    keys += std::holds_alternative<schema::ForeignKey>(one) ? 1 : 0;
  }
  // Several keys on one column can't all stand behind it.
  bool inline_key = op.inline_references && keys == 1;
  for (const schema::Constraint& one : constraints) {
    const auto* key = std::get_if<schema::ForeignKey>(&one);
    if (inline_key && key) text += " " + references(*key);
  }
  for (const schema::Constraint& one : table.constraints) {
    const auto* inner = std::get_if<schema::Check>(&one);
    if (!inner || inner->column.empty()) continue;
    if (auto written = check(table, *inner)) text += " " + *written;
  }
  emit(std::move(text));

  for (const schema::Constraint& one : constraints) {
    if (std::holds_alternative<schema::PrimaryKey>(one)) continue;
    if (inline_key && std::holds_alternative<schema::ForeignKey>(one)) continue;
    on(operations::AddConstraint{op.table, op.schema, one});
  }
  for (const schema::Index& index : schema::all_indexes(table)) emit(create_index(table, index));
  if (column.comment && traits_.comments && !traits_.inline_comments) {
    emit("COMMENT ON COLUMN " + table_name(op.schema, op.table) + "." + quote(column.name) +
         " IS " + text_literal(*column.comment));
  }
}

void DdlCompiler::on(const operations::DropColumn& op) {
  emit(alter_table(op.schema, op.table) + "DROP COLUMN " + (op.if_exists ? "IF EXISTS " : "") +
       quote(op.column));
}

void DdlCompiler::on(const operations::CreateIndex& op) {
  emit(create_index(bare_table(op.schema, op.table), op.index, op.if_not_exists));
}

void DdlCompiler::on(const operations::DropIndex& op) {
  emit(std::string("DROP INDEX ") + (op.if_exists ? "IF EXISTS " : "") +
       (op.schema.empty() ? "" : quote(op.schema) + ".") + drop_name(op));
}

void DdlCompiler::on(const operations::AddConstraint& op) {
  if (auto text = constraint(bare_table(op.schema, op.table), op.constraint)) {
    emit("ALTER TABLE " + table_name(op.schema, op.table) + " ADD " + *text);
  }
}

void DdlCompiler::on(const operations::DropConstraint& op) {
  emit("ALTER TABLE " + table_name(op.schema, op.table) + " DROP CONSTRAINT " +
       (op.if_exists ? "IF EXISTS " : "") + drop_name(op));
}

void DdlCompiler::on(const operations::SetTableComment& op) {
  emit("COMMENT ON TABLE " + table_name(op.schema, op.table) + " IS " +
       (op.comment ? text_literal(*op.comment) : "NULL"));
}

void DdlCompiler::on(const operations::Execute& op) {
  sql::Statement statement = sql::compile(op.statement, grammar_, context_.binds);
  emit(std::move(statement.sql), std::move(statement.parameters));
}

// Only PostgreSQL has types of their own; elsewhere an Enum is part of its column.
void DdlCompiler::on(const operations::CreateType&) {}
void DdlCompiler::on(const operations::DropType&) {}

void DdlCompiler::on(const operations::CreateSequence& op) {
  if (!traits_.sequences) {
    throw Error(code::kOperation, std::string(traits_.engine) + " has no sequences")
        .with_hint("make sequence '" + op.sequence.name +
                   "' only where op.get_context().dialect.name is 'postgresql'");
  }
  std::string text = std::string("CREATE SEQUENCE ") + (op.if_not_exists ? "IF NOT EXISTS " : "") +
                     table_name(op.sequence.schema, op.sequence.name);
  if (!op.sequence.data_type.empty()) text += " AS " + op.sequence.data_type;
  std::string options = identity_options(op.sequence.options);
  emit(text + (options.empty() ? "" : " " + options));
}

void DdlCompiler::on(const operations::DropSequence& op) {
  if (!traits_.sequences) {
    throw Error(code::kOperation, std::string(traits_.engine) + " has no sequences")
        .with_hint("drop sequence '" + op.sequence.name +
                   "' only where op.get_context().dialect.name is 'postgresql'");
  }
  emit(std::string("DROP SEQUENCE ") + (op.if_exists ? "IF EXISTS " : "") +
       table_name(op.sequence.schema, op.sequence.name));
}

void DdlCompiler::on(const operations::AlterEnum& op) {
  throw Error(code::kOperation,
              std::string(traits_.engine) + " has no enum types: " + op.to.type_name)
      .with_hint("change the type of the columns that use it: op.alter_column(..., type_=...)");
}

void DdlCompiler::on(const operations::CreateDefinition& op) { emit(op.definition.sql); }

void DdlCompiler::on(const operations::DropDefinition& op) {
  emit("DROP " + std::string(schema::keyword(op.definition.kind)) + " " +
       table_name(op.definition.schema, op.definition.name));
}

void DdlCompiler::on(const operations::OwnOperation& op) {
  throw Error(code::kOperation, "the SQL of " + op.name +
                                    ", an operation of the project's own, is known only once "
                                    "its revision runs")
      .with_hint("leave --format away: a revision in Python calls it");
}

void DdlCompiler::on(const operations::BatchAlterTable& op) {
  for (const operations::Operation& inner : op.operations) {
    operations::Operation one = in_batch(inner, op);
    auto* add = std::get_if<operations::AddColumn>(&one);
    // There is no need to make the table anew, so the new column is the last one.
    if (add != nullptr && op.recreate == operations::Recreate::kAlways) {
      add->insert_before.clear();
      add->insert_after.clear();
    }
    run_inner(one);
  }
}

std::string DdlCompiler::drop_name(const operations::DropConstraint& op) const {
  schema::NameSubject subject;
  subject.name = op.name;
  subject.schema = op.schema;
  subject.table = op.table;
  if (op.type == "foreignkey") subject.kind = "fk";
  if (op.type == "unique") subject.kind = "uq";
  if (op.type == "primary") subject.kind = "pk";
  if (op.type == "check") subject.kind = "ck";
  if (subject.kind.empty() && !op.type.empty()) {
    throw Error(code::kOperation, "drop_constraint() of '" + op.name.text +
                                      "' has the unknown type_ '" + op.type + "'")
        .with_hint("type_ is 'foreignkey', 'primary', 'unique', 'check' or None");
  }
  // A constraint without a name is named from what it was, where that is known.
  schema::Name name =
      op.dropped && op.name.empty()
          ? schema::resolve_name(context_.naming_convention, *op.dropped, op.schema, op.table)
          : schema::resolve_name(context_.naming_convention, subject);
  if (name.empty()) {
    throw Error(code::kOperation, "Can't emit DROP CONSTRAINT for a constraint of table '" +
                                      op.table + "'; it has no name")
        .with_hint(
            "name it, or set a naming convention on the MetaData: "
            "MetaData(naming_convention={...})");
  }
  return fitting(name);
}

std::string DdlCompiler::drop_name(const operations::DropIndex& op) const {
  // What it was named from, where a convention named it.
  schema::Index index = op.dropped.value_or(schema::Index{});
  index.name = op.name;
  return name_of(bare_table(op.schema, op.table), index);
}

std::string DdlCompiler::name_of(const schema::Table& table,
                                 const schema::Constraint& constraint) const {
  schema::Name name =
      schema::resolve_name(context_.naming_convention, constraint, table.schema, table.name);
  return name.empty() ? "" : fitting(name);
}

std::string DdlCompiler::name_of(const schema::Table& table, const schema::Index& index) const {
  schema::Name name =
      schema::resolve_name(context_.naming_convention, index, table.schema, table.name);
  if (name.empty()) {
    throw Error(code::kOperation, "an index of table '" + table.full_name() +
                                      "' has no name, and the naming convention has no 'ix'")
        .with_hint("name the index, or add 'ix': 'ix_%(column_0_label)s' to the convention");
  }
  return fitting(name);
}

std::string DdlCompiler::fitting(const schema::Name& name) const {
  return quote(schema::fit_name(name, name.final ? traits_.max_name : traits_.max_identifier));
}

std::string DdlCompiler::quote_list(const std::vector<std::string>& names) const {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + quote(name);
  return text;
}

std::string DdlCompiler::table_name(std::string_view schema, std::string_view table,
                                    bool dotted) const {
  if (schema.empty()) return quote(table);
  if (!dotted) return quote(schema) + "." + quote(table);
  std::string text;
  for (const std::string& part : split(schema, '.')) text += quote(part) + ".";
  return text + quote(table);
}

std::string DdlCompiler::alter_table(std::string_view schema, std::string_view table) const {
  return "ALTER TABLE " + table_name(schema, table, true) + " ";
}

schema::Table bare_table(std::string_view schema, std::string_view table) {
  schema::Table bare;
  bare.name = table;
  bare.schema = schema;
  return bare;
}

schema::Table table_of(const operations::AddColumn& op) {
  schema::Table table = bare_table(op.schema, op.table);
  table.columns.push_back(op.column);
  table.constraints = op.constraints;
  table.indexes = op.indexes;
  for (schema::Constraint& constraint : table.constraints) {
    if (auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
      if (key->columns.empty()) key->columns = {op.column.name};
      key->column = op.column.name;
    } else if (auto* check = std::get_if<schema::Check>(&constraint)) {
      if (check->type_column.empty()) check->column = op.column.name;
    }
  }
  return schema::with_primary_key(std::move(table));
}

operations::Operation in_batch(operations::Operation operation,
                               const operations::BatchAlterTable& batch) {
  std::visit(
      [&](auto& one) {
        if constexpr (
            requires {
              one.column;
              one.table;
              one.schema;
            } ||
            requires {
              one.index;
              one.table;
              one.schema;
            } ||
            requires {
              one.constraint;
              one.table;
              one.schema;
            } ||
            requires {
              one.name;
              one.table;
              one.schema;
            } ||
            requires {
              one.comment;
              one.table;
              one.schema;
            }) {
          if constexpr (std::is_same_v<decltype(one.table), std::string>) {
            if (one.table.empty()) {
              one.table = batch.table;
              one.schema = batch.schema;
            }
          }
        }
      },
      operation);
  return operation;
}

}  // namespace retort::dialect
