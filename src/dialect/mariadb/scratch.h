#pragma once

#include <string>

#include "database/connection.h"

namespace retort::dialect::mariadb {

// A database that is dropped again, retort_scratch_<connection>, made when it is first asked for.
// It has the character set of the database that the session is in.
class ScratchDatabase {
 public:
  explicit ScratchDatabase(database::Connection& session) : session_(session) {}
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  // Throws Error(code::kDatabase) where the user may not make one.
  const std::string& name();

 private:
  database::Connection& session_;
  std::string name_;
};

}  // namespace retort::dialect::mariadb
