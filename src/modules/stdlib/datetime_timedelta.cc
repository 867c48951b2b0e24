#include <cmath>

#include "modules/stdlib/datetime.h"

// timedelta, tzinfo and timezone.
namespace retort::modules::stdlib {

using python::Arguments;
using python::Class;
using python::Evaluator;
using python::Instance;
using python::Module;
using python::Value;

namespace {

Duration& self_delta(Evaluator& evaluator, Value value) {
  if (Duration* duration = python::native<Duration>(value)) return *duration;
  evaluator.type_error("a timedelta is required, not '" + evaluator.type_name(value) + "'");
}

// Halves to even.
Wide divide_nearest(Wide a, Wide b) {
  if (b < 0) {
    a = -a;
    b = -b;
  }
  Wide quotient = a / b;
  Wide rest = a % b;
  if (rest < 0) {
    rest += b;
    --quotient;
  }
  if (rest * 2 > b || (rest * 2 == b && quotient % 2 != 0)) ++quotient;
  return quotient;
}

Wide floor_divide(Wide a, Wide b) {
  Wide quotient = a / b;
  if (a % b != 0 && (a < 0) != (b < 0)) --quotient;
  return quotient;
}

Value construct(Evaluator& evaluator, Arguments& args) {
  static constexpr std::int64_t kUnits[] = {civil::kDay,  civil::kSecond, 1, 1000, civil::kMinute,
                                            civil::kHour, civil::kDay * 7};
  static constexpr std::string_view kNames[] = {
      "days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"};
  Wide us = 0;
  double fraction = 0;
  for (std::size_t i = 0; i < 7; ++i) {
    const Value given = args[i + 1];
    if (!given) continue;
    const Value number = evaluator.plain_number(given);
    if (number.is_int() || number.is_bool()) {
      us += static_cast<Wide>(number.as_int()) * kUnits[i];
    } else if (number.is_float()) {
      const double value = number.as_float();
      if (std::isnan(value)) evaluator.value_error("cannot convert float NaN to integer");
      if (std::fabs(value) > 1e18) {
        evaluator.raise("OverflowError", "cannot convert float infinity to integer");
      }
      const double whole = std::trunc(value);
      us += static_cast<Wide>(whole) * kUnits[i];
      const double part = (value - whole) * static_cast<double>(kUnits[i]);
      const double part_whole = std::trunc(part);
      us += static_cast<Wide>(part_whole);
      fraction += part - part_whole;
    } else {
      evaluator.type_error("unsupported type for timedelta " + std::string(kNames[i]) +
                           " component: " + evaluator.type_name(given));
    }
  }
  // Halves to even of the sum, not of its fraction.
  us += static_cast<Wide>(std::floor(fraction));
  const double rest = fraction - std::floor(fraction);
  if (rest > 0.5 || (rest == 0.5 && us % 2 != 0)) ++us;
  return make_delta(evaluator, duration_of(evaluator, us), args[0].get<Class>());
}

template <int sign>
Value add(Evaluator& evaluator, Arguments& args) {
  const Duration* other = python::native<Duration>(args[1]);
  if (!other) return evaluator.not_implemented();
  const Wide a = total(self_delta(evaluator, args[0]));
  return make_delta(evaluator, duration_of(evaluator, a + sign * total(*other)));
}

Value subtract_from(Evaluator& evaluator, Arguments& args) {
  const Duration* other = python::native<Duration>(args[1]);
  if (!other) return evaluator.not_implemented();
  const Wide a = total(self_delta(evaluator, args[0]));
  return make_delta(evaluator, duration_of(evaluator, total(*other) - a));
}

Value multiply(Evaluator& evaluator, Arguments& args) {
  const Wide a = total(self_delta(evaluator, args[0]));
  const Value number = evaluator.plain_number(args[1]);
  if (number.is_int() || number.is_bool()) {
    return make_delta(evaluator, duration_of(evaluator, a * number.as_int()));
  }
  if (number.is_float()) {
    const long double product = static_cast<long double>(a) * number.as_float();
    if (!std::isfinite(product) || std::fabs(product) > 1e24L) {
      evaluator.raise("OverflowError", "days are out of range");
    }
    return make_delta(evaluator,
                      duration_of(evaluator, static_cast<Wide>(std::nearbyint(product))));
  }
  return evaluator.not_implemented();
}

[[noreturn]] void by_zero(Evaluator& evaluator) {
  evaluator.raise("ZeroDivisionError", "integer division or modulo by zero");
}

Value divide(Evaluator& evaluator, Arguments& args) {
  const Wide a = total(self_delta(evaluator, args[0]));
  if (const Duration* other = python::native<Duration>(args[1])) {
    const Wide b = total(*other);
    if (b == 0) evaluator.raise("ZeroDivisionError", "division by zero");
    return Value::floating(
        static_cast<double>(static_cast<long double>(a) / static_cast<long double>(b)));
  }
  const Value number = evaluator.plain_number(args[1]);
  if (number.is_int() || number.is_bool()) {
    if (number.as_int() == 0) by_zero(evaluator);
    return make_delta(evaluator, duration_of(evaluator, divide_nearest(a, number.as_int())));
  }
  if (number.is_float()) {
    if (number.as_float() == 0) evaluator.raise("ZeroDivisionError", "division by zero");
    const long double quotient = static_cast<long double>(a) / number.as_float();
    return make_delta(evaluator,
                      duration_of(evaluator, static_cast<Wide>(std::nearbyint(quotient))));
  }
  return evaluator.not_implemented();
}

Value wide_value(Evaluator& evaluator, Wide value) {
  if (value >= INT64_MIN && value <= INT64_MAX) {
    return Value::integer(static_cast<std::int64_t>(value));
  }
  const Wide unit = 1'000'000'000'000;
  const Value high = Value::integer(static_cast<std::int64_t>(value / unit));
  const Value scaled = evaluator.binary(python::ast::BinaryOp::kMul, high,
                                        Value::integer(static_cast<std::int64_t>(unit)));
  return evaluator.binary(python::ast::BinaryOp::kAdd, scaled,
                          Value::integer(static_cast<std::int64_t>(value % unit)));
}

Value floor_divide_by(Evaluator& evaluator, Arguments& args) {
  const Wide a = total(self_delta(evaluator, args[0]));
  if (const Duration* other = python::native<Duration>(args[1])) {
    if (total(*other) == 0) by_zero(evaluator);
    return wide_value(evaluator, floor_divide(a, total(*other)));
  }
  const Value number = evaluator.plain_number(args[1]);
  if (!number.is_int() && !number.is_bool()) return evaluator.not_implemented();
  if (number.as_int() == 0) by_zero(evaluator);
  return make_delta(evaluator, duration_of(evaluator, floor_divide(a, number.as_int())));
}

Value modulo(Evaluator& evaluator, Arguments& args) {
  const Wide a = total(self_delta(evaluator, args[0]));
  const Duration* other = python::native<Duration>(args[1]);
  if (!other) return evaluator.not_implemented();
  const Wide b = total(*other);
  if (b == 0) by_zero(evaluator);
  return make_delta(evaluator, duration_of(evaluator, a - floor_divide(a, b) * b));
}

Value divide_with_rest(Evaluator& evaluator, Arguments& args) {
  if (!python::native<Duration>(args[1])) return evaluator.not_implemented();
  const Value quotient = floor_divide_by(evaluator, args);
  return evaluator.tuple({quotient, modulo(evaluator, args)});
}

template <int sign>
Value signed_copy(Evaluator& evaluator, Arguments& args) {
  return make_delta(evaluator,
                    duration_of(evaluator, sign * total(self_delta(evaluator, args[0]))));
}

Value absolute(Evaluator& evaluator, Arguments& args) {
  const Wide a = total(self_delta(evaluator, args[0]));
  return make_delta(evaluator, duration_of(evaluator, a < 0 ? -a : a));
}

std::optional<std::strong_ordering> order(Evaluator& evaluator, Value self, Value other, bool) {
  const Duration* b = python::native<Duration>(other);
  if (!b) return std::nullopt;
  return self_delta(evaluator, self) <=> *b;
}

Value representation(Evaluator& evaluator, Arguments& args) {
  const Duration& self = self_delta(evaluator, args[0]);
  std::string text;
  const auto part = [&](std::string_view name, std::int64_t value) {
    if (value == 0) return;
    if (!text.empty()) text += ", ";
    text += std::string(name) + "=" + std::to_string(value);
  };
  part("days", self.days);
  part("seconds", self.microseconds / civil::kSecond);
  part("microseconds", self.microseconds % civil::kSecond);
  const Class* cls = evaluator.type_of(args[0]);
  return evaluator.str(shown_name(*cls) + "(" + (text.empty() ? "0" : text) + ")");
}

std::string offset_name(std::int64_t offset) {
  return offset == 0 ? "UTC" : "UTC" + civil::offset_text(offset);
}

const FixedZone& self_zone(Evaluator& evaluator, Value value) {
  if (const FixedZone* zone = python::native<FixedZone>(value)) return *zone;
  evaluator.type_error("a timezone is required, not '" + evaluator.type_name(value) + "'");
}

std::string name_of(const FixedZone& zone) {
  return zone.name.empty() ? offset_name(zone.offset) : zone.name;
}

}  // namespace

void define_timedelta(Evaluator& evaluator, Module& module) {
  Class* cls = evaluator.define_class("timedelta", "datetime");
  module.attributes.set("timedelta", cls);
  evaluator.define_constructor(*cls,
                               "(cls, days=0, seconds=0, microseconds=0, milliseconds=0, "
                               "minutes=0, hours=0, weeks=0)",
                               construct);
  evaluator.define(*cls, "__add__(self, value, /)", add<1>);
  evaluator.define(*cls, "__radd__(self, value, /)", add<1>);
  evaluator.define(*cls, "__sub__(self, value, /)", add<-1>);
  evaluator.define(*cls, "__rsub__(self, value, /)", subtract_from);
  evaluator.define(*cls, "__mul__(self, value, /)", multiply);
  evaluator.define(*cls, "__rmul__(self, value, /)", multiply);
  evaluator.define(*cls, "__truediv__(self, value, /)", divide);
  evaluator.define(*cls, "__floordiv__(self, value, /)", floor_divide_by);
  evaluator.define(*cls, "__mod__(self, value, /)", modulo);
  evaluator.define(*cls, "__divmod__(self, value, /)", divide_with_rest);
  evaluator.define(*cls, "__neg__(self, /)", signed_copy<-1>);
  evaluator.define(*cls, "__pos__(self, /)", signed_copy<1>);
  evaluator.define(*cls, "__abs__(self, /)", absolute);
  evaluator.define(*cls, "__bool__(self, /)", [](Evaluator& ev, Arguments& args) {
    return Value::boolean(self_delta(ev, args[0]) != Duration{});
  });
  evaluator.define(*cls, "__hash__(self, /)", [](Evaluator& ev, Arguments& args) {
    const Duration& self = self_delta(ev, args[0]);
    return Value::integer(self.days * 1'000'003 ^ self.microseconds);
  });
  evaluator.define(*cls, "__repr__(self, /)", representation);
  evaluator.define(*cls, "__str__(self, /)", [](Evaluator& ev, Arguments& args) {
    return ev.str(delta_text(self_delta(ev, args[0])));
  });
  evaluator.define(*cls, "total_seconds(self, /)", [](Evaluator& ev, Arguments& args) {
    return Value::floating(static_cast<double>(
        static_cast<long double>(total(self_delta(ev, args[0]))) / civil::kSecond));
  });
  define_comparisons(evaluator, *cls, order);
  evaluator.define_property(*cls, "days", [](Evaluator& ev, Value self) {
    return Value::integer(self_delta(ev, self).days);
  });
  evaluator.define_property(*cls, "seconds", [](Evaluator& ev, Value self) {
    return Value::integer(self_delta(ev, self).microseconds / civil::kSecond);
  });
  evaluator.define_property(*cls, "microseconds", [](Evaluator& ev, Value self) {
    return Value::integer(self_delta(ev, self).microseconds % civil::kSecond);
  });
  cls->attributes.set("min", make_delta(evaluator, {-999'999'999, 0}, cls));
  cls->attributes.set("max", make_delta(evaluator, {999'999'999, civil::kDay - 1}, cls));
  cls->attributes.set("resolution", make_delta(evaluator, {0, 1}, cls));
}

void define_timezone(Evaluator& evaluator, Module& module) {
  Class* base = evaluator.define_class("tzinfo", "datetime");
  module.attributes.set("tzinfo", base);
  for (const std::string_view name : {"utcoffset", "dst", "tzname"}) {
    evaluator.define(*base, std::string(name) + "(self, dt, /)",
                     [name](Evaluator& ev, Arguments&) -> Value {
                       ev.raise("NotImplementedError",
                                "a tzinfo subclass must implement " + std::string(name) + "()");
                     });
  }
  evaluator.define(*base, "fromutc(self, dt, /)", [](Evaluator& ev, Arguments& args) {
    using python::ast::BinaryOp;
    const Value offset = ev.call_method(args[1], "utcoffset");
    const Value saving = ev.call_method(args[1], "dst");
    if (offset.is_none() || saving.is_none()) {
      ev.value_error("fromutc: non-None utcoffset() and dst() results required");
    }
    const Value standard =
        ev.binary(BinaryOp::kAdd, args[1], ev.binary(BinaryOp::kSub, offset, saving));
    return ev.binary(BinaryOp::kAdd, standard, ev.call_method(standard, "dst"));
  });
  Class* cls = evaluator.define_class("timezone", "datetime", {base});
  module.attributes.set("timezone", cls);
  evaluator.define_constructor(
      *cls, "(cls, offset, name=None)", [](Evaluator& ev, Arguments& args) -> Value {
        const Duration* offset = python::native<Duration>(args[1]);
        if (!offset) {
          ev.type_error("timezone() argument 1 must be datetime.timedelta, not " +
                        ev.type_name(args[1]));
        }
        const Wide us = total(*offset);
        if (us <= -civil::kDay || us >= civil::kDay) {
          ev.value_error(
              "offset must be a timedelta strictly between -timedelta(hours=24) and "
              "timedelta(hours=24), not " +
              ev.repr(args[1]) + ".");
        }
        std::string name;
        if (args[2]) {
          if (!args[2].is_str()) {
            ev.type_error("timezone() argument 2 must be str, not " + ev.type_name(args[2]));
          }
          name = args[2].as_str();
        }
        return fixed_zone(ev, static_cast<std::int64_t>(us), name);
      });
  evaluator.define(*cls, "utcoffset(self, dt, /)", [](Evaluator& ev, Arguments& args) {
    return make_delta(ev, duration_of(ev, self_zone(ev, args[0]).offset));
  });
  evaluator.define(*cls, "dst(self, dt, /)", [](Evaluator&, Arguments&) { return Value::none(); });
  evaluator.define(*cls, "tzname(self, dt, /)", [](Evaluator& ev, Arguments& args) {
    return ev.str(name_of(self_zone(ev, args[0])));
  });
  evaluator.define(*cls, "fromutc(self, dt, /)", [](Evaluator& ev, Arguments& args) {
    const Value delta = make_delta(ev, duration_of(ev, self_zone(ev, args[0]).offset));
    return ev.binary(python::ast::BinaryOp::kAdd, args[1], delta);
  });
  evaluator.define(*cls, "__str__(self, /)", [](Evaluator& ev, Arguments& args) {
    return ev.str(name_of(self_zone(ev, args[0])));
  });
  evaluator.define(*cls, "__repr__(self, /)", [](Evaluator& ev, Arguments& args) {
    const FixedZone& zone = self_zone(ev, args[0]);
    if (identical(args[0], utc(ev))) return ev.str("datetime.timezone.utc");
    std::string text = "datetime.timezone(" + ev.repr(make_delta(ev, duration_of(ev, zone.offset)));
    if (!zone.name.empty()) text += ", " + ev.repr(ev.str(zone.name));
    return ev.str(text + ")");
  });
  evaluator.define(*cls, "__eq__(self, value, /)", [](Evaluator& ev, Arguments& args) {
    const FixedZone* other = python::native<FixedZone>(args[1]);
    if (!other) return ev.not_implemented();
    return Value::boolean(self_zone(ev, args[0]).offset == other->offset);
  });
  evaluator.define(*cls, "__hash__(self, /)", [](Evaluator& ev, Arguments& args) {
    return Value::integer(self_zone(ev, args[0]).offset);
  });
  Instance* zone = evaluator.new_instance(cls);
  zone->set_native(FixedZone{});
  module.attributes.set("UTC", zone);
  cls->attributes.set("utc", zone);
  const auto edge = [&](std::int64_t offset) {
    Instance* made = evaluator.new_instance(cls);
    made->set_native(FixedZone{offset, ""});
    return made;
  };
  cls->attributes.set("min", edge(-civil::kDay + civil::kMinute));
  cls->attributes.set("max", edge(civil::kDay - civil::kMinute));
}

}  // namespace retort::modules::stdlib
