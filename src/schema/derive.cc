#include "schema/derive.h"

#include <algorithm>

#include "base/error.h"
#include "sql/affinity.h"

namespace retort::schema {
namespace {

// Whether the column can be numbered. `wanted`: autoincrement=True.
bool can_increment(const Table& table, const Column& column, bool wanted) {
  sql::Affinity affinity = sql::affinity(column.type);
  if (affinity == sql::Affinity::kNumeric && wanted && column.type.scale.value_or(-1) == 0) {
    return true;
  }
  if (affinity != sql::Affinity::kInteger) {
    if (!wanted) return false;
    throw Error(code::kOperation, "column '" + column.name + "' of table '" + table.full_name() +
                                      "' is of type " + column.type.name +
                                      ", which autoincrement=True can't number")
        .with_hint("make it sa.Integer() or sa.BigInteger(), or leave autoincrement out");
  }
  if (wanted) return true;
  if (column.client_default || column.server_default || column.computed) return false;
  return column.autoincrement == Autoincrement::kIgnoreForeignKey ||
         !has_foreign_key(table, column.name);
}

bool is_member(const std::vector<std::string>& columns, const std::string& name) {
  return std::ranges::find(columns, name) != columns.end();
}

}  // namespace

bool has_foreign_key(const Table& table, std::string_view column) {
  return std::ranges::any_of(table.constraints, [&](const Constraint& constraint) {
    const auto* key = std::get_if<ForeignKey>(&constraint);
    return key && is_member(key->columns, std::string(column));
  });
}

std::optional<PrimaryKey> effective_primary_key(const Table& table) {
  PrimaryKey key;
  key.implicit = true;
  if (const PrimaryKey* written = table.primary_key()) key = *written;
  if (!key.columns.empty() && !key.implicit) return key;
  if (key.columns.empty()) {
    for (const Column& column : table.columns) {
      if (column.primary_key) key.columns.push_back(column.name);
    }
  }
  if (key.columns.empty()) return std::nullopt;
  std::ranges::stable_partition(key.columns, [&](const std::string& name) {
    const Column* column = table.column(name);
    return column && column->autoincrement == Autoincrement::kTrue;
  });
  return key;
}

const Column* autoincrement_column(const Table& table) {
  std::optional<PrimaryKey> key = effective_primary_key(table);
  if (!key) return nullptr;
  if (key->columns.size() == 1) {
    const Column* column = table.column(key->columns[0]);
    if (!column || column->autoincrement == Autoincrement::kFalse) return nullptr;
    bool wanted = column->autoincrement == Autoincrement::kTrue;
    return can_increment(table, *column, wanted) ? column : nullptr;
  }
  const Column* found = nullptr;
  for (const Column& column : table.columns) {
    if (column.autoincrement != Autoincrement::kTrue || !is_member(key->columns, column.name)) {
      continue;
    }
    can_increment(table, column, true);
    if (found) {
      throw Error(code::kOperation,
                  "Only one Column may be marked autoincrement=True, found both " + column.name +
                      " and " + found->name + ".");
    }
    found = &column;
  }
  return found;
}

Table with_primary_key(Table table) {
  std::optional<PrimaryKey> key = effective_primary_key(table);
  if (!key) return table;
  for (Column& column : table.columns) {
    if (!is_member(key->columns, column.name)) continue;
    column.primary_key = true;
    if (!column.nullable_given) column.nullable = false;
  }
  std::erase_if(table.constraints,
                [](const Constraint& one) { return std::holds_alternative<PrimaryKey>(one); });
  table.constraints.insert(table.constraints.begin(), std::move(*key));
  return table;
}

std::vector<Constraint> all_constraints(
    const Table& table, const std::function<std::optional<Check>(const Column&)>& type_checks) {
  std::vector<Constraint> all;
  if (auto key = effective_primary_key(table)) all.emplace_back(std::move(*key));
  auto listed_check = [&](const std::string& column) {
    return std::ranges::any_of(table.constraints, [&](const Constraint& constraint) {
      const auto* check = std::get_if<Check>(&constraint);
      return check && check->type_column == column;
    });
  };
  for (const Constraint& constraint : table.constraints) {
    if (std::holds_alternative<PrimaryKey>(constraint)) continue;
    const auto* check = std::get_if<Check>(&constraint);
    if (check && !check->column.empty()) continue;
    const auto* key = std::get_if<ForeignKey>(&constraint);
    if (key && !key->column.empty() && table.column(key->column)) continue;
    all.push_back(constraint);
  }
  for (const Column& column : table.columns) {
    if (column.unique && !column.index) {
      Unique unique;
      unique.columns = {column.name};
      all.emplace_back(std::move(unique));
    }
    if (type_checks && !listed_check(column.name)) {
      if (auto check = type_checks(column)) all.emplace_back(std::move(*check));
    }
    for (const Constraint& constraint : table.constraints) {
      const auto* key = std::get_if<ForeignKey>(&constraint);
      if (key && key->column == column.name) all.push_back(constraint);
    }
  }
  return all;
}

std::vector<Index> all_indexes(const Table& table) {
  std::vector<Index> all;
  for (const Column& column : table.columns) {
    if (!column.index) continue;
    Index index;
    index.keys = {{column.name, {}}};
    index.unique = column.unique;
    all.push_back(std::move(index));
  }
  all.insert(all.end(), table.indexes.begin(), table.indexes.end());
  return all;
}

}  // namespace retort::schema
