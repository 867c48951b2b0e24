#include "python/value_bigint.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace retort::python {

namespace {

using Digits = std::vector<std::uint32_t>;

void trim(Big& value) {
  while (!value.digits.empty() && value.digits.back() == 0) value.digits.pop_back();
  if (value.digits.empty()) value.negative = false;
}

std::strong_ordering compare_magnitude(const Digits& a, const Digits& b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  for (std::size_t i = a.size(); i-- > 0;) {
    if (a[i] != b[i]) return a[i] <=> b[i];
  }
  return std::strong_ordering::equal;
}

Digits add_magnitude(const Digits& a, const Digits& b) {
  Digits sum;
  sum.reserve(std::max(a.size(), b.size()) + 1);
  std::uint64_t carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry != 0; ++i) {
    carry += (i < a.size() ? a[i] : 0ull) + (i < b.size() ? b[i] : 0ull);
    sum.push_back(static_cast<std::uint32_t>(carry));
    carry >>= 32;
  }
  return sum;
}

Digits subtract_magnitude(const Digits& a, const Digits& b) {  // a >= b
  Digits difference(a);
  std::int64_t borrow = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::int64_t digit = static_cast<std::int64_t>(a[i]) - (i < b.size() ? b[i] : 0) - borrow;
    borrow = digit < 0 ? 1 : 0;
    if (digit < 0) digit += std::int64_t{1} << 32;
    difference[i] = static_cast<std::uint32_t>(digit);
  }
  return difference;
}

std::uint32_t divide_small(Digits& digits, std::uint32_t divisor) {
  std::uint64_t remainder = 0;
  for (std::size_t i = digits.size(); i-- > 0;) {
    const std::uint64_t current = (remainder << 32) | digits[i];
    digits[i] = static_cast<std::uint32_t>(current / divisor);
    remainder = current % divisor;
  }
  while (!digits.empty() && digits.back() == 0) digits.pop_back();
  return static_cast<std::uint32_t>(remainder);
}

// Long division of magnitudes (Knuth, volume 2, algorithm D).
void divide_magnitude(const Digits& a, const Digits& b, Digits& quotient, Digits& remainder) {
  if (compare_magnitude(a, b) < 0) {
    quotient.clear();
    remainder = a;
    return;
  }
  if (b.size() == 1) {
    quotient = a;
    const std::uint32_t rest = divide_small(quotient, b[0]);
    remainder.clear();
    if (rest != 0) remainder.push_back(rest);
    return;
  }
  const int shift = std::countl_zero(b.back());
  const auto shifted = [shift](const Digits& digits) {
    Digits out(digits.size() + 1, 0);
    for (std::size_t i = 0; i < digits.size(); ++i) {
      const std::uint64_t wide = static_cast<std::uint64_t>(digits[i]) << shift;
      out[i] |= static_cast<std::uint32_t>(wide);
      out[i + 1] = static_cast<std::uint32_t>(wide >> 32);
    }
    return out;
  };
  Digits u = shifted(a);
  Digits v = shifted(b);
  v.pop_back();
  const std::size_t n = v.size();
  const std::size_t m = u.size() - n - 1;
  quotient.assign(m + 1, 0);
  for (std::size_t j = m + 1; j-- > 0;) {
    const std::uint64_t top = (static_cast<std::uint64_t>(u[j + n]) << 32) | u[j + n - 1];
    std::uint64_t guess = top / v[n - 1];
    std::uint64_t rest = top % v[n - 1];
    while (guess >> 32 != 0 || guess * v[n - 2] > ((rest << 32) | u[j + n - 2])) {
      --guess;
      rest += v[n - 1];
      if (rest >> 32 != 0) break;
    }
    std::int64_t borrow = 0;
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const std::uint64_t product = guess * v[i] + carry;
      carry = product >> 32;
      const std::int64_t digit = static_cast<std::int64_t>(u[i + j]) - borrow -
                                 static_cast<std::int64_t>(product & 0xFFFFFFFFu);
      u[i + j] = static_cast<std::uint32_t>(digit);
      borrow = digit < 0 ? 1 : 0;
    }
    const std::int64_t last =
        static_cast<std::int64_t>(u[j + n]) - borrow - static_cast<std::int64_t>(carry);
    u[j + n] = static_cast<std::uint32_t>(last);
    if (last < 0) {
      --guess;
      std::uint64_t back = 0;
      for (std::size_t i = 0; i < n; ++i) {
        back += static_cast<std::uint64_t>(u[i + j]) + v[i];
        u[i + j] = static_cast<std::uint32_t>(back);
        back >>= 32;
      }
      u[j + n] += static_cast<std::uint32_t>(back);
    }
    quotient[j] = static_cast<std::uint32_t>(guess);
  }
  remainder.assign(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint64_t wide = (static_cast<std::uint64_t>(u[i + 1]) << 32) | u[i];
    remainder[i] = static_cast<std::uint32_t>(wide >> shift);
  }
}

}  // namespace

Big::Big(std::int64_t value) : negative(value < 0) {
  std::uint64_t magnitude =
      negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  for (; magnitude != 0; magnitude >>= 32) {
    digits.push_back(static_cast<std::uint32_t>(magnitude));
  }
}

Big Big::parse(std::string_view decimal) {
  Big value;
  bool negative = false;
  for (const char c : decimal) {
    if (c == '-') negative = true;
    if (c < '0' || c > '9') continue;
    std::uint64_t carry = static_cast<std::uint64_t>(c - '0');
    for (std::uint32_t& digit : value.digits) {
      carry += static_cast<std::uint64_t>(digit) * 10;
      digit = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) value.digits.push_back(static_cast<std::uint32_t>(carry));
  }
  value.negative = negative;
  trim(value);
  return value;
}

std::optional<Big> Big::from_double(double value) {
  if (!std::isfinite(value) || value != std::floor(value)) return std::nullopt;
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  Big big(static_cast<std::int64_t>(std::ldexp(fraction, 53)));
  exponent -= 53;
  return exponent >= 0 ? shift_left(big, static_cast<std::uint64_t>(exponent))
                       : shift_right(big, static_cast<std::uint64_t>(-exponent));
}

std::optional<std::int64_t> Big::small() const {
  if (digits.size() > 2) return std::nullopt;
  std::uint64_t magnitude = 0;
  for (std::size_t i = digits.size(); i-- > 0;) magnitude = (magnitude << 32) | digits[i];
  const std::uint64_t most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (magnitude > most + (negative ? 1 : 0)) return std::nullopt;
  return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

std::string Big::str() const {
  if (zero()) return "0";
  Digits rest = digits;
  std::string text;
  while (!rest.empty()) {
    std::uint32_t group = divide_small(rest, 1'000'000'000);
    for (int i = 0; i < 9 && (group != 0 || !rest.empty()); ++i, group /= 10) {
      text += static_cast<char>('0' + group % 10);
    }
  }
  if (negative) text += '-';
  std::reverse(text.begin(), text.end());
  return text;
}

std::size_t Big::bit_length() const {
  return zero() ? 0
                : digits.size() * 32 - static_cast<std::size_t>(std::countl_zero(digits.back()));
}

double Big::to_double() const {
  // The 64 leading bits, the last of them sticky, round to nearest even in one conversion.
  const std::size_t bits = bit_length();
  if (bits <= 64) {
    std::uint64_t magnitude = 0;
    for (std::size_t i = digits.size(); i-- > 0;) magnitude = (magnitude << 32) | digits[i];
    return negative ? -static_cast<double>(magnitude) : static_cast<double>(magnitude);
  }
  if (bits > 1100) return negative ? -HUGE_VAL : HUGE_VAL;
  const std::size_t drop = bits - 64;
  Big magnitude = *this;
  magnitude.negative = false;
  const Big high = shift_right(magnitude, drop);
  std::uint64_t lead = (static_cast<std::uint64_t>(high.digits[1]) << 32) | high.digits[0];
  if (shift_left(high, drop) != magnitude) lead |= 1;
  const double value = std::ldexp(static_cast<double>(lead), static_cast<int>(drop));
  return negative ? -value : value;
}

std::size_t Big::hash() const {
  std::size_t value = negative ? 1 : 0;
  for (const std::uint32_t digit : digits) value = value * 0x9E3779B97F4A7C15ull + digit;
  return value;
}

std::strong_ordering compare(const Big& a, const Big& b) {
  if (a.negative != b.negative)
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.negative ? compare_magnitude(b.digits, a.digits) : compare_magnitude(a.digits, b.digits);
}

Big negate(Big value) {
  if (!value.zero()) value.negative = !value.negative;
  return value;
}

Big add(const Big& a, const Big& b) {
  Big sum;
  if (a.negative == b.negative) {
    sum.negative = a.negative;
    sum.digits = add_magnitude(a.digits, b.digits);
  } else if (compare_magnitude(a.digits, b.digits) >= 0) {
    sum.negative = a.negative;
    sum.digits = subtract_magnitude(a.digits, b.digits);
  } else {
    sum.negative = b.negative;
    sum.digits = subtract_magnitude(b.digits, a.digits);
  }
  trim(sum);
  return sum;
}

Big subtract(const Big& a, const Big& b) { return add(a, negate(b)); }

Big multiply(const Big& a, const Big& b) {
  Big product;
  product.negative = a.negative != b.negative;
  product.digits.assign(a.digits.size() + b.digits.size(), 0);
  for (std::size_t i = 0; i < a.digits.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < b.digits.size() || carry != 0; ++j) {
      carry += product.digits[i + j];
      if (j < b.digits.size()) carry += static_cast<std::uint64_t>(a.digits[i]) * b.digits[j];
      product.digits[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  trim(product);
  return product;
}

void divide(const Big& a, const Big& b, Big& quotient, Big& remainder) {
  Big q;
  Big r;
  divide_magnitude(a.digits, b.digits, q.digits, r.digits);
  q.negative = a.negative != b.negative;
  r.negative = a.negative;
  trim(q);
  trim(r);
  if (!r.zero() && a.negative != b.negative) {
    q = subtract(q, Big(1));
    r = add(r, b);
  }
  quotient = std::move(q);
  remainder = std::move(r);
}

Big power(Big base, std::uint64_t exponent) {
  Big result(1);
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1) result = multiply(result, base);
    if (exponent > 1) base = multiply(base, base);
  }
  return result;
}

Big shift_left(const Big& value, std::uint64_t bits) {
  if (value.zero()) return value;
  Big shifted;
  shifted.negative = value.negative;
  shifted.digits.assign(value.digits.size() + bits / 32 + 1, 0);
  for (std::size_t i = 0; i < value.digits.size(); ++i) {
    const std::uint64_t wide = static_cast<std::uint64_t>(value.digits[i]) << (bits % 32);
    shifted.digits[i + bits / 32] |= static_cast<std::uint32_t>(wide);
    shifted.digits[i + bits / 32 + 1] = static_cast<std::uint32_t>(wide >> 32);
  }
  trim(shifted);
  return shifted;
}

Big shift_right(const Big& value, std::uint64_t bits) {
  Big shifted;
  shifted.negative = value.negative;
  const std::size_t skip = bits / 32;
  bool lost = skip > value.digits.size() && !value.zero();
  for (std::size_t i = 0; i < std::min<std::size_t>(skip, value.digits.size()); ++i) {
    lost |= value.digits[i] != 0;
  }
  if (skip < value.digits.size()) {
    lost |= (value.digits[skip] & ((1ull << (bits % 32)) - 1)) != 0;
    for (std::size_t i = skip; i < value.digits.size(); ++i) {
      const std::uint64_t high = i + 1 < value.digits.size() ? value.digits[i + 1] : 0;
      shifted.digits.push_back(
          static_cast<std::uint32_t>(((high << 32) | value.digits[i]) >> (bits % 32)));
    }
  }
  const bool down = value.negative && lost;
  trim(shifted);
  if (!down) return shifted;
  shifted.negative = !shifted.zero();
  return subtract(shifted, Big(1));
}

Big bitwise(BitOp op, const Big& a, const Big& b) {
  const std::size_t size = std::max(a.digits.size(), b.digits.size()) + 1;
  const auto twos = [size](const Big& value) {
    Digits digits = value.digits;
    digits.resize(size, 0);
    if (!value.negative) return digits;
    std::uint64_t carry = 1;
    for (std::uint32_t& digit : digits) {
      carry += static_cast<std::uint32_t>(~digit);
      digit = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    return digits;
  };
  const Digits left = twos(a);
  const Digits right = twos(b);
  Big result;
  result.digits.resize(size);
  for (std::size_t i = 0; i < size; ++i) {
    result.digits[i] = op == BitOp::kAnd  ? left[i] & right[i]
                       : op == BitOp::kOr ? left[i] | right[i]
                                          : left[i] ^ right[i];
  }
  if ((result.digits.back() >> 31) != 0) {
    std::uint64_t carry = 1;
    for (std::uint32_t& digit : result.digits) {
      carry += static_cast<std::uint32_t>(~digit);
      digit = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    result.negative = true;
  }
  trim(result);
  return result;
}

}  // namespace retort::python
