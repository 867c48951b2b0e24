#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "dialect/sqlite/parse_token.h"
#include "dialect/sqlite/rebuild_batch.h"
#include "schema/derive.h"

namespace retort::dialect::sqlite {
namespace {

enum class Family : std::uint8_t {
  kNull,
  kString,
  kInteger,
  kNumeric,
  kBoolean,
  kMoment,  // dates and times: text that a cast would cut to its first number
  kBlob,
  kJson,
};

Family family_of(std::string_view declared) {
  std::string name = type_of(declared).name;
  auto is = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  if (is({"VARCHAR", "CHAR", "NVARCHAR", "NCHAR", "TEXT"})) return Family::kString;
  if (is({"INTEGER", "BIGINT", "SMALLINT"})) return Family::kInteger;
  if (is({"BOOLEAN"})) return Family::kBoolean;
  if (is({"DATE", "DATETIME", "TIME", "TIMESTAMP"})) return Family::kMoment;
  if (is({"BLOB"})) return Family::kBlob;
  if (is({"JSON", "JSONB"})) return Family::kJson;
  if (is({"NullType"})) return Family::kNull;
  return Family::kNumeric;
}

// https://sqlite.org/datatype3.html section 3.1
std::string_view affinity_of(std::string_view declared) {
  std::string name = to_upper(declared);
  auto has = [&](std::string_view part) { return name.find(part) != std::string::npos; };
  if (has("INT")) return "INTEGER";
  if (has("CHAR") || has("CLOB") || has("TEXT")) return "TEXT";
  if (has("BLOB") || name.empty()) return "BLOB";
  if (has("REAL") || has("FLOA") || has("DOUB")) return "REAL";
  return "NUMERIC";
}

std::string declared_type(const std::string& column) {
  ItemEdit edit(column, false);
  return edit.text(edit.column().type);
}

// A CHECK of the shape `column IN (literal, ...)`, which is what Boolean and Enum make.
bool is_membership(std::string_view expression, std::string_view column) {
  std::vector<Token> tokens = tokenize(expression);
  auto text = [&](std::size_t i) { return text_of(expression, tokens[i].span); };
  if (tokens.size() < 5 || !same_name(unquoted(text(0)), column) ||
      !equal_ignoring_case(text(1), "IN") || text(2) != "(" || text(tokens.size() - 1) != ")") {
    return false;
  }
  for (std::size_t i = 3; i + 1 < tokens.size(); ++i) {
    bool literal = tokens[i].kind == TokenKind::kString || tokens[i].kind == TokenKind::kNumber;
    if (!literal && text(i) != ",") return false;
  }
  return true;
}

bool makes_check(const std::optional<sql::Type>& type) {
  return type && (type->name == "Boolean" || type->name == "Enum" || type->name == "BOOLEAN");
}

}  // namespace

void Batch::operator()(const operations::AddColumn& change) {
  for (Column& column : columns_) {
    if (same_name(column.name, change.column.name)) {
      if (change.if_not_exists) return;
      throw Error(code::kOperation,
                  "table " + table_ + " has a column " + change.column.name + " already");
    }
    // The name is free because its column was renamed: from here on it means the new one.
    if (same_name(column.key, change.column.name)) {
      order_.rename(column.key, column.name);
      column.key = column.name;
    }
  }
  schema::Table fake;
  fake.name = table_;
  fake.schema = schema_;
  fake.columns.push_back(change.column);
  fake.indexes = change.indexes;
  std::vector<schema::Index> indexes = schema::all_indexes(fake);
  if (change.column.index) fake.columns.back().index = fake.columns.back().unique = false;
  for (const schema::Constraint& constraint : change.constraints) {
    fake.constraints.push_back(constraint);
  }
  ParsedTable parsed = rendered(std::move(fake));
  const ParsedColumn& column = parsed.columns.at(0);
  bool keyed = change.column.primary_key;
  bool had_key = false;
  for (const ClauseRef& clause : clause_refs()) {
    had_key = had_key || clause.kind == ClauseKind::kPrimaryKey;
  }
  std::string text(parsed.text(column.span));
  columns_.push_back(
      {.key = change.column.name, .name = change.column.name, .item = text_.item(std::move(text))});
  for (const std::string& clause : rendered_clauses(parsed)) {
    bool key = ItemEdit(clause, true).clause().kind == ClauseKind::kPrimaryKey;
    // A further key column of a table that has a key: Alembic leaves the key as it is.
    if (!key || (keyed && !had_key)) add_clause(clause);
  }
  order_.add(change.column.name, change.insert_before, change.insert_after);
  needs_copy_ = true;
  for (schema::Index& index : indexes) {
    (*this)(operations::CreateIndex{table_, schema_, std::move(index), false});
  }
}

void Batch::operator()(const operations::DropColumn& change) {
  Column* column = find(change.column);
  if (column == nullptr && change.if_exists) return;
  column = &require(change.column);
  order_.drop(column->key);
  drop_from_primary_key(column->name);
  if (!column->added()) dropped_.push_back(column->name);
  columns_.erase(columns_.begin() + (column - columns_.data()));
  needs_copy_ = true;
}

void Batch::operator()(const operations::AlterColumn& change) {
  Column& column = require(change.column);
  if (column.added() && change.new_name && *change.new_name != column.name) {
    column.item.text = with_name(column.item.text, *change.new_name);
    column.name = *change.new_name;
  }
  if (change.type) change_type(column, change);
  if (change.nullable) {
    std::string text = with_nullable(column.item.text, *change.nullable);
    if (!*change.nullable && text != column.item.text && !column.added()) {
      not_null_.push_back(column.original);
    }
    column.item.text = std::move(text);
  }
  if (change.server_default) set_default(column, *change.server_default);
  if (change.computed) set_generated(column, *change.computed);
  if (!change.insert_before.empty() || !change.insert_after.empty()) {
    order_.move(column.key, change.insert_before, change.insert_after);
  }
}

void Batch::change_type(Column& column, const operations::AlterColumn& change) {
  schema::Table fake;
  fake.columns.push_back({.name = column.name, .type = *change.type});
  ParsedTable parsed = rendered(std::move(fake));
  const ParsedColumn& wanted = parsed.columns.at(0);
  std::string type(parsed.text(wanted.type));
  std::string old_type = declared_type(column.item.text);
  std::vector<std::string> checks = rendered_clauses(parsed);
  if (!same_tokens(type, old_type) || !checks.empty()) {
    drop_type_check(column.name, change);
    column.item.text = with_type(column.item.text, type);
    Family from = family_of(old_type);
    Family to = family_of(type);
    if (!column.added() && from != to && to != Family::kMoment && to != Family::kJson &&
        to != Family::kNull) {
      column.cast = type;
    }
    bool in_key = false;
    for (const ClauseRef& clause : clause_refs()) {
      in_key = in_key || clause.kind == ClauseKind::kPrimaryKey;
    }
    // Values of one affinity are stored alike; a STRICT table and a rowid look at the very name.
    if (affinity_of(old_type) != affinity_of(type) || !column.cast.empty() || text_.strict ||
        (in_key && affinity_of(type) == "INTEGER")) {
      needs_copy_ = true;
    }
  }
  if (const ParsedClause* collate = wanted.clause(ClauseKind::kCollate)) {
    column.item.text = with_collation(column.item.text, quoted(collate->collation));
    needs_copy_ = true;
  }
  for (const std::string& check : checks) add_clause(check);
}

void Batch::drop_type_check(const std::string& column, const operations::AlterColumn& change) {
  const std::string& named = change.existing_type ? change.existing_type->type_name : column;
  for (bool again = true; again;) {
    again = false;
    for (const ClauseRef& clause : clause_refs()) {
      if (clause.kind != ClauseKind::kCheck) continue;
      bool by_name = makes_check(change.existing_type) && !named.empty() && clause.name == named;
      bool by_shape = clause.name.empty() && is_membership(clause.expression, column);
      if (!by_name && !by_shape) continue;
      remove(clause);
      again = true;
      break;
    }
  }
}

void Batch::set_default(Column& column, const std::optional<schema::ServerDefault>& value) {
  std::optional<std::string> text;
  if (value) {
    schema::Table fake;
    fake.columns.push_back(
        {.name = column.name, .type = {.name = "TEXT"}, .server_default = *value});
    ParsedTable parsed = rendered(std::move(fake));
    const ParsedClause* clause = parsed.columns.at(0).clause(ClauseKind::kDefault);
    if (clause != nullptr) text = parsed.text(clause->expression);
  }
  std::string changed = with_default(column.item.text, text);
  // Rows that are older than an ADD COLUMN take the default from the definition.
  if (changed != column.item.text) needs_copy_ = true;
  column.item.text = std::move(changed);
}

void Batch::set_generated(Column& column, const std::optional<schema::Computed>& value) {
  std::optional<std::string> text;
  if (value) {
    schema::Table fake;
    fake.columns.push_back({.name = column.name, .type = {.name = "TEXT"}, .computed = *value});
    ParsedTable parsed = rendered(std::move(fake));
    const ParsedClause* clause = parsed.columns.at(0).clause(ClauseKind::kGenerated);
    if (clause != nullptr) text = parsed.text(clause->span);
  }
  column.item.text = with_generated(column.item.text, text);
  needs_copy_ = true;
}

void Batch::override_columns(const std::vector<schema::Column>& columns) {
  for (const schema::Column& wanted : columns) {
    Column* column = find(wanted.name);
    if (column == nullptr) continue;
    operations::AlterColumn change;
    change.column = wanted.name;
    if (!wanted.type.is_null()) change.type = wanted.type;
    if (!wanted.primary_key) change.nullable = wanted.nullable;
    change.server_default = wanted.server_default;
    if (wanted.computed) change.computed = wanted.computed;
    (*this)(change);
    column->cast.clear();  // the type was so all along
  }
}

}  // namespace retort::dialect::sqlite
