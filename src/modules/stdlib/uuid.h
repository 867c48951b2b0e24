#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "python/evaluator.h"

namespace retort::modules::stdlib {

// What a UUID instance carries.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};
  std::string text() const;  // 36 characters, lower case
};

python::Value make_uuid(python::Evaluator& evaluator, std::string_view text);

}  // namespace retort::modules::stdlib
