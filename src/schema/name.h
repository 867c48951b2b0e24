#pragma once

#include <string>

namespace retort::schema {

// The name of a constraint or an index. Empty: none was given. A final name (op.f("..."), or read
// from a database) is used as it is; any other goes through the naming convention.
struct Name {
  std::string text{};
  bool final = false;

  bool empty() const { return text.empty(); }
  friend bool operator==(const Name&, const Name&) = default;
};

}  // namespace retort::schema
