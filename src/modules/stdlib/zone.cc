#include "modules/stdlib/zone.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/error.h"
#include "base/file.h"
#include "modules/stdlib/civil.h"

namespace retort::modules::stdlib {

using python::Arguments;
using python::Evaluator;
using python::Module;
using python::Value;

namespace fs = std::filesystem;

namespace {

constexpr const char* kFolder = "/usr/share/zoneinfo";

struct Local {
  std::int64_t offset = 0;
  std::int64_t saving = 0;
  std::string name;
};

Value value_of(Evaluator& evaluator, const Local& local) {
  return evaluator.tuple(
      {Value::integer(local.offset), Value::integer(local.saving), evaluator.str(local.name)});
}

// ---- TZif files (RFC 9636)

std::int64_t big_endian(std::string_view data, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value = value << 8 | static_cast<unsigned char>(data[at + i]);
  }
  return size == 4 ? static_cast<std::int32_t>(value) : static_cast<std::int64_t>(value);
}

struct Counts {
  std::size_t utc, standard, leaps, times, types, letters;
  std::size_t size(std::size_t time_size) const {
    return times * (time_size + 1) + types * 6 + letters + leaps * (time_size + 4) + standard + utc;
  }
};

constexpr std::size_t kHeader = 44;

std::optional<Counts> counts_at(std::string_view data, std::size_t at) {
  if (data.size() < at + kHeader || data.substr(at, 4) != "TZif") return std::nullopt;
  const auto count = [&](std::size_t i) {
    return static_cast<std::size_t>(big_endian(data, at + 20 + 4 * i, 4));
  };
  return Counts{count(0), count(1), count(2), count(3), count(4), count(5)};
}

// (transitions, what holds before the first, the rule after the last), as zoneinfo.py wants it;
// None when the file is none of the kind.
Value table_of(Evaluator& evaluator, std::string_view data) {
  const auto first = counts_at(data, 0);
  if (!first || data[4] < '2') return Value::none();
  const std::size_t second = kHeader + first->size(4);
  const auto counts = counts_at(data, second);
  if (!counts || data.size() < second + kHeader + counts->size(8) || counts->types == 0) {
    return Value::none();
  }
  const std::size_t times = second + kHeader;
  const std::size_t indexes = times + counts->times * 8;
  const std::size_t types = indexes + counts->times;
  const std::size_t letters = types + counts->types * 6;
  std::int64_t standard = 0;
  const auto local = [&](std::size_t type) {
    const std::size_t at = types + 6 * std::min(type, counts->types - 1);
    Local found;
    found.offset = big_endian(data, at, 4);
    const bool saving = data[at + 4] != 0;
    if (!saving) standard = found.offset;
    found.saving = saving ? found.offset - standard : 0;
    if (saving && found.saving <= 0) found.saving = 3600;
    const std::string_view text = data.substr(letters, counts->letters);
    const std::size_t begin = static_cast<unsigned char>(data[at + 5]);
    if (begin < text.size()) found.name = text.substr(begin, text.find('\0', begin) - begin);
    return found;
  };
  const Value before = value_of(evaluator, local(0));
  std::vector<Value> transitions;
  for (std::size_t i = 0; i < counts->times; ++i) {
    const Local then = local(static_cast<unsigned char>(data[indexes + i]));
    transitions.push_back(evaluator.tuple({Value::integer(big_endian(data, times + 8 * i, 8)),
                                           Value::integer(then.offset), Value::integer(then.saving),
                                           evaluator.str(then.name)}));
  }
  std::string_view rule = data.substr(second + kHeader + counts->size(8));
  while (!rule.empty() && rule.front() == '\n') rule.remove_prefix(1);
  rule = rule.substr(0, rule.find('\n'));
  const Value rule_value = rule.empty() ? Value::none() : evaluator.str(rule);
  if (transitions.empty() && !rule.empty()) {
    transitions.push_back(evaluator.tuple(
        {Value::integer(INT32_MIN), Value::integer(0), Value::integer(0), evaluator.str("")}));
  }
  return evaluator.tuple({evaluator.list(std::move(transitions)), before, rule_value});
}

// ---- rules such as CET-1CEST,M3.5.0,M10.5.0/3 (POSIX, "TZ")

class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : text_(text) {}

  // What holds at `seconds` since 1970 in UTC.
  Local at(std::int64_t seconds) {
    Local standard;
    standard.name = name();
    standard.offset = -clock();
    if (done()) return standard;
    Local summer;
    summer.name = name();
    summer.offset = standard.offset + 3600;
    if (!done() && peek() != ',') summer.offset = -clock();
    summer.saving = summer.offset - standard.offset;
    const std::int64_t day = floor_days(seconds + standard.offset);
    const int year = civil::date_of(day + civil::kUnixEpochOrdinal).year;
    take(',');
    const std::int64_t begin = moment(year) - standard.offset;
    take(',');
    const std::int64_t end = moment(year) - summer.offset;
    const bool inside =
        begin < end ? seconds >= begin && seconds < end : seconds >= begin || seconds < end;
    return inside ? summer : standard;
  }

 private:
  bool done() const { return at_ >= text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  static std::int64_t floor_days(std::int64_t seconds) {
    return seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400);
  }

  std::string name() {
    std::string out;
    if (take('<')) {
      while (!done() && peek() != '>') out += text_[at_++];
      take('>');
      return out;
    }
    while (!done() && ((peek() | 32) >= 'a' && (peek() | 32) <= 'z')) out += text_[at_++];
    return out;
  }

  std::int64_t number() {
    std::int64_t value = 0;
    while (peek() >= '0' && peek() <= '9') value = value * 10 + (text_[at_++] - '0');
    return value;
  }

  std::int64_t clock() {
    const bool negative = take('-');
    if (!negative) take('+');
    std::int64_t seconds = number() * 3600;
    if (take(':')) seconds += number() * 60;
    if (take(':')) seconds += number();
    return negative ? -seconds : seconds;
  }

  // The local second, since 1970, at which a rule of the year sets in.
  std::int64_t moment(int year) {
    std::int64_t day = 0;
    const std::int64_t new_year = civil::ordinal_of({year, 1, 1}) - civil::kUnixEpochOrdinal;
    if (take('M')) {
      const auto month = static_cast<int>(std::clamp<std::int64_t>(number(), 1, 12));
      take('.');
      const std::int64_t week = number();
      take('.');
      const auto wanted = static_cast<int>(number());
      const civil::Date first{year, month, 1};
      const int first_day = (civil::weekday(first) + 1) % 7;  // Sunday is 0
      std::int64_t in_month = (wanted - first_day + 7) % 7 + (week - 1) * 7;
      while (in_month >= civil::days_in_month(year, month)) in_month -= 7;
      day = civil::ordinal_of(first) - civil::kUnixEpochOrdinal + in_month;
    } else if (take('J')) {
      const std::int64_t n = number();
      day = new_year + n - 1 + (civil::is_leap(year) && n >= 60 ? 1 : 0);
    } else {
      day = new_year + number();
    }
    return day * 86400 + (take('/') ? clock() : 7200);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool is_zone_name(std::string_view key) {
  return !key.empty() && key.front() != '/' && key.find("..") == std::string_view::npos;
}

}  // namespace

void define_zones(Evaluator& evaluator, Module& module) {
  evaluator.define(module, "time_zone(key)", [](Evaluator& ev, Arguments& args) {
    const std::string key = ev.to_str(args[0]);
    if (!is_zone_name(key)) {
      ev.value_error("ZoneInfo keys may not be absolute paths, got: " + key);
    }
    std::error_code error;
    const fs::path path = fs::path(kFolder) / key;
    if (!fs::is_regular_file(path, error)) {
      if (key != "UTC") return Value::none();
      const Local utc{0, 0, "UTC"};
      return ev.tuple({ev.list(), value_of(ev, utc), Value::none()});
    }
    try {
      return table_of(ev, read_file(path));
    } catch (const Error&) {
      return Value::none();
    }
  });
  evaluator.define(module, "zone_rule(rule, seconds)", [](Evaluator& ev, Arguments& args) {
    return value_of(ev, RuleReader(args[0].as_str()).at(ev.index(args[1])));
  });
  evaluator.define(module, "time_zones()", [](Evaluator& ev, Arguments&) {
    std::vector<Value> names;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(kFolder, error), end; !error && entry != end;
         entry.increment(error)) {
      if (!entry->is_regular_file(error)) continue;
      const std::string name = fs::relative(entry->path(), kFolder, error).string();
      if (name.find('.') == std::string::npos && name[0] >= 'A' && name[0] <= 'Z') {
        names.push_back(ev.str(name));
      }
    }
    return ev.list(std::move(names));
  });
}

}  // namespace retort::modules::stdlib
