#pragma once

#include "database/connection.h"

namespace retort::dialect::postgresql {

// A transaction that is always rolled back, or a savepoint of one that is open.
class Undone {
 public:
  explicit Undone(database::Connection& connection);
  Undone(const Undone&) = delete;
  Undone& operator=(const Undone&) = delete;
  ~Undone();

 private:
  database::Connection& connection_;
  bool nested_;
};

}  // namespace retort::dialect::postgresql
