#pragma once

#include <retort/op.h>

#include <map>
#include <optional>
#include <string>

#include "modules/host.h"
#include "operations/operation.h"

// Where the public Op hands its operations to.
namespace retort {

class Op::Implementation {
 public:
  explicit Implementation(modules::Host& host) : host_(&host) {}

  modules::Host& host() { return *host_; }
  void invoke(operations::Operation operation);
  Connection& connection();
  // The type of a column referred to: of a table that this revision made, else of the database's.
  sql::Type type_of(const std::string& schema, const std::string& table, const std::string& column);
  void remember(const schema::Table& table) { made_[table.full_name()] = table; }

 private:
  modules::Host* host_;
  std::optional<Connection> connection_;
  std::map<std::string, schema::Table> made_;
};

class Op::Batch::Implementation {
 public:
  explicit Implementation(Op::Implementation& op) : op_(&op) {}

  operations::BatchAlterTable batch{};
  Op::Implementation& op() { return *op_; }
  template <typename Operation>
  void add(Operation operation) {
    operation.table = batch.table;
    operation.schema = batch.schema;
    batch.operations.push_back(std::move(operation));
  }

 private:
  Op::Implementation* op_;
};

}  // namespace retort
