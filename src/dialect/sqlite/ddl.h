#pragma once

#include <memory>

#include "dialect/ddl.h"

namespace retort::dialect::sqlite {

// Compiles DDL for SQLite. What ALTER TABLE can't do there becomes a rebuild of the table.
class Ddl : public DdlCompiler {
 public:
  explicit Ddl(const CompileContext& context);

  std::string create_index(const schema::Table& table, const schema::Index& index,
                           bool if_not_exists = false) override;

 protected:
  using DdlCompiler::on;
  void on(const operations::AddColumn& op) override;
  void on(const operations::DropColumn& op) override;
  void on(const operations::AlterColumn& op) override;
  void on(const operations::AddConstraint& op) override;
  void on(const operations::DropConstraint& op) override;
  void on(const operations::SetTableComment& op) override;
  void on(const operations::BatchAlterTable& op) override;

  std::string column_specification(const schema::Table& table,
                                   const schema::Column& column) override;
  std::string table_suffix(const schema::Table& table) override;
  std::optional<std::string> primary_key(const schema::Table& table,
                                         const schema::PrimaryKey& key) override;
  std::optional<std::string> foreign_key(const schema::Table& table,
                                         const schema::ForeignKey& key) override;
  std::optional<std::string> unique(const schema::Table& table,
                                    const schema::Unique& unique) override;
  std::optional<std::string> check(const schema::Table& table, const schema::Check& check) override;
  std::string referred_table(const schema::ForeignKey& key) const override;

 private:
  bool moves_new_columns(const operations::BatchAlterTable& batch);
  // Whether ALTER TABLE, or another single statement, does it. `in_batch`: earlier operations of a
  // batch may have changed what the catalog shows.
  bool is_native(const operations::Operation& operation, bool in_batch);
  bool can_add(const operations::AddColumn& op);
  bool can_drop(const operations::DropColumn& op, bool in_batch);
  bool column_exists(const std::string& schema, const std::string& table,
                     const std::string& column) const;
  bool has_rows(const std::string& schema, const std::string& table) const;
  void rebuild_for(const operations::Operation& operation, const std::string& schema,
                   const std::string& table, bool has_copy = false);

  bool never_rebuild_ = false;  // inside batch_alter_table(recreate="never")
};

}  // namespace retort::dialect::sqlite
