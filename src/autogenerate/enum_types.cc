#include "autogenerate/enum_types.h"

#include <algorithm>
#include <set>
#include <string>

namespace retort::autogenerate {
namespace {

using Key = std::pair<std::string, std::string>;  // schema, name

Key key_of(const sql::Type& type) { return {type.schema, type.type_name}; }

bool has(const std::vector<sql::Type>& enums, const Key& key) {
  return std::ranges::any_of(enums, [&](const sql::Type& one) { return key_of(one) == key; });
}

// The name of the enum that a column's type is, or is an array of.
Key enum_of(const sql::Type& type) {
  for (const auto& [dialect, variant] : type.variants) {
    if (dialect == "postgresql") return enum_of(variant);
  }
  if (type.name == "ARRAY" && !type.arguments.empty()) return enum_of(type.arguments[0]);
  bool is_enum = !type.values.empty() && type.native && !type.type_name.empty();
  return is_enum ? key_of(type) : Key{};
}

// Types that an operation makes by itself, and those it needs to be there.
struct Needs {
  std::vector<sql::Type> made{};
  std::vector<sql::Type> needed{};
};

// The domain that CREATE TABLE brings along; empty for another type.
std::string domain_of(const sql::Type& type) {
  for (const auto& [dialect, variant] : type.variants) {
    if (dialect == "postgresql") return domain_of(variant);
  }
  return type.name == "DOMAIN" && type.create_type ? type.type_name : "";
}

// Domains that new tables make need no statement of their own.
void leave_to_tables(std::vector<operations::Operation>& operations) {
  std::set<std::string> domains;
  for (const operations::Operation& operation : operations) {
    const auto* create = std::get_if<operations::CreateTable>(&operation);
    if (!create) continue;
    for (const schema::Column& column : create->table.columns) {
      domains.insert(domain_of(column.type));
    }
  }
  std::erase_if(operations, [&](const operations::Operation& operation) {
    const auto* create = std::get_if<operations::CreateDefinition>(&operation);
    return create && create->definition.kind == schema::Definition::Kind::kDomain &&
           domains.contains(create->definition.name);
  });
}

Needs needs_of(const operations::Operation& operation) {
  Needs out;
  if (const auto* create = std::get_if<operations::CreateTable>(&operation)) {
    for (const schema::Column& column : create->table.columns) out.made.push_back(column.type);
  }
  if (const auto* add = std::get_if<operations::AddColumn>(&operation)) {
    out.needed.push_back(add->column.type);
  }
  if (const auto* alter = std::get_if<operations::AlterColumn>(&operation)) {
    if (alter->type) out.needed.push_back(*alter->type);
  }
  return out;
}

}  // namespace

void complete_enum_types(std::vector<operations::Operation>& operations,
                         const schema::MetaData& from, const schema::MetaData& to) {
  leave_to_tables(operations);
  std::set<Key> there;
  for (const sql::Type& one : from.enums) there.insert(key_of(one));
  std::vector<operations::Operation> out;
  for (operations::Operation& operation : operations) {
    Needs needs = needs_of(operation);
    for (const sql::Type& type : needs.needed) {
      Key key = enum_of(type);
      if (key.second.empty() || !there.insert(key).second) continue;
      auto known =
          std::ranges::find_if(to.enums, [&](const sql::Type& one) { return key_of(one) == key; });
      if (known != to.enums.end()) out.emplace_back(operations::CreateType{*known, true});
    }
    for (const sql::Type& type : needs.made) there.insert(enum_of(type));
    out.push_back(std::move(operation));
  }
  for (const sql::Type& one : from.enums) {
    if (!has(to.enums, key_of(one))) out.emplace_back(operations::DropType{one, true});
  }
  operations = std::move(out);
}

}  // namespace retort::autogenerate
