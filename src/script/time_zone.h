#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retort::script {

// The rule "last Sunday of October at 3:00" of a POSIX TZ text.
struct ZoneRule {
  enum class Kind { kMonthWeekDay, kJulian, kDayOfYear };
  Kind kind = Kind::kMonthWeekDay;
  int month = 1, week = 1, weekday = 0;  // kMonthWeekDay
  int day = 0;                           // kJulian 1..365 without 29 February, kDayOfYear 0..365
  int seconds = 7200;                    // local time of the change; may be below 0 or above a day

  friend bool operator==(const ZoneRule&, const ZoneRule&) = default;
};

// What holds after the last listed change of a zone: "CET-1CEST,M3.5.0,M10.5.0/3".
struct ZoneFooter {
  int standard = 0;             // seconds east of UTC
  std::optional<int> summer{};  // none: no summer time
  ZoneRule summer_begins{};
  ZoneRule summer_ends{};

  friend bool operator==(const ZoneFooter&, const ZoneFooter&) = default;
};

// Nothing for text that is no POSIX TZ.
std::optional<ZoneFooter> parse_zone_footer(std::string_view text);

// The offsets of one time zone from UTC over time. A value: reading it is safe from any thread.
struct TimeZone {
  struct Change {
    std::int64_t at = 0;  // seconds since 1970 UTC
    int offset = 0;       // seconds east of UTC from then on
  };
  int first_offset = 0;
  std::vector<Change> changes{};
  std::optional<ZoneFooter> footer{};

  int offset_at(std::int64_t seconds) const;
};

// Reads a compiled zone (TZif, RFC 8536). Nothing for other data.
std::optional<TimeZone> parse_tzif(std::string_view data);

// The zone of an IANA name, as spelt or else in upper case ("utc"), from the system's database
// below `folders`. Throws Error(code::kConfig) "Can't locate timezone: NAME".
TimeZone find_time_zone(const std::string& name,
                        const std::vector<std::filesystem::path>& folders = {
                            "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo",
                            "/etc/zoneinfo"});

}  // namespace retort::script
