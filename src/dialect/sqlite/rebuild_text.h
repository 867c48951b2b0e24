#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialect/sqlite/parse.h"

// CREATE TABLE as text that can be edited: columns and constraints move, change, come and go, and
// what isn't touched keeps its spelling and its comments.
namespace retort::dialect::sqlite {

// A column or a constraint of the table with the spaces and comments around it: before it, between
// it and its comma, and behind the comma on the same line.
struct TextItem {
  std::string lead{};
  std::string text{};
  std::string tail{};
  std::string behind{};
  bool first = false;  // where the table was read from
};

// An item's text parsed by itself; spans point into `table.sql`.
class ItemEdit {
 public:
  // `text` is a column definition, or with `constraint` a constraint of the table.
  ItemEdit(std::string_view text, bool constraint);

  const ParsedTable& table() const { return table_; }
  const ParsedColumn& column() const { return table_.columns.front(); }
  const ParsedClause& clause() const { return table_.clauses.front(); }
  std::string text(Span span) const { return std::string(table_.text(span)); }
  void replace(Span span, std::string with);
  // Replaces with nothing, together with the spaces before it.
  void remove(Span span);
  void insert(std::uint32_t at, std::string text) { replace({at, at}, std::move(text)); }
  // The item's text with the edits made.
  std::string str() const;

 private:
  struct Edit {
    Span span;
    std::string with;
  };
  ParsedTable table_;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  std::vector<Edit> edits_;
};

// The parts of a CREATE TABLE.
struct TableText {
  explicit TableText(const ParsedTable& parsed);

  std::vector<TextItem> columns{};
  std::vector<TextItem> clauses{};
  std::string between{};   // from the table's name to the opening parenthesis, inclusive
  std::string body_end{};  // before the closing parenthesis
  bool without_rowid = false;
  bool strict = false;

  // A new item, laid out as its neighbours are.
  TextItem item(std::string text) const;
  // CREATE TABLE <name> with all parts; `name` is written as it is.
  std::string str(std::string_view name) const;

 private:
  std::string first_lead_;
  std::string second_lead_ = " ";
  std::string options_;  // as written
  bool original_without_rowid_ = false;
  bool original_strict_ = false;
};

// Edits of one column's text.
std::string with_type(std::string_view column, std::string_view type);
std::string with_nullable(std::string_view column, bool nullable);
// nullopt removes the default. `value` is what stands behind DEFAULT.
std::string with_default(std::string_view column, const std::optional<std::string>& value);
// nullopt makes an ordinary column. `clause` is the whole GENERATED ALWAYS AS (...).
std::string with_generated(std::string_view column, const std::optional<std::string>& clause);
std::string with_collation(std::string_view column, std::string_view collation);
std::string with_name(std::string_view column, std::string_view name);
// Without the constraints that `drop` points at, counted over the column's clauses.
std::string without_clauses(std::string_view column, const std::vector<std::size_t>& drop);

// "t.a" as "a" wherever an expression of CHECK or a generated column names its own table.
std::string without_qualifier(std::string_view item, std::string_view table);

}  // namespace retort::dialect::sqlite
