#pragma once

// A column of a table: a name, a type and options in any order.
//
//   Column("id", BigInteger(), primary_key);
//   Column("email", String(255), not_null, unique);
//   Column("org_id", References{"orgs.id", Action::cascade}, not_null, indexed);
//   Column("balance", Numeric(12, 2), not_null, server_default(0));
//   Column("total", Integer(), Computed{text("price * amount")});
//
// A foreign key's column takes its type from the column referred to. What is no option of a column
// does not compile, and the message says what to write instead.

#include <retort/constraint.h>
#include <retort/expression.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace retort {

// ---- options

namespace detail {
struct PrimaryKeyTag {};
struct NullableTag {};
struct NotNullTag {};
struct UniqueTag {};
struct IndexedTag {};
struct AutoincrementTag {
  bool on = true;
};
}  // namespace detail

inline constexpr detail::PrimaryKeyTag primary_key{};
inline constexpr detail::NullableTag nullable{};
inline constexpr detail::NotNullTag not_null{};
inline constexpr detail::UniqueTag unique{};
inline constexpr detail::IndexedTag indexed{};  // an index of its own; with `unique` a unique one
inline constexpr detail::AutoincrementTag autoincrement{true};
inline constexpr detail::AutoincrementTag no_autoincrement{false};

// For people, kept by the database where it can: of a column and of a table.
struct Comment {
  std::string text{};
};

// DEFAULT: a text as an SQL literal, or an expression.
struct ServerDefault {
  std::string text{};
  Expression expression{};  // when it is set, the text is nothing
};
ServerDefault server_default(const Operand& value);

// GENERATED ALWAYS AS (...). `persisted`: STORED or VIRTUAL, else the database's default.
struct Computed {
  Expression expression{};
  std::optional<bool> persisted{};
};

// GENERATED {ALWAYS | BY DEFAULT} AS IDENTITY
struct Identity {
  bool always = false;
  std::optional<std::int64_t> start{};
  std::optional<std::int64_t> increment{};
};

// A foreign key of this one column: "table.column" or "schema.table.column".
struct References {
  std::string target{};
  Action ondelete = Action::none;
  Action onupdate = Action::none;
  Name name{};
};

namespace detail {

template <typename T, typename... Ts>
inline constexpr bool one_of = (std::same_as<T, Ts> || ...);
template <typename T>
inline constexpr bool is_column_option =
    one_of<T, Type, PrimaryKeyTag, NullableTag, NotNullTag, UniqueTag, IndexedTag, AutoincrementTag,
           Comment, ServerDefault, Computed, Identity, References, Check, DialectOption>;
template <typename T, typename... Options>
inline constexpr int count_of = (0 + ... + (std::same_as<T, Options> ? 1 : 0));

// The mistakes that people make, each by its name.
template <typename... Options>
consteval bool check_column_options() {
  static_assert(!(one_of<Options, bool> || ...),
                "retort: a column takes no bool; write `nullable` or `not_null`");
  static_assert(!((std::is_arithmetic_v<Options> && !std::same_as<Options, bool>) || ...),
                "retort: a number is no option of a column; a default is server_default(0), a "
                "length belongs to the type: String(80)");
  static_assert(!((std::convertible_to<Options, std::string>) || ...),
                "retort: a text is no option of a column; a default is server_default(\"...\"), a "
                "remark Comment{\"...\"}");
  static_assert(!(std::derived_from<Options, Expression> || ...),
                "retort: an expression is no option of a column; write server_default(...), "
                "Computed{...} or Check{...}");
  static_assert(!(one_of<Options, Unique, PrimaryKey, ForeignKey, Exclude> || ...),
                "retort: this constraint belongs to the table, beside its columns; a column takes "
                "`unique`, `primary_key` or References{\"table.column\"}");
  static_assert(!(one_of<Options, Index> || ...),
                "retort: Index{...} belongs to the table, beside its columns; a column takes "
                "`indexed`");
  static_assert(count_of<Type, Options...> <= 1, "retort: the column has two types");
  static_assert(count_of<NullableTag, Options...> + count_of<NotNullTag, Options...> <= 1,
                "retort: the column is both `nullable` and `not_null`");
  static_assert(count_of<NullableTag, Options...> + count_of<PrimaryKeyTag, Options...> <= 1,
                "retort: a primary key is never `nullable`");
  static_assert(count_of<ServerDefault, Options...> <= 1, "retort: the column has two defaults");
  static_assert(count_of<ServerDefault, Options...> + count_of<Computed, Options...> +
                        count_of<Identity, Options...> <=
                    1,
                "retort: the column has a server_default beside Computed or Identity");
  static_assert(count_of<Type, Options...> + count_of<References, Options...> >= 1,
                "retort: the column has no type; write one, as in Column(\"name\", String(80)), or "
                "References{\"table.column\"}");
  return true;
}

}  // namespace detail

// A plain value.
struct Column {
  std::string name;
  Type type;
  std::optional<bool> is_nullable;  // absent: nullable, unless it is in the primary key
  bool is_primary_key = false;
  bool is_unique = false;
  bool is_indexed = false;
  std::optional<bool> is_autoincrement;
  std::optional<ServerDefault> default_value;
  std::optional<Computed> computed;
  std::optional<Identity> identity;
  std::optional<std::string> comment;
  std::vector<References> references;
  std::vector<Check> checks;
  std::vector<DialectOption> options;

  // Not inline, because that would cost every file that includes this some compile time.
  Column();
  Column(const Column&);
  Column(Column&&) noexcept;
  Column& operator=(const Column&);
  Column& operator=(Column&&) noexcept;
  ~Column();
  template <typename... Options>
  explicit Column(std::string column_name, Options&&... column_options) : Column() {
    name = std::move(column_name);
    static_assert(detail::check_column_options<std::decay_t<Options>...>());
    (take<std::decay_t<Options>>(std::forward<Options>(column_options)), ...);
  }

  // What NOT NULL comes to.
  bool nullable_in_fact() const { return is_nullable.value_or(!is_primary_key && !identity); }

  void add(Type column_type);
  void add(detail::PrimaryKeyTag) { is_primary_key = true; }
  void add(detail::NullableTag) { is_nullable = true; }
  void add(detail::NotNullTag) { is_nullable = false; }
  void add(detail::UniqueTag) { is_unique = true; }
  void add(detail::IndexedTag) { is_indexed = true; }
  void add(detail::AutoincrementTag tag) { is_autoincrement = tag.on; }
  void add(Comment remark);
  void add(ServerDefault value);
  void add(Computed value);
  void add(Identity value);
  void add(References key);
  void add(Check check);
  void add(DialectOption option);

 private:
  template <typename Option, typename Given>
  void take(Given&& option) {
    if constexpr (detail::is_column_option<Option>) {
      add(std::forward<Given>(option));
    } else {
      static_assert(detail::is_column_option<Option>,
                    "retort: this is no option of a column; it takes a type, primary_key, "
                    "not_null, nullable, unique, indexed, autoincrement, server_default(...), "
                    "References{...}, Computed{...}, Identity{...}, Check{...}, Comment{...} and "
                    "DialectOption{...}");
    }
  }
};

}  // namespace retort
