#include "modules/stdlib/datetime.h"

#include <cmath>

// datetime.
namespace retort::modules::stdlib {

void define_clock_parts(python::Evaluator& evaluator, python::Class& cls);

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

Class* class_of(Arguments& args) { return args[0].get<Class>(); }

Moment& self_moment(Evaluator& evaluator, Value self) { return moment_of(evaluator, self); }

void check_zone(Evaluator& evaluator, Value zone) {
  if (zone.is_none() || evaluator.is_instance(zone, datetime_class(evaluator, "tzinfo"))) return;
  evaluator.type_error("tzinfo argument must be None or of a tzinfo subclass, not type '" +
                       evaluator.type_name(zone) + "'");
}

Moment read(Evaluator& evaluator, Arguments& args, const Moment& otherwise) {
  Moment moment;
  moment.kind = Moment::Kind::kDateTime;
  moment.date = {int_argument(evaluator, args[1], otherwise.date.year),
                 int_argument(evaluator, args[2], otherwise.date.month),
                 int_argument(evaluator, args[3], otherwise.date.day)};
  moment.time = {int_argument(evaluator, args[4], otherwise.time.hour),
                 int_argument(evaluator, args[5], otherwise.time.minute),
                 int_argument(evaluator, args[6], otherwise.time.second),
                 int_argument(evaluator, args[7], otherwise.time.microsecond)};
  moment.tzinfo = args[8] ? args[8] : otherwise.tzinfo;
  moment.fold = int_argument(evaluator, args[9], otherwise.fold);
  check_date(evaluator, moment.date);
  check_time(evaluator, moment.time, moment.fold);
  check_zone(evaluator, moment.tzinfo);
  return moment;
}

Value construct(Evaluator& evaluator, Arguments& args) {
  return make_moment(evaluator, class_of(args), read(evaluator, args, Moment()));
}

Value replace(Evaluator& evaluator, Arguments& args) {
  const Moment moment = read(evaluator, args, self_moment(evaluator, args[0]));
  return make_moment(evaluator, evaluator.type_of(args[0]), moment);
}

// A moment of a class that code may have derived: `us` since 1970 by the clock of UTC, shown in
// `zone`.
Value from_utc(Evaluator& evaluator, Class* cls, Wide us, Value zone) {
  Moment moment;
  moment.kind = Moment::Kind::kDateTime;
  set_microseconds(evaluator, moment,
                   us + static_cast<Wide>(civil::kUnixEpochOrdinal - 1) * civil::kDay);
  if (zone.is_none()) return make_moment(evaluator, cls, moment);
  moment.tzinfo = zone;
  const Value value = make_moment(evaluator, cls, moment);
  if (const FixedZone* fixed = python::native<FixedZone>(zone)) {
    Moment shifted = moment;
    set_microseconds(evaluator, shifted, microseconds_of(moment) + fixed->offset);
    return make_moment(evaluator, cls, shifted);
  }
  const Value args[] = {value};
  return evaluator.call_method(zone, "fromutc", args);
}

Wide timestamp_argument(Evaluator& evaluator, Value value) {
  const Value number = evaluator.plain_number(value);
  if (number.is_int() || number.is_bool()) {
    return static_cast<Wide>(number.as_int()) * civil::kSecond;
  }
  if (!number.is_float()) return static_cast<Wide>(evaluator.index(value)) * civil::kSecond;
  const double seconds = number.as_float();
  if (std::isnan(seconds)) evaluator.value_error("cannot convert float NaN to integer");
  if (std::fabs(seconds) > 1e15) evaluator.value_error("year is out of range");
  // As CPython: the fraction is rounded half to even, apart from the whole seconds.
  const double whole = std::floor(seconds);
  return static_cast<Wide>(whole) * civil::kSecond +
         static_cast<Wide>(std::nearbyint((seconds - whole) * 1e6));
}

Value from_iso_format(Evaluator& evaluator, Arguments& args) {
  if (!args[1].is_str()) evaluator.type_error("fromisoformat: argument must be str");
  const auto stamp = civil::parse_iso_stamp(args[1].as_str());
  if (!stamp) evaluator.value_error("Invalid isoformat string: " + evaluator.repr(args[1]));
  check_date(evaluator, stamp->date);
  check_time(evaluator, stamp->time, 0);
  Moment moment;
  moment.kind = Moment::Kind::kDateTime;
  moment.date = stamp->date;
  moment.time = stamp->time;
  if (stamp->offset) moment.tzinfo = fixed_zone(evaluator, *stamp->offset);
  return make_moment(evaluator, class_of(args), moment);
}

Value parse(Evaluator& evaluator, Arguments& args) {
  for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
    if (!args[i].is_str()) {
      evaluator.type_error("strptime() argument " + std::to_string(i) + " must be str, not " +
                           evaluator.type_name(args[i]));
    }
  }
  std::string error;
  const auto stamp = civil::parse(args[1].as_str(), args[2].as_str(), error);
  if (!stamp) evaluator.value_error(error);
  Moment moment;
  moment.kind = Moment::Kind::kDateTime;
  moment.date = stamp->date;
  moment.time = stamp->time;
  if (stamp->offset) moment.tzinfo = fixed_zone(evaluator, *stamp->offset, stamp->zone);
  return make_moment(evaluator, class_of(args), moment);
}

Value combine(Evaluator& evaluator, Arguments& args) {
  const Moment* date = python::native<Moment>(args[1]);
  const Moment* time = python::native<Moment>(args[2]);
  if (!date || date->kind == Moment::Kind::kTime) {
    evaluator.type_error("combine() argument 1 must be datetime.date, not " +
                         evaluator.type_name(args[1]));
  }
  if (!time || time->kind != Moment::Kind::kTime) {
    evaluator.type_error("combine() argument 2 must be datetime.time, not " +
                         evaluator.type_name(args[2]));
  }
  Moment moment = *time;
  moment.kind = Moment::Kind::kDateTime;
  moment.date = date->date;
  if (args[3]) moment.tzinfo = args[3];
  check_zone(evaluator, moment.tzinfo);
  return make_moment(evaluator, class_of(args), moment);
}

Value shifted(Evaluator& evaluator, Value self, const Duration& by, int sign) {
  Moment moment = self_moment(evaluator, self);
  set_microseconds(evaluator, moment, microseconds_of(moment) + sign * total(by));
  moment.fold = 0;
  return make_moment(evaluator, evaluator.type_of(self), moment);
}

Value add(Evaluator& evaluator, Arguments& args) {
  const Duration* by = python::native<Duration>(args[1]);
  return by ? shifted(evaluator, args[0], *by, 1) : evaluator.not_implemented();
}

Value subtract(Evaluator& evaluator, Arguments& args) {
  if (const Duration* by = python::native<Duration>(args[1])) {
    return shifted(evaluator, args[0], *by, -1);
  }
  const Moment* other = python::native<Moment>(args[1]);
  if (!other || other->kind != Moment::Kind::kDateTime) return evaluator.not_implemented();
  const Moment& self = self_moment(evaluator, args[0]);
  Wide difference = static_cast<Wide>(microseconds_of(self)) - microseconds_of(*other);
  if (!identical(self.tzinfo, other->tzinfo)) {
    const auto a = offset_of(evaluator, self, args[0]);
    const auto b = offset_of(evaluator, *other, args[1]);
    if (a.has_value() != b.has_value()) {
      evaluator.type_error("can't subtract offset-naive and offset-aware datetimes");
    }
    difference += b.value_or(0) - a.value_or(0);
  }
  return make_delta(evaluator, duration_of(evaluator, difference));
}

std::optional<std::strong_ordering> order(Evaluator& evaluator, Value self, Value other,
                                          bool equality) {
  const Moment* b = python::native<Moment>(other);
  const Moment& a = self_moment(evaluator, self);
  if (!b || b->kind != Moment::Kind::kDateTime) {
    if (b && b->kind == Moment::Kind::kDate && !equality) {
      evaluator.type_error("can't compare datetime.datetime to datetime.date");
    }
    return std::nullopt;
  }
  if (identical(a.tzinfo, b->tzinfo)) return microseconds_of(a) <=> microseconds_of(*b);
  const auto a_offset = offset_of(evaluator, a, self);
  const auto b_offset = offset_of(evaluator, *b, other);
  if (a_offset.has_value() != b_offset.has_value()) {
    if (equality) return std::strong_ordering::less;
    evaluator.type_error("can't compare offset-naive and offset-aware datetimes");
  }
  return microseconds_of(a) - a_offset.value_or(0) <=> microseconds_of(*b) - b_offset.value_or(0);
}

// Microseconds since 1970 in UTC. A naive moment is read as UTC: evaluation knows no local time.
std::int64_t epoch_microseconds(Evaluator& evaluator, Value self) {
  const Moment& moment = self_moment(evaluator, self);
  return microseconds_of(moment) - (civil::kUnixEpochOrdinal - 1) * civil::kDay -
         offset_of(evaluator, moment, self).value_or(0);
}

Value as_timezone(Evaluator& evaluator, Arguments& args) {
  const Value zone = args[1] && !args[1].is_none() ? args[1] : utc(evaluator);
  check_zone(evaluator, zone);
  return from_utc(evaluator, evaluator.type_of(args[0]), epoch_microseconds(evaluator, args[0]),
                  zone);
}

Value representation(Evaluator& evaluator, Arguments& args) {
  const Moment& self = self_moment(evaluator, args[0]);
  const Class* cls = evaluator.type_of(args[0]);
  std::string text = shown_name(*cls) + "(" + std::to_string(self.date.year) + ", " +
                     std::to_string(self.date.month) + ", " + std::to_string(self.date.day) + ", " +
                     std::to_string(self.time.hour) + ", " + std::to_string(self.time.minute);
  if (self.time.second != 0 || self.time.microsecond != 0) {
    text += ", " + std::to_string(self.time.second);
  }
  if (self.time.microsecond != 0) text += ", " + std::to_string(self.time.microsecond);
  if (self.fold != 0) text += ", fold=1";
  if (!self.tzinfo.is_none()) text += ", tzinfo=" + evaluator.repr(self.tzinfo);
  return evaluator.str(text + ")");
}

Value date_part(Evaluator& evaluator, Arguments& args) {
  Moment moment;
  moment.date = self_moment(evaluator, args[0]).date;
  return make_moment(evaluator, datetime_class(evaluator, "date"), moment);
}

template <bool with_zone>
Value time_part(Evaluator& evaluator, Arguments& args) {
  Moment moment = self_moment(evaluator, args[0]);
  moment.kind = Moment::Kind::kTime;
  moment.date = {};
  if (!with_zone) moment.tzinfo = Value::none();
  return make_moment(evaluator, datetime_class(evaluator, "time"), moment);
}

Value utc_time_tuple(Evaluator& evaluator, Arguments& args) {
  const Value utc_moment = from_utc(evaluator, datetime_class(evaluator, "datetime"),
                                    epoch_microseconds(evaluator, args[0]), Value::none());
  return evaluator.call_method(utc_moment, "timetuple");
}

}  // namespace

void define_datetime(Evaluator& evaluator, Module& module, const Services& services) {
  Class* cls =
      evaluator.define_class("datetime", "datetime", {module.attributes.find("date").get<Class>()});
  module.attributes.set("datetime", cls);
  evaluator.define_constructor(*cls,
                               "(cls, year, month, day, hour=0, minute=0, second=0, "
                               "microsecond=0, tzinfo=None, *, fold=0)",
                               construct);
  evaluator.define_class_method(
      *cls, "now(cls, tz=None)", [services](Evaluator& ev, Arguments& args) {
        const Value zone = args[1] ? args[1] : Value::none();
        check_zone(ev, zone);
        return from_utc(ev, class_of(args), now_in_microseconds(*services), zone);
      });
  for (const std::string_view name : {"today", "utcnow"}) {
    evaluator.define_class_method(
        *cls, std::string(name) + "(cls, /)", [services](Evaluator& ev, Arguments& args) {
          return from_utc(ev, class_of(args), now_in_microseconds(*services), Value::none());
        });
  }
  evaluator.define_class_method(
      *cls, "fromtimestamp(cls, timestamp, tz=None)", [](Evaluator& ev, Arguments& args) {
        const Value zone = args[2] ? args[2] : Value::none();
        check_zone(ev, zone);
        return from_utc(ev, class_of(args), timestamp_argument(ev, args[1]), zone);
      });
  evaluator.define_class_method(
      *cls, "utcfromtimestamp(cls, timestamp, /)", [](Evaluator& ev, Arguments& args) {
        return from_utc(ev, class_of(args), timestamp_argument(ev, args[1]), Value::none());
      });
  evaluator.define_class_method(*cls, "fromisoformat(cls, date_string, /)", from_iso_format);
  evaluator.define_class_method(*cls, "strptime(cls, date_string, format, /)", parse);
  evaluator.define_class_method(*cls, "combine(cls, date, time, tzinfo=None)", combine);
  evaluator.define(*cls,
                   "replace(self, year=None, month=None, day=None, hour=None, minute=None, "
                   "second=None, microsecond=None, tzinfo=None, *, fold=None)",
                   replace);
  evaluator.define(*cls, "__add__(self, value, /)", add);
  evaluator.define(*cls, "__radd__(self, value, /)", add);
  evaluator.define(*cls, "__sub__(self, value, /)", subtract);
  evaluator.define(*cls, "__repr__(self, /)", representation);
  evaluator.define(*cls, "isoformat(self, sep='T', timespec='auto')",
                   [](Evaluator& ev, Arguments& args) {
                     return ev.str(moment_text(ev, self_moment(ev, args[0]), args[0],
                                               args[1] ? ev.to_str(args[1]) : "T",
                                               args[2] ? ev.to_str(args[2]) : "auto"));
                   });
  evaluator.define(*cls, "__str__(self, /)", [](Evaluator& ev, Arguments& args) {
    return ev.str(moment_text(ev, self_moment(ev, args[0]), args[0], " ", "auto"));
  });
  evaluator.define(*cls, "timestamp(self, /)", [](Evaluator& ev, Arguments& args) {
    return Value::floating(static_cast<double>(epoch_microseconds(ev, args[0])) / 1e6);
  });
  evaluator.define(*cls, "astimezone(self, tz=None)", as_timezone);
  evaluator.define(*cls, "date(self, /)", date_part);
  evaluator.define(*cls, "time(self, /)", time_part<false>);
  evaluator.define(*cls, "timetz(self, /)", time_part<true>);
  evaluator.define(*cls, "utctimetuple(self, /)", utc_time_tuple);
  define_clock_parts(evaluator, *cls);
  define_comparisons(evaluator, *cls, order);
  Moment moment;
  moment.kind = Moment::Kind::kDateTime;
  cls->attributes.set("min", make_moment(evaluator, cls, moment));
  moment.date = {9999, 12, 31};
  moment.time = {23, 59, 59, 999'999};
  cls->attributes.set("max", make_moment(evaluator, cls, moment));
  cls->attributes.set("resolution", make_delta(evaluator, {0, 1},
                                               module.attributes.find("timedelta").get<Class>()));
}

}  // namespace retort::modules::stdlib
