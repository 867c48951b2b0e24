#include "compare/written.h"

#include <algorithm>

#include "base/text.h"
#include "schema/derive.h"
#include "schema/naming.h"
#include "sql/engine.h"

namespace retort::compare {
namespace {

// PostgreSQL cuts names to 63 bytes; SQLAlchemy cuts those by convention before.
std::size_t max_name(std::string_view engine) {
  if (engine == "postgresql") return 63;
  if (sql::is_mysql_like(engine)) return 64;
  return 9999;
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

template <typename Kind>
const Kind* by_name(const Written& written, const std::vector<const Kind*>& all,
                    const schema::Name& name) {
  if (name.empty()) return nullptr;
  for (const Kind* one : all) {
    if (!one->name.empty() && written.final_name(one->name) == name.text) return one;
  }
  return nullptr;
}

bool same_target(const schema::ForeignKey& a, const schema::ForeignKey& b) {
  return a.columns == b.columns && a.referred_table == b.referred_table;
}

// PostgreSQL's makeObjectName(): the two parts are shortened, the longer first, to fit 63 bytes.
std::string object_name(std::string first, std::string second, const std::string& label) {
  std::size_t overhead = label.size() + 1 + (second.empty() ? 0 : 1);
  while (first.size() + second.size() + overhead > 63) {
    (first.size() > second.size() ? first : second).pop_back();
  }
  return first + (second.empty() ? "" : "_" + second) + "_" + label;
}

std::string postgresql_name(const schema::Constraint& constraint, const std::string& table) {
  if (std::holds_alternative<schema::PrimaryKey>(constraint)) return object_name(table, "", "pkey");
  if (const auto* unique = std::get_if<schema::Unique>(&constraint)) {
    return object_name(table, join(unique->columns, "_"), "key");
  }
  if (const auto* key = std::get_if<schema::ForeignKey>(&constraint)) {
    return object_name(table, join(key->columns, "_"), "fkey");
  }
  if (std::holds_alternative<schema::Check>(constraint)) return object_name(table, "", "check");
  return object_name(table, "", "excl");
}

}  // namespace

std::string Written::final_name(const schema::Name& name) const {
  return schema::fit_name({name.text, true}, max_name);
}

Written written(const schema::Table& given, const schema::NamingConvention& convention,
                std::string_view engine) {
  schema::Table table = schema::with_primary_key(given);
  Written out{table, max_name(engine)};
  out.table.constraints = schema::all_constraints(table, nullptr);
  for (const schema::Constraint& constraint : table.constraints) {
    const auto* check = std::get_if<schema::Check>(&constraint);
    if (check && !check->column.empty()) out.table.constraints.push_back(constraint);
  }
  std::erase_if(out.table.constraints, [](const schema::Constraint& constraint) {
    const auto* check = std::get_if<schema::Check>(&constraint);
    return check && !check->type_column.empty();
  });
  for (schema::Constraint& constraint : out.table.constraints) {
    schema::Name name = schema::resolve_name(convention, constraint, table.schema, table.name);
    std::visit(
        [&](auto& one) {
          one.name = name;
          if constexpr (requires { one.column; }) one.column.clear();
        },
        constraint);
  }
  out.table.indexes = schema::all_indexes(table);
  for (schema::Index& index : out.table.indexes) {
    index.name = schema::resolve_name(convention, index, table.schema, table.name);
  }
  for (schema::Column& column : out.table.columns) {
    column.index = false;
    column.unique = false;
  }
  return out;
}

const schema::Unique* find_written(const Written& written, const schema::Unique& unique) {
  auto all = constraints_of<schema::Unique>(written.table);
  if (const auto* named = by_name(written, all, unique.name)) return named;
  for (const schema::Unique* one : all) {
    if (one->name.empty() && sorted(one->columns) == sorted(unique.columns)) return one;
  }
  return nullptr;
}

const schema::ForeignKey* find_written(const Written& written, const schema::ForeignKey& key) {
  auto all = constraints_of<schema::ForeignKey>(written.table);
  if (const auto* named = by_name(written, all, key.name)) return named;
  for (const schema::ForeignKey* one : all) {
    if (one->name.empty() && same_target(*one, key)) return one;
  }
  return nullptr;
}

const schema::Index* find_written(const Written& written, const schema::Index& index) {
  for (const schema::Index& one : written.table.indexes) {
    if (written.final_name(one.name) == index.name.text) return &one;
  }
  return nullptr;
}

schema::NamingConvention chosen_convention(std::string_view kind) {
  static const schema::NamingConvention kAll = {
      {"uq", "uq_%(table_name)s_%(column_0_N_name)s"},
      {"fk", "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s"},
      {"pk", "pk_%(table_name)s"},
      {"ck", "ck_%(table_name)s"}};
  schema::NamingConvention out;
  std::ranges::copy_if(kAll, std::back_inserter(out),
                       [&](const auto& one) { return one.first == kind; });
  return out;
}

schema::Name chosen_name(const schema::Constraint& constraint, const schema::Table& table,
                         std::string_view engine) {
  if (engine == "postgresql") return {postgresql_name(constraint, table.name), true};
  schema::NamingConvention all;
  for (std::string_view kind : {"uq", "fk", "pk", "ck"}) {
    for (auto& one : chosen_convention(kind)) all.push_back(std::move(one));
  }
  return schema::resolve_name(all, constraint, table.schema, table.name);
}

}  // namespace retort::compare
