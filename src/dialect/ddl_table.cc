#include "base/error.h"
#include "dialect/ddl.h"
#include "dialect/types.h"
#include "schema/derive.h"

// CREATE TABLE: columns and constraints as SQLAlchemy's DDLCompiler writes them.
namespace retort::dialect {

namespace {

// A column without a type has that of the column it refers to: without one there is no such table.
void refuse_lost_reference(const schema::Table& table, const schema::Column& column) {
  if (!column.type.is_null()) return;
  for (const schema::Constraint& one : table.constraints) {
    const auto* key = std::get_if<schema::ForeignKey>(&one);
    if (!key || key->columns != std::vector{column.name} || key->referred_columns.empty()) continue;
    std::string target = key->referred_schema.empty()
                             ? key->referred_table
                             : key->referred_schema + "." + key->referred_table;
    throw Error(code::kOperation, "Foreign key associated with column '" + table.full_name() + "." +
                                      column.name + "' could not find table '" + target +
                                      "' with which to generate a foreign key to target column '" +
                                      key->referred_columns.front() + "'")
        .with_hint(
            "is the table's name spelt right, and its model imported? Or give the column a "
            "type of its own");
  }
}

}  // namespace

std::string DdlCompiler::create_table(const schema::Table& given, bool if_not_exists) {
  schema::Table table = schema::with_primary_key(given);
  std::string text = "CREATE ";
  for (const std::string& prefix : table.prefixes) text += prefix + " ";
  text += std::string("TABLE ") + (if_not_exists ? "IF NOT EXISTS " : "") +
          table_name(table.schema, table.name) + " (";
  std::string separator = "\n";
  for (const schema::Column& column : table.columns) {
    if (column.system) continue;
    text += separator + "\t" + column_definition(table, column);
    separator = ", \n";
  }
  auto checks = [this](const schema::Column& column) { return type_check(column); };
  for (const schema::Constraint& one : schema::all_constraints(table, checks)) {
    const auto* key = std::get_if<schema::ForeignKey>(&one);
    if (key && key->use_alter && traits_.alter) continue;
    std::optional<std::string> written = constraint(table, one);
    if (!written) continue;
    text += separator + "\t" + *written;
    separator = ", \n";
  }
  return text + "\n)" + table_suffix(table);
}

std::string DdlCompiler::column_definition(const schema::Table& table,
                                           const schema::Column& column) {
  try {
    std::string text = column_specification(table, column);
    for (const schema::Constraint& one : table.constraints) {
      const auto* inner = std::get_if<schema::Check>(&one);
      if (!inner || inner->column != column.name) continue;
      if (auto written = check(table, *inner)) text += " " + *written;
    }
    return text;
  } catch (Error& error) {
    refuse_lost_reference(table, column);
    error.with_context("in table '" + table.full_name() + "', column '" + column.name + "'");
    throw;
  }
}

std::string DdlCompiler::column_specification(const schema::Table& table,
                                              const schema::Column& column) {
  std::string text = quote(column.name) + " " + grammar_.type(column.type);
  if (column.server_default) text += " DEFAULT " + default_sql(*column.server_default);
  if (column.computed) text += " " + computed(table, column);
  if (!column.nullable) text += " NOT NULL";
  return text;
}

std::string DdlCompiler::default_sql(const schema::ServerDefault& value) const {
  if (const auto* text = std::get_if<std::string>(&value)) return text_literal(*text);
  return expression(std::get<sql::Expression>(value));
}

std::string DdlCompiler::computed(const schema::Table&, const schema::Column& column) {
  std::string text = "GENERATED ALWAYS AS (" + expression(column.computed->expression) + ")";
  if (column.computed->persisted) text += *column.computed->persisted ? " STORED" : " VIRTUAL";
  return text;
}

std::string DdlCompiler::identity_options(const schema::SequenceOptions& options) const {
  std::string text;
  auto add = [&](const std::string& word) { text += (text.empty() ? "" : " ") + word; };
  if (options.increment) add("INCREMENT BY " + std::to_string(*options.increment));
  if (options.start) add("START WITH " + std::to_string(*options.start));
  if (options.min_value) add("MINVALUE " + std::to_string(*options.min_value));
  if (options.max_value) add("MAXVALUE " + std::to_string(*options.max_value));
  if (options.no_min_value) add("NO MINVALUE");
  if (options.no_max_value) add("NO MAXVALUE");
  if (options.cache) add("CACHE " + std::to_string(*options.cache));
  if (options.cycle) add(*options.cycle ? "CYCLE" : "NO CYCLE");
  return text;
}

std::string DdlCompiler::identity(const schema::Identity& identity) const {
  std::string text =
      std::string("GENERATED ") + (identity.always ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY";
  std::string options = identity_options(identity.sequence);
  return options.empty() ? text : text + " (" + options + ")";
}

std::optional<schema::Check> DdlCompiler::type_check(const schema::Column& column) const {
  const sql::Type& type = variant_for(column.type, grammar_.name());
  if (!type.create_constraint) return std::nullopt;
  std::string values;
  if (type.name == "Boolean" || type.name == "BOOLEAN") {
    if (traits_.native_boolean) return std::nullopt;
    values = "0, 1";
  } else if (type.name == "Enum" || (type.name == "ENUM" && type.dialect == "postgresql")) {
    if (type.native && traits_.native_enum) return std::nullopt;
    for (const std::string& value : type.values) {
      values += (values.empty() ? "" : ", ") + text_literal(value);
    }
  } else {
    return std::nullopt;
  }
  schema::Check check;
  check.name = {type.type_name, type.type_name_final};
  check.condition = sql::raw(quote(column.name) + " IN (" + values + ")");
  check.type_column = column.name;
  return check;
}

}  // namespace retort::dialect
