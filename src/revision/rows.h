#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "revision/graph.h"

// The rows of alembic_version as a value, and how steps change them.
namespace retort::revision {

// One statement on the version table. Each update and delete must meet exactly one row.
struct RowChange {
  enum class Kind { kInsert, kUpdate, kDelete };
  Kind kind = Kind::kInsert;
  std::string from{};  // the row that is there: update, delete
  std::string to{};    // the row that will be there: insert, update

  static RowChange insert(std::string to) { return {Kind::kInsert, "", std::move(to)}; }
  static RowChange update(std::string from, std::string to) {
    return {Kind::kUpdate, std::move(from), std::move(to)};
  }
  static RowChange remove(std::string from) { return {Kind::kDelete, std::move(from), ""}; }
  friend bool operator==(const RowChange&, const RowChange&) = default;
};

// "Online migration expected to match one row when updating 'a' to 'b' in 'alembic_version';
// 0 found": what a database's row count other than one means.
Error row_count_error(const RowChange& change, std::string_view table, std::size_t found);

// The rows in the order the database gave them. An updated row stays in its place, a new one goes
// to the end. A table without primary key may hold a row twice.
class VersionRows {
 public:
  VersionRows() = default;
  // `table` is the version table's name, for messages.
  VersionRows(std::vector<std::string> ids, std::string table = "alembic_version")  // NOLINT
      : ids_(std::move(ids)), table_(std::move(table)) {}

  const std::string& table() const { return table_; }
  const std::vector<std::string>& ids() const { return ids_; }
  bool empty() const { return ids_.empty(); }
  std::size_t count(std::string_view id) const;
  bool contains(std::string_view id) const { return count(id) > 0; }
  // An id that more than one row holds.
  std::optional<std::string> repeated() const;

  // Throws row_count_error when an update or delete meets no row or several, and
  // Error(code::kRevision) when an insert would repeat a row; the rows then stay as they were.
  void apply(const RowChange& change);
  void apply(std::span<const RowChange> changes);

  friend bool operator==(const VersionRows&, const VersionRows&) = default;

 private:
  std::vector<std::string> ids_;
  std::string table_ = "alembic_version";
};

// The row arithmetic of one run. What is applied is everything at or below the rows; rows are the
// tips of that. Each step takes time for its own edges only.
class RowArithmetic {
 public:
  RowArithmetic(const Graph& graph, std::span<const Node> rows);

  // The changes that record an upgrade by `node`: INSERT when none of what it stands on has a row,
  // else UPDATE of one such row, after DELETE of the others.
  std::vector<RowChange> upgrade(Node node);
  // The changes that record a downgrade of `node`, which must have a row: DELETE when everything it
  // stands on is still below another row, else UPDATE to one, after INSERT of the others.
  std::vector<RowChange> downgrade(Node node);

  // The revisions that have a row now, in the order of VersionRows.
  std::vector<Node> rows() const;

 private:
  bool has_row(Node node) const { return place_[node] != kNone; }
  void insert(Node node);
  void update(Node from, Node to);
  void remove(Node node);

  static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);
  const Graph& graph_;
  std::vector<std::optional<Node>> order_;  // nothing where a row was deleted
  std::vector<std::uint32_t> place_;        // in order_
  NodeSet applied_;
  std::vector<std::uint32_t> above_;  // applied revisions directly above, by `lower` edges
};

}  // namespace retort::revision
