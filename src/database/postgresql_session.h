#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "database/connection.h"
#include "database/postgresql_library.h"

namespace retort::database {

struct PgResultDeleter {
  void operator()(PgResult* result) const { libpq().clear(result); }
};
using PgResultPtr = std::unique_ptr<PgResult, PgResultDeleter>;

class PostgresqlRows;

// One libpq connection and what of it is still to be read. Shared by the connection and its
// results.
struct PostgresqlSession {
  PostgresqlSession() = default;
  PostgresqlSession(const PostgresqlSession&) = delete;
  PostgresqlSession& operator=(const PostgresqlSession&) = delete;
  ~PostgresqlSession();

  PgConnection* handle = nullptr;
  bool owned = true;
  std::string where{};             // the URL without its password
  PostgresqlRows* open = nullptr;  // the result whose rows are still on their way
  NoticeHandler notice{};

  // Reads the rest of the open result into memory, so that the next statement can be sent.
  void settle();
};
using PostgresqlSessionPtr = std::shared_ptr<PostgresqlSession>;

// A statement on its way: what was sent, what to show of it, and how places of the one lie in the
// other.
struct PostgresqlStatement {
  std::string sent{};
  std::string shown{};
  std::function<std::size_t(std::size_t)> place = [](std::size_t offset) { return offset; };
};

// Sends the statements of a text and reads their results: all but the last are dropped. With
// `stream` the text is one statement whose rows are read as they are asked for.
std::unique_ptr<Result> postgresql_run(const PostgresqlSessionPtr& session,
                                       PostgresqlStatement statement, bool stream);

}  // namespace retort::database
