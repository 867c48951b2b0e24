#pragma once

#include <string>
#include <string_view>

// Texts of typed values (Typed) in the forms engines want. The canonical forms they start from:
// timestamp "2020-01-31 10:00:00[.000001][+00:00]", date "2020-01-31", time "10:00:00[.000001]",
// interval in seconds "86405.5", uuid with dashes, jsonpath a JSON array of its steps.
namespace retort::sql {

// Always six digits of microseconds and no time zone: what SQLAlchemy stores on SQLite.
std::string with_microseconds(std::string_view timestamp_or_time);
// A timestamp of this many seconds after 1970: how engines without intervals keep one.
std::string epoch_timestamp(std::string_view seconds);
// "-26:03:04.5" of seconds: how MySQL writes a time that has passed.
std::string clock_time(std::string_view seconds);
// A timestamp or time without its time zone.
std::string without_offset(std::string_view timestamp_or_time);
// The 32 digits of a UUID, and the same with dashes.
std::string uuid_digits(std::string_view uuid);
std::string uuid_dashed(std::string_view uuid);
// $."a"[1] from ["a", 1], or from a lone key.
std::string json_path(std::string_view steps);
// {a, 1} from the same: PostgreSQL's text[] of a path.
std::string json_path_array(std::string_view steps);

}  // namespace retort::sql
