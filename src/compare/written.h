#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dialect/dialect.h"
#include "schema/table.h"

namespace retort::compare {

// A wanted table as it was written, with everything that its columns imply spelled out: keys,
// UNIQUE constraints and indexes of column flags stand among the constraints and indexes, names by
// the naming convention are final, and no foreign key or CHECK belongs to a column any more. CHECKs
// that the types Boolean and Enum make are not among them.
struct Written {
  schema::Table table{};
  // The longest name the engine takes; a name by convention is cut to it.
  std::size_t max_name = 9999;

  const schema::Column* column(std::string_view name) const { return table.column(name); }
  // The name in the database.
  std::string final_name(const schema::Name& name) const;
};

Written written(const schema::Table& table, const schema::NamingConvention& convention,
                std::string_view engine);

// What was written for a part of the canonical table, or nullptr: for what the engine or a type
// made by itself.
const schema::Unique* find_written(const Written& written, const schema::Unique& unique);
const schema::ForeignKey* find_written(const Written& written, const schema::ForeignKey& key);
const schema::Index* find_written(const Written& written, const schema::Index& index);

// All constraints of one kind.
template <typename Kind>
std::vector<const Kind*> constraints_of(const schema::Table& table) {
  std::vector<const Kind*> out;
  for (const schema::Constraint& constraint : table.constraints) {
    if (const auto* one = std::get_if<Kind>(&constraint)) out.push_back(one);
  }
  return out;
}

// The name that a constraint gets which was written without one, so that the other direction can
// drop it: what PostgreSQL would choose by itself, or on SQLite, where nothing is chosen, the
// spelling that SQLAlchemy's documentation recommends.
schema::Name chosen_name(const schema::Constraint& constraint, const schema::Table& table,
                         std::string_view engine);
// The convention behind it on SQLite, for the kinds of constraints that are asked for ("uq").
schema::NamingConvention chosen_convention(std::string_view kind);

}  // namespace retort::compare
