#pragma once

#include <memory>
#include <string>
#include <vector>

#include "database/connection.h"
#include "schema/table.h"

namespace retort::dialect {

// Reads a live schema object by object: what scripts ask through sa.inspect(bind). An empty schema
// is the connection's default one. Nothing is cached; the connection must outlive it.
class Inspector {
 public:
  virtual ~Inspector() = default;
  virtual std::string default_schema() = 0;
  virtual std::vector<std::string> schema_names() = 0;
  virtual std::vector<std::string> table_names(const std::string& schema) = 0;  // sorted
  virtual std::vector<std::string> view_names(const std::string& schema) = 0;
  virtual std::string view_definition(const std::string& view, const std::string& schema) = 0;
  virtual bool has_table(const std::string& table, const std::string& schema) = 0;
  // Throws Error(code::kDatabase) when there is no such table.
  virtual schema::Table table(const std::string& table, const std::string& schema) = 0;
};

// For the connection's engine; Error(code::kOperation) for one whose schema can't be read.
std::unique_ptr<Inspector> make_inspector(database::Connection& connection);

}  // namespace retort::dialect
