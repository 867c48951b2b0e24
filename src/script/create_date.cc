#include "script/create_date.h"

#include <time.h>

#include <cstdio>
#include <cstdlib>

#include "script/calendar.h"
#include "script/time_zone.h"

namespace retort::script {

std::string CreateDate::str() const {
  char text[64];
  int size = std::snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", year, month, day,
                           hour, minute, second);
  std::string out(text, static_cast<std::size_t>(size));
  if (microsecond != 0) {
    size = std::snprintf(text, sizeof text, ".%06d", microsecond);
    out.append(text, static_cast<std::size_t>(size));
  }
  if (offset) {
    int away = std::abs(*offset);
    size = std::snprintf(text, sizeof text, "%c%02d:%02d", *offset < 0 ? '-' : '+', away / 3600,
                         away / 60 % 60);
    out.append(text, static_cast<std::size_t>(size));
    if (away % 60 != 0) {
      size = std::snprintf(text, sizeof text, ":%02d", away % 60);
      out.append(text, static_cast<std::size_t>(size));
    }
  }
  return out;
}

Moment now() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

CreateDate create_date(const std::optional<std::string>& timezone, Moment moment) {
  auto seconds = std::chrono::floor<std::chrono::seconds>(moment);
  CreateDate out;
  out.epoch = seconds.time_since_epoch().count();
  out.microsecond = static_cast<int>((moment - seconds).count());
  if (!timezone || timezone->empty()) {
    time_t clock = out.epoch;
    struct tm local{};
    ::localtime_r(&clock, &local);
    out.year = local.tm_year + 1900;
    out.month = local.tm_mon + 1;
    out.day = local.tm_mday;
    out.hour = local.tm_hour;
    out.minute = local.tm_min;
    out.second = local.tm_sec;
    return out;
  }
  out.offset = find_time_zone(*timezone).offset_at(out.epoch);
  std::int64_t there = out.epoch + *out.offset;
  CivilDate date = civil_from_days(floor_divide(there, 86400));
  auto of_day = static_cast<int>(there - floor_divide(there, 86400) * 86400);
  out.year = static_cast<int>(date.year);
  out.month = date.month;
  out.day = date.day;
  out.hour = of_day / 3600;
  out.minute = of_day / 60 % 60;
  out.second = of_day % 60;
  return out;
}

}  // namespace retort::script
