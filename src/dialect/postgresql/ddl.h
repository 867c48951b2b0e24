#pragma once

#include "dialect/ddl.h"

namespace retort::dialect::postgresql {

// Compiles DDL for PostgreSQL.
class Ddl : public DdlCompiler {
 public:
  explicit Ddl(const CompileContext& context);

  std::string create_index(const schema::Table& table, const schema::Index& index,
                           bool if_not_exists = false) override;

 protected:
  using DdlCompiler::on;
  void on(const operations::AlterColumn& op) override;
  void on(const operations::DropIndex& op) override;
  void on(const operations::CreateType& op) override;
  void on(const operations::DropType& op) override;
  void on(const operations::AlterEnum& op) override;
  void on(const operations::DropDefinition& op) override;
  void on(const operations::BatchAlterTable& op) override;

  void create_types(const schema::Table& table, bool adding_columns) override;
  std::string column_specification(const schema::Table& table,
                                   const schema::Column& column) override;
  std::string table_suffix(const schema::Table& table) override;
  std::string computed(const schema::Table& table, const schema::Column& column) override;
  std::optional<std::string> primary_key(const schema::Table& table,
                                         const schema::PrimaryKey& key) override;
  std::optional<std::string> foreign_key(const schema::Table& table,
                                         const schema::ForeignKey& key) override;
  std::optional<std::string> unique(const schema::Table& table,
                                    const schema::Unique& unique) override;
  std::optional<std::string> check(const schema::Table& table, const schema::Check& check) override;
  std::optional<std::string> exclude(const schema::Table& table,
                                     const schema::Exclude& exclude) override;
  std::string on_delete(const schema::ForeignKey& key) const override;
  std::string index_key(const schema::Index& index, const schema::IndexKey& key) override;

 private:
  std::string include(const schema::Options& options) const;
  std::string with_options(const std::vector<std::pair<std::string, std::string>>& options) const;
  // GENERATED ... AS IDENTITY, added, changed or removed.
  std::string alter_identity(const operations::AlterColumn& op) const;

  // Named types: whether this run has made it, or the database has it.
  bool is_known(const std::string& name) const;
  bool exists(const sql::Type& type) const;
  void remember(const std::string& name);
  void forget(const std::string& name);
};

}  // namespace retort::dialect::postgresql
