#pragma once

// A table: a name, then columns, constraints, indexes and remarks in any order.
//
//   Table("users",
//       Column("id", BigInteger(), primary_key),
//       Column("email", String(255), not_null),
//       Unique{"uq_users_email", {"email"}},
//       Comment{"who may log in"});

#include <retort/column.h>
#include <retort/constraint.h>

#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace retort {

// The schema a table is in; without one the database's default.
struct Schema {
  std::string name{};
};

using Constraint = std::variant<PrimaryKey, ForeignKey, Unique, Check, Exclude>;

namespace detail {
template <typename T>
inline constexpr bool is_table_item = one_of<T, Column, PrimaryKey, ForeignKey, Unique, Check,
                                             Exclude, Index, Comment, Schema, DialectOption>;
}

// A plain value.
struct Table {
  std::string name;
  std::string schema;
  std::vector<Column> columns;
  std::vector<Constraint> constraints;
  std::vector<Index> indexes;
  std::optional<std::string> comment;
  std::vector<DialectOption> options;

  Table();
  Table(const Table&);
  Table(Table&&) noexcept;
  Table& operator=(const Table&);
  Table& operator=(Table&&) noexcept;
  ~Table();
  template <typename... Items>
  explicit Table(std::string table_name, Items&&... items) : Table() {
    name = std::move(table_name);
    (take<std::decay_t<Items>>(std::forward<Items>(items)), ...);
  }

  // Null when there is no such column.
  const Column* column(std::string_view column_name) const;
  // The table in a statement, and one of its columns there: users.c("email") == "a@b.c".
  Expression expression() const;
  Expression c(std::string_view column_name) const { return expression().c(column_name); }

  void add(Column item);
  void add(PrimaryKey item);
  void add(ForeignKey item);
  void add(Unique item);
  void add(Check item);
  void add(Exclude item);
  void add(Index item);
  void add(Comment item);
  void add(Schema item);
  void add(DialectOption item);

 private:
  template <typename Item, typename Given>
  void take(Given&& item) {
    if constexpr (detail::is_table_item<Item>) {
      add(std::forward<Given>(item));
    } else {
      static_assert(
          !detail::one_of<Item, References>,
          "retort: References{...} stands inside a Column; a table takes ForeignKey{...}");
      static_assert(detail::is_table_item<Item>,
                    "retort: this is no part of a table; it takes Column(...), field<...>(...), "
                    "PrimaryKey{...}, ForeignKey{...}, Unique{...}, Check{...}, Exclude{...}, "
                    "Index{...}, Comment{...}, Schema{...} and DialectOption{...}");
    }
  }
};

}  // namespace retort
