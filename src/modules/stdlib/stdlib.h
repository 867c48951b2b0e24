#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "python/evaluator.h"

// The part of Python's standard library that evaluated files can import. Modules are bound by name
// and made when first imported; some are written in Python (python/*.py), the others in C++.
namespace retort::modules {

// What the standard library may learn of the world, and tell it.
struct StdlibServices {
  // datetime.now(), time.time(), uuid1(). Absent: the system's clock.
  std::function<std::chrono::system_clock::time_point()> clock{};
  // Fills the bytes for uuid4(), secrets and an unseeded random. Absent: the system's source.
  std::function<void(std::span<std::byte>)> random{};
  // What logging, warnings and sys.stderr say. `level` is Python's number (20: INFO).
  std::function<void(int level, std::string_view logger, std::string_view message)> log{};
  // A logger's new level; an empty `logger`: nothing below it is to be shown at all.
  std::function<void(std::string_view logger, int level)> log_level{};
  // os.environ and os.getenv; `environment_names` lists what is there. Absent: empty.
  std::function<std::optional<std::string>(const std::string& name)> environment{};
  std::function<std::vector<std::string>()> environment_names{};
  // Where files may be read: open(), pathlib, os.listdir. Empty: nowhere.
  std::filesystem::path project{};
  // os.getcwd(), from where relative paths start. Empty: the project.
  std::filesystem::path directory{};
  // sys.path as it is at first. Absent: the project.
  std::function<std::vector<std::string>()> path{};
  // Takes a whole file that was written; false when nothing may be written. Absent: nothing may.
  std::function<bool(const std::string& path, const std::string& text)> write_file{};
  // Whether a file that nothing may be written to is kept in memory, for this evaluation alone.
  // Absent: it is not, and writing is an error.
  std::function<bool()> keeps_files{};
  // The address of a host, as socket.gethostbyname() gives it; nullopt when there is none.
  std::function<std::optional<std::string>(const std::string& host)> host_address{};
  std::vector<std::string> argv{};  // sys.argv
};

void bind_stdlib(python::Evaluator& evaluator, StdlibServices services);

// ---- values that databases and renderers exchange with evaluated code

enum class StdlibKind { kOther, kDate, kTime, kDateTime, kTimeDelta, kUuid, kDecimal };
StdlibKind stdlib_kind(python::Evaluator& evaluator, python::Value value);
// str() of such a value: ISO 8601 for dates and times ("2024-01-31 10:00:00+00:00"), 36 characters
// for a UUID, digits for a Decimal, "1 day, 0:00:10" for a timedelta.
std::string stdlib_text(python::Evaluator& evaluator, python::Value value);
// A value from such a text. ValueError when it is none of that kind. A timedelta is read from its
// number of seconds.
python::Value stdlib_value(python::Evaluator& evaluator, StdlibKind kind, std::string_view text);
// The member's value of an enum member (`.value`), else absent.
python::Value enum_value(python::Evaluator& evaluator, python::Value value);

}  // namespace retort::modules
