#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/connection.h"
#include "dialect/sqlite/inspect.h"

namespace retort::dialect::sqlite {

// The definitions of a database, without its rows, in memory: to try changes on.
class Scratch {
 public:
  // What can't be made here (a virtual table of a module that isn't linked) is left out.
  explicit Scratch(const std::vector<Object>& objects);

  // Throws Error(code::kDatabase) with what SQLite says.
  void execute(const std::string& sql) { connection_->execute(sql); }
  std::vector<Object> objects() { return sqlite::objects(*connection_); }
  // What SQLite says of the first view or trigger that names something that isn't there.
  std::optional<std::string> broken();

 private:
  database::ConnectionPtr connection_;
};

}  // namespace retort::dialect::sqlite
