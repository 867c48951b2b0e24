#include "modules/stdlib/civil.h"

#include <cstdio>
#include <cstdlib>

namespace retort::modules::civil {

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

namespace {
std::int64_t days_before_year(std::int64_t year) {
  const std::int64_t y = year - 1;
  return y * 365 + y / 4 - y / 100 + y / 400;
}
}  // namespace

int day_of_year(const Date& date) {
  int days = date.day;
  for (int month = 1; month < date.month; ++month) days += days_in_month(date.year, month);
  return days;
}

std::int64_t ordinal_of(const Date& date) {
  return days_before_year(date.year) + day_of_year(date);
}

Date date_of(std::int64_t ordinal) {
  // A first guess that is at most one year off.
  auto year = static_cast<int>((ordinal - 1) * 400 / 146'097 + 1);
  while (days_before_year(year) >= ordinal) --year;
  while (days_before_year(year + 1) < ordinal) ++year;
  int rest = static_cast<int>(ordinal - days_before_year(year));
  int month = 1;
  while (rest > days_in_month(year, month)) rest -= days_in_month(year, month++);
  return {year, month, rest};
}

int weekday(const Date& date) { return static_cast<int>((ordinal_of(date) + 6) % 7); }

std::int64_t microseconds_of(const Time& time) {
  return time.hour * kHour + time.minute * kMinute + time.second * kSecond + time.microsecond;
}

Time time_of(std::int64_t us) {
  return {static_cast<int>(us / kHour), static_cast<int>(us / kMinute % 60),
          static_cast<int>(us / kSecond % 60), static_cast<int>(us % kSecond)};
}

namespace {
// The ordinal of the Monday of a year's first ISO week.
std::int64_t first_iso_monday(int year) {
  const std::int64_t first = days_before_year(year) + 1;
  const auto day = static_cast<int>((first + 6) % 7);
  const std::int64_t monday = first - day;
  return day > 3 ? monday + 7 : monday;
}
}  // namespace

IsoWeek iso_week(const Date& date) {
  const std::int64_t ordinal = ordinal_of(date);
  int year = date.year;
  std::int64_t monday = first_iso_monday(year);
  if (ordinal < monday) {
    monday = first_iso_monday(--year);
  } else if (ordinal >= first_iso_monday(year + 1)) {
    monday = first_iso_monday(++year);
  }
  return {year, static_cast<int>((ordinal - monday) / 7) + 1,
          static_cast<int>((ordinal - monday) % 7) + 1};
}

std::optional<Date> date_of(const IsoWeek& week) {
  if (week.year < kMinYear || week.year > kMaxYear || week.week < 1 || week.week > 53 ||
      week.day < 1 || week.day > 7) {
    return std::nullopt;
  }
  const std::int64_t ordinal = first_iso_monday(week.year) + (week.week - 1) * 7 + week.day - 1;
  if (week.week == 53 && ordinal - week.day + 1 >= first_iso_monday(week.year + 1)) {
    return std::nullopt;
  }
  if (ordinal < 1 || ordinal > kMaxOrdinal) return std::nullopt;
  return date_of(ordinal);
}

std::string iso_text(const Date& date) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", date.year, date.month, date.day);
  return buffer;
}

std::optional<std::string> iso_text(const Time& time, std::string_view timespec) {
  if (timespec == "auto") timespec = time.microsecond != 0 ? "microseconds" : "seconds";
  char buffer[64];
  if (timespec == "hours") {
    std::snprintf(buffer, sizeof buffer, "%02d", time.hour);
  } else if (timespec == "minutes") {
    std::snprintf(buffer, sizeof buffer, "%02d:%02d", time.hour, time.minute);
  } else if (timespec == "seconds") {
    std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d", time.hour, time.minute, time.second);
  } else if (timespec == "milliseconds") {
    std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d.%03d", time.hour, time.minute, time.second,
                  time.microsecond / 1000);
  } else if (timespec == "microseconds") {
    std::snprintf(buffer, sizeof buffer, "%02d:%02d:%02d.%06d", time.hour, time.minute, time.second,
                  time.microsecond);
  } else {
    return std::nullopt;
  }
  return buffer;
}

std::string offset_text(std::int64_t us, std::string_view colon) {
  const char sign = us < 0 ? '-' : '+';
  const Time time = time_of(std::abs(us) % kDay);
  const std::string between(colon);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%c%02d%s%02d", sign, time.hour, between.c_str(),
                time.minute);
  std::string text = buffer;
  if (time.second != 0 || time.microsecond != 0) {
    std::snprintf(buffer, sizeof buffer, "%s%02d", between.c_str(), time.second);
    text += buffer;
  }
  if (time.microsecond != 0) {
    std::snprintf(buffer, sizeof buffer, ".%06d", time.microsecond);
    text += buffer;
  }
  return text;
}

// ---- ISO 8601 text

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  // Exactly `count` digits.
  bool number(int count, int& into) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
      const char c = peek();
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
      ++at_;
    }
    into = value;
    return true;
  }
  // The digits of a fraction of a second, as microseconds; more than six are cut.
  bool fraction(int& into) {
    int value = 0;
    int digits = 0;
    while (peek() >= '0' && peek() <= '9') {
      if (digits < 6) value = value * 10 + (peek() - '0');
      ++digits;
      ++at_;
    }
    for (int i = digits; i < 6; ++i) value *= 10;
    into = value;
    return digits > 0;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool read_clock(std::string_view text, Time& time) {
  Reader in(text);
  if (!in.number(2, time.hour)) return false;
  if (in.done()) return true;
  const bool colons = in.take(':');
  if (!in.number(2, time.minute)) return false;
  if (in.done()) return true;
  if (in.take(':') != colons) return false;
  if (!in.number(2, time.second)) return false;
  if (in.done()) return true;
  if (!in.take('.') && !in.take(',')) return false;
  return in.fraction(time.microsecond) && in.done();
}

bool in_range(const Time& time) { return time.hour < 24 && time.minute < 60 && time.second < 60; }

}  // namespace

std::optional<Date> parse_iso_date(std::string_view text) {
  Reader in(text);
  Date date;
  if (!in.number(4, date.year)) return std::nullopt;
  const bool dashes = in.take('-');
  if (in.take('W')) {
    IsoWeek week{date.year, 1, 1};
    if (!in.number(2, week.week)) return std::nullopt;
    if (!in.done()) {
      if (in.take('-') != dashes || !in.number(1, week.day)) return std::nullopt;
    }
    if (!in.done()) return std::nullopt;
    return date_of(week);
  }
  if (!in.number(2, date.month) || in.take('-') != dashes || !in.number(2, date.day) ||
      !in.done()) {
    return std::nullopt;
  }
  return date;
}

std::optional<Stamp> parse_iso_time(std::string_view text) {
  if (text.starts_with('T')) text.remove_prefix(1);
  Stamp stamp;
  const std::size_t zone = text.find_first_of("Z+-");
  if (!read_clock(text.substr(0, zone), stamp.time)) return std::nullopt;
  if (zone == std::string_view::npos) return stamp;
  const char sign = text[zone];
  text.remove_prefix(zone + 1);
  if (sign == 'Z') {
    if (!text.empty()) return std::nullopt;
    stamp.offset = 0;
    return stamp;
  }
  Time offset;
  if (!read_clock(text, offset) || !in_range(offset)) return std::nullopt;
  stamp.offset = (sign == '-' ? -1 : 1) * microseconds_of(offset);
  return stamp;
}

std::optional<Stamp> parse_iso_stamp(std::string_view text) {
  // The date is the longest part that reads as one and ends before a separator of one character.
  for (const std::size_t length : {std::size_t{10}, std::size_t{8}, std::size_t{7}}) {
    if (text.size() < length) continue;
    const std::optional<Date> date = parse_iso_date(text.substr(0, length));
    if (!date) continue;
    Stamp stamp;
    stamp.date = *date;
    if (text.size() == length) return stamp;
    std::string_view rest = text.substr(length);
    // One character, which may take several bytes.
    std::size_t separator = 1;
    while (separator < rest.size() &&
           (static_cast<unsigned char>(rest[separator]) & 0xC0) == 0x80) {
      ++separator;
    }
    rest.remove_prefix(separator);
    if (rest.empty() || rest[0] == 'T') continue;
    std::optional<Stamp> time = parse_iso_time(rest);
    if (!time) continue;
    time->date = *date;
    return time;
  }
  return std::nullopt;
}

}  // namespace retort::modules::civil
