#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace retort::sql {

struct Null {
  friend bool operator==(Null, Null) = default;
};
struct Blob {
  std::string bytes{};
  friend bool operator==(const Blob&, const Blob&) = default;
};
// Text that the database reads as a type of its own: a date, a numeric, a UUID, JSON. `type` is the
// SQL name of the type, lower case ("timestamp", "numeric"), where a dialect has to cast.
struct Typed {
  std::string text{};
  std::string type{};
  friend bool operator==(const Typed&, const Typed&) = default;
};

// One value on its way to or from a database, or to be written as an SQL literal.
using Datum = std::variant<Null, bool, std::int64_t, double, std::string, Blob, Typed>;

}  // namespace retort::sql
