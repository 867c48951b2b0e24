#include "autogenerate/key_indexes.h"

#include <algorithm>
#include <set>
#include <string>

#include "compare/written.h"

namespace retort::autogenerate {
namespace {

using Columns = std::vector<std::string>;
using Operations = std::vector<operations::Operation>;

bool begins(const Columns& key, const Columns& columns) {
  return key.size() >= columns.size() && std::equal(columns.begin(), columns.end(), key.begin());
}

Columns columns_of(const schema::Index& index) {
  Columns out;
  for (const schema::IndexKey& key : index.keys) out.push_back(key.column);
  return out;
}

// The names of a table's keys that begin with these columns; "PRIMARY" is the primary key's.
std::set<std::string> keys_of(const schema::Table& table, const Columns& columns) {
  std::set<std::string> out;
  if (table.primary_key() && begins(table.primary_key()->columns, columns)) out.insert("PRIMARY");
  for (const auto* unique : compare::constraints_of<schema::Unique>(table)) {
    if (begins(unique->columns, columns)) out.insert(unique->name.text);
  }
  for (const schema::Index& index : table.indexes) {
    if (begins(columns_of(index), columns)) out.insert(index.name.text);
  }
  return out;
}

schema::Index index_for(const schema::ForeignKey& key, const schema::Name& name) {
  schema::Index out{.name = name};
  for (const std::string& column : key.columns) out.keys.push_back({.column = column});
  return out;
}

void leave_indexes_to_tables(Operations& operations) {
  std::set<std::pair<std::string, std::string>> dropped;
  for (const operations::Operation& one : operations) {
    const auto* drop = std::get_if<operations::DropTable>(&one);
    if (drop) dropped.emplace(drop->schema, drop->table);
  }
  std::erase_if(operations, [&](const operations::Operation& one) {
    const auto* drop = std::get_if<operations::DropIndex>(&one);
    return drop && dropped.contains({drop->schema, drop->table});
  });
}

void drop_indexes_of_keys(Operations& downgrade, const schema::MetaData& want) {
  for (std::size_t i = 0; i < downgrade.size(); ++i) {
    const auto* drop = std::get_if<operations::DropConstraint>(&downgrade[i]);
    const auto* key =
        drop && drop->dropped ? std::get_if<schema::ForeignKey>(&*drop->dropped) : nullptr;
    const schema::Table* table = key ? want.table(drop->schema, drop->table) : nullptr;
    if (!table || !keys_of(*table, key->columns).empty()) continue;
    operations::DropIndex gone{
        drop->name, drop->table, drop->schema, false, index_for(*key, drop->name), {}};
    downgrade.insert(downgrade.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(gone));
  }
}

// What an operation takes away: the index or the UNIQUE constraint, as a name with columns.
struct Taken {
  std::string table{};
  std::string schema{};
  std::string name{};
  Columns columns{};
};

std::optional<Taken> taken_by(const operations::Operation& operation) {
  if (const auto* drop = std::get_if<operations::DropIndex>(&operation); drop && drop->dropped) {
    return Taken{drop->table, drop->schema, drop->name.text, columns_of(*drop->dropped)};
  }
  const auto* drop = std::get_if<operations::DropConstraint>(&operation);
  const auto* unique =
      drop && drop->dropped ? std::get_if<schema::Unique>(&*drop->dropped) : nullptr;
  if (!unique) return std::nullopt;
  return Taken{drop->table, drop->schema, drop->name.text, unique->columns};
}

// A key that is made anew goes before the indexes.
bool drops(const Operations& operations, const Taken& taken, const schema::ForeignKey& key) {
  return std::ranges::any_of(operations, [&](const operations::Operation& one) {
    const auto* drop = std::get_if<operations::DropConstraint>(&one);
    const auto* gone =
        drop && drop->dropped ? std::get_if<schema::ForeignKey>(&*drop->dropped) : nullptr;
    return gone && drop->table == taken.table && gone->columns == key.columns;
  });
}

void keep_indexes_of_keys(Operations& operations, const schema::MetaData& have,
                          const schema::MetaData& want) {
  std::set<std::pair<std::string, std::string>> made;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    std::optional<Taken> taken = taken_by(operations[i]);
    if (!taken) continue;
    const schema::Table* before = have.table(taken->schema, taken->table);
    const schema::Table* after = want.table(taken->schema, taken->table);
    if (!before || !after) continue;
    for (const auto* key : compare::constraints_of<schema::ForeignKey>(*before)) {
      auto same = [&](const schema::ForeignKey* one) {
        return one->columns == key->columns && one->referred_table == key->referred_table;
      };
      bool stays = std::ranges::any_of(compare::constraints_of<schema::ForeignKey>(*after), same);
      if (!stays || !begins(taken->columns, key->columns)) continue;
      if (drops(operations, *taken, *key)) continue;
      std::set<std::string> others = keys_of(*before, key->columns);
      std::set<std::string> later = keys_of(*after, key->columns);
      std::erase_if(others, [&](const std::string& name) {
        return name == taken->name || !later.contains(name);
      });
      if (!others.empty() || !made.emplace(taken->table, key->name.text).second) continue;
      operations::CreateIndex create{taken->table, taken->schema, index_for(*key, key->name),
                                     false};
      operations.insert(operations.begin() + static_cast<std::ptrdiff_t>(i), std::move(create));
      ++i;
    }
  }
}

}  // namespace

void complete_key_indexes(std::vector<operations::Operation>& upgrade,
                          std::vector<operations::Operation>& downgrade,
                          const schema::MetaData& have, const schema::MetaData& want) {
  drop_indexes_of_keys(downgrade, want);
  leave_indexes_to_tables(upgrade);
  leave_indexes_to_tables(downgrade);
  keep_indexes_of_keys(upgrade, have, want);
  keep_indexes_of_keys(downgrade, have, want);
}

}  // namespace retort::autogenerate
