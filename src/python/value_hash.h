#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace retort::python {

inline std::size_t hash_text(std::string_view text) { return std::hash<std::string_view>()(text); }

// Hashes of small integers are those integers; this makes table positions of them.
inline std::size_t spread(std::size_t hash) {
  hash *= 0x9E3779B97F4A7C15ull;
  return hash ^ (hash >> 32);
}

}  // namespace retort::python
