#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "dialect/sqlite/ddl.h"
#include "dialect/sqlite/inspect.h"
#include "dialect/sqlite/parse.h"
#include "dialect/sqlite/rebuild.h"
#include "schema/derive.h"

// Changes of a table: what SQLite's ALTER TABLE can do
// (https://www.sqlite.org/lang_altertable.html) and what needs the table made anew.
namespace retort::dialect::sqlite {
namespace {

// Whether the text is one string literal.
bool is_string(std::string_view text) {
  if (text.size() < 2 || text.front() != '\'') return false;
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] != '\'') continue;
    if (at + 1 == text.size()) return true;
    if (text[++at] != '\'') return false;
  }
  return false;
}

// A literal, or a number with a sign, in any number of parentheses: what ADD COLUMN takes as a
// default for a table with rows.
bool is_constant(std::string_view text) {
  text = trim(text);
  while (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
    text = trim(text.substr(1, text.size() - 2));
  }
  if (is_string(text)) return true;
  if (text.size() > 2 && (text.front() == 'x' || text.front() == 'X')) {
    return is_string(text.substr(1));
  }
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text = trim(text.substr(1));
  if (text.empty()) return false;
  if ((text.front() >= '0' && text.front() <= '9') || text.front() == '.') {
    return text.find_first_not_of("0123456789.eExXabcdfABCDF_") == std::string_view::npos;
  }
  return equal_ignoring_case(text, "null") || equal_ignoring_case(text, "true") ||
         equal_ignoring_case(text, "false");
}

bool mentions_column(const sql::Expression& expression, const std::string& column,
                     const sql::Grammar& grammar) {
  return expression && !mentions(sql::compile_ddl(expression, grammar), column).empty();
}

bool same(std::string_view a, std::string_view b) { return equal_ignoring_case(a, b); }

bool has(const std::vector<std::string>& columns, const std::string& column) {
  return std::ranges::any_of(columns, [&](const std::string& one) { return same(one, column); });
}

// Whether anything of the table but the column's own definition uses the column.
bool is_used(const schema::Table& table, const std::string& column, const sql::Grammar& grammar) {
  struct Visitor {
    const std::string& column;
    const sql::Grammar& grammar;
    bool operator()(const schema::PrimaryKey& one) { return has(one.columns, column); }
    bool operator()(const schema::ForeignKey& one) { return has(one.columns, column); }
    bool operator()(const schema::Unique& one) { return has(one.columns, column); }
    bool operator()(const schema::Check& one) {
      return mentions_column(one.condition, column, grammar);
    }
    bool operator()(const schema::Exclude&) { return false; }
  };
  for (const schema::Constraint& constraint : table.constraints) {
    if (std::visit(Visitor{column, grammar}, constraint)) return true;
  }
  for (const schema::Index& index : table.indexes) {
    for (const schema::IndexKey& key : index.keys) {
      if (same(key.column, column) || mentions_column(key.expression, column, grammar)) return true;
    }
    for (const schema::Option& option : index.options) {
      const auto* expression = std::get_if<sql::Expression>(&option.value);
      if (expression && mentions_column(*expression, column, grammar)) return true;
    }
  }
  return std::ranges::any_of(table.columns, [&](const schema::Column& other) {
    return other.computed && mentions_column(other.computed->expression, column, grammar);
  });
}

// Keys and CHECKs that were written inside an added column are told the column's name.
void complete_keys(operations::Operation& operation) {
  if (auto* add = std::get_if<operations::AddColumn>(&operation)) {
    schema::Table table = dialect::table_of(*add);
    std::erase_if(table.constraints, [](const schema::Constraint& one) {
      return std::holds_alternative<schema::PrimaryKey>(one);
    });
    add->column = table.columns[0];
    add->constraints = table.constraints;
  } else if (auto* batch = std::get_if<operations::BatchAlterTable>(&operation)) {
    for (operations::Operation& inner : batch->operations) complete_keys(inner);
  }
}

}  // namespace

bool Ddl::column_exists(const std::string& schema, const std::string& table,
                        const std::string& column) const {
  auto rows = context_.catalog->connection().query(
      "SELECT name FROM " +
          (schema.empty() ? std::string("pragma_table_xinfo(?)") : "pragma_table_xinfo(?, ?)"),
      schema.empty() ? std::vector<sql::Datum>{table} : std::vector<sql::Datum>{table, schema});
  while (rows->next()) {
    sql::Datum name = rows->get(0);
    if (same(std::get<std::string>(name), column)) return true;
  }
  return false;
}

bool Ddl::has_rows(const std::string& schema, const std::string& table) const {
  return context_.catalog->connection()
      .scalar("SELECT 1 FROM " + table_name(schema, table, true) + " LIMIT 1")
      .has_value();
}

bool Ddl::can_add(const operations::AddColumn& op) {
  const schema::Column& column = op.column;
  if (!op.insert_before.empty() || !op.insert_after.empty()) return false;
  if (column.primary_key || (column.unique && !column.index)) return false;
  if (column.computed && column.computed->persisted.value_or(false)) return false;
  bool refers = false;
  for (const schema::Constraint& constraint : op.constraints) {
    refers = refers || std::holds_alternative<schema::ForeignKey>(constraint);
    if (std::holds_alternative<schema::Unique>(constraint) ||
        std::holds_alternative<schema::PrimaryKey>(constraint)) {
      return false;
    }
  }
  if (!column.server_default) return true;
  std::string value = default_sql(*column.server_default);
  // These two rules are about rows that are there: with --sql nobody knows, and the plain statement
  // is printed.
  bool fits = is_constant(value) && (!refers || same(value, "null"));
  return fits || !context_.catalog || !has_rows(op.schema, op.table);
}

bool Ddl::can_drop(const operations::DropColumn& op, bool in_batch) {
  if (!context_.catalog) return !in_batch;
  if (!column_exists(op.schema, op.table, op.column)) return !in_batch;
  schema::Table table = inspect_table(context_.catalog->connection(), op.table, op.schema);
  return !is_used(table, op.column, grammar_);
}

// Whether a batch drops what was the last column when it added one: where the new one stands then,
// ColumnOrder says.
bool Ddl::moves_new_columns(const operations::BatchAlterTable& batch) {
  std::vector<std::string> columns;
  std::vector<std::string> followed;
  for (const operations::Operation& operation : batch.operations) {
    const auto* drop = std::get_if<operations::DropColumn>(&operation);
    const bool adds = std::holds_alternative<operations::AddColumn>(operation);
    if (columns.empty() && (drop || adds)) {
      const schema::Table table =
          inspect_table(context_.catalog->connection(), batch.table, batch.schema);
      for (const schema::Column& column : table.columns) columns.push_back(column.name);
    }
    if (adds && !columns.empty()) followed.push_back(columns.back());
    if (drop && std::ranges::find(followed, drop->column) != followed.end()) return true;
    if (drop) std::erase(columns, drop->column);
  }
  return false;
}

bool Ddl::is_native(const operations::Operation& operation, bool in_batch) {
  if (const auto* op = std::get_if<operations::AddColumn>(&operation)) return can_add(*op);
  if (const auto* op = std::get_if<operations::DropColumn>(&operation)) {
    return can_drop(*op, in_batch);
  }
  if (const auto* op = std::get_if<operations::AlterColumn>(&operation)) {
    return !op->type && !op->nullable && !op->server_default && !op->computed && !op->identity;
  }
  return !std::holds_alternative<operations::AddConstraint>(operation) &&
         !std::holds_alternative<operations::DropConstraint>(operation);
}

void Ddl::rebuild_for(const operations::Operation& operation, const std::string& schema,
                      const std::string& table, bool has_copy) {
  if (never_rebuild_) {
    throw Error(code::kOperation, "SQLite can't make this change of table '" + table +
                                      "' in place, and recreate='never' forbids to make it anew")
        .with_hint("leave recreate out of batch_alter_table()");
  }
  if (!context_.catalog && !has_copy) {
    throw Error(code::kOperation,
                "This operation cannot proceed in --sql mode: SQLite can't make it in place, and "
                "to make table '" +
                    table + "' anew its present definition must be read from a database")
        .with_hint(
            "pass the whole Table as copy_from= of batch_alter_table(), or run without "
            "--sql");
  }
  operations::Operation complete = operation;
  complete_keys(complete);
  std::vector<sql::Statement> statements = rebuild({complete}, schema, table, context_);
  out_.insert(out_.end(), std::make_move_iterator(statements.begin()),
              std::make_move_iterator(statements.end()));
}

void Ddl::on(const operations::AddColumn& op) {
  if (op.if_not_exists) {
    // ADD COLUMN has no IF NOT EXISTS in SQLite.
    if (!context_.catalog) {
      throw Error(code::kOperation,
                  "SQLite has no ADD COLUMN IF NOT EXISTS, and with --sql nobody "
                  "can look whether column '" +
                      op.column.name + "' of table '" + op.table + "' exists")
          .with_hint("leave if_not_exists=True out, or run without --sql");
    }
    if (column_exists(op.schema, op.table, op.column.name)) return;
  }
  if (!can_add(op)) return rebuild_for(op, op.schema, op.table);
  schema::Table table = dialect::table_of(op);
  std::string text = alter_table(op.schema, op.table) + "ADD COLUMN " +
                     column_specification(table, table.columns[0]);
  if (auto own = type_check(table.columns[0])) text += " " + *check(table, *own);
  for (const schema::Constraint& constraint : table.constraints) {
    if (const auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
      if (key->referred_schema != op.schema) {
        throw Error(code::kOperation, "column '" + op.column.name + "' of table '" +
                                          table.full_name() + "' refers to table '" +
                                          key->referred_table +
                                          "' of another attached database, which SQLite can't")
            .with_hint("leave the ForeignKey out, or name the schema of both tables");
      }
      text += " " + preamble(table, constraint) + references(*key);
    } else if (const auto* inner = std::get_if<schema::Check>(&constraint)) {
      if (!inner->column.empty()) text += " " + *check(table, *inner);
    }
  }
  emit(std::move(text));
  for (const schema::Index& index : schema::all_indexes(table)) emit(create_index(table, index));
}

void Ddl::on(const operations::DropColumn& op) {
  if (op.if_exists) {
    if (!context_.catalog) {
      throw Error(code::kOperation,
                  "SQLite has no DROP COLUMN IF EXISTS, and with --sql nobody can "
                  "look whether column '" +
                      op.column + "' of table '" + op.table + "' exists")
          .with_hint("leave if_exists=True out, or run without --sql");
    }
    if (!column_exists(op.schema, op.table, op.column)) return;
  }
  if (!can_drop(op, false)) return rebuild_for(op, op.schema, op.table);
  emit(alter_table(op.schema, op.table) + "DROP COLUMN " + quote(op.column));
}

void Ddl::on(const operations::AlterColumn& op) {
  if (!is_native(op, false)) return rebuild_for(op, op.schema, op.table);
  // SQLite keeps no comments, and its keys need no AUTO_INCREMENT.
  if (!op.new_name) return;
  emit(alter_table(op.schema, op.table) + "RENAME COLUMN " + quote(op.column) + " TO " +
       quote(*op.new_name));
}

void Ddl::on(const operations::AddConstraint& op) { rebuild_for(op, op.schema, op.table); }
void Ddl::on(const operations::DropConstraint& op) { rebuild_for(op, op.schema, op.table); }

// SQLite keeps no comments.
void Ddl::on(const operations::SetTableComment&) {}

void Ddl::on(const operations::BatchAlterTable& op) {
  operations::BatchAlterTable batch = op;
  for (operations::Operation& inner : batch.operations) inner = dialect::in_batch(inner, op);
  bool native = std::ranges::all_of(
      batch.operations, [this](const operations::Operation& one) { return is_native(one, true); });
  // A batch goes on calling a renamed column by its old name, which the rebuild knows to follow.
  bool renames = std::ranges::any_of(batch.operations, [](const operations::Operation& one) {
    const auto* alter = std::get_if<operations::AlterColumn>(&one);
    return alter && alter->new_name;
  });
  if (renames && batch.operations.size() > 1 && context_.catalog) native = false;
  if (native && context_.catalog && moves_new_columns(batch)) native = false;
  if (op.recreate == operations::Recreate::kAlways ||
      (op.recreate == operations::Recreate::kAuto && !native)) {
    return rebuild_for(batch, batch.schema, batch.table, batch.copy_from.has_value());
  }
  never_rebuild_ = op.recreate == operations::Recreate::kNever;
  for (const operations::Operation& inner : batch.operations) run_inner(inner);
  never_rebuild_ = false;
}

}  // namespace retort::dialect::sqlite
