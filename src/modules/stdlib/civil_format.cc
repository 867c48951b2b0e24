#include <array>
#include <cstdio>
#include <utility>

#include "modules/stdlib/civil.h"

// strftime and strptime in the C locale.
namespace retort::modules::civil {

namespace {

constexpr std::array<std::string_view, 7> kDays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string number(const char* pattern, long long value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, pattern, value);
  return buffer;
}

std::string field(char directive, const Stamp& stamp) {
  const Date& date = stamp.date;
  const Time& time = stamp.time;
  const int hour12 = time.hour % 12 == 0 ? 12 : time.hour % 12;
  const int day = weekday(date);
  switch (directive) {
    case 'a':
      return std::string(kDays[static_cast<std::size_t>(day)].substr(0, 3));
    case 'A':
      return std::string(kDays[static_cast<std::size_t>(day)]);
    case 'b':
    case 'h':
      return std::string(kMonths[static_cast<std::size_t>(date.month - 1)].substr(0, 3));
    case 'B':
      return std::string(kMonths[static_cast<std::size_t>(date.month - 1)]);
    case 'c':
      return format("%a %b %e %H:%M:%S %Y", stamp);
    case 'C':
      return number("%02lld", date.year / 100);
    case 'd':
      return number("%02lld", date.day);
    case 'D':
    case 'x':
      return format("%m/%d/%y", stamp);
    case 'e':
      return number("%2lld", date.day);
    case 'f':
      return number("%06lld", time.microsecond);
    case 'F':
      return format("%Y-%m-%d", stamp);
    case 'g':
      return number("%02lld", iso_week(date).year % 100);
    case 'G':
      return number("%04lld", iso_week(date).year);
    case 'H':
      return number("%02lld", time.hour);
    case 'I':
      return number("%02lld", hour12);
    case 'j':
      return number("%03lld", day_of_year(date));
    case 'k':
      return number("%2lld", time.hour);
    case 'l':
      return number("%2lld", hour12);
    case 'm':
      return number("%02lld", date.month);
    case 'M':
      return number("%02lld", time.minute);
    case 'n':
      return "\n";
    case 'p':
      return time.hour < 12 ? "AM" : "PM";
    case 'P':
      return time.hour < 12 ? "am" : "pm";
    case 'r':
      return format("%I:%M:%S %p", stamp);
    case 'R':
      return format("%H:%M", stamp);
    case 's':
      return number("%lld", (ordinal_of(date) - kUnixEpochOrdinal) * 86400 +
                                (microseconds_of(time) - stamp.offset.value_or(0)) / kSecond);
    case 'S':
      return number("%02lld", time.second);
    case 't':
      return "\t";
    case 'T':
    case 'X':
      return format("%H:%M:%S", stamp);
    case 'u':
      return number("%lld", day + 1);
    case 'U':
      return number("%02lld", (day_of_year(date) + 6 - (day + 1) % 7) / 7);
    case 'V':
      return number("%02lld", iso_week(date).week);
    case 'w':
      return number("%lld", (day + 1) % 7);
    case 'W':
      return number("%02lld", (day_of_year(date) + 6 - day) / 7);
    case 'y':
      return number("%02lld", date.year % 100);
    case 'Y':
      return number("%lld", date.year);
    case 'z':
      return stamp.offset ? offset_text(*stamp.offset, "") : "";
    case 'Z':
      return stamp.zone;
    case '%':
      return "%";
    default:
      return std::string("%") + directive;
  }
}

}  // namespace

std::string format(std::string_view pattern, const Stamp& stamp) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      out += pattern[i];
      continue;
    }
    char directive = pattern[++i];
    if (directive == ':' && i + 1 < pattern.size() && pattern[i + 1] == 'z') {
      ++i;
      if (stamp.offset) out += offset_text(*stamp.offset);
      continue;
    }
    bool unpadded = false;
    if (directive == '-' && i + 1 < pattern.size()) {  // glibc's "no padding"
      directive = pattern[++i];
      unpadded = true;
    }
    std::string text = field(directive, stamp);
    if (unpadded) {
      while (text.size() > 1 && (text[0] == '0' || text[0] == ' ')) text.erase(0, 1);
    }
    out += text;
  }
  return out;
}

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

class PatternReader {
 public:
  PatternReader(std::string_view text, std::string_view pattern) : text_(text), pattern_(pattern) {}

  std::optional<Stamp> parse(std::string& error) {
    if (!match(pattern_, error)) {
      if (error.empty()) {
        error = "time data '" + std::string(text_) + "' does not match format '" +
                std::string(pattern_) + "'";
      }
      return std::nullopt;
    }
    if (at_ != text_.size()) {
      error = "unconverted data remains: " + std::string(text_.substr(at_));
      return std::nullopt;
    }
    return finish(error);
  }

 private:
  bool match(std::string_view pattern, std::string& error) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const char c = pattern[i];
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        if (!skip_spaces()) return false;
        while (i + 1 < pattern.size() && (pattern[i + 1] == ' ' || pattern[i + 1] == '\t')) ++i;
        continue;
      }
      if (c != '%') {
        if (at_ >= text_.size() || lower(text_[at_]) != lower(c)) return false;
        ++at_;
        continue;
      }
      if (i + 1 == pattern.size()) {
        error = "stray % in format '" + std::string(pattern_) + "'";
        return false;
      }
      if (!directive(pattern[++i], error)) return false;
    }
    return true;
  }

  bool skip_spaces() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || (text_[at_] >= '\t' && text_[at_] <= '\r'))) {
      ++at_;
    }
    return at_ != begin;
  }

  // From one to `most` digits whose value is within [low, high]; as many as fit.
  bool number(int most, int low, int high, int& into) {
    int value = 0;
    int best = -1;
    std::size_t best_at = at_;
    std::size_t at = at_;
    for (int i = 0; i < most && at < text_.size() && text_[at] >= '0' && text_[at] <= '9'; ++i) {
      value = value * 10 + (text_[at++] - '0');
      if (value >= low && value <= high) {
        best = value;
        best_at = at;
      }
    }
    if (best < 0) return false;
    into = best;
    at_ = best_at;
    return true;
  }

  template <std::size_t N>
  bool name(const std::array<std::string_view, N>& names, bool whole, int& into) {
    for (std::size_t i = 0; i < N; ++i) {
      const std::string_view wanted = whole ? names[i] : names[i].substr(0, 3);
      if (text_.size() - at_ < wanted.size()) continue;
      bool same = true;
      for (std::size_t j = 0; j < wanted.size(); ++j) {
        same = same && lower(text_[at_ + j]) == lower(wanted[j]);
      }
      if (!same) continue;
      into = static_cast<int>(i);
      at_ += wanted.size();
      return true;
    }
    return false;
  }

  bool fraction() {
    int digits = 0;
    int value = 0;
    while (digits < 6 && at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      value = value * 10 + (text_[at_++] - '0');
      ++digits;
    }
    for (int i = digits; i < 6; ++i) value *= 10;
    stamp_.time.microsecond = value;
    return digits > 0;
  }

  bool offset() {
    if (at_ < text_.size() && text_[at_] == 'Z') {
      ++at_;
      stamp_.offset = 0;
      return true;
    }
    if (at_ >= text_.size() || (text_[at_] != '+' && text_[at_] != '-')) return false;
    const int sign = text_[at_++] == '-' ? -1 : 1;
    const auto two = [&](int& into) {
      if (at_ + 2 > text_.size()) return false;
      for (int i = 0; i < 2; ++i) {
        const char c = text_[at_ + static_cast<std::size_t>(i)];
        if (c < '0' || c > '9') return false;
        into = into * 10 + (c - '0');
      }
      at_ += 2;
      return true;
    };
    Time time;
    if (!two(time.hour)) return false;
    const bool colon = at_ < text_.size() && text_[at_] == ':';
    if (colon) ++at_;
    if (!two(time.minute) || time.minute > 59) return false;
    const std::size_t before = at_;
    if (!colon || (at_ < text_.size() && text_[at_] == ':')) {
      if (colon) ++at_;
      if (!two(time.second)) {
        at_ = before;
        time.second = 0;
      } else if (at_ < text_.size() && text_[at_] == '.') {
        ++at_;
        const int kept = stamp_.time.microsecond;
        if (!fraction()) return false;
        time.microsecond = std::exchange(stamp_.time.microsecond, kept);
      }
    }
    stamp_.offset = sign * microseconds_of(time);
    return true;
  }

  bool directive(char c, std::string& error) {
    Date& date = stamp_.date;
    Time& time = stamp_.time;
    switch (c) {
      case 'd':
        return number(2, 1, 31, date.day);
      case 'e':
        skip_spaces();
        return number(2, 1, 31, date.day);
      case 'm':
        return number(2, 1, 12, date.month);
      case 'Y': {
        const std::size_t begin = at_;
        return number(4, 0, 9999, date.year) && at_ - begin == 4 && (has_year_ = true);
      }
      case 'y': {
        int two = 0;
        const std::size_t begin = at_;
        if (!number(2, 0, 99, two) || at_ - begin != 2) return false;
        date.year = two < 69 ? 2000 + two : 1900 + two;
        return has_year_ = true;
      }
      case 'H':
        return number(2, 0, 23, time.hour);
      case 'I':
        return number(2, 1, 12, time.hour) && (twelve_ = true);
      case 'M':
        return number(2, 0, 59, time.minute);
      case 'S':
        return number(2, 0, 61, time.second);
      case 'f':
        return fraction();
      case 'j':
        return number(3, 1, 366, year_day_);
      case 'w': {
        int day = 0;
        if (!number(1, 0, 6, day)) return false;
        week_day_ = (day + 6) % 7;
        return true;
      }
      case 'u':
        if (!number(1, 1, 7, week_day_)) return false;
        --week_day_;
        return true;
      case 'U':
        return number(2, 0, 53, week_) && (week_starts_ = 6, true);
      case 'W':
        return number(2, 0, 53, week_) && (week_starts_ = 0, true);
      case 'V':
        return number(2, 1, 53, iso_week_);
      case 'G':
        return number(4, 1, 9999, iso_year_);
      case 'b':
      case 'h':
      case 'B': {
        int month = 0;
        if (!name(kMonths, c == 'B', month)) return false;
        date.month = month + 1;
        return true;
      }
      case 'a':
      case 'A':
        return name(kDays, c == 'A', week_day_);
      case 'p': {
        if (at_ + 2 > text_.size() || lower(text_[at_ + 1]) != 'm') return false;
        const char half = lower(text_[at_]);
        if (half != 'a' && half != 'p') return false;
        at_ += 2;
        half_ = half;
        return true;
      }
      case 'z':
        return offset();
      case 'Z':
        for (const std::string_view zone : {"UTC", "GMT"}) {
          if (text_.substr(at_, 3).size() == 3 && lower(text_[at_]) == lower(zone[0]) &&
              lower(text_[at_ + 1]) == lower(zone[1]) && lower(text_[at_ + 2]) == lower(zone[2])) {
            stamp_.zone = zone;
            at_ += 3;
            return true;
          }
        }
        return false;
      case 'c':
        return match("%a %b %d %H:%M:%S %Y", error);
      case 'x':
        return match("%m/%d/%y", error);
      case 'X':
      case 'T':
        return match("%H:%M:%S", error);
      case 'D':
        return match("%m/%d/%y", error);
      case 'F':
        return match("%Y-%m-%d", error);
      case 'R':
        return match("%H:%M", error);
      case 'r':
        return match("%I:%M:%S %p", error);
      case '%':
        if (at_ >= text_.size() || text_[at_] != '%') return false;
        ++at_;
        return true;
      default:
        error = "'" + std::string(1, c) + "' is a bad directive in format '" +
                std::string(pattern_) + "'";
        return false;
    }
  }

  std::optional<Stamp> finish(std::string& error) {
    Date& date = stamp_.date;
    if (twelve_) {
      if (half_ == 'p') {
        stamp_.time.hour = stamp_.time.hour % 12 + 12;
      } else if (half_ == 'a' || stamp_.time.hour == 12) {
        stamp_.time.hour %= half_ == 'a' ? 12 : 24;
      }
    }
    if (iso_year_ > 0 && iso_week_ > 0 && week_day_ >= 0) {
      const std::optional<Date> found = date_of(IsoWeek{iso_year_, iso_week_, week_day_ + 1});
      if (!found) {
        error = "Invalid week: " + std::to_string(iso_week_);
        return std::nullopt;
      }
      date = *found;
    } else if (year_day_ > 0) {
      date = date_of(ordinal_of(Date{date.year, 1, 1}) + year_day_ - 1);
    } else if (week_ >= 0 && week_day_ >= 0 && has_year_) {
      const Date first{date.year, 1, 1};
      const int first_day = weekday(first);
      const int to_start = (week_starts_ - first_day + 7) % 7;
      const int in_week = (week_day_ - week_starts_ + 7) % 7;
      const std::int64_t day =
          week_ == 0 ? to_start - 7 + in_week : to_start + (week_ - 1) * 7 + in_week;
      date = date_of(ordinal_of(first) + day);
    }
    if (date.year < kMinYear) {
      error = "year " + std::to_string(date.year) + " is out of range";
      return std::nullopt;
    }
    if (date.day > days_in_month(date.year, date.month)) {
      error = "day is out of range for month";
      return std::nullopt;
    }
    if (stamp_.time.second > 59) {
      error = "second must be in 0..59";
      return std::nullopt;
    }
    return stamp_;
  }

  std::string_view text_;
  std::string_view pattern_;
  std::size_t at_ = 0;
  Stamp stamp_{};
  bool has_year_ = false;
  bool twelve_ = false;
  char half_ = 0;
  int year_day_ = -1;
  int week_ = -1;
  int week_starts_ = 0;
  int week_day_ = -1;
  int iso_year_ = -1;
  int iso_week_ = -1;
};

}  // namespace

std::optional<Stamp> parse(std::string_view text, std::string_view pattern, std::string& error) {
  return PatternReader(text, pattern).parse(error);
}

}  // namespace retort::modules::civil
