#include <retort/error.h>
#include <retort/value.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>

namespace retort {

namespace {

namespace ch = std::chrono;
using Instant = ch::sys_time<ch::microseconds>;
constexpr std::int64_t kMicroseconds = 1'000'000;  // in a second

std::string_view kind_name(Value::Kind kind) {
  using Kind = Value::Kind;
  switch (kind) {
    case Kind::kNull:
      return "NULL";
    case Kind::kBool:
      return "a bool";
    case Kind::kInteger:
      return "an integer";
    case Kind::kDouble:
      return "a floating point number";
    case Kind::kText:
      return "a text";
    case Kind::kBlob:
      return "a blob";
    case Kind::kDecimal:
      return "a decimal";
    case Kind::kDate:
      return "a date";
    case Kind::kTimestamp:
      return "a timestamp";
    case Kind::kTime:
      return "a time";
    case Kind::kUuid:
      return "a UUID";
    case Kind::kJson:
      return "JSON";
    case Kind::kOther:
      return "a value of a type of the database's own";
  }
  return "";
}

template <typename T>
std::optional<T> parsed(std::string_view text) {
  T out{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// A fixed-width number inside a date's text.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[at + i] < '0' || text[at + i] > '9') return std::nullopt;
  }
  return parsed<int>(text.substr(at, count));
}

std::optional<ch::year_month_day> parse_date(std::string_view text) {
  auto year = digits(text, 0, 4);
  auto month = digits(text, 5, 2);
  auto day = digits(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
  ch::year_month_day date{ch::year{*year}, ch::month{static_cast<unsigned>(*month)},
                          ch::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

// "+02", "+02:00", "+0200", "Z" in minutes; an absent one is UTC.
std::optional<int> parse_offset(std::string_view text) {
  if (text.empty() || text == "Z") return 0;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  auto hours = digits(text, 1, 2);
  if (!hours) return std::nullopt;
  std::size_t at = text.size() > 3 && text[3] == ':' ? 4 : 3;
  std::optional<int> minutes = at < text.size() ? digits(text, at, 2) : std::optional<int>(0);
  if (!minutes || (at < text.size() && at + 2 != text.size())) return std::nullopt;
  int all = *hours * 60 + *minutes;
  return text[0] == '-' ? -all : all;
}

std::optional<Instant> parse_instant(std::string_view text) {
  std::optional<ch::year_month_day> date = parse_date(text);
  if (!date) return std::nullopt;
  Instant out = ch::sys_days(*date);
  if (text.size() == 10) return out;
  auto hour = digits(text, 11, 2);
  auto minute = digits(text, 14, 2);
  auto second = digits(text, 17, 2);
  if (!hour || !minute || !second || (text[10] != ' ' && text[10] != 'T') || text[13] != ':' ||
      text[16] != ':' || *hour > 23 || *minute > 59 || *second > 60) {
    return std::nullopt;
  }
  std::size_t at = 19;
  int micros = 0;
  if (at < text.size() && text[at] == '.') {
    int scale = 100'000;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      micros += (text[at] - '0') * scale;
      scale /= 10;
    }
  }
  std::optional<int> offset = parse_offset(text.substr(at));
  if (!offset) return std::nullopt;
  return out + ch::hours(*hour) + ch::minutes(*minute - *offset) + ch::seconds(*second) +
         ch::microseconds(micros);
}

std::string date_text(ch::year_month_day date) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer;
}

// count * num / den, rounded down.
std::int64_t rescaled(std::int64_t count, std::int64_t num, std::int64_t den) {
  const std::int64_t common = std::gcd(num, den);
  num /= common;
  den /= common;
  std::int64_t product = 0;
  if (__builtin_mul_overflow(count, num, &product)) {
    throw Error(code::kType, "a point in time is too far away for its precision");
  }
  return product / den - (product % den < 0 ? 1 : 0);
}

std::string double_text(double value) {
  char buffer[40];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return error == std::errc() ? std::string(buffer, end) : std::string();
}

}  // namespace

Value::Value(const char* value) {
  if (value == nullptr) return;
  kind_ = Kind::kText;
  text_ = value;
}

Value Value::of_date(int year, unsigned month, unsigned day) {
  ch::year_month_day date{ch::year(year), ch::month(month), ch::day(day)};
  if (!date.ok()) {
    throw Error(code::kType, "there is no day " + date_text(date) + " in the calendar");
  }
  return Value(Kind::kDate, date_text(date));
}

Value Value::of_time(std::int64_t count, std::int64_t num, std::int64_t den) {
  Instant time(ch::microseconds(rescaled(count, num * kMicroseconds, den)));
  ch::sys_days day = ch::floor<ch::days>(time);
  ch::hh_mm_ss<ch::microseconds> clock(time - day);
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, " %02d:%02d:%02d", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  std::string text = date_text(ch::year_month_day(day)) + buffer;
  if (clock.subseconds().count() != 0) {
    std::snprintf(buffer, sizeof buffer, ".%06d", static_cast<int>(clock.subseconds().count()));
    text += buffer;
  }
  return Value(Kind::kTimestamp, text + "+00:00");
}

void Value::too_large() {
  throw Error(code::kType, "an integer above 9223372036854775807 can't be stored in a database")
      .with_hint("write it as Decimal{\"...\"}");
}

void Value::wrong_type(std::string_view wanted) const {
  Error error(code::kType,
              "the value is " + std::string(kind_name(kind_)) + ", not " + std::string(wanted));
  if (is_null()) error.with_hint("read what may be NULL as std::optional<...>");
  throw error;
}

std::string Value::str() const {
  switch (kind_) {
    case Kind::kBool:
      return number_ != 0 ? "true" : "false";
    case Kind::kInteger:
      return std::to_string(number_);
    case Kind::kDouble:
      return double_text(real_);
    default:
      return text_;
  }
}

bool Value::to_bool() const {
  if (kind_ == Kind::kBool) return number_ != 0;
  if (kind_ == Kind::kInteger && (number_ == 0 || number_ == 1)) return number_ == 1;
  wrong_type("a bool");
}

std::int64_t Value::to_integer() const {
  if (kind_ == Kind::kInteger || kind_ == Kind::kBool) return number_;
  if (kind_ == Kind::kDouble && std::floor(real_) == real_ && std::fabs(real_) < 9.0e15) {
    return static_cast<std::int64_t>(real_);
  }
  if (kind_ == Kind::kDecimal) {
    if (auto whole = parsed<std::int64_t>(text_)) return *whole;
  }
  wrong_type("an integer");
}

double Value::to_double() const {
  if (kind_ == Kind::kDouble) return real_;
  if (kind_ == Kind::kInteger) return static_cast<double>(number_);
  if (kind_ == Kind::kDecimal) {
    if (auto number = parsed<double>(text_)) return *number;
  }
  wrong_type("a number");
}

std::string Value::to_text() const {
  if (is_null() || kind_ == Kind::kBool || kind_ == Kind::kInteger || kind_ == Kind::kDouble ||
      kind_ == Kind::kBlob) {
    wrong_type("a text");
  }
  return text_;
}

std::string Value::to_bytes() const {
  if (kind_ == Kind::kBlob) return text_;
  wrong_type("a blob");
}

Value::Date Value::to_date() const {
  if (kind_ == Kind::kDate || kind_ == Kind::kText || kind_ == Kind::kOther) {
    if (auto date = text_.size() == 10 ? parse_date(text_) : std::nullopt) {
      return {static_cast<int>(date->year()), static_cast<unsigned>(date->month()),
              static_cast<unsigned>(date->day())};
    }
  }
  wrong_type("a date");
}

std::int64_t Value::to_time(std::int64_t num, std::int64_t den) const {
  if (kind_ == Kind::kTimestamp || kind_ == Kind::kDate || kind_ == Kind::kText ||
      kind_ == Kind::kOther) {
    if (auto instant = parse_instant(text_)) {
      return rescaled(instant->time_since_epoch().count(), den, num * kMicroseconds);
    }
  }
  wrong_type("a timestamp");
}

}  // namespace retort
