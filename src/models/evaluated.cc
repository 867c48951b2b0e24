#include "models/evaluated.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "modules/sqlalchemy/contributors.h"
#include "modules/sqlalchemy/schema_items.h"

namespace retort::models {

using modules::item;
using modules::MetaDataItem;
using modules::TableItem;
using python::Evaluator;
using python::Module;
using python::Value;

namespace {

// The MetaData objects that a target stands for, each once.
void find_metadata(Evaluator& evaluator, Value target, std::vector<Value>& found) {
  if (!target || target.is_none()) return;
  if (auto* unknown = target.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "target_metadata");
  }
  if (item<MetaDataItem>(target)) {
    const bool known =
        std::ranges::any_of(found, [&](Value other) { return other.object() == target.object(); });
    if (!known) found.push_back(target);
    return;
  }
  if (target.get<python::List>() || target.get<python::Tuple>() || target.get<python::Set>()) {
    for (Value each : evaluator.items(target)) find_metadata(evaluator, each, found);
    return;
  }
  // Flask-SQLAlchemy with binds has one for each.
  if (Value several = evaluator.find_attr(target, "metadatas")) {
    if (auto* dict = several.get<python::Dict>()) {
      for (const auto& entry : dict->entries()) {
        if (entry.key) find_metadata(evaluator, entry.value, found);
      }
      return;
    }
  }
  if (Value metadata = evaluator.find_attr(target, "metadata")) {
    return find_metadata(evaluator, metadata, found);
  }
  evaluator.raise_hinted("TypeError",
                         "target_metadata is " + evaluator.repr(target) + ", not a MetaData",
                         "give a MetaData, a declarative base or a list of them");
}

using ColumnKey = std::pair<std::string, std::string>;  // table's full name, column's name

// Columns without a type have the type of the column that their foreign key refers to.
class TypeOfKeys {
 public:
  explicit TypeOfKeys(schema::MetaData& metadata) {
    for (schema::Table& table : metadata.tables) {
      for (schema::Column& column : table.columns) {
        columns_[{table.full_name(), column.name}] = &column;
      }
      for (const schema::Constraint& constraint : table.constraints) {
        const auto* key = std::get_if<schema::ForeignKey>(&constraint);
        if (!key || key->columns.size() != key->referred_columns.size()) continue;
        const std::string referred = key->referred_schema.empty()
                                         ? key->referred_table
                                         : key->referred_schema + "." + key->referred_table;
        for (std::size_t i = 0; i < key->columns.size(); ++i) {
          targets_.insert(
              {{table.full_name(), key->columns[i]}, {referred, key->referred_columns[i]}});
        }
      }
    }
  }

  void fill() {
    for (auto& [key, column] : columns_) resolve(key, 0);
  }

 private:
  void resolve(const ColumnKey& key, std::size_t depth) {
    const auto column = columns_.find(key);
    if (column == columns_.end() || depth > columns_.size()) return;
    if (column->second->type != sql::Type{}) return;
    const auto target = targets_.find(key);
    if (target == targets_.end()) return;
    resolve(target->second, depth + 1);
    const auto referred = columns_.find(target->second);
    if (referred != columns_.end()) column->second->type = referred->second->type;
  }

  std::map<ColumnKey, schema::Column*> columns_;
  std::map<ColumnKey, ColumnKey> targets_;
};

void add_sequence(schema::MetaData& all, const schema::Sequence& sequence) {
  const bool known = std::ranges::any_of(all.sequences, [&](const schema::Sequence& one) {
    return one.name == sequence.name && one.schema == sequence.schema;
  });
  if (!known) all.sequences.push_back(sequence);
}

void collect(Evaluator& evaluator, Value metadata, schema::MetaData& all) {
  const MetaDataItem& own = *item<MetaDataItem>(metadata);
  if (all.schema.empty()) all.schema = own.metadata.schema;
  if (all.naming_convention.empty()) all.naming_convention = own.metadata.naming_convention;
  for (const schema::Sequence& sequence : own.metadata.sequences) add_sequence(all, sequence);
  auto* tables = metadata.get<python::Instance>()->attributes.find("tables").get<python::Dict>();
  if (!tables) return;
  for (const auto& entry : tables->entries()) {
    if (!entry.key) continue;
    if (!item<TableItem>(entry.value)) continue;
    modules::resolve_foreign_keys(evaluator, entry.value);
    schema::Table table = item<TableItem>(entry.value)->table;
    for (schema::Constraint& constraint : table.constraints) {
      auto* key = std::get_if<schema::ForeignKey>(&constraint);
      if (key && key->referred_schema.empty()) key->referred_schema = own.metadata.schema;
    }
    for (const schema::Column& column : table.columns) {
      if (column.sequence && !column.sequence->optional) add_sequence(all, *column.sequence);
    }
    all.tables.push_back(std::move(table));
  }
}

schema::MetaData build(Evaluator& evaluator, Value target) {
  std::vector<Value> found;
  modules::evaluate_contributors(evaluator);
  find_metadata(evaluator, target, found);
  schema::MetaData all;
  for (Value metadata : found) collect(evaluator, metadata, all);
  TypeOfKeys(all).fill();
  return all;
}

// A module that was named alone: what of it can be a target.
Value search_module(Evaluator& evaluator, Module& module) {
  for (std::string_view name : {"target_metadata", "metadata", "Base", "db", "SQLModel", "Model"}) {
    Value found = evaluator.find_attr(&module, name);
    if (found && !found.is(python::ObjectKind::kUnknown)) return found;
  }
  return {};
}

}  // namespace

Value find_target(Evaluator& evaluator, std::string_view name) {
  try {
    const std::size_t colon = name.find(':');
    Value found = evaluator.import_module(name.substr(0, colon));
    if (found.is(python::ObjectKind::kUnknown)) {
      throw Error(code::kScript, "no module named '" + std::string(name.substr(0, colon)) + "'")
          .with_hint(
              "name it as Python imports it, from a folder of prepend_sys_path: "
              "\"app.models:Base\"");
    }
    if (colon == std::string_view::npos) {
      Module* module = found.get<Module>();
      if (Value target = module ? search_module(evaluator, *module) : Value()) return target;
      throw Error(code::kScript, "the module '" + std::string(name) + "' has no metadata")
          .with_hint("say which: \"" + std::string(name) + ":Base\"");
    }
    for (const std::string& part : split(name.substr(colon + 1), '.')) {
      found = evaluator.get_attr(found, part);
    }
    return found;
  } catch (const python::Raised& raised) {
    throw evaluator.error_from(raised);
  }
}

schema::MetaData evaluated_schema(Evaluator& evaluator, Value target) {
  try {
    return build(evaluator, target);
  } catch (const python::Raised& raised) {
    throw evaluator.error_from(raised);
  }
}

}  // namespace retort::models
