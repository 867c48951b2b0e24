#include "script/time_zone.h"

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "script/calendar.h"

namespace retort::script {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kDay = 86400;

class FooterReader {
 public:
  explicit FooterReader(std::string_view text) : text_(text) {}

  std::optional<ZoneFooter> read() {
    ZoneFooter out;
    std::optional<int> standard;
    if (!name() || !(standard = time())) return std::nullopt;
    out.standard = -*standard;  // POSIX counts westwards
    if (text_.empty()) return out;
    if (!name()) return std::nullopt;
    out.summer = out.standard + 3600;
    if (!text_.empty() && text_.front() != ',') {
      std::optional<int> summer = time();
      if (!summer) return std::nullopt;
      out.summer = -*summer;
    }
    if (!rule(out.summer_begins) || !rule(out.summer_ends) || !text_.empty()) return std::nullopt;
    return out;
  }

 private:
  bool take(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }

  bool name() {
    std::size_t length = 0;
    if (take('<')) {
      length = text_.find('>');
      if (length == std::string_view::npos) return false;
      text_.remove_prefix(length + 1);
    } else {
      auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
      while (length < text_.size() && letter(text_[length])) ++length;
      text_.remove_prefix(length);
    }
    return length > 0;
  }

  std::optional<int> number() {
    int value = 0;
    std::size_t length = 0;
    while (length < text_.size() && length < 4 && text_[length] >= '0' && text_[length] <= '9') {
      value = value * 10 + (text_[length++] - '0');
    }
    if (length == 0) return std::nullopt;
    text_.remove_prefix(length);
    return value;
  }

  // [+-]hh[:mm[:ss]]
  std::optional<int> time() {
    int sign = take('-') ? -1 : (take('+'), 1);
    int seconds = 0;
    for (int unit : {3600, 60, 1}) {
      std::optional<int> part = number();
      if (!part) return std::nullopt;
      seconds += *part * unit;
      if (unit == 1 || !take(':')) break;
    }
    return sign * seconds;
  }

  bool rule(ZoneRule& out) {
    if (!take(',')) return false;
    if (take('M')) {
      auto month = number();
      auto week = take('.') ? number() : std::nullopt;
      auto weekday = take('.') ? number() : std::nullopt;
      if (!month || !week || !weekday) return false;
      if (*month < 1 || *month > 12 || *week < 1 || *week > 5 || *weekday > 6) return false;
      out.month = *month;
      out.week = *week;
      out.weekday = *weekday;
    } else {
      out.kind = take('J') ? ZoneRule::Kind::kJulian : ZoneRule::Kind::kDayOfYear;
      std::optional<int> day = number();
      if (!day || *day > 365) return false;
      out.day = *day;
    }
    if (take('/')) {
      std::optional<int> at = time();
      if (!at) return false;
      out.seconds = *at;
    }
    return true;
  }

  std::string_view text_;
};

// The local time of a rule in a year, in seconds as if it were UTC.
std::int64_t rule_time(const ZoneRule& rule, std::int64_t year) {
  std::int64_t day = days_from_civil(year, 1, 1);
  if (rule.kind == ZoneRule::Kind::kDayOfYear) {
    day += rule.day;
  } else if (rule.kind == ZoneRule::Kind::kJulian) {
    day += rule.day - 1 + (is_leap_year(year) && rule.day >= 60 ? 1 : 0);
  } else {
    std::int64_t first = days_from_civil(year, rule.month, 1);
    std::int64_t skip = (rule.weekday - weekday_of(first) + 7) % 7;
    std::int64_t last = first + days_in_month(year, rule.month) - 1;
    day = first + skip + 7 * (rule.week - 1);
    if (day > last) day -= 7;  // week 5 is the last one of the month
  }
  return day * kDay + rule.seconds;
}

int footer_offset(const ZoneFooter& footer, std::int64_t seconds) {
  if (!footer.summer) return footer.standard;
  std::int64_t year = civil_from_days(floor_divide(seconds + footer.standard, kDay)).year;
  std::int64_t begin = rule_time(footer.summer_begins, year) - footer.standard;
  std::int64_t end = rule_time(footer.summer_ends, year) - *footer.summer;
  bool summer = begin < end ? seconds >= begin && seconds < end
                            : seconds >= begin || seconds < end;  // the south: over New Year
  return summer ? *footer.summer : footer.standard;
}

class TzifReader {
 public:
  explicit TzifReader(std::string_view data) : data_(data) {}

  std::optional<TimeZone> read() {
    std::optional<Header> first = header();
    if (!first) return std::nullopt;
    TimeZone zone;
    if (first->version == 0) {
      if (!block(*first, 4, zone)) return std::nullopt;
      return zone;
    }
    // The first block has 32-bit times for old readers; the second one is the whole zone.
    if (!skip(first->block_size(4))) return std::nullopt;
    std::optional<Header> second = header();
    if (!second || !block(*second, 8, zone)) return std::nullopt;
    if (!data_.starts_with('\n')) return std::nullopt;
    std::size_t end = data_.find('\n', 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view footer = data_.substr(1, end - 1);
    if (!footer.empty() && !(zone.footer = parse_zone_footer(footer))) return std::nullopt;
    return zone;
  }

 private:
  struct Header {
    int version = 0;
    std::uint32_t is_utc = 0, is_standard = 0, leaps = 0, times = 0, types = 0, characters = 0;

    std::uint64_t block_size(std::uint64_t width) const {
      return times * (width + 1) + std::uint64_t{types} * 6 + characters + leaps * (width + 4) +
             is_standard + is_utc;
    }
  };

  std::int64_t integer(std::size_t at, std::size_t width) const {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      value = value << 8 | static_cast<unsigned char>(data_[at + i]);
    }
    return width == 8 ? static_cast<std::int64_t>(value)
                      : static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
  }

  bool skip(std::uint64_t size) {
    if (size > data_.size()) return false;
    data_.remove_prefix(size);
    return true;
  }

  std::optional<Header> header() {
    if (data_.size() < 44 || !data_.starts_with("TZif")) return std::nullopt;
    Header out;
    out.version = data_[4] == '\0' ? 0 : data_[4] - '0';
    std::uint32_t* const counts[] = {&out.is_utc, &out.is_standard, &out.leaps,
                                     &out.times,  &out.types,       &out.characters};
    std::size_t at = 20;
    for (std::uint32_t* count : counts) {
      *count = static_cast<std::uint32_t>(integer(at, 4));
      at += 4;
    }
    data_.remove_prefix(44);
    return out;
  }

  bool block(const Header& header, std::size_t width, TimeZone& zone) {
    std::uint64_t size = header.block_size(width);
    if (size > data_.size() || header.types == 0) return false;
    std::size_t indexes = header.times * width;
    std::size_t types = indexes + header.times;
    auto offset_of = [&](std::size_t type) {
      return static_cast<int>(integer(types + type * 6, 4));
    };
    zone.first_offset = offset_of(0);
    for (std::size_t i = 0; i < header.times; ++i) {
      auto type = static_cast<unsigned char>(data_[indexes + i]);
      if (type >= header.types) return false;
      zone.changes.push_back({integer(i * width, width), offset_of(type)});
    }
    return skip(size);
  }

  std::string_view data_;
};

std::optional<TimeZone> read_zone(const std::string& name, const std::vector<fs::path>& folders) {
  // A name is not a way out of the database.
  if (name.empty() || name.front() == '/' || name.find("..") != std::string::npos) {
    return std::nullopt;
  }
  for (const fs::path& folder : folders) {
    std::error_code ignored;
    if (!fs::is_regular_file(folder / name, ignored)) continue;
    if (std::optional<TimeZone> zone = parse_tzif(read_file(folder / name))) return zone;
  }
  if (name == "UTC" || name == "GMT") return TimeZone{};  // known without a database
  return std::nullopt;
}

}  // namespace

std::optional<ZoneFooter> parse_zone_footer(std::string_view text) {
  return FooterReader(text).read();
}

int TimeZone::offset_at(std::int64_t seconds) const {
  auto after = std::upper_bound(changes.begin(), changes.end(), seconds,
                                [](std::int64_t at, const Change& c) { return at < c.at; });
  if (after == changes.end() && footer) return footer_offset(*footer, seconds);
  return after == changes.begin() ? first_offset : std::prev(after)->offset;
}

std::optional<TimeZone> parse_tzif(std::string_view data) { return TzifReader(data).read(); }

TimeZone find_time_zone(const std::string& name, const std::vector<fs::path>& folders) {
  if (std::optional<TimeZone> zone = read_zone(name, folders)) return *zone;
  if (std::optional<TimeZone> zone = read_zone(to_upper(name), folders)) return *zone;
  bool database = std::any_of(folders.begin(), folders.end(), [](const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "Europe", ignored);
  });
  throw Error(code::kConfig, "Can't locate timezone: " + name)
      .with_hint(database ? "write an IANA name such as Europe/Berlin or UTC for 'timezone'"
                          : "the system has no time zone database: install the package tzdata, or "
                            "write timezone = UTC");
}

}  // namespace retort::script
