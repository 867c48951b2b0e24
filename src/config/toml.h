#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/source.h"

namespace retort::config {

struct TomlValue;
// A date, a time or both, as ISO 8601 writes them.
struct TomlMoment {
  std::string text{};
};
using TomlList = std::vector<TomlValue>;
struct TomlTable {
  std::vector<TomlValue> entries;
};

struct TomlValue {
  std::variant<bool, std::int64_t, double, std::string, TomlList, TomlTable, TomlMoment> value{};
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
// Entries are sorted by key.
TomlTable parse_pyproject(const SourcePtr& source);

// All of a text, with the entries in the order of the text. Throws Error(code::kSyntax).
TomlTable parse_toml(const SourcePtr& source);

}  // namespace retort::config
