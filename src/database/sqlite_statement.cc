#include "database/sqlite_statement.h"

namespace retort::database {

StatementPtr StatementCache::take(std::string_view sql) {
  auto found = by_text_.find(sql);
  if (found == by_text_.end()) return nullptr;
  StatementPtr statement = std::move(*found->second);
  statements_.erase(found->second);
  by_text_.erase(found);
  return statement;
}

void StatementCache::give_back(StatementPtr statement) {
  sqlite3_reset(statement.get());
  sqlite3_clear_bindings(statement.get());
  std::string_view text = sqlite3_sql(statement.get());
  if (by_text_.contains(text)) return;
  if (statements_.size() == kCapacity) {
    by_text_.erase(std::string_view(sqlite3_sql(statements_.back().get())));
    statements_.pop_back();
  }
  statements_.push_front(std::move(statement));
  by_text_.emplace(text, statements_.begin());
}

void StatementCache::clear() {
  by_text_.clear();
  statements_.clear();
}

}  // namespace retort::database
