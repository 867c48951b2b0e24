#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/source.h"

namespace retort::config {

struct TomlValue;
using TomlList = std::vector<TomlValue>;
struct TomlTable {
  std::vector<TomlValue> entries;  // sorted by key
};

struct TomlValue {
  std::variant<bool, std::int64_t, double, std::string, TomlList, TomlTable> value{};
  std::string key{};  // of a table's entry
  Place place{};

  const std::string* string() const { return std::get_if<std::string>(&value); }
  const bool* boolean() const { return std::get_if<bool>(&value); }
  const TomlList* list() const { return std::get_if<TomlList>(&value); }
  const TomlTable* table() const { return std::get_if<TomlTable>(&value); }
};

// The value of a key; with dots, also that of a key in tables within: "sqlalchemy.url" is found
// both as ["sqlalchemy.url"] and as sqlalchemy = { url = ... }. Null when it is not there.
const TomlValue* find(const TomlTable& table, std::string_view key);

// The table [tool.alembic] of a pyproject.toml; empty when the file has none. Throws
// Error(code::kSyntax) for text that is no TOML, Error(code::kConfig) when tool.alembic is no
// table. A function of its text alone.
TomlTable parse_pyproject(const SourcePtr& source);

}  // namespace retort::config
