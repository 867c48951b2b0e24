#pragma once

// What a database has: its tables as they are.
//
//   Inspector inspector(db);
//   if (!inspector.has_column("users", "org_id")) ...
//   for (const std::string& name : inspector.table_names()) ...
//
// Nothing is cached. An empty schema is the connection's default one. After the connection's
// close() every member throws Error(code::kMisuse).

#include <retort/connection.h>
#include <retort/table.h>

#include <memory>
#include <string>
#include <vector>

namespace retort {

class Inspector {
 public:
  explicit Inspector(const Connection& connection) : session_(connection.share()) {}

  std::string default_schema() const;
  std::vector<std::string> schema_names() const;
  std::vector<std::string> table_names(const std::string& schema = {}) const;  // sorted
  std::vector<std::string> view_names(const std::string& schema = {}) const;
  bool has_table(const std::string& table, const std::string& schema = {}) const;
  bool has_column(const std::string& table, const std::string& column,
                  const std::string& schema = {}) const;
  bool has_index(const std::string& table, const std::string& index,
                 const std::string& schema = {}) const;
  // Throws Error(code::kDatabase) when there is no such table.
  Table table(const std::string& table, const std::string& schema = {}) const;

 private:
  std::shared_ptr<library::Session> session_;
};

}  // namespace retort
