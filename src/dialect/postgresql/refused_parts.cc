#include "dialect/postgresql/refused_parts.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <variant>

namespace retort::dialect::postgresql {
namespace {

using Refusal = std::function<std::optional<std::string>(const schema::Table&)>;

class Taking {
 public:
  Taking(schema::Table& table, const Refusal& refusal) : table_(table), refusal_(refusal) {}

  RefusedParts take() {
    for (schema::Column& column : table_.columns) take_type(column);
    for (schema::Column& column : table_.columns) take_values(column);
    std::erase_if(table_.constraints, [&](schema::Constraint& one) {
      if (!std::holds_alternative<schema::Check>(one) &&
          !std::holds_alternative<schema::Exclude>(one)) {
        return false;
      }
      schema::Table probe = bare();
      probe.constraints.push_back(one);
      if (!refuses(probe)) return false;
      out_.constraints.push_back(std::move(one));
      return true;
    });
    std::erase_if(table_.indexes, [&](schema::Index& index) {
      schema::Table probe = bare();
      probe.indexes.push_back(index);
      if (!refuses(probe)) return false;
      out_.indexes.push_back(std::move(index));
      return true;
    });
    return std::move(out_);
  }

 private:
  bool refuses(const schema::Table& probe) {
    std::optional<std::string> reason = refusal_(probe);
    if (!reason) return false;
    if (std::ranges::find(out_.reasons, *reason) == out_.reasons.end()) {
      out_.reasons.push_back(std::move(*reason));
    }
    return true;
  }

  // The columns alone.
  schema::Table bare() const {
    schema::Table out{.name = table_.name, .schema = table_.schema};
    for (const schema::Column& column : table_.columns) {
      out.columns.push_back({.name = column.name, .type = column.type});
    }
    return out;
  }

  void take_type(schema::Column& column) {
    schema::Table probe{.name = table_.name, .schema = table_.schema};
    probe.columns.push_back({.name = column.name, .type = column.type});
    if (!refuses(probe)) return;
    RefusedParts::OfColumn& taken = out_.columns.emplace_back(column.name);
    taken.type = std::exchange(column.type, {.name = "Text"});
    // They may need the type, and say nothing of TEXT.
    taken.server_default = std::exchange(column.server_default, {});
    taken.computed = std::exchange(column.computed, {});
  }

  void take_values(schema::Column& column) {
    if (!column.server_default && !column.computed) return;
    schema::Table probe = bare();
    schema::Column& probed = *probe.column(column.name);
    probed.server_default = column.server_default;
    probed.computed = column.computed;
    if (!refuses(probe)) return;
    RefusedParts::OfColumn& taken = out_.columns.emplace_back(column.name);
    taken.server_default = std::exchange(column.server_default, {});
    taken.computed = std::exchange(column.computed, {});
  }

  schema::Table& table_;
  const Refusal& refusal_;
  RefusedParts out_{};
};

}  // namespace

bool is_about_statement(std::string_view sqlstate) {
  constexpr auto kClasses = std::to_array<std::string_view>({
      "0A",  // what the server doesn't do: another column in a default
      "22",  // a value that is none of its type
      "3F",  // no such schema
      "42",  // names that are not there or not for this role, syntax
  });
  return std::ranges::find(kClasses, sqlstate.substr(0, 2)) != kClasses.end();
}

void RefusedParts::put_back(schema::Table& table) const {
  for (const OfColumn& taken : columns) {
    schema::Column* column = table.column(taken.name);
    if (!column) continue;
    if (taken.type) column->type = *taken.type;
    if (taken.server_default) column->server_default = taken.server_default;
    if (taken.computed) column->computed = taken.computed;
  }
  table.constraints.insert(table.constraints.end(), constraints.begin(), constraints.end());
  table.indexes.insert(table.indexes.end(), indexes.begin(), indexes.end());
}

RefusedParts take_refused(schema::Table& table, const Refusal& refusal) {
  return Taking(table, refusal).take();
}

}  // namespace retort::dialect::postgresql
