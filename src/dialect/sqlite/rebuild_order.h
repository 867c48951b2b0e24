#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retort::dialect::sqlite {

// The order of a table's columns under a batch's wishes, with Alembic's rules: columns keep their
// order, new ones come last or next to the column they name; with partial_reordering its tuples
// alone (and insert_before, insert_after) decide.
class ColumnOrder {
 public:
  ColumnOrder(std::vector<std::string> columns, std::vector<std::vector<std::string>> partial);

  void add(const std::string& column, const std::string& before, const std::string& after);
  // Another place for a column that is there.
  void move(const std::string& column, const std::string& before, const std::string& after);
  void drop(std::string_view column);
  void rename(const std::string& column, const std::string& name);

  // `columns` sorted. Throws Error(code::kOperation) when the wishes contradict each other.
  std::vector<std::string> sorted(const std::vector<std::string>& columns) const;
  bool changed() const { return !wishes_.empty() || !partial_.empty(); }

 private:
  void take_out(std::string_view column);

  std::vector<std::string> existing_;
  std::vector<std::vector<std::string>> partial_;
  std::vector<std::pair<std::string, std::string>> wishes_;  // first stands before second
};

}  // namespace retort::dialect::sqlite
