#include "modules/stdlib/datetime.h"

#include <cstdio>
#include <cstdlib>

// What the classes of the datetime module share.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

Wide total(const Duration& duration) {
  return static_cast<Wide>(duration.days) * civil::kDay + duration.microseconds;
}

Duration duration_of(Evaluator& evaluator, Wide us) {
  Wide days = us / civil::kDay;
  Wide rest = us % civil::kDay;
  if (rest < 0) {
    rest += civil::kDay;
    --days;
  }
  if (days < -999'999'999 || days > 999'999'999) {
    const auto shown = static_cast<long long>(days);
    evaluator.raise("OverflowError",
                    "days=" + std::to_string(shown) + "; must have magnitude <= 999999999");
  }
  return {static_cast<std::int64_t>(days), static_cast<std::int64_t>(rest)};
}

Class* datetime_class(Evaluator& evaluator, std::string_view name) {
  const Value module = evaluator.import_module("datetime");
  return module.get<Module>()->attributes.find(name).get<Class>();
}

std::string shown_name(const Class& cls) {
  return cls.native ? cls.module + "." + cls.qualname : cls.qualname;
}

Value make_moment(Evaluator& evaluator, Class* cls, Moment moment) {
  Instance* instance = evaluator.new_instance(cls);
  instance->set_native(std::move(moment));
  return instance;
}

Value make_delta(Evaluator& evaluator, const Duration& duration, Class* cls) {
  Instance* instance = evaluator.new_instance(cls ? cls : datetime_class(evaluator, "timedelta"));
  instance->set_native(duration);
  return instance;
}

Value fixed_zone(Evaluator& evaluator, std::int64_t offset, std::string name) {
  if (offset == 0 && name.empty()) return utc(evaluator);
  Instance* instance = evaluator.new_instance(datetime_class(evaluator, "timezone"));
  instance->set_native(FixedZone{offset, std::move(name)});
  return instance;
}

Value utc(Evaluator& evaluator) {
  return evaluator.import_module("datetime").get<Module>()->attributes.find("UTC");
}

void check_date(Evaluator& evaluator, const civil::Date& date) {
  if (date.year < civil::kMinYear || date.year > civil::kMaxYear) {
    evaluator.value_error("year " + std::to_string(date.year) + " is out of range");
  }
  if (date.month < 1 || date.month > 12) evaluator.value_error("month must be in 1..12");
  if (date.day < 1 || date.day > civil::days_in_month(date.year, date.month)) {
    evaluator.value_error("day is out of range for month");
  }
}

void check_time(Evaluator& evaluator, const civil::Time& time, int fold) {
  if (time.hour < 0 || time.hour > 23) evaluator.value_error("hour must be in 0..23");
  if (time.minute < 0 || time.minute > 59) evaluator.value_error("minute must be in 0..59");
  if (time.second < 0 || time.second > 59) evaluator.value_error("second must be in 0..59");
  if (time.microsecond < 0 || time.microsecond > 999'999) {
    evaluator.value_error("microsecond must be in 0..999999");
  }
  if (fold != 0 && fold != 1) evaluator.value_error("fold must be either 0 or 1");
}

std::optional<std::int64_t> offset_of(Evaluator& evaluator, const Moment& moment, Value self) {
  if (moment.tzinfo.is_none()) return std::nullopt;
  if (const FixedZone* zone = python::native<FixedZone>(moment.tzinfo)) return zone->offset;
  const Value args[] = {moment.kind == Moment::Kind::kDateTime ? self : Value::none()};
  const Value offset = evaluator.call_method(moment.tzinfo, "utcoffset", args);
  if (offset.is_none()) return std::nullopt;
  const Duration* duration = python::native<Duration>(offset);
  if (!duration) {
    evaluator.type_error("tzinfo.utcoffset() must return None or a timedelta, not '" +
                         evaluator.type_name(offset) + "'");
  }
  return static_cast<std::int64_t>(total(*duration));
}

std::string zone_name(Evaluator& evaluator, const Moment& moment, Value self) {
  if (moment.tzinfo.is_none()) return "";
  const Value args[] = {moment.kind == Moment::Kind::kDateTime ? self : Value::none()};
  const Value name = evaluator.call_method(moment.tzinfo, "tzname", args);
  return name.is_none() ? "" : evaluator.to_str(name);
}

std::int64_t microseconds_of(const Moment& moment) {
  return (civil::ordinal_of(moment.date) - 1) * civil::kDay + civil::microseconds_of(moment.time);
}

void set_microseconds(Evaluator& evaluator, Moment& moment, Wide us) {
  if (us < 0 || us >= static_cast<Wide>(civil::kMaxOrdinal) * civil::kDay) {
    evaluator.raise("OverflowError", "date value out of range");
  }
  const auto plain = static_cast<std::int64_t>(us);
  moment.date = civil::date_of(plain / civil::kDay + 1);
  moment.time = civil::time_of(plain % civil::kDay);
}

std::string moment_text(Evaluator& evaluator, const Moment& moment, Value self,
                        std::string_view separator, std::string_view timespec) {
  std::string text;
  if (moment.kind != Moment::Kind::kTime) text = civil::iso_text(moment.date);
  if (moment.kind == Moment::Kind::kDate) return text;
  if (moment.kind == Moment::Kind::kDateTime) text += separator;
  const std::optional<std::string> time = civil::iso_text(moment.time, timespec);
  if (!time) evaluator.value_error("Unknown timespec value");
  text += *time;
  if (const auto offset = offset_of(evaluator, moment, self)) text += civil::offset_text(*offset);
  return text;
}

std::string delta_text(const Duration& duration) {
  const civil::Time time = civil::time_of(duration.microseconds);
  std::string text;
  if (duration.days != 0) {
    text = std::to_string(duration.days) + (std::abs(duration.days) == 1 ? " day, " : " days, ");
  }
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%d:%02d:%02d", time.hour, time.minute, time.second);
  text += buffer;
  if (time.microsecond != 0) {
    std::snprintf(buffer, sizeof buffer, ".%06d", time.microsecond);
    text += buffer;
  }
  return text;
}

civil::Stamp stamp_of(Evaluator& evaluator, const Moment& moment, Value self) {
  civil::Stamp stamp;
  if (moment.kind != Moment::Kind::kTime) stamp.date = moment.date;
  stamp.time = moment.time;
  stamp.offset = offset_of(evaluator, moment, self);
  stamp.zone = zone_name(evaluator, moment, self);
  return stamp;
}

Moment& moment_of(Evaluator& evaluator, Value value) {
  if (Moment* moment = python::native<Moment>(value)) return *moment;
  evaluator.type_error("a date or time is required, not '" + evaluator.type_name(value) + "'");
}

int int_argument(Evaluator& evaluator, Value value, int otherwise) {
  if (!value) return otherwise;
  const std::int64_t number = evaluator.index(value);
  if (number > 2'147'483'647 || number < -2'147'483'647) {
    evaluator.raise("OverflowError", "Python int too large to convert to C int");
  }
  return static_cast<int>(number);
}

void define_comparisons(Evaluator& evaluator, Class& cls, Ordering ordering) {
  struct Row {
    std::string_view signature;
    bool equality;
    bool (*test)(std::strong_ordering);
  };
  static constexpr Row kRows[] = {
      {"__eq__(self, value, /)", true, [](std::strong_ordering o) { return o == 0; }},
      {"__ne__(self, value, /)", true, [](std::strong_ordering o) { return o != 0; }},
      {"__lt__(self, value, /)", false, [](std::strong_ordering o) { return o < 0; }},
      {"__le__(self, value, /)", false, [](std::strong_ordering o) { return o <= 0; }},
      {"__gt__(self, value, /)", false, [](std::strong_ordering o) { return o > 0; }},
      {"__ge__(self, value, /)", false, [](std::strong_ordering o) { return o >= 0; }},
  };
  for (const Row& row : kRows) {
    evaluator.define(cls, row.signature, [&row, ordering](Evaluator& ev, Arguments& args) {
      const auto order = ordering(ev, args[0], args[1], row.equality);
      return order ? Value::boolean(row.test(*order)) : ev.not_implemented();
    });
  }
}

void init_datetime(Evaluator& evaluator, Module& module, const Services& services) {
  module.attributes.set("MINYEAR", Value::integer(civil::kMinYear));
  module.attributes.set("MAXYEAR", Value::integer(civil::kMaxYear));
  define_timedelta(evaluator, module);
  define_timezone(evaluator, module);
  define_date(evaluator, module, services);
  define_time(evaluator, module);
  define_datetime(evaluator, module, services);
}

}  // namespace retort::modules::stdlib
