#include "compare/unknown_base.h"

#include <algorithm>
#include <set>

namespace retort::compare {

using schema::Table;

namespace {

bool names_one(const std::set<std::string>& kept, const std::vector<std::string>& columns) {
  return std::ranges::any_of(columns, [&](const std::string& one) { return kept.contains(one); });
}

bool stands_on(const std::set<std::string>& kept, const schema::Constraint& constraint) {
  if (const auto* unique = std::get_if<schema::Unique>(&constraint)) {
    return names_one(kept, unique->columns);
  }
  if (const auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
    return names_one(kept, key->columns);
  }
  return false;
}

bool stands_on(const std::set<std::string>& kept, const schema::Index& index) {
  return std::ranges::any_of(
      index.keys, [&](const schema::IndexKey& key) { return kept.contains(key.column); });
}

}  // namespace

std::string unknown_base(const Table& written) {
  for (const auto& [key, value] : written.info) {
    if (key == "retort.unknown_base") return value;
  }
  return {};
}

Table with_inherited(Context& context, const Table& have, Table want, const std::string& base) {
  std::set<std::string> kept;
  std::string names;
  for (const schema::Column& column : have.columns) {
    if (want.column(column.name)) continue;
    names += (kept.empty() ? "" : ", ") + quoted(column.name);
    kept.insert(column.name);
    want.columns.push_back(column);
  }
  if (kept.empty()) return want;
  for (const schema::Constraint& constraint : have.constraints) {
    if (stands_on(kept, constraint)) want.constraints.push_back(constraint);
  }
  for (const schema::Index& index : have.indexes) {
    const bool known = std::ranges::any_of(
        want.indexes, [&](const schema::Index& other) { return other.name == index.name; });
    if (!known && stands_on(kept, index)) want.indexes.push_back(index);
  }
  context.warning("tables", "The model of table " + quoted(want.full_name()) + " derives from " +
                                base +
                                ", of which nothing is known here; what it may have from "
                                "there is left as it is: " +
                                names);
  return want;
}

}  // namespace retort::compare
