#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace retort::modules {

// What the arguments of a type's constructor mean.
enum class TypeShape : std::uint8_t {
  kPlain,       // none, or ignored
  kString,      // length, collation
  kNumeric,     // precision, scale
  kFloat,       // precision
  kTimezone,    // timezone
  kBinary,      // length
  kBoolean,     // create_constraint, name
  kEnum,        // *values, name, ...
  kUuid,        // as_uuid, native_uuid
  kArray,       // item_type, dimensions
  kJson,        // none_as_null, astext_type
  kInterval,    // native, second_precision, day_precision
  kPgTime,      // timezone, precision
  kPgInterval,  // precision, fields
  kPgBit,       // length, varying
  kDomain,      // name, data_type, ...
  kMyInteger,   // display_width, unsigned, zerofill
  kMyNumeric,   // precision, scale, unsigned, zerofill
  kMyTime,      // timezone, fsp
  kMyString,    // length, charset, collation, ...
  kMySet,       // *values
  kMsTime,      // precision
  kTuple,       // *types
};

// One type class that scripts can name.
struct TypeSpec {
  std::string_view name;
  std::string_view dialect;  // empty: in `sqlalchemy` itself
  std::string_view
      base;  // the class it derives from, in its own dialect when that has one of the name
  TypeShape shape;
};

std::span<const TypeSpec> type_specs();
// nullptr when there is no such type.
const TypeSpec* find_type_spec(std::string_view dialect, std::string_view name);

}  // namespace retort::modules
