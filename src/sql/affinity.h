#pragma once

#include <cstdint>

#include "sql/type.h"

namespace retort::sql {

// The family a type belongs to: what decides on operators, literals and results.
enum class Affinity : std::uint8_t {
  kNull,
  kString,
  kInteger,
  kNumeric,  // decimal
  kFloat,
  kBoolean,
  kDate,
  kDateTime,
  kTime,
  kInterval,
  kBinary,
  kJson,
  kArray,
  kUuid,
  kEnum,
  kOther,
};

Affinity affinity(const Type& type);

inline bool is_number(Affinity a) {
  return a == Affinity::kInteger || a == Affinity::kNumeric || a == Affinity::kFloat;
}
inline bool is_text(Affinity a) { return a == Affinity::kString || a == Affinity::kEnum; }

}  // namespace retort::sql
