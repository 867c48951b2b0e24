#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "database/connection.h"

namespace retort::runtime {

// What CREATE INDEX CONCURRENTLY makes.
struct ConcurrentIndex {
  std::string name{};   // without quotes
  std::string table{};  // as written, with its schema
  friend bool operator==(const ConcurrentIndex&, const ConcurrentIndex&) = default;
};

// Nothing for another statement, and for an index without a name.
std::optional<ConcurrentIndex> concurrent_index(std::string_view sql);

// Drops the index when it is invalid and nobody is building it: a CREATE INDEX CONCURRENTLY that
// failed leaves it behind, it costs at every write, and IF NOT EXISTS would take it for the index
// that was wanted (PostgreSQL 15, CREATE INDEX, "Building Indexes Concurrently"). Returns whether
// there was one.
bool drop_if_invalid(database::Connection& connection, const ConcurrentIndex& index);

}  // namespace retort::runtime
