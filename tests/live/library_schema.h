#pragma once

#include <retort/retort.h>

#include <string_view>

// The schema that the library's tests have on every server.
namespace retort {

inline MetaData models() {
  MetaData metadata;
  metadata.table("lib_users", Column("id", BigInteger(), primary_key),
                 Column("email", String(80), not_null, unique),
                 Column("state", Enum({"new", "old"}, {.name = "lib_state"}), not_null));
  return metadata;
}

// The tables of these tests alone.
inline CompareOptions only_ours() {
  CompareOptions options;
  options.include_table = [](std::string_view, std::string_view table) {
    return table.starts_with("lib_");
  };
  return options;
}

}  // namespace retort
