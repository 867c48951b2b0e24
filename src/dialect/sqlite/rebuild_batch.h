#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/dialect.h"
#include "dialect/sqlite/inspect.h"
#include "dialect/sqlite/parse.h"
#include "dialect/sqlite/rebuild_order.h"
#include "dialect/sqlite/rebuild_text.h"
#include "operations/operation.h"

namespace retort::dialect::sqlite {

// The names of a table's columns after the renames of a batch, made by ALTER TABLE RENAME COLUMN,
// which follows a column into indexes, CHECKs, triggers, views and foreign keys of other tables.
struct ColumnRenames {
  struct Step {
    std::string from{};
    std::string to{};
  };
  std::vector<Step> steps{};         // in an order that meets no name twice
  std::vector<std::string> names{};  // of all columns when the steps are done
};

// Throws Error(code::kOperation) for a new name that another column has.
ColumnRenames plan_renames(const std::vector<operations::Operation>& changes,
                           const ParsedTable& table);

// The queue of one batch applied to the text of a table.
class Batch {
 public:
  struct Column {
    std::string key{};       // the name by which the batch knows it: mostly the first
    std::string name{};      // its name after the renames
    std::string original{};  // its name before the batch; empty for a new column
    TextItem item{};
    std::string cast{};  // the type its values are cast to
    bool added() const { return original.empty(); }
  };

  // `base` and `indexes` are read after `renames`; `original` holds the columns' names before.
  Batch(const ParsedTable& base, std::vector<Object> indexes, std::vector<std::string> original,
        const operations::BatchAlterTable& settings, const CompileContext& context);

  void apply(const operations::Operation& change);
  // Settles what depends on the whole queue: constraints and indexes of dropped columns, the order.
  void finish();

  // CREATE TABLE under a name, which is written as it is.
  std::string table_sql(std::string_view name) const;
  const std::vector<Column>& columns() const { return columns_; }
  // Existing indexes that stay, as they are written; names of those that go.
  const std::vector<Object>& indexes() const { return indexes_; }
  const std::vector<std::string>& dropped_indexes() const { return dropped_indexes_; }
  // Names of dropped columns.
  const std::vector<std::string>& dropped_columns() const { return dropped_; }
  // Statements to run before everything (op.execute) and at the end (new indexes).
  const std::vector<sql::Statement>& before() const { return before_; }
  const std::vector<sql::Statement>& after() const { return after_; }
  // First names of existing columns that must hold no NULL; conditions of new CHECKs.
  const std::vector<std::string>& must_not_be_null() const { return not_null_; }
  const std::vector<std::string>& new_checks() const { return new_checks_; }
  const std::optional<std::string>& new_table_name() const { return new_name_; }
  // Whether the rows have to be written anew. Otherwise the definition alone changes.
  bool needs_copy() const { return needs_copy_; }

 private:
  struct ClauseRef {
    std::optional<std::size_t> column{};  // absent: a constraint of the table
    std::size_t index = 0;                // of the column's clauses or the table's
    ClauseKind kind{};
    std::string name{};
    std::string expression{};
  };

  void operator()(const operations::AddColumn& change);
  void operator()(const operations::DropColumn& change);
  void operator()(const operations::AlterColumn& change);
  void operator()(const operations::CreateIndex& change);
  void operator()(const operations::DropIndex& change);
  void operator()(const operations::AddConstraint& change);
  void operator()(const operations::DropConstraint& change);
  void operator()(const operations::RenameTable& change);
  void operator()(const operations::SetTableComment&) {}  // SQLite keeps none
  void operator()(const operations::Execute& change);
  void operator()(const operations::BulkInsert& change);
  template <typename Other>
  void operator()(const Other& change);

  void override_columns(const std::vector<schema::Column>& columns);
  void name_unnamed();
  void set_options(const schema::Options& options);
  void change_type(Column& column, const operations::AlterColumn& change);
  void set_default(Column& column, const std::optional<schema::ServerDefault>& value);
  void set_generated(Column& column, const std::optional<schema::Computed>& value);
  void drop_type_check(const std::string& column, const operations::AlterColumn& change);
  void set_autoincrement(bool wanted);

  Column* find(std::string_view name);
  Column& require(std::string_view name);
  std::string current(const std::string& name);
  std::vector<std::string> names() const;

  // CREATE TABLE of parts of this table, as the dialect writes it.
  ParsedTable rendered(schema::Table table) const;
  std::vector<std::string> rendered_clauses(const ParsedTable& table) const;
  void add_clause(const std::string& text);
  std::vector<ClauseRef> clause_refs() const;
  void remove(const ClauseRef& clause);
  bool remove_primary_key();
  void drop_from_primary_key(const std::string& column);
  void settle_dropped_columns();

  std::string table_;
  std::string schema_;
  TableText text_;
  std::vector<Column> columns_;
  std::vector<TextItem> clauses_;
  std::vector<Object> indexes_;
  const operations::BatchAlterTable& settings_;
  const CompileContext& context_;
  const Dialect& dialect_;
  ColumnOrder order_;
  std::vector<std::string> dropped_;
  std::vector<std::string> dropped_indexes_;
  std::vector<sql::Statement> before_;
  std::vector<sql::Statement> after_;
  std::vector<std::string> not_null_;
  std::vector<std::string> new_checks_;
  std::optional<std::string> new_name_;
  bool needs_copy_ = false;
};

}  // namespace retort::dialect::sqlite
