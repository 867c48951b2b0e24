#pragma once

#include "dialect/ddl.h"

namespace retort::dialect::mariadb {

// Compiles DDL for MariaDB and MySQL; the server tells which, without one the grammar's name.
class Ddl : public DdlCompiler {
 public:
  Ddl(const sql::Grammar& grammar, const CompileContext& context);

  std::string create_index(const schema::Table& table, const schema::Index& index,
                           bool if_not_exists = false) override;

 protected:
  using DdlCompiler::on;
  void on(const operations::AlterColumn& op) override;
  void on(const operations::DropIndex& op) override;
  void on(const operations::DropConstraint& op) override;
  void on(const operations::SetTableComment& op) override;

  std::string column_specification(const schema::Table& table,
                                   const schema::Column& column) override;
  std::string table_suffix(const schema::Table& table) override;
  std::string identity_options(const schema::SequenceOptions& options) const override;
  std::optional<std::string> primary_key(const schema::Table& table,
                                         const schema::PrimaryKey& key) override;
  std::string match(const schema::ForeignKey& key) const override;
  std::string index_key(const schema::Index& index, const schema::IndexKey& key) override;

 private:
  Ddl(const sql::Grammar& grammar, const CompileContext& context, bool mariadb);
  // The server's kind where there is one: a MariaDB may be behind a URL that says mysql.
  bool is_mariadb() const { return mariadb_; }
  // A keyword of the dialect in use: mysql_<name> or mariadb_<name>.
  std::string own(std::string_view name) const;
  // ... on MariaDB also as mysql_<name>.
  std::string own_or_mysql(const schema::Options& options, std::string_view name) const;

  bool mariadb_;
};

}  // namespace retort::dialect::mariadb
