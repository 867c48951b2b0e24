#pragma once

#include <sqlite3.h>

#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace retort::database {

struct StatementDeleter {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementPtr = std::unique_ptr<sqlite3_stmt, StatementDeleter>;

// Prepared statements that are not in use, so that the same text is compiled once. SQLite itself
// compiles a statement again when the schema has changed.
class StatementCache {
 public:
  // Empty when there is none for this text.
  StatementPtr take(std::string_view sql);
  // `statement` is reset and its parameters are cleared.
  void give_back(StatementPtr statement);
  void clear();

 private:
  static constexpr std::size_t kCapacity = 64;
  // Most recently used first. The keys are the statements' own texts.
  std::list<StatementPtr> statements_;
  std::unordered_map<std::string_view, std::list<StatementPtr>::iterator> by_text_;
};

}  // namespace retort::database
