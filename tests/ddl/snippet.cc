#include "snippet.h"

#include <memory>

#include "base/source.h"
#include "python/parser.h"
#include "snippet_value.h"
#include "sql/build.h"

namespace retort::tests {

namespace ast = python::ast;
using namespace operations;  // NOLINT: every name here is an operation's

namespace {

schema::Table table_of(const Call& call) {
  schema::Table table;
  table.name = text_of(call.args[0]);
  table.schema = call.text("schema");
  if (call.given("comment")) table.comment = call.text("comment");
  if (const Value* prefixes = call.find("prefixes")) table.prefixes = texts_of(*prefixes);
  table.options = call.options();
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    const Value& value = call.args[i];
    if (const auto* column = value.get<ColumnValue>()) {
      table.columns.push_back(column->column);
      for (schema::Constraint constraint : column->constraints) {
        if (auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
          key->columns = {column->column.name};
          key->column = column->column.name;
        }
        if (auto* check = std::get_if<schema::Check>(&constraint)) {
          check->column = column->column.name;
        }
        table.constraints.push_back(std::move(constraint));
      }
    }
    if (const auto* constraint = value.get<schema::Constraint>()) {
      table.constraints.push_back(*constraint);
    }
    if (const auto* index = value.get<schema::Index>()) table.indexes.push_back(*index);
  }
  return table;
}

AlterColumn alter_column(const Call& call, std::size_t first) {
  AlterColumn op;
  op.column = text_of(call.args[first]);
  auto type = [&](const char* key, std::optional<sql::Type>& field) {
    if (const Value* value = call.find(key)) field = *value->get<sql::Type>();
  };
  auto flag = [&](const char* key, std::optional<bool>& field) {
    if (call.given(key)) field = call.flag(key);
  };
  type("type_", op.type);
  type("existing_type", op.existing_type);
  flag("nullable", op.nullable);
  flag("existing_nullable", op.existing_nullable);
  flag("autoincrement", op.autoincrement);
  flag("existing_autoincrement", op.existing_autoincrement);
  if (call.given("new_column_name")) op.new_name = call.text("new_column_name");
  if (const Value* value = call.find("comment")) {
    op.comment = value->none() ? std::nullopt : std::optional(text_of(*value));
  }
  if (call.given("existing_comment")) op.existing_comment = call.text("existing_comment");
  const Value* had = call.find("existing_server_default");
  if (had && had->get<schema::Identity>()) {
    op.existing_identity = *had->get<schema::Identity>();
  } else if (had && !had->get<schema::Computed>()) {
    op.existing_server_default = default_of(*had);
  }
  if (const Value* value = call.find("server_default")) {
    if (const auto* computed = value->get<schema::Computed>()) {
      op.computed = *computed;
    } else if (const auto* identity = value->get<schema::Identity>()) {
      op.identity = *identity;
    } else if (had && had->get<schema::Computed>()) {
      op.computed = std::optional<schema::Computed>();
    } else if (had && had->get<schema::Identity>()) {
      op.identity = std::optional<schema::Identity>();
    } else {
      op.server_default = default_of(*value);
    }
  }
  op.options = call.options();
  return op;
}

schema::Constraint constraint(const std::string& verb, const Call& call, std::size_t first) {
  // create_x(name, [table,] ...): the arguments behind the table as a constraint of its own.
  Call inner = call;
  inner.args.assign(call.args.begin() + static_cast<std::ptrdiff_t>(first), call.args.end());
  inner.keywords["name"] = call.at(0, "constraint_name");
  if (verb == "create_exclude_constraint") {
    inner.name = "postgresql.ExcludeConstraint";
  } else if (verb == "create_check_constraint") {
    inner.name = "sa.CheckConstraint";
  } else {
    inner.name = verb == "create_primary_key" ? "sa.PrimaryKeyConstraint" : "sa.UniqueConstraint";
    List columns = *inner.args[0].get<List>();
    inner.args = columns;
  }
  return *make_item(inner).get<schema::Constraint>();
}

schema::Constraint foreign_key(const Call& call, std::size_t first) {
  Call inner = call;
  inner.name = "sa.ForeignKeyConstraint";
  std::string schema = call.text("referent_schema");
  std::string table = text_of(call.args[first]);
  List targets;
  for (const std::string& column : texts_of(call.args[first + 2])) {
    targets.push_back({(schema.empty() ? "" : schema + ".") + table + "." + column});
  }
  inner.args = {call.args[first + 1], {targets}};
  inner.keywords["name"] = call.args[0];
  return *make_item(inner).get<schema::Constraint>();
}

BulkInsert bulk_insert(const Call& call) {
  BulkInsert op;
  op.table = *call.args[0].get<schema::Table>();
  for (const Value& row : *call.args[1].get<List>()) {
    std::vector<std::variant<sql::Datum, sql::Expression>> values;
    op.columns.clear();
    for (const auto& [name, value] : *row.get<Dict>()) {
      op.columns.push_back(name);
      if (value.none()) values.emplace_back(sql::Datum(sql::Null{}));
      if (const auto* flag = value.get<bool>()) values.emplace_back(sql::Datum(*flag));
      if (const auto* number = value.get<std::int64_t>()) values.emplace_back(sql::Datum(*number));
      if (const auto* number = value.get<double>()) values.emplace_back(sql::Datum(*number));
      if (const auto* text = value.get<std::string>()) values.emplace_back(sql::Datum(*text));
    }
    op.rows.push_back(std::move(values));
  }
  return op;
}

// `batch`: the table's name is not among the arguments.
Operation read_operation(const Call& call, bool batch) {
  std::string verb = call.name.substr(call.name.find('.') + 1);
  std::string schema = call.text("schema");
  // Where the argument behind the table's name is, for verbs that begin with the table or with a
  // name.
  std::size_t behind = batch ? 0 : 1;
  bool named = !batch && !call.args.empty() && call.args[0].get<std::string>();
  std::string table = named ? text_of(call.args[0]) : "";
  std::size_t behind_name = batch ? 1 : 2;
  auto second = [&] { return batch ? std::string() : text_of(call.args[1]); };

  if (verb == "create_table") return CreateTable{table_of(call), call.flag("if_not_exists")};
  if (verb == "drop_table") return DropTable{table, schema, call.flag("if_exists"), {}, {}};
  if (verb == "rename_table") return RenameTable{table, text_of(call.args[1]), schema};
  if (verb == "add_column") {
    const auto* column = call.args[behind].get<ColumnValue>();
    AddColumn op{table, schema, column->column, column->constraints};
    op.if_not_exists = call.flag("if_not_exists");
    op.inline_references = call.flag("inline_references");
    op.inline_primary_key = call.flag("inline_primary_key");
    return op;
  }
  if (verb == "drop_column") {
    return DropColumn{table, schema, text_of(call.args[behind]), call.flag("if_exists"), {}, {}};
  }
  if (verb == "alter_column") {
    AlterColumn op = alter_column(call, behind);
    op.table = table;
    op.schema = schema;
    return op;
  }
  if (verb == "create_index") {
    CreateIndex op{second(), schema, {}, call.flag("if_not_exists")};
    op.index.name = call.name_at(0, "index_name");
    for (const Value& key : *call.args[behind_name].get<List>()) {
      op.index.keys.push_back(key_of(key));
    }
    op.index.unique = call.flag("unique");
    op.index.options = call.options();
    return op;
  }
  if (verb == "drop_index") {
    return DropIndex{call.name_at(0, "index_name"),
                     call.text("table_name"),
                     schema,
                     call.flag("if_exists"),
                     {},
                     call.options()};
  }
  if (verb == "create_foreign_key") {
    return AddConstraint{second(), call.text("source_schema"), foreign_key(call, behind_name)};
  }
  if (verb == "drop_constraint") {
    return DropConstraint{call.name_at(0, "constraint_name"),
                          second(),
                          schema,
                          call.text("type_"),
                          call.flag("if_exists"),
                          {}};
  }
  if (verb.starts_with("create_") && (verb.ends_with("_constraint") || verb.ends_with("_key"))) {
    return AddConstraint{second(), schema, constraint(verb, call, behind_name)};
  }
  if (verb == "create_table_comment") {
    return SetTableComment{table, schema, text_of(call.args[1]), {}};
  }
  if (verb == "drop_table_comment") return SetTableComment{table, schema, {}, {}};
  if (verb == "bulk_insert") return bulk_insert(call);
  if (verb == "execute") {
    if (const auto* text = call.args[0].get<std::string>()) return Execute{sql::text(*text)};
    return Execute{expression_of(call.args[0])};
  }
  unknown(call.name);
}

// op.execute(sa.schema.CreateSequence(...)): the call inside, or nullptr.
const ast::Call* sequence_call(const ast::Expr* expression) {
  const auto& call = ast::as<ast::Call>(expression);
  if (call.args.size() != 1 || call.args[0]->kind != ast::ExprKind::kCall) return nullptr;
  const auto& inner = ast::as<ast::Call>(call.args[0]);
  if (inner.function->kind != ast::ExprKind::kAttribute) return nullptr;
  return ast::as<ast::Attribute>(inner.function).attr.ends_with("Sequence") ? &inner : nullptr;
}

std::vector<Operation> read_statement(const ast::Expr* expression, bool batch) {
  const auto& node = ast::as<ast::Call>(expression);
  // read_call() would evaluate the sequence as an expression.
  const ast::Call* sequence = sequence_call(expression);
  if (sequence && ast::as<ast::Attribute>(node.function).attr == "execute") {
    Call inner = read_call(sequence);
    const auto& made = *inner.args[0].get<schema::Sequence>();
    if (inner.name.ends_with("CreateSequence")) {
      return {CreateSequence{made, inner.flag("if_not_exists")}};
    }
    return {DropSequence{made, inner.flag("if_exists")}};
  }
  return {read_operation(read_call(expression), batch)};
}

const ast::Expr* expression_in(const ast::Stmt* statement) {
  if (statement->kind != ast::StmtKind::kExpr) unknown("a statement");
  return ast::as<ast::ExprStmt>(statement).value;
}

python::ProgramPtr parse(const std::string& code) {
  return python::parse(std::make_shared<Source>("snippet", code));
}

}  // namespace

Snippet read_snippet(const std::string& code) {
  Snippet snippet;
  python::ProgramPtr program = parse(code);
  for (const ast::Stmt* statement : program->tree.body) {
    if (statement->kind == ast::StmtKind::kAssign) {
      Value convention = evaluate(ast::as<ast::Assign>(statement).value);
      for (const auto& [kind, text] : *convention.get<Dict>()) {
        snippet.convention.emplace_back(kind, text_of(text));
      }
    } else if (statement->kind == ast::StmtKind::kWith) {
      const auto& with = ast::as<ast::With>(statement);
      Call call = read_call(with.items[0].context);
      BatchAlterTable batch;
      batch.table = text_of(call.args[0]);
      batch.schema = call.text("schema");
      for (const ast::Stmt* inner : with.body) {
        batch.operations.push_back(read_statement(expression_in(inner), true)[0]);
      }
      snippet.operations.emplace_back(std::move(batch));
    } else {
      for (Operation& op : read_statement(expression_in(statement), false)) {
        snippet.operations.push_back(std::move(op));
      }
    }
  }
  return snippet;
}

sql::Type read_type(const std::string& code) {
  python::ProgramPtr program = parse(code);
  return *evaluate(expression_in(program->tree.body[0])).get<sql::Type>();
}

}  // namespace retort::tests
