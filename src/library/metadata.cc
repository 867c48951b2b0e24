#include <retort/error.h>
#include <retort/metadata.h>

#include "library/datum.h"
#include "library/schema.h"
#include "library/tree.h"
#include "schema/dump.h"
#include "sql/build.h"
#include "sql/grammar.h"

namespace retort {

ServerDefault server_default(const Operand& value) {
  if (value.expression()) return {value.expression()};
  // Numbers stand as they are, as in server_default=sa.text("0"); texts are quoted by the dialect.
  switch (value.value().kind()) {
    case Value::Kind::kNull:
      return {null()};
    case Value::Kind::kBool:
      return {value.value().as<bool>() ? true_() : false_()};
    case Value::Kind::kInteger:
    case Value::Kind::kDouble:
    case Value::Kind::kDecimal:
      return {text(value.value().str())};
    case Value::Kind::kBlob:
      return {literal(value.value())};
    default:
      return {value.value().str()};
  }
}

const Column* Table::column(std::string_view column_name) const {
  for (const Column& each : columns) {
    if (each.name == column_name) return &each;
  }
  return nullptr;
}

Expression Table::expression() const {
  std::vector<sql::node::TableColumn> own;
  for (const Column& each : columns) {
    sql::node::TableColumn column;
    column.name = each.name;
    if (each.type.is_known()) column.type = *each.type.implementation();
    column.primary_key = each.is_primary_key;
    for (const References& references : each.references) {
      column.references.push_back(references.target);
    }
    own.push_back(std::move(column));
  }
  return library::wrap(sql::table(name, std::move(own), schema));
}

const Table& MetaData::add(Table table) {
  if (find(table.name, table.schema) != nullptr) {
    throw Error(code::kOperation,
                "Table '" + table.name + "' is already defined for this MetaData");
  }
  tables_.push_back(std::move(table));
  return tables_.back();
}

const Table* MetaData::find(std::string_view name, std::string_view schema) const {
  auto effective = [&](std::string_view given) {
    return given.empty() ? std::string_view(options_.schema) : given;
  };
  for (const Table& table : tables_) {
    if (table.name == name && effective(table.schema) == effective(schema)) return &table;
  }
  return nullptr;
}

std::string MetaData::dump() const { return schema::dump(library::to_metadata(*this)); }

}  // namespace retort
