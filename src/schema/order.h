#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "schema/table.h"

namespace retort::schema {

// Tables in the order they can be created: those referred to first. Where foreign keys go round in
// a circle, the first of its tables comes first and its keys to the tables after it are `late`:
// they can only be added when all the tables are there.
struct TableOrder {
  struct LateKey {
    std::size_t table = 0;       // index into the tables given
    std::size_t constraint = 0;  // index into its constraints
    friend bool operator==(const LateKey&, const LateKey&) = default;
  };
  std::vector<std::size_t> tables{};  // indexes into the tables given
  std::vector<LateKey> late{};
};

// What decides among tables of which none refers to another.
enum class Among : std::uint8_t { kByName, kAsGiven };

// Keys to tables that are not given, to the table itself, and those with use_alter don't count.
TableOrder dependency_order(std::span<const Table> tables, Among among = Among::kByName);

}  // namespace retort::schema
