#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/value.h"

// Integers beyond 64 bits: rare in the files that are evaluated, so plain and short before fast.
namespace retort::python {

struct Big {
  bool negative = false;
  std::vector<std::uint32_t> digits;  // least significant first, no leading zeros; zero is empty

  Big() = default;
  explicit Big(std::int64_t value);
  static Big parse(std::string_view decimal);
  static std::optional<Big> from_double(double value);  // integral values only

  bool zero() const { return digits.empty(); }
  std::optional<std::int64_t> small() const;
  std::string str() const;
  double to_double() const;  // infinity when it is too large
  std::size_t bit_length() const;
  std::size_t hash() const;

  friend bool operator==(const Big&, const Big&) = default;
};

std::strong_ordering compare(const Big& a, const Big& b);
Big negate(Big value);
Big add(const Big& a, const Big& b);
Big subtract(const Big& a, const Big& b);
Big multiply(const Big& a, const Big& b);
// Floored, as Python's // and %. `b` is not zero.
void divide(const Big& a, const Big& b, Big& quotient, Big& remainder);
Big power(Big base, std::uint64_t exponent);
Big shift_left(const Big& value, std::uint64_t bits);
Big shift_right(const Big& value, std::uint64_t bits);  // floored
enum class BitOp : std::uint8_t { kAnd, kOr, kXor };
Big bitwise(BitOp op, const Big& a, const Big& b);  // two's complement, infinitely extended

struct BigInt : Object {
  static constexpr ObjectKind kKind = ObjectKind::kBigInt;
  explicit BigInt(Big v) : Object(kKind), value(std::move(v)) {}
  const Big value;
};

}  // namespace retort::python
