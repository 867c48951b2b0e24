#include "dialect/sqlite/rebuild_scratch.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "database/sqlite.h"

namespace retort::dialect::sqlite {
namespace {

// Virtual tables make the tables behind them; triggers and indexes need their table.
int rank(const Object& object) {
  if (equal_ignoring_case(std::string_view(object.sql).substr(0, 14), "CREATE VIRTUAL")) return 0;
  if (object.type == "table") return 1;
  if (object.type == "index") return 2;
  return object.type == "view" ? 3 : 4;
}

}  // namespace

Scratch::Scratch(const std::vector<Object>& objects)
    : connection_(database::open_sqlite(":memory:")) {
  std::vector<const Object*> sorted;
  for (const Object& object : objects) sorted.push_back(&object);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Object* a, const Object* b) { return rank(*a) < rank(*b); });
  for (const Object* object : sorted) {
    try {
      connection_->execute(object->sql);
    } catch (const Error&) {
      continue;
    }
  }
}

std::optional<std::string> Scratch::broken() {
  // Renaming a table makes SQLite resolve every name in every view and trigger.
  try {
    connection_->execute(
        "CREATE TABLE _retort_probe (a); ALTER TABLE _retort_probe RENAME TO _retort_probed");
    connection_->execute("DROP TABLE _retort_probed");
  } catch (const Error& error) {
    connection_->execute("DROP TABLE IF EXISTS _retort_probe");
    return error.message();
  }
  return std::nullopt;
}

}  // namespace retort::dialect::sqlite
