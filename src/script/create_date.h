#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace retort::script {

// The moment a revision was made, as Python's datetime shows it: local time without an offset, or
// the time of a zone with one.
struct CreateDate {
  int year = 1970, month = 1, day = 1;
  int hour = 0, minute = 0, second = 0, microsecond = 0;
  std::optional<int> offset{};  // seconds east of UTC; none: local time of this machine
  std::int64_t epoch = 0;       // seconds since 1970 UTC

  // "2024-05-01 12:00:00.123456+02:00": microseconds only when there are some.
  std::string str() const;

  friend bool operator==(const CreateDate&, const CreateDate&) = default;
};

using Moment = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

Moment now();

// `timezone` as in the configuration: an IANA name, none or "" for local time. Throws
// Error(code::kConfig) for a zone that is not known.
CreateDate create_date(const std::optional<std::string>& timezone, Moment moment = now());

}  // namespace retort::script
