#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/dialect.h"
#include "schema/table.h"

namespace retort::dialect {

// How an engine's DDL differs in ways that are a yes or a no.
struct DdlTraits {
  std::string_view engine{};      // "SQLite": for messages
  bool native_boolean = true;     // no CHECK for Boolean(create_constraint=True)
  bool native_enum = true;        // no CHECK for Enum(create_constraint=True)
  bool comments = true;           // tables and columns can have comments
  bool inline_comments = false;   // ... written inside CREATE TABLE
  bool alter = true;              // ForeignKey(use_alter=True) is left out of CREATE TABLE
  bool rename_qualified = false;  // RENAME TO takes the schema too
  bool sequences = true;
  std::size_t max_name = 9999;        // characters of an index's or a constraint's name
  std::size_t max_identifier = 9999;  // ... of one that is not to be cut
};

// Compiles one operation. What is common to the engines is here; a dialect overrides the parts that
// it writes in its own way, which are SQLAlchemy's and Alembic's ways.
class DdlCompiler {
 public:
  DdlCompiler(const sql::Grammar& grammar, const DdlTraits& traits, const CompileContext& context)
      : grammar_(grammar), traits_(traits), context_(context) {}
  DdlCompiler(const DdlCompiler&) = delete;
  DdlCompiler& operator=(const DdlCompiler&) = delete;
  virtual ~DdlCompiler() = default;

  std::vector<sql::Statement> run(const operations::Operation& operation);

  // ---- pieces, also for those who write other statements around them (SQLite's rebuild)

  // CREATE TABLE alone, without its indexes and comments.
  std::string create_table(const schema::Table& table, bool if_not_exists = false);
  // The column as CREATE TABLE lists it.
  std::string column_definition(const schema::Table& table, const schema::Column& column);
  // The constraint as CREATE TABLE and ADD have it; nullopt for one that the engine leaves out.
  std::optional<std::string> constraint(const schema::Table& table,
                                        const schema::Constraint& constraint);
  virtual std::string create_index(const schema::Table& table, const schema::Index& index,
                                   bool if_not_exists = false);
  std::string default_sql(const schema::ServerDefault& value) const;
  // The CHECK of a Boolean or an Enum that has no native type here.
  std::optional<schema::Check> type_check(const schema::Column& column) const;

 protected:
  virtual void on(const operations::CreateTable& op);
  virtual void on(const operations::DropTable& op);
  virtual void on(const operations::RenameTable& op);
  virtual void on(const operations::AddColumn& op);
  virtual void on(const operations::DropColumn& op);
  virtual void on(const operations::AlterColumn& op) = 0;
  virtual void on(const operations::CreateIndex& op);
  virtual void on(const operations::DropIndex& op);
  virtual void on(const operations::AddConstraint& op);
  virtual void on(const operations::DropConstraint& op);
  virtual void on(const operations::SetTableComment& op);
  virtual void on(const operations::Execute& op);
  virtual void on(const operations::BulkInsert& op);
  virtual void on(const operations::CreateType& op);
  virtual void on(const operations::DropType& op);
  virtual void on(const operations::CreateSequence& op);
  virtual void on(const operations::DropSequence& op);
  virtual void on(const operations::AlterEnum& op);
  virtual void on(const operations::CreateDefinition& op);
  virtual void on(const operations::DropDefinition& op);
  virtual void on(const operations::OwnOperation& op);
  virtual void on(const operations::BatchAlterTable& op);

  // What comes before a table or a column that uses types of their own (PostgreSQL's enums).
  virtual void create_types(const schema::Table&, bool /*adding_columns*/) {}
  virtual std::string column_specification(const schema::Table& table,
                                           const schema::Column& column);
  // After the closing parenthesis of CREATE TABLE.
  virtual std::string table_suffix(const schema::Table&) { return {}; }
  virtual std::string computed(const schema::Table& table, const schema::Column& column);
  virtual std::string identity_options(const schema::SequenceOptions& options) const;
  std::string identity(const schema::Identity& identity) const;

  virtual std::optional<std::string> primary_key(const schema::Table& table,
                                                 const schema::PrimaryKey& key);
  virtual std::optional<std::string> foreign_key(const schema::Table& table,
                                                 const schema::ForeignKey& key);
  virtual std::optional<std::string> unique(const schema::Table& table,
                                            const schema::Unique& unique);
  virtual std::optional<std::string> check(const schema::Table& table, const schema::Check& check);
  virtual std::optional<std::string> exclude(const schema::Table& table,
                                             const schema::Exclude& exclude);
  // REFERENCES table (columns) and what follows it.
  std::string references(const schema::ForeignKey& key);
  virtual std::string referred_table(const schema::ForeignKey& key) const;
  virtual std::string match(const schema::ForeignKey& key) const;
  virtual std::string on_delete(const schema::ForeignKey& key) const;
  // Words alone: CASCADE, SET NULL. Throws Error(code::kOperation) for anything else.
  std::string phrase(std::string_view text) const;
  std::string deferral(const schema::Deferral& deferral) const;
  // "CONSTRAINT name " or nothing.
  std::string preamble(const schema::Table& table, const schema::Constraint& constraint) const;

  // The final name of an index or constraint, quoted; empty when it has none.
  std::string name_of(const schema::Table& table, const schema::Constraint& constraint) const;
  std::string name_of(const schema::Table& table, const schema::Index& index) const;
  std::string drop_name(const operations::DropConstraint& op) const;
  std::string drop_name(const operations::DropIndex& op) const;
  std::string fitting(const schema::Name& name) const;

  std::string quote(std::string_view name) const { return grammar_.quote(name); }
  std::string quote_list(const std::vector<std::string>& names) const;
  // [schema.]name. `dotted`: the parts of a schema "a.b" are quoted one by one.
  std::string table_name(std::string_view schema, std::string_view table,
                         bool dotted = false) const;
  // "ALTER TABLE [schema.]name "
  std::string alter_table(std::string_view schema, std::string_view table) const;
  std::string text_literal(const std::string& text) const { return grammar_.literal(text); }
  std::string expression(const sql::Expression& expression) const {
    return sql::compile_ddl(expression, grammar_);
  }
  // The key of an index as it stands in the list.
  virtual std::string index_key(const schema::Index& index, const schema::IndexKey& key);

  void emit(std::string sql, std::vector<sql::Datum> parameters = {}) {
    out_.push_back({std::move(sql), std::move(parameters)});
  }
  void run_inner(const operations::Operation& operation);

  const sql::Grammar& grammar_;
  const DdlTraits& traits_;
  const CompileContext& context_;
  std::vector<sql::Statement> out_{};
};

// A table that is only a name, for operations on parts of it.
schema::Table bare_table(std::string_view schema, std::string_view table);

// The table of an AddColumn: the column, with its keys and CHECKs told to be its own.
schema::Table table_of(const operations::AddColumn& op);

// The operation with the batch's table and schema where it has none of its own.
operations::Operation in_batch(operations::Operation operation,
                               const operations::BatchAlterTable& batch);

}  // namespace retort::dialect
