#include "script/create_date.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "script/calendar.h"
#include "script/time_zone.h"

namespace retort::script {
namespace {

Moment at(std::int64_t seconds, int microseconds = 0) {
  return Moment(std::chrono::seconds(seconds) + std::chrono::microseconds(microseconds));
}

TEST(Calendar, DaysAndDatesAreInverse) {
  for (std::int64_t days = -800'000; days <= 800'000; days += 13) {
    CivilDate date = civil_from_days(days);
    ASSERT_EQ(days_from_civil(date.year, date.month, date.day), days);
    ASSERT_LE(date.day, days_in_month(date.year, date.month));
  }
  EXPECT_EQ(civil_from_days(0), (CivilDate{1970, 1, 1}));
  EXPECT_EQ(civil_from_days(19782), (CivilDate{2024, 2, 29}));
  EXPECT_EQ(weekday_of(0), 4);
  EXPECT_EQ(weekday_of(-1), 3);
}

struct Case {
  std::string zone;
  std::int64_t seconds;
  int microseconds;
  std::string text;
};

// The texts are those of Python's str(datetime.fromtimestamp(seconds, ZoneInfo(zone))).
TEST(CreateDate, ShowsTheZonesTime) {
  const Case kCases[] = {
      {"UTC", 0, 0, "1970-01-01 00:00:00+00:00"},
      {"utc", 1, 0, "1970-01-01 00:00:01+00:00"},
      {"Europe/Berlin", 1714557600, 123456, "2024-05-01 12:00:00.123456+02:00"},
      {"Europe/Berlin", 1704106800, 7, "2024-01-01 12:00:00.000007+01:00"},
      {"Europe/Berlin", 1792889999, 0, "2026-10-25 02:59:59+02:00"},
      {"Europe/Berlin", 1792890000, 0, "2026-10-25 02:00:00+01:00"},
      {"America/New_York", 4102444800, 0, "2099-12-31 19:00:00-05:00"},
      {"America/New_York", 4088044800, 0, "2099-07-18 04:00:00-04:00"},
      {"Australia/Sydney", 4102444800, 0, "2100-01-01 11:00:00+11:00"},
      {"Asia/Kolkata", 1714557600, 0, "2024-05-01 15:30:00+05:30"},
      {"Asia/Tehran", 4088044800, 0, "2099-07-18 11:30:00+03:30"},
      {"America/St_Johns", 1714557600, 0, "2024-05-01 07:30:00-02:30"},
      {"Europe/Paris", -3000000000, 0, "1874-12-07 18:49:21+00:09:21"},
      {"EST5EDT", 1714557600, 0, "2024-05-01 06:00:00-04:00"},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.zone);
    CreateDate date = create_date(c.zone, at(c.seconds, c.microseconds));
    EXPECT_EQ(date.str(), c.text);
    EXPECT_EQ(date.epoch, c.seconds);
  }
}

TEST(CreateDate, LocalTimeHasNoOffset) {
  CreateDate date = create_date(std::nullopt, at(1714557600, 5));
  EXPECT_FALSE(date.offset);
  EXPECT_EQ(date.epoch, 1714557600);
  EXPECT_EQ(date.year, 2024);
  EXPECT_EQ(date.microsecond, 5);
  EXPECT_EQ(create_date("", at(1714557600, 5)), date);
}

TEST(CreateDate, UnknownZones) {
  for (std::string zone : {"Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "Europe"}) {
    SCOPED_TRACE(zone);
    try {
      create_date(zone, at(0));
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.message(), "Can't locate timezone: " + zone);
      EXPECT_FALSE(error.hint().empty());
    }
  }
  EXPECT_EQ(find_time_zone("utc", {}).offset_at(0), 0);
  EXPECT_THROW(find_time_zone("Europe/Berlin", {}), Error);
}

TEST(TimeZone, Footers) {
  ZoneFooter berlin{3600, 7200, {}, {}};
  berlin.summer_begins = {ZoneRule::Kind::kMonthWeekDay, 3, 5, 0, 0, 7200};
  berlin.summer_ends = {ZoneRule::Kind::kMonthWeekDay, 10, 5, 0, 0, 10800};
  EXPECT_EQ(parse_zone_footer("CET-1CEST,M3.5.0,M10.5.0/3"), berlin);
  EXPECT_EQ(parse_zone_footer("<+0330>-3:30"), (ZoneFooter{12600, std::nullopt, {}, {}}));
  EXPECT_EQ(parse_zone_footer("X5Y4:30,J60/-1,0/25")->summer, -16200);
  EXPECT_EQ(parse_zone_footer("X5Y4:30,J60/-1,0/25")->summer_begins.seconds, -3600);
  for (std::string_view bad : {"", "CET", "-1", "CET-1CEST", "CET-1CEST,M3.5.0", "<x-1",
                               "CET-1CEST,M13.1.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0x"}) {
    EXPECT_FALSE(parse_zone_footer(bad)) << bad;
  }
}

TEST(TimeZone, RefusesDamagedFiles) {
  EXPECT_FALSE(parse_tzif(""));
  EXPECT_FALSE(parse_tzif("TZif2"));
  std::string huge = "TZif2" + std::string(15, '\0') + std::string(24, '\xff');
  EXPECT_FALSE(parse_tzif(huge));
}

}  // namespace
}  // namespace retort::script
