#include "modules/sqlalchemy/metadata_value.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "modules/sqlalchemy/schema_items.h"

namespace retort::modules {

using python::Evaluator;
using python::Instance;
using python::Value;

schema::MetaData to_metadata(Evaluator& evaluator, Value value) {
  if (auto* unknown = value.get<python::Unknown>()) {
    evaluator.refuse_unknown(*unknown, "target_metadata");
  }
  MetaDataItem* held = item<MetaDataItem>(value);
  if (!held) {
    throw Error(code::kScript,
                "target_metadata must be a MetaData object, not " + evaluator.type_name(value))
        .with_hint("give Base.metadata of the models");
  }
  schema::MetaData metadata = held->metadata;
  const Value tables = value.get<Instance>()->attributes.find("tables");
  if (const auto* dict = tables ? tables.get<python::Dict>() : nullptr) {
    for (const auto& entry : dict->entries()) {
      TableItem* table = entry.key ? item<TableItem>(entry.value) : nullptr;
      if (table && !metadata.table(table->table.schema, table->table.name)) {
        metadata.tables.push_back(table->table);
      }
    }
  }
  return metadata;
}

schema::NamingConvention naming_convention_of(Value value) {
  MetaDataItem* held = item<MetaDataItem>(value);
  return held ? held->metadata.naming_convention : schema::NamingConvention();
}

Value find_object(Evaluator& evaluator, const std::string& name) {
  std::size_t colon = name.find(':');
  if (colon == std::string::npos) {
    throw Error(code::kConfig, "'" + name + "' names no object of a module")
        .with_hint("write package.module:attribute, for example app.models:Base.metadata");
  }
  Value value = evaluator.import_module(name.substr(0, colon));
  try {
    for (const std::string& part : split(name.substr(colon + 1), '.')) {
      value = evaluator.get_attr(value, part);
    }
  } catch (const python::Raised& raised) {
    throw evaluator.error_from(raised);
  }
  return value;
}

}  // namespace retort::modules
