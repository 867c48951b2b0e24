#pragma once

// Columns from the members of a plain struct: name, type and NOT NULL come from the member.
//
//   struct User {
//     std::int64_t id;
//     std::string email;
//     std::optional<std::string> name;   // optional: may be NULL
//   };
//   const Table& users = metadata.table("users",
//       field<&User::id>(primary_key),
//       field<&User::email>(String(255), unique),
//       field<&User::name>());
//
// A type of your own becomes a column by a specialisation:
//   template <> struct retort::ColumnType<Mood> {
//     static Type type() { return Enum({"sad", "ok"}, {.name = "mood"}); }
//   };

#include <retort/column.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace retort {

template <typename T>
struct ColumnType {
  static_assert(detail::no_value_type<T>,
                "retort: no column type is known for this member; specialise "
                "retort::ColumnType<T>, or write the column with Column(...)");
};
template <>
struct ColumnType<bool> {
  static Type type() { return Boolean(); }
};
template <>
struct ColumnType<std::int16_t> {
  static Type type() { return SmallInteger(); }
};
template <>
struct ColumnType<std::int32_t> {
  static Type type() { return Integer(); }
};
template <std::integral T>
  requires(sizeof(T) == 8)
struct ColumnType<T> {
  static Type type() { return BigInteger(); }
};
template <>
struct ColumnType<float> {
  static Type type() { return Float(); }
};
template <>
struct ColumnType<double> {
  static Type type() { return Double(); }
};
template <>
struct ColumnType<std::string> {
  static Type type() { return String(); }
};
template <>
struct ColumnType<Decimal> {
  static Type type() { return Numeric(); }
};
template <>
struct ColumnType<UuidText> {
  static Type type() { return Uuid(); }
};
template <>
struct ColumnType<Json> {
  static Type type() { return JSON(); }
};
template <>
struct ColumnType<Blob> {
  static Type type() { return LargeBinary(); }
};
template <>
struct ColumnType<std::vector<std::byte>> {
  static Type type() { return LargeBinary(); }
};
template <detail::CalendarDate T>
struct ColumnType<T> {  // std::chrono::year_month_day
  static Type type() { return Date(); }
};
// A point in time, whatever clock shows it.
template <detail::SystemTime T>
struct ColumnType<T> {  // std::chrono::sys_time
  static Type type() { return DateTime({.timezone = true}); }
};
// The time on the wall.
template <detail::LocalTime T>
struct ColumnType<T> {  // std::chrono::local_time
  static Type type() { return DateTime(); }
};

namespace detail {

template <typename T>
struct MemberOf;
template <typename Class, typename Member>
struct MemberOf<Member Class::*> {
  using type = Member;
};

// "email" from "... [Member = &User::email]" (clang) or "... [with auto Member = &User::email;
// ...]"
template <auto Member>
consteval std::string_view member_name() {
  std::string_view text = __PRETTY_FUNCTION__;
  std::size_t end = text.rfind("Member = ");
  text.remove_prefix(end);
  std::size_t stop = text.find_first_of(";]");
  text = text.substr(0, stop);
  if (text.ends_with(')')) text.remove_suffix(1);
  std::size_t colon = text.rfind(':');
  return text.substr(colon + 1);
}

struct NameProbe {
  int answer;
};
static_assert(member_name<&NameProbe::answer>() == "answer",
              "retort: this compiler spells member pointers in a way that is not known; write "
              "Column(\"name\", ...) instead of field<...>()");

}  // namespace detail

template <auto Member, typename... Options>
Column field(Options&&... options) {
  static_assert(std::is_member_object_pointer_v<decltype(Member)>,
                "retort: field<...>() takes a data member: field<&User::email>()");
  using Declared = typename detail::MemberOf<decltype(Member)>::type;
  constexpr bool kOptional = detail::is_optional<Declared>;
  using Held =
      typename std::conditional_t<kOptional, Declared, std::optional<Declared>>::value_type;
  constexpr bool kTyped = detail::count_of<Type, std::decay_t<Options>...> +
                              detail::count_of<References, std::decay_t<Options>...> >
                          0;
  constexpr bool kNullGiven = detail::count_of<detail::NullableTag, std::decay_t<Options>...> +
                                  detail::count_of<detail::NotNullTag, std::decay_t<Options>...> >
                              0;
  std::string name(detail::member_name<Member>());
  Column column = [&] {
    if constexpr (kTyped) {
      return Column(std::move(name), std::forward<Options>(options)...);
    } else {
      return Column(std::move(name), ColumnType<Held>::type(), std::forward<Options>(options)...);
    }
  }();
  if constexpr (!kNullGiven) {
    if (!column.is_primary_key) column.is_nullable = kOptional;
  }
  return column;
}

}  // namespace retort
