#pragma once

#include <string>
#include <string_view>

#include "database/connection.h"
#include "dialect/dialect.h"
#include "operations/operation.h"
#include "sql/grammar.h"

namespace retort::runtime {

// Where the statements of a step go: into a database, or onto paper.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void invoke(const operations::Operation& operation) = 0;
  virtual void enter_autocommit() = 0;
  virtual void leave_autocommit() = 0;
};

}  // namespace retort::runtime
