#pragma once

// Values on their way to and from a database.
//
//   auto now = std::chrono::system_clock::now();
//   db.execute("UPDATE users SET seen = :now WHERE id = :id", {{"now", now}, {"id", 7}});
//   auto name = row.get<std::optional<std::string>>("name");
//
// What C++ has no type for is text of a named kind: Decimal{"12.50"}, UuidText{"..."}, Json{"[1]"}.
//
// The types of <chrono> are known by their shape. The header itself is included by those who use
// it: it would cost every other file more time to compile than all of retort's headers do.

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace retort {

struct Blob {
  std::string bytes{};
  friend bool operator==(const Blob&, const Blob&) = default;
};
struct Decimal {  // exact: "12.50"
  std::string text{};
  friend bool operator==(const Decimal&, const Decimal&) = default;
};
struct UuidText {  // "3f2504e0-4f89-41d3-9a0c-0305e82c3301"; the type is Uuid()
  std::string text{};
  friend bool operator==(const UuidText&, const UuidText&) = default;
};
struct Json {  // a JSON text
  std::string text{};
  friend bool operator==(const Json&, const Json&) = default;
};

class Value;

namespace detail {

// std::chrono::year_month_day
template <typename T>
concept CalendarDate = requires(const T& date) {
  static_cast<int>(date.year());
  static_cast<unsigned>(date.month());
  static_cast<unsigned>(date.day());
  T(date.year(), date.month(), date.day());
};
// std::chrono::duration
template <typename T>
concept Duration = requires(const T& duration) {
  duration.count();
  T::period::num;
  T::period::den;
};
// std::chrono::sys_time: no other clock has to_time_t().
template <typename T>
concept SystemTime = requires(const T& time) {
  requires Duration<typename T::duration>;
  T::clock::to_time_t(time);
};
// std::chrono::local_time, whose clock can't be asked.
template <typename T>
concept LocalTime = requires(const T& time) {
  requires Duration<typename T::duration>;
  time.time_since_epoch();
  requires !requires { T::clock::now(); };
};

}  // namespace detail

// Types that a Value can be made of.
template <typename T>
concept ValueLike =
    !std::same_as<std::remove_cvref_t<T>, Value> && std::constructible_from<Value, T>;

// One value, or NULL.
class Value {
 public:
  enum class Kind : std::uint8_t {
    kNull,
    kBool,
    kInteger,
    kDouble,
    kText,
    kBlob,
    kDecimal,
    kDate,
    kTimestamp,
    kTime,
    kUuid,
    kJson,
    kOther,  // a type of the database that none of these is, as its text
  };

  Value() = default;  // NULL
  Value(std::nullptr_t) {}
  Value(std::nullopt_t) {}
  Value(std::same_as<bool> auto value) : kind_(Kind::kBool), number_(value ? 1 : 0) {}
  // Integers up to 64 bits. Throws Error(code::kType) for one above 2^63 - 1.
  template <std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
  Value(T value) : kind_(Kind::kInteger), number_(checked(value)) {}
  Value(std::floating_point auto value) : kind_(Kind::kDouble), real_(static_cast<double>(value)) {}
  Value(std::string value) : kind_(Kind::kText), text_(std::move(value)) {}
  Value(std::string_view value) : kind_(Kind::kText), text_(value) {}
  Value(const char* value);  // NULL for a null pointer
  Value(Blob value) : kind_(Kind::kBlob), text_(std::move(value.bytes)) {}
  Value(Decimal value) : kind_(Kind::kDecimal), text_(std::move(value.text)) {}
  Value(UuidText value) : kind_(Kind::kUuid), text_(std::move(value.text)) {}
  Value(Json value) : kind_(Kind::kJson), text_(std::move(value.text)) {}
  // std::chrono::year_month_day. Throws Error(code::kType) for one that is not in the calendar.
  template <detail::CalendarDate T>
  Value(const T& value)
      : Value(of_date(static_cast<int>(value.year()), static_cast<unsigned>(value.month()),
                      static_cast<unsigned>(value.day()))) {}
  // std::chrono::sys_time of any precision; what is finer than microseconds is cut.
  template <detail::SystemTime T>
  Value(const T& value)
      : Value(of_time(static_cast<std::int64_t>(value.time_since_epoch().count()),
                      T::duration::period::num, T::duration::period::den)) {}
  template <typename T>
  Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value()) {}
  // As a driver gave it.
  Value(Kind kind, std::string text) : kind_(kind), text_(std::move(text)) {}

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::kNull; }
  // The text of every kind but NULL, as SQL would have it without quotes.
  std::string str() const;

  // The value as a C++ type: bool, integers, floating point, std::string, Blob, Decimal, UuidText,
  // Json, std::chrono::year_month_day, std::chrono::sys_time (sys_seconds, sys_days, ...), or
  // std::optional of one of these for what may be NULL. Databases without a type of their own for
  // it are met half-way: a bool from 0 and 1, a date from its text. Throws Error(code::kType) that
  // says what it is instead.
  template <typename T>
  T as() const;

  friend bool operator==(const Value&, const Value&) = default;

 private:
  static std::int64_t checked(std::integral auto value) {
    if (!std::in_range<std::int64_t>(value)) too_large();
    return static_cast<std::int64_t>(value);
  }
  [[noreturn]] static void too_large();
  [[noreturn]] void wrong_type(std::string_view wanted) const;
  static Value of_date(int year, unsigned month, unsigned day);
  // Of a number of periods of num/den seconds since 1970.
  static Value of_time(std::int64_t count, std::int64_t num, std::int64_t den);

  bool to_bool() const;
  std::int64_t to_integer() const;
  double to_double() const;
  std::string to_text() const;
  std::string to_bytes() const;
  struct Date {
    int year;
    unsigned month;
    unsigned day;
  };
  Date to_date() const;
  std::int64_t to_time(std::int64_t num, std::int64_t den) const;

  Kind kind_ = Kind::kNull;
  std::int64_t number_ = 0;
  double real_ = 0;
  std::string text_{};
};

namespace detail {
template <typename T>
inline constexpr bool is_optional = false;
template <typename T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <typename T>
inline constexpr bool no_value_type = false;
}  // namespace detail

template <typename T>
T Value::as() const {
  if constexpr (detail::is_optional<T>) {
    if (is_null()) return std::nullopt;
    return as<typename T::value_type>();
  } else if constexpr (std::same_as<T, Value>) {
    return *this;
  } else if constexpr (std::same_as<T, bool>) {
    return to_bool();
  } else if constexpr (std::integral<T>) {
    std::int64_t wide = to_integer();
    if (!std::in_range<T>(wide)) wrong_type("an integer that small");
    return static_cast<T>(wide);
  } else if constexpr (std::floating_point<T>) {
    return static_cast<T>(to_double());
  } else if constexpr (std::same_as<T, std::string>) {
    return to_text();
  } else if constexpr (std::same_as<T, Blob>) {
    return {to_bytes()};
  } else if constexpr (std::same_as<T, Decimal> || std::same_as<T, UuidText> ||
                       std::same_as<T, Json>) {
    if (is_null()) wrong_type("a text");
    return {str()};
  } else if constexpr (detail::CalendarDate<T>) {
    Date date = to_date();
    return T(decltype(std::declval<T>().year())(date.year),
             decltype(std::declval<T>().month())(date.month),
             decltype(std::declval<T>().day())(date.day));
  } else if constexpr (detail::SystemTime<T>) {
    using Period = typename T::duration::period;
    std::int64_t count = to_time(Period::num, Period::den);
    return T(typename T::duration(static_cast<typename T::rep>(count)));
  } else {
    static_assert(
        detail::no_value_type<T>,
        "retort: a value can't be read as this type; take bool, an integer, a floating "
        "point type, std::string, Blob, Decimal, UuidText, Json, year_month_day, sys_time, "
        "or std::optional of one of these");
  }
}

// Values by name, for the ":name" of a statement.
using Parameters = std::vector<std::pair<std::string, Value>>;
// A row to insert: values by column.
using RowValues = std::vector<std::pair<std::string, Value>>;

}  // namespace retort
