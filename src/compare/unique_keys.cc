#include "compare/unique_keys.h"

#include <algorithm>

#include "compare/written.h"

namespace retort::compare {
namespace {

std::vector<std::string> columns_of(const schema::Index& index) {
  std::vector<std::string> out;
  for (const schema::IndexKey& key : index.keys) out.push_back(key.column);
  return out;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

bool has_index(const schema::Table& table, const std::string& name) {
  return std::ranges::any_of(table.indexes,
                             [&](const schema::Index& one) { return one.name.text == name; });
}

bool is_made_for(const schema::ForeignKey& key, const schema::Index& index) {
  std::vector<std::string> columns = columns_of(index);
  bool named = index.name.text == key.name.text ||
               std::ranges::find(columns, index.name.text) != columns.end();
  return named && columns.size() >= key.columns.size() &&
         std::equal(key.columns.begin(), key.columns.end(), columns.begin());
}

bool stays(const schema::ForeignKey& key, const schema::Table& want) {
  return std::ranges::any_of(
      constraints_of<schema::ForeignKey>(want), [&](const schema::ForeignKey* one) {
        return one->columns == key.columns && one->referred_table == key.referred_table;
      });
}

}  // namespace

void speak_as(const schema::Table& want, schema::Table& have) {
  const auto uniques = constraints_of<schema::Unique>(want);
  const auto keys = constraints_of<schema::ForeignKey>(have);
  std::vector<schema::Constraint> made;
  std::erase_if(have.indexes, [&](const schema::Index& index) {
    if (has_index(want, index.name.text)) return false;
    if (index.unique && index.options.empty()) {
      std::vector<std::string> columns = columns_of(index);
      bool same = std::ranges::any_of(uniques, [&](const schema::Unique* one) {
        return one->name.text == index.name.text || sorted(one->columns) == sorted(columns);
      });
      if (same) made.emplace_back(schema::Unique{.name = index.name, .columns = columns});
      return same;
    }
    return !index.unique && std::ranges::any_of(keys, [&](const schema::ForeignKey* key) {
      return stays(*key, want) && is_made_for(*key, index);
    });
  });
  for (schema::Constraint& one : made) have.constraints.push_back(std::move(one));
}

}  // namespace retort::compare
