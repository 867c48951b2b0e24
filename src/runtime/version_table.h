#pragma once

#include <string>
#include <vector>

#include "database/connection.h"
#include "dialect/dialect.h"
#include "operations/operation.h"
#include "revision/rows.h"
#include "sql/grammar.h"

namespace retort::runtime {

// alembic_version: one row for each tip of what is applied. Byte-compatible with Alembic's, so that
// both can take turns on one database:
//   CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,
//                                 CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))
class VersionTable {
 public:
  // Without `primary_key` a table that is made has none: version_table_pk=False of env.py.
  VersionTable(std::string name, std::string schema, const dialect::Dialect& dialect,
               bool primary_key = true)
      : name_(std::move(name)),
        schema_(std::move(schema)),
        dialect_(&dialect),
        primary_key_(primary_key) {}

  const std::string& name() const { return name_; }
  const std::string& schema() const { return schema_; }

  bool exists(database::Connection& connection) const;
  // The rows; none when the table is not there.
  revision::VersionRows read(database::Connection& connection) const;

  operations::CreateTable create_operation() const;
  // The statement of one row change, literals inline.
  std::string statement(const revision::RowChange& change) const;
  // Executes it; throws Error(code::kRevision) when it did not meet exactly one row.
  void apply(database::Connection& connection, const revision::RowChange& change) const;
  // DELETE of every row: stamp --purge.
  std::string purge_statement() const;

 private:
  std::string quoted() const;

  std::string name_;
  std::string schema_;
  const dialect::Dialect* dialect_;
  bool primary_key_;
};

}  // namespace retort::runtime
