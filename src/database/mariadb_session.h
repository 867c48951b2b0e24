#pragma once

#include <functional>
#include <memory>
#include <string>

#include "database/connection.h"
#include "database/mariadb_library.h"

namespace retort::database {

class MariadbRows;

// One session of the client library and what of it is still to be read. Shared by the connection
// and its results.
struct MariadbSession {
  MariadbSession() = default;
  MariadbSession(const MariadbSession&) = delete;
  MariadbSession& operator=(const MariadbSession&) = delete;
  ~MariadbSession();

  MariadbHandle* handle = nullptr;
  MariadbRows* open = nullptr;  // the result whose rows are still on their way

  // Reads the rest of the open result into memory, so that the next statement can be sent.
  void settle();
};
using MariadbSessionPtr = std::shared_ptr<MariadbSession>;

// A statement on its way: what was sent, what to show of it, and how places of the one lie in the
// other.
struct MariadbStatement {
  std::string sent{};
  std::string shown{};
  std::function<std::size_t(std::size_t)> place = [](std::size_t offset) { return offset; };
};

// Sends the statements of a text and gives the first one's result; the others are run when it has
// been read.
std::unique_ptr<Result> mariadb_run(const MariadbSessionPtr& session, MariadbStatement statement);

}  // namespace retort::database
