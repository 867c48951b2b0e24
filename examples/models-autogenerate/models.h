#pragma once

#include <retort/metadata.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace shop {

extern const retort::MetaData metadata;

// A table may be a plain struct ...
struct Customer {
  std::int64_t id;
  std::string email;
  std::optional<std::string> name;
  std::chrono::sys_seconds created_at;
};

}  // namespace shop
