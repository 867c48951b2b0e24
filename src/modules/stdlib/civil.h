#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// Dates and times of the proleptic Gregorian calendar as plain values: arithmetic, ISO 8601 text,
// strftime and strptime. What the datetime and time modules are made of.
namespace retort::modules::civil {

struct Date {
  int year = 1;
  int month = 1;
  int day = 1;
  friend auto operator<=>(const Date&, const Date&) = default;
};

struct Time {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int microsecond = 0;
  friend auto operator<=>(const Time&, const Time&) = default;
};

inline constexpr std::int64_t kSecond = 1'000'000;  // in microseconds, as all durations here
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;
inline constexpr int kMinYear = 1;
inline constexpr int kMaxYear = 9999;
inline constexpr std::int64_t kMaxOrdinal = 3'652'059;      // 9999-12-31
inline constexpr std::int64_t kUnixEpochOrdinal = 719'163;  // 1970-01-01

bool is_leap(int year);
int days_in_month(int year, int month);
std::int64_t ordinal_of(const Date& date);  // 1 is 0001-01-01
Date date_of(std::int64_t ordinal);         // 1 to kMaxOrdinal
int weekday(const Date& date);              // Monday is 0
int day_of_year(const Date& date);          // 1 to 366
std::int64_t microseconds_of(const Time& time);
Time time_of(std::int64_t microseconds);  // of a day

struct IsoWeek {
  int year = 1;
  int week = 1;
  int day = 1;  // Monday is 1
};
IsoWeek iso_week(const Date& date);
std::optional<Date> date_of(const IsoWeek& week);  // nullopt: no such week

std::string iso_text(const Date& date);
// `timespec` as in time.isoformat: auto, hours, minutes, seconds, milliseconds, microseconds.
// nullopt for any other.
std::optional<std::string> iso_text(const Time& time, std::string_view timespec);
// "+02:00"; seconds and microseconds only when there are some. `colon` between the parts.
std::string offset_text(std::int64_t microseconds, std::string_view colon = ":");

// What a text holds.
struct Stamp {
  Date date{1900, 1, 1};
  Time time{};
  std::optional<std::int64_t> offset{};  // from UTC, in microseconds
  std::string zone{};                    // %Z
};

// nullopt for what is not of the form; the values may be out of range.
std::optional<Date> parse_iso_date(std::string_view text);
std::optional<Stamp> parse_iso_time(std::string_view text);
std::optional<Stamp> parse_iso_stamp(std::string_view text);

// strftime. `zone` is the name for %Z.
std::string format(std::string_view pattern, const Stamp& stamp);

// strptime. On failure `error` says why, in CPython's words.
std::optional<Stamp> parse(std::string_view text, std::string_view pattern, std::string& error);

}  // namespace retort::modules::civil
