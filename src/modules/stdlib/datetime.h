#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "modules/stdlib/civil.h"
#include "modules/stdlib/services.h"

// The values of the datetime module: what its instances carry, and how others make them.
namespace retort::modules::stdlib {

struct Moment {
  enum class Kind : std::uint8_t { kDate, kTime, kDateTime };
  Kind kind = Kind::kDate;
  civil::Date date{};
  civil::Time time{};
  python::Value tzinfo = python::Value::none();
  int fold = 0;
};

struct Duration {
  std::int64_t days = 0;
  std::int64_t microseconds = 0;  // of a day: 0 to civil::kDay - 1
  friend auto operator<=>(const Duration&, const Duration&) = default;
};

struct FixedZone {
  std::int64_t offset = 0;  // in microseconds
  std::string name{};       // empty: made from the offset
};

__extension__ using Wide = __int128;
Wide total(const Duration& duration);                                   // in microseconds
Duration duration_of(python::Evaluator& evaluator, Wide microseconds);  // OverflowError

// The class of that name in the module ("timedelta").
python::Class* datetime_class(python::Evaluator& evaluator, std::string_view name);

// How repr() names the class: with its module when it is the module's own.
std::string shown_name(const python::Class& cls);

python::Value make_moment(python::Evaluator& evaluator, python::Class* cls, Moment moment);
python::Value make_delta(python::Evaluator& evaluator, const Duration& duration,
                         python::Class* cls = nullptr);
python::Value utc(python::Evaluator& evaluator);
python::Value fixed_zone(python::Evaluator& evaluator, std::int64_t offset, std::string name = "");

// TypeError, ValueError as the constructors raise them.
void check_date(python::Evaluator& evaluator, const civil::Date& date);
void check_time(python::Evaluator& evaluator, const civil::Time& time, int fold);

// What tzinfo says of a moment: absent for none.
std::optional<std::int64_t> offset_of(python::Evaluator& evaluator, const Moment& moment,
                                      python::Value self);
std::string zone_name(python::Evaluator& evaluator, const Moment& moment, python::Value self);

// The moment as microseconds since 0001-01-01, by its own clock.
std::int64_t microseconds_of(const Moment& moment);
void set_microseconds(python::Evaluator& evaluator, Moment& moment, Wide microseconds);

std::string moment_text(python::Evaluator& evaluator, const Moment& moment, python::Value self,
                        std::string_view separator, std::string_view timespec);
std::string delta_text(const Duration& duration);  // str()

civil::Stamp stamp_of(python::Evaluator& evaluator, const Moment& moment, python::Value self);

Moment& moment_of(python::Evaluator& evaluator, python::Value value);

void define_timedelta(python::Evaluator& evaluator, python::Module& module);
void define_timezone(python::Evaluator& evaluator, python::Module& module);
void define_date(python::Evaluator& evaluator, python::Module& module, const Services& services);
void define_time(python::Evaluator& evaluator, python::Module& module);
void define_datetime(python::Evaluator& evaluator, python::Module& module,
                     const Services& services);

// An argument that must be an int: "'str' object cannot be interpreted as an integer".
int int_argument(python::Evaluator& evaluator, python::Value value, int otherwise);

// Defines __eq__, __lt__ and the others by one function that compares: nullopt when it can't.
using Ordering = std::optional<std::strong_ordering> (*)(python::Evaluator&, python::Value,
                                                         python::Value, bool equality);
void define_comparisons(python::Evaluator& evaluator, python::Class& cls, Ordering ordering);

}  // namespace retort::modules::stdlib
