#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "schema/table.h"

namespace retort::schema {

// Tables in the order they can be created: those referred to first, by name among equals. Where
// foreign keys go round in a circle, the first table by name in it comes first and its keys to the
// tables after it are `late`: they can only be added when all the tables are there.
struct TableOrder {
  struct LateKey {
    std::size_t table = 0;       // index into the tables given
    std::size_t constraint = 0;  // index into its constraints
    friend bool operator==(const LateKey&, const LateKey&) = default;
  };
  std::vector<std::size_t> tables{};  // indexes into the tables given
  std::vector<LateKey> late{};
};

// Keys to tables that are not given, to the table itself, and those with use_alter don't count.
TableOrder dependency_order(std::span<const Table> tables);

}  // namespace retort::schema
