#include "modules/stdlib/datetime.h"

// date, and time of day.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

const std::string& text_of(Evaluator& evaluator, Value value, std::string_view function) {
  if (value.is_str()) return value.as_str();
  evaluator.type_error(std::string(function) + "() argument must be str, not " +
                       evaluator.type_name(value));
}

Class* class_of(Arguments& args) { return args[0].get<Class>(); }

Value make_date(Evaluator& evaluator, Class* cls, const civil::Date& date) {
  Moment moment;
  moment.date = date;
  return make_moment(evaluator, cls, moment);
}

Value construct_date(Evaluator& evaluator, Arguments& args) {
  const civil::Date date{int_argument(evaluator, args[1], 1), int_argument(evaluator, args[2], 1),
                         int_argument(evaluator, args[3], 1)};
  check_date(evaluator, date);
  return make_date(evaluator, class_of(args), date);
}

// Class methods of date build by calling the class, so that derived ones get what they expect.
Value call_class(Evaluator& evaluator, Arguments& args, const civil::Date& date) {
  const Value values[] = {Value::integer(date.year), Value::integer(date.month),
                          Value::integer(date.day)};
  return evaluator.call(args[0], values);
}

Value from_ordinal(Evaluator& evaluator, Arguments& args) {
  const std::int64_t ordinal = evaluator.index(args[1]);
  if (ordinal < 1) evaluator.value_error("ordinal must be >= 1");
  if (ordinal > civil::kMaxOrdinal) {
    evaluator.value_error("year is out of range");
  }
  return call_class(evaluator, args, civil::date_of(ordinal));
}

Value date_from_iso_format(Evaluator& evaluator, Arguments& args) {
  if (!args[1].is_str()) evaluator.type_error("fromisoformat: argument must be str");
  const auto date = civil::parse_iso_date(args[1].as_str());
  if (!date) evaluator.value_error("Invalid isoformat string: " + evaluator.repr(args[1]));
  check_date(evaluator, *date);
  return call_class(evaluator, args, *date);
}

Value from_iso_calendar(Evaluator& evaluator, Arguments& args) {
  const civil::IsoWeek week{int_argument(evaluator, args[1], 1),
                            int_argument(evaluator, args[2], 1),
                            int_argument(evaluator, args[3], 1)};
  if (week.year < 1 || week.year > 9999) {
    evaluator.value_error("Year is out of range: " + std::to_string(week.year));
  }
  const auto date = civil::date_of(week);
  if (!date) {
    const bool day = week.day < 1 || week.day > 7;
    evaluator.value_error(day ? "Invalid weekday: " + std::to_string(week.day) +
                                    " (range is [1, 7])"
                              : "Invalid week: " + std::to_string(week.week));
  }
  return call_class(evaluator, args, *date);
}

Value shifted(Evaluator& evaluator, Value self, const Duration& by, int sign) {
  Moment moment = moment_of(evaluator, self);
  const std::int64_t ordinal = civil::ordinal_of(moment.date) + sign * by.days;
  if (ordinal < 1 || ordinal > civil::kMaxOrdinal) {
    evaluator.raise("OverflowError", "date value out of range");
  }
  moment.date = civil::date_of(ordinal);
  return make_moment(evaluator, evaluator.type_of(self), moment);
}

Value date_add(Evaluator& evaluator, Arguments& args) {
  const Duration* by = python::native<Duration>(args[1]);
  return by ? shifted(evaluator, args[0], *by, 1) : evaluator.not_implemented();
}

Value date_subtract(Evaluator& evaluator, Arguments& args) {
  if (const Duration* by = python::native<Duration>(args[1])) {
    // A date counts whole days: what is left of one is dropped.
    const Duration whole{by->days, 0};
    return shifted(evaluator, args[0], whole, -1);
  }
  const Moment* other = python::native<Moment>(args[1]);
  if (!other || other->kind != Moment::Kind::kDate) return evaluator.not_implemented();
  const std::int64_t days =
      civil::ordinal_of(moment_of(evaluator, args[0]).date) - civil::ordinal_of(other->date);
  return make_delta(evaluator, {days, 0});
}

std::optional<std::strong_ordering> date_order(Evaluator& evaluator, Value self, Value other,
                                               bool) {
  const Moment* b = python::native<Moment>(other);
  if (!b || b->kind != Moment::Kind::kDate) return std::nullopt;
  return moment_of(evaluator, self).date <=> b->date;
}

Value date_replace(Evaluator& evaluator, Arguments& args) {
  const Moment& self = moment_of(evaluator, args[0]);
  const civil::Date date{int_argument(evaluator, args[1], self.date.year),
                         int_argument(evaluator, args[2], self.date.month),
                         int_argument(evaluator, args[3], self.date.day)};
  check_date(evaluator, date);
  return make_date(evaluator, evaluator.type_of(args[0]), date);
}

Value date_repr(Evaluator& evaluator, Arguments& args) {
  const civil::Date& date = moment_of(evaluator, args[0]).date;
  const Class* cls = evaluator.type_of(args[0]);
  return evaluator.str(shown_name(*cls) + "(" + std::to_string(date.year) + ", " +
                       std::to_string(date.month) + ", " + std::to_string(date.day) + ")");
}

Value time_tuple(Evaluator& evaluator, Arguments& args) {
  const Moment& self = moment_of(evaluator, args[0]);
  const Value values[] = {
      evaluator.tuple({Value::integer(self.date.year), Value::integer(self.date.month),
                       Value::integer(self.date.day), Value::integer(self.time.hour),
                       Value::integer(self.time.minute), Value::integer(self.time.second),
                       Value::integer(civil::weekday(self.date)),
                       Value::integer(civil::day_of_year(self.date)), Value::integer(-1)})};
  return evaluator.call(evaluator.get_attr(evaluator.import_module("time"), "struct_time"), values);
}

// ---- time of day

Moment read_time(Evaluator& evaluator, Arguments& args, const Moment& otherwise) {
  Moment moment = otherwise;
  moment.kind = Moment::Kind::kTime;
  moment.time = {int_argument(evaluator, args["hour"], otherwise.time.hour),
                 int_argument(evaluator, args["minute"], otherwise.time.minute),
                 int_argument(evaluator, args["second"], otherwise.time.second),
                 int_argument(evaluator, args["microsecond"], otherwise.time.microsecond)};
  if (const Value zone = args["tzinfo"]) moment.tzinfo = zone;
  moment.fold = int_argument(evaluator, args["fold"], otherwise.fold);
  check_time(evaluator, moment.time, moment.fold);
  if (!moment.tzinfo.is_none() &&
      !evaluator.is_instance(moment.tzinfo, datetime_class(evaluator, "tzinfo"))) {
    evaluator.type_error("tzinfo argument must be None or of a tzinfo subclass, not type '" +
                         evaluator.type_name(moment.tzinfo) + "'");
  }
  return moment;
}

Value construct_time(Evaluator& evaluator, Arguments& args) {
  return make_moment(evaluator, class_of(args), read_time(evaluator, args, Moment()));
}

Value time_replace(Evaluator& evaluator, Arguments& args) {
  return make_moment(evaluator, evaluator.type_of(args[0]),
                     read_time(evaluator, args, moment_of(evaluator, args[0])));
}

Value time_from_iso_format(Evaluator& evaluator, Arguments& args) {
  if (!args[1].is_str()) evaluator.type_error("fromisoformat: argument must be str");
  const auto stamp = civil::parse_iso_time(args[1].as_str());
  if (!stamp) evaluator.value_error("Invalid isoformat string: " + evaluator.repr(args[1]));
  check_time(evaluator, stamp->time, 0);
  Moment moment;
  moment.kind = Moment::Kind::kTime;
  moment.time = stamp->time;
  if (stamp->offset) moment.tzinfo = fixed_zone(evaluator, *stamp->offset);
  return make_moment(evaluator, class_of(args), moment);
}

std::optional<std::strong_ordering> time_order(Evaluator& evaluator, Value self, Value other,
                                               bool equality) {
  const Moment* b = python::native<Moment>(other);
  const Moment& a = moment_of(evaluator, self);
  if (!b || b->kind != Moment::Kind::kTime) return std::nullopt;
  const auto a_offset = offset_of(evaluator, a, self);
  const auto b_offset = offset_of(evaluator, *b, other);
  if (a_offset.has_value() != b_offset.has_value()) {
    if (equality) return std::strong_ordering::less;
    evaluator.type_error("can't compare offset-naive and offset-aware times");
  }
  return civil::microseconds_of(a.time) - a_offset.value_or(0) <=>
         civil::microseconds_of(b->time) - b_offset.value_or(0);
}

Value time_repr(Evaluator& evaluator, Arguments& args) {
  const Moment& self = moment_of(evaluator, args[0]);
  const Class* cls = evaluator.type_of(args[0]);
  std::string text = shown_name(*cls) + "(" + std::to_string(self.time.hour) + ", " +
                     std::to_string(self.time.minute);
  if (self.time.second != 0 || self.time.microsecond != 0) {
    text += ", " + std::to_string(self.time.second);
  }
  if (self.time.microsecond != 0) text += ", " + std::to_string(self.time.microsecond);
  if (!self.tzinfo.is_none()) text += ", tzinfo=" + evaluator.repr(self.tzinfo);
  if (self.fold != 0) text += ", fold=1";
  return evaluator.str(text + ")");
}

template <int civil::Time::* member>
Value time_part(Evaluator& evaluator, Value self) {
  return Value::integer(moment_of(evaluator, self).time.*member);
}
template <int civil::Date::* member>
Value date_part(Evaluator& evaluator, Value self) {
  return Value::integer(moment_of(evaluator, self).date.*member);
}

Value format_moment(Evaluator& evaluator, Arguments& args) {
  const Moment& self = moment_of(evaluator, args[0]);
  const std::string& pattern = text_of(evaluator, args[1], "strftime");
  return evaluator.str(civil::format(pattern, stamp_of(evaluator, self, args[0])));
}

}  // namespace

// What date, time and datetime have in common.
static void define_text(Evaluator& evaluator, Class& cls) {
  evaluator.define(cls, "strftime(self, format)", format_moment);
  evaluator.define(cls, "__format__(self, format_spec, /)", [](Evaluator& ev, Arguments& args) {
    if (args[1].is_str() && args[1].as_str().empty()) return ev.str(ev.to_str(args[0]));
    return format_moment(ev, args);
  });
  evaluator.define(cls, "__hash__(self, /)", [](Evaluator& ev, Arguments& args) {
    const Moment& self = moment_of(ev, args[0]);
    const std::int64_t offset = offset_of(ev, self, args[0]).value_or(0);
    if (self.kind == Moment::Kind::kTime) {
      return Value::integer(civil::microseconds_of(self.time) - offset + 7);
    }
    return Value::integer(microseconds_of(self) - offset);
  });
}

void define_date(Evaluator& evaluator, Module& module, const Services& services) {
  Class* cls = evaluator.define_class("date", "datetime");
  module.attributes.set("date", cls);
  evaluator.define_constructor(*cls, "(cls, year, month, day)", construct_date);
  evaluator.define_class_method(*cls, "today(cls, /)", [services](Evaluator& ev, Arguments& args) {
    const std::int64_t day = now_in_microseconds(*services) / civil::kDay;
    const civil::Date date = civil::date_of(day + civil::kUnixEpochOrdinal);
    return call_class(ev, args, date);
  });
  evaluator.define_class_method(*cls, "fromordinal(cls, ordinal, /)", from_ordinal);
  evaluator.define_class_method(
      *cls, "fromtimestamp(cls, timestamp, /)", [](Evaluator& ev, Arguments& args) {
        const Value number = ev.plain_number(args[1]);
        const double seconds =
            number.is_float() ? number.as_float() : static_cast<double>(ev.index(args[1]));
        if (seconds < -62'135'596'800.0 || seconds > 253'402'300'799.0) {
          ev.value_error("year is out of range");
        }
        auto days = static_cast<std::int64_t>(seconds) / 86400;
        if (seconds < 0 && static_cast<double>(days) * 86400 > seconds) --days;
        return call_class(ev, args, civil::date_of(days + civil::kUnixEpochOrdinal));
      });
  evaluator.define_class_method(*cls, "fromisoformat(cls, date_string, /)", date_from_iso_format);
  evaluator.define_class_method(*cls, "fromisocalendar(cls, year, week, day)", from_iso_calendar);
  evaluator.define(*cls, "__add__(self, value, /)", date_add);
  evaluator.define(*cls, "__radd__(self, value, /)", date_add);
  evaluator.define(*cls, "__sub__(self, value, /)", date_subtract);
  evaluator.define(*cls, "__repr__(self, /)", date_repr);
  evaluator.define(*cls, "replace(self, year=None, month=None, day=None)", date_replace);
  evaluator.define(*cls, "timetuple(self, /)", time_tuple);
  const auto iso = [](Evaluator& ev, Arguments& args) {
    return ev.str(civil::iso_text(moment_of(ev, args[0]).date));
  };
  evaluator.define(*cls, "isoformat(self, /)", iso);
  evaluator.define(*cls, "__str__(self, /)", iso);
  evaluator.define(*cls, "ctime(self, /)", [](Evaluator& ev, Arguments& args) {
    return ev.str(
        civil::format("%a %b %e %H:%M:%S %Y", stamp_of(ev, moment_of(ev, args[0]), args[0])));
  });
  evaluator.define(*cls, "toordinal(self, /)", [](Evaluator& ev, Arguments& args) {
    return Value::integer(civil::ordinal_of(moment_of(ev, args[0]).date));
  });
  evaluator.define(*cls, "weekday(self, /)", [](Evaluator& ev, Arguments& args) {
    return Value::integer(civil::weekday(moment_of(ev, args[0]).date));
  });
  evaluator.define(*cls, "isoweekday(self, /)", [](Evaluator& ev, Arguments& args) {
    return Value::integer(civil::weekday(moment_of(ev, args[0]).date) + 1);
  });
  evaluator.define(*cls, "isocalendar(self, /)", [](Evaluator& ev, Arguments& args) {
    const civil::IsoWeek week = civil::iso_week(moment_of(ev, args[0]).date);
    return ev.tuple(
        {Value::integer(week.year), Value::integer(week.week), Value::integer(week.day)});
  });
  define_text(evaluator, *cls);
  define_comparisons(evaluator, *cls, date_order);
  evaluator.define_property(*cls, "year", date_part<&civil::Date::year>);
  evaluator.define_property(*cls, "month", date_part<&civil::Date::month>);
  evaluator.define_property(*cls, "day", date_part<&civil::Date::day>);
  cls->attributes.set("min", make_date(evaluator, cls, {1, 1, 1}));
  cls->attributes.set("max", make_date(evaluator, cls, {9999, 12, 31}));
  cls->attributes.set("resolution", make_delta(evaluator, {1, 0},
                                               module.attributes.find("timedelta").get<Class>()));
}

// What time and datetime have in common.
void define_clock_parts(Evaluator& evaluator, Class& cls) {
  evaluator.define_property(cls, "hour", time_part<&civil::Time::hour>);
  evaluator.define_property(cls, "minute", time_part<&civil::Time::minute>);
  evaluator.define_property(cls, "second", time_part<&civil::Time::second>);
  evaluator.define_property(cls, "microsecond", time_part<&civil::Time::microsecond>);
  evaluator.define_property(cls, "tzinfo",
                            [](Evaluator& ev, Value self) { return moment_of(ev, self).tzinfo; });
  evaluator.define_property(cls, "fold", [](Evaluator& ev, Value self) {
    return Value::integer(moment_of(ev, self).fold);
  });
  evaluator.define(cls, "utcoffset(self, /)", [](Evaluator& ev, Arguments& args) {
    const auto offset = offset_of(ev, moment_of(ev, args[0]), args[0]);
    return offset ? make_delta(ev, duration_of(ev, *offset)) : Value::none();
  });
  evaluator.define(cls, "tzname(self, /)", [](Evaluator& ev, Arguments& args) {
    const Moment& self = moment_of(ev, args[0]);
    return self.tzinfo.is_none() ? Value::none() : ev.str(zone_name(ev, self, args[0]));
  });
  evaluator.define(cls, "dst(self, /)", [](Evaluator& ev, Arguments& args) {
    const Moment& self = moment_of(ev, args[0]);
    if (self.tzinfo.is_none()) return Value::none();
    const Value values[] = {args[0]};
    return ev.call_method(self.tzinfo, "dst", values);
  });
}

void define_time(Evaluator& evaluator, Module& module) {
  Class* cls = evaluator.define_class("time", "datetime");
  module.attributes.set("time", cls);
  evaluator.define_constructor(
      *cls, "(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0)",
      construct_time);
  evaluator.define_class_method(*cls, "fromisoformat(cls, time_string, /)", time_from_iso_format);
  evaluator.define(*cls,
                   "replace(self, hour=None, minute=None, second=None, microsecond=None, "
                   "tzinfo=None, *, fold=0)",
                   time_replace);
  evaluator.define(*cls, "__repr__(self, /)", time_repr);
  evaluator.define(*cls, "isoformat(self, timespec='auto')", [](Evaluator& ev, Arguments& args) {
    return ev.str(moment_text(ev, moment_of(ev, args[0]), args[0], "",
                              args[1] ? ev.to_str(args[1]) : "auto"));
  });
  evaluator.define(*cls, "__str__(self, /)", [](Evaluator& ev, Arguments& args) {
    return ev.str(moment_text(ev, moment_of(ev, args[0]), args[0], "", "auto"));
  });
  define_text(evaluator, *cls);
  define_clock_parts(evaluator, *cls);
  define_comparisons(evaluator, *cls, time_order);
  Moment moment;
  moment.kind = Moment::Kind::kTime;
  cls->attributes.set("min", make_moment(evaluator, cls, moment));
  moment.time = {23, 59, 59, 999'999};
  cls->attributes.set("max", make_moment(evaluator, cls, moment));
  cls->attributes.set("resolution", make_delta(evaluator, {0, 1},
                                               module.attributes.find("timedelta").get<Class>()));
}

}  // namespace retort::modules::stdlib
