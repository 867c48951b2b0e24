#pragma once

#include <memory>

#include "base/interrupt.h"
#include "database/connection.h"

namespace retort::database {

// While it lives, Ctrl-C and SIGTERM cancel the statement that the connection runs: at the server,
// which would otherwise go on with it, and with its locks, when this program is gone. Where the
// program doesn't watch its signals (base/interrupt.h) nothing happens.
class CancelOnInterrupt {
 public:
  explicit CancelOnInterrupt(Connection& connection);

 private:
  std::shared_ptr<void> handle_{};
  std::unique_ptr<OnInterrupt> action_{};
};

}  // namespace retort::database
