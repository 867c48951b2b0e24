#include "sql/value_text.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace retort::sql {

std::string without_offset(std::string_view text) {
  // The offset begins at a sign or Z after the time of day.
  const std::size_t time = text.find(':');
  if (time == std::string_view::npos) return std::string(text);
  return std::string(text.substr(0, text.find_first_of("+-Z", time)));
}

std::string clock_time(std::string_view seconds) {
  const double value = std::strtod(std::string(seconds).c_str(), nullptr);
  const auto micros = static_cast<std::int64_t>(std::llround(std::fabs(value) * 1e6));
  const auto whole = micros / 1000000;
  char buffer[64];
  const int size = std::snprintf(buffer, sizeof buffer, "%s%02lld:%02d:%02d", value < 0 ? "-" : "",
                                 static_cast<long long>(whole / 3600),
                                 static_cast<int>(whole / 60 % 60), static_cast<int>(whole % 60));
  std::string out(buffer, static_cast<std::size_t>(size));
  if (micros % 1000000 == 0) return out;
  std::snprintf(buffer, sizeof buffer, ".%06d", static_cast<int>(micros % 1000000));
  return out + buffer;
}

std::string with_microseconds(std::string_view text) {
  std::string out = without_offset(text);
  const std::size_t dot = out.find('.');
  if (dot == std::string::npos) return out + ".000000";
  out.resize(std::min(out.size(), dot + 7), '0');
  while (out.size() < dot + 7) out += '0';
  return out;
}

std::string epoch_timestamp(std::string_view seconds) {
  const double value = std::strtod(std::string(seconds).c_str(), nullptr);
  const auto micros = static_cast<std::int64_t>(std::llround(value * 1e6));
  using namespace std::chrono;
  const sys_time<microseconds> at{microseconds(micros)};
  const auto day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss<microseconds> time(at - day);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u %02d:%02d:%02d.%06d",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return buffer;
}

std::string uuid_digits(std::string_view uuid) {
  std::string out;
  for (const char c : uuid) {
    if (c != '-') out += c;
  }
  return out;
}

std::string uuid_dashed(std::string_view uuid) {
  const std::string digits = uuid_digits(uuid);
  if (digits.size() != 32) return std::string(uuid);
  return digits.substr(0, 8) + "-" + digits.substr(8, 4) + "-" + digits.substr(12, 4) + "-" +
         digits.substr(16, 4) + "-" + digits.substr(20);
}

std::string json_path(std::string_view steps) {
  std::string out = "$";
  for (const auto& step : nlohmann::json::parse(steps)) {
    if (step.is_number()) {
      out += "[" + step.dump() + "]";
    } else {
      out += ".\"" + step.get<std::string>() + "\"";
    }
  }
  return out;
}

std::string json_path_array(std::string_view steps) {
  std::string out;
  for (const auto& step : nlohmann::json::parse(steps)) {
    if (!out.empty()) out += ", ";
    out += step.is_string() ? step.get<std::string>() : step.dump();
  }
  return "{" + out + "}";
}

}  // namespace retort::sql
