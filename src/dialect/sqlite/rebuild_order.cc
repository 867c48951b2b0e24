#include "dialect/sqlite/rebuild_order.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"

namespace retort::dialect::sqlite {

ColumnOrder::ColumnOrder(std::vector<std::string> columns,
                         std::vector<std::vector<std::string>> partial)
    : existing_(std::move(columns)), partial_(std::move(partial)) {}

void ColumnOrder::add(const std::string& column, const std::string& before_column,
                      const std::string& after_column) {
  std::string before = before_column;
  std::string after = after_column;
  auto place = [&](const std::string& name) {
    return std::find(existing_.begin(), existing_.end(), name);
  };
  if (partial_.empty()) {
    if (!after.empty() && before.empty()) {
      auto found = place(after);
      if (found != existing_.end()) {
        if (found + 1 != existing_.end()) before = *(found + 1);
      } else {
        for (const auto& [first, second] : wishes_) {
          if (first == after) before = second;
        }
      }
    }
    if (!before.empty() && after.empty()) {
      auto found = place(before);
      if (found != existing_.end()) {
        if (found != existing_.begin()) after = *(found - 1);
      } else {
        for (const auto& [first, second] : wishes_) {
          if (second == before) after = first;
        }
      }
    }
  }
  if (!before.empty()) wishes_.emplace_back(column, before);
  if (!after.empty()) wishes_.emplace_back(after, column);
  if (partial_.empty() && before.empty() && after.empty() && !existing_.empty()) {
    wishes_.emplace_back(existing_.back(), column);
  }
}

void ColumnOrder::move(const std::string& column, const std::string& before,
                       const std::string& after) {
  take_out(column);
  add(column, before, after);
}

void ColumnOrder::drop(std::string_view column) {
  // Alembic's rule: what was to stand next to it isn't held by it any more. A new column that was
  // to come after the last one, which is dropped then, stands where nothing before it is waited
  // for.
  std::erase(existing_, column);
}

void ColumnOrder::take_out(std::string_view column) {
  // What stood next to the column stands next to its neighbour.
  auto found = std::find(existing_.begin(), existing_.end(), column);
  std::string before;
  std::string after;
  if (found != existing_.end()) {
    if (found != existing_.begin()) before = *(found - 1);
    if (found + 1 != existing_.end()) after = *(found + 1);
    existing_.erase(found);
  }
  for (auto& [first, second] : wishes_) {
    if (first == column) first = before;
    if (second == column) second = after;
  }
  std::erase_if(wishes_,
                [](const auto& wish) { return wish.first.empty() || wish.second.empty(); });
}

void ColumnOrder::rename(const std::string& column, const std::string& name) {
  std::replace(existing_.begin(), existing_.end(), column, name);
  for (auto& [first, second] : wishes_) {
    if (first == column) first = name;
    if (second == column) second = name;
  }
}

std::vector<std::string> ColumnOrder::sorted(const std::vector<std::string>& columns) const {
  std::set<std::pair<std::string, std::string>> pairs(wishes_.begin(), wishes_.end());
  auto chain = [&](const std::vector<std::string>& names) {
    for (std::size_t i = 1; i < names.size(); ++i) pairs.emplace(names[i - 1], names[i]);
  };
  if (partial_.empty()) {
    chain(existing_);
  } else {
    for (const auto& names : partial_) {
      for (const std::string& name : names) {
        if (std::find(columns.begin(), columns.end(), name) == columns.end()) {
          throw Error(code::kOperation,
                      "partial_reordering names column " + name + ", which the table doesn't have")
              .with_hint(did_you_mean(name, columns));
        }
      }
      chain(names);
    }
  }
  std::vector<std::string> out;
  std::vector<std::string> left = columns;
  while (!left.empty()) {
    std::vector<std::string> ready;
    for (const std::string& column : left) {
      bool waits = std::any_of(pairs.begin(), pairs.end(), [&](const auto& pair) {
        return pair.second == column && pair.first != column &&
               std::find(left.begin(), left.end(), pair.first) != left.end();
      });
      if (!waits) ready.push_back(column);
    }
    if (ready.empty()) {
      throw Error(code::kOperation,
                  "the wished order of columns goes in a circle: " + join(left, ", "))
          .with_hint("look at insert_before, insert_after and partial_reordering");
    }
    for (const std::string& column : ready) {
      std::erase(left, column);
      out.push_back(column);
    }
  }
  return out;
}

}  // namespace retort::dialect::sqlite
