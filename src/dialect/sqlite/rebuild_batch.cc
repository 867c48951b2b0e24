#include "dialect/sqlite/rebuild_batch.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "dialect/sqlite/parse_token.h"
#include "schema/naming.h"

namespace retort::dialect::sqlite {

Batch::Batch(const ParsedTable& base, std::vector<Object> indexes,
             std::vector<std::string> original, const operations::BatchAlterTable& settings,
             const CompileContext& context)
    : table_(base.name.text),
      schema_(settings.schema),
      text_(base),
      clauses_(text_.clauses),
      indexes_(std::move(indexes)),
      settings_(settings),
      context_(context),
      dialect_(find_dialect("sqlite")),
      order_(original, settings.partial_reordering) {
  for (std::size_t i = 0; i < base.columns.size(); ++i) {
    columns_.push_back({.key = original[i],
                        .name = base.columns[i].name.text,
                        .original = original[i],
                        .item = text_.columns[i]});
  }
  name_unnamed();
  override_columns(settings.reflect_columns);
  auto add = [&](const schema::Constraint& constraint) {
    (*this)(operations::AddConstraint{table_, schema_, constraint});
  };
  for (const schema::Constraint& constraint : settings.reflect_constraints) add(constraint);
  for (const schema::Constraint& constraint : settings.table_constraints) add(constraint);
  for (const schema::Index& index : settings.table_indexes) {
    (*this)(operations::CreateIndex{table_, schema_, index, false});
  }
  set_options(settings.table_options);
}

void Batch::apply(const operations::Operation& change) {
  std::visit([this](const auto& one) { (*this)(one); }, change);
}

template <typename Other>
void Batch::operator()(const Other&) {
  throw Error(code::kOperation,
              "batch_alter_table of " + table_ + ": this operation can't be part of a batch")
      .with_hint("move it before or behind the batch");
}

void Batch::operator()(const operations::RenameTable& change) { new_name_ = change.new_name; }

void Batch::operator()(const operations::Execute& change) {
  for (sql::Statement& statement : dialect_.compile(change, context_)) {
    before_.push_back(std::move(statement));
  }
}

void Batch::operator()(const operations::BulkInsert& change) {
  for (sql::Statement& statement : dialect_.compile(change, context_)) {
    before_.push_back(std::move(statement));
  }
}

void Batch::operator()(const operations::CreateIndex& change) {
  operations::CreateIndex renamed = change;
  renamed.table = table_;
  renamed.schema = schema_;
  for (schema::IndexKey& key : renamed.index.keys) {
    if (!key.column.empty()) key.column = current(key.column);
  }
  for (sql::Statement& statement : dialect_.compile(renamed, context_)) {
    after_.push_back(std::move(statement));
  }
}

void Batch::operator()(const operations::DropIndex& change) {
  std::string resolved = change.name.text;
  if (!change.name.final) {
    try {
      resolved = schema::resolve_name(
                     context_.naming_convention,
                     {.kind = "ix", .name = change.name, .schema = schema_, .table = table_})
                     .text;
    } catch (const Error&) {
      resolved = change.name.text;  // a convention that needs the columns, which aren't told
    }
  }
  for (const std::string& name : {resolved, change.name.text}) {
    auto found = std::find_if(indexes_.begin(), indexes_.end(),
                              [&](const Object& index) { return same_name(index.name, name); });
    if (found == indexes_.end()) continue;
    dropped_indexes_.push_back(found->name);
    indexes_.erase(found);
    return;
  }
  if (change.if_exists) return;
  std::vector<std::string> known;
  for (const Object& index : indexes_) known.push_back(index.name);
  throw Error(code::kOperation, "table " + table_ + " has no index " + resolved)
      .with_hint(did_you_mean(resolved, known));
}

void Batch::finish() {
  settle_dropped_columns();
  if (order_.changed()) {
    std::vector<std::string> keys;
    for (const Column& column : columns_) keys.push_back(column.key);
    std::vector<std::string> sorted = order_.sorted(keys);
    std::vector<Column> moved;
    for (const std::string& key : sorted) {
      auto found = std::find_if(columns_.begin(), columns_.end(),
                                [&](const Column& column) { return column.key == key; });
      moved.push_back(std::move(*found));
    }
    if (sorted != keys) needs_copy_ = true;
    columns_ = std::move(moved);
  }
  if (columns_.empty()) {
    throw Error(code::kOperation, "table " + table_ + " would have no columns left")
        .with_hint("drop the table instead");
  }
}

std::string Batch::table_sql(std::string_view name) const {
  TableText text = text_;
  text.columns.clear();
  for (const Column& column : columns_) text.columns.push_back(column.item);
  text.clauses = clauses_;
  // CHECK (t.a > 0) would not be found under the temporary name.
  for (TextItem& item : text.columns) item.text = without_qualifier(item.text, table_);
  for (TextItem& item : text.clauses) item.text = without_qualifier(item.text, table_);
  return text.str(name);
}

Batch::Column* Batch::find(std::string_view name) {
  for (Column& column : columns_) {
    if (same_name(column.key, name)) return &column;
  }
  for (Column& column : columns_) {
    if (same_name(column.name, name)) return &column;
  }
  return nullptr;
}

std::vector<std::string> Batch::names() const {
  std::vector<std::string> out;
  for (const Column& column : columns_) out.push_back(column.name);
  return out;
}

Batch::Column& Batch::require(std::string_view name) {
  if (Column* column = find(name)) return *column;
  std::vector<std::string> known;
  for (const Column& column : columns_) known.push_back(column.key);
  throw Error(code::kOperation, "table " + table_ + " has no column " + std::string(name))
      .with_hint(did_you_mean(name, known));
}

std::string Batch::current(const std::string& name) { return require(name).name; }

ParsedTable Batch::rendered(schema::Table table) const {
  table.name = table_;
  table.schema = schema_;
  std::vector<sql::Statement> statements =
      dialect_.compile(operations::CreateTable{std::move(table), false}, context_);
  for (const sql::Statement& statement : statements) {
    if (equal_ignoring_case(trim(statement.sql).substr(0, 12), "CREATE TABLE")) {
      return parse_table(statement.sql);
    }
  }
  throw Error(code::kOperation, "the definition of table " + table_ + " can't be written");
}

void Batch::set_options(const schema::Options& options) {
  for (const schema::Option& option : options) {
    const bool* flag = std::get_if<bool>(&option.value);
    if (flag == nullptr) continue;
    if (option.name == "sqlite_strict" && text_.strict != *flag) {
      text_.strict = *flag;
      needs_copy_ = true;
    } else if (option.name == "sqlite_with_rowid" && text_.without_rowid == *flag) {
      text_.without_rowid = !*flag;
      needs_copy_ = true;
    } else if (option.name == "sqlite_autoincrement") {
      set_autoincrement(*flag);
    }
  }
}

}  // namespace retort::dialect::sqlite
