#include "schema/order.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

namespace retort::schema {
namespace {

using Edges = std::vector<std::set<std::size_t>>;  // table -> tables it refers to

std::string full_name(const ForeignKey& key) {
  return key.referred_schema.empty() ? key.referred_table
                                     : key.referred_schema + "." + key.referred_table;
}

// Whether `from` refers to itself by way of others that are still to do.
bool in_cycle(const Edges& edges, std::size_t from, const std::set<std::size_t>& todo) {
  std::set<std::size_t> seen;
  std::vector<std::size_t> stack(edges[from].begin(), edges[from].end());
  while (!stack.empty()) {
    std::size_t at = stack.back();
    stack.pop_back();
    if (at == from) return true;
    if (!todo.contains(at) || !seen.insert(at).second) continue;
    stack.insert(stack.end(), edges[at].begin(), edges[at].end());
  }
  return false;
}

}  // namespace

TableOrder dependency_order(std::span<const Table> tables, Among among) {
  std::unordered_map<std::string, std::size_t> by_name;
  for (std::size_t i = 0; i < tables.size(); ++i) by_name.emplace(tables[i].full_name(), i);

  Edges edges(tables.size());
  auto referred = [&](const Constraint& constraint) -> const std::size_t* {
    const auto* key = std::get_if<ForeignKey>(&constraint);
    if (!key || key->use_alter) return nullptr;
    auto found = by_name.find(full_name(*key));
    return found == by_name.end() ? nullptr : &found->second;
  };
  for (std::size_t i = 0; i < tables.size(); ++i) {
    for (const Constraint& constraint : tables[i].constraints) {
      const std::size_t* target = referred(constraint);
      if (target && *target != i) edges[i].insert(*target);
    }
  }

  std::vector<std::size_t> by_key(tables.size());
  std::iota(by_key.begin(), by_key.end(), 0);
  if (among == Among::kByName) {
    std::ranges::stable_sort(by_key, [&](std::size_t a, std::size_t b) {
      return tables[a].full_name() < tables[b].full_name();
    });
  }

  TableOrder order;
  std::set<std::size_t> todo(by_key.begin(), by_key.end());
  while (!todo.empty()) {
    std::vector<std::size_t> level;
    for (std::size_t i : by_key) {
      if (!todo.contains(i)) continue;
      if (std::ranges::none_of(edges[i], [&](std::size_t to) { return todo.contains(to); })) {
        level.push_back(i);
      }
    }
    if (level.empty()) {
      auto first = std::ranges::find_if(
          by_key, [&](std::size_t i) { return todo.contains(i) && in_cycle(edges, i, todo); });
      for (std::size_t c = 0; c < tables[*first].constraints.size(); ++c) {
        const std::size_t* target = referred(tables[*first].constraints[c]);
        if (target && *target != *first && todo.contains(*target))
          order.late.push_back({*first, c});
      }
      edges[*first].clear();
      continue;
    }
    for (std::size_t i : level) todo.erase(i);
    order.tables.insert(order.tables.end(), level.begin(), level.end());
  }
  return order;
}

}  // namespace retort::schema
