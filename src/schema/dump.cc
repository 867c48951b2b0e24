#include "schema/dump.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sql/grammar.h"

namespace retort::schema {
namespace {

std::string quoted(std::string_view text) {
  return "'" + replace_all(replace_all(std::string(text), "\\", "\\\\"), "'", "\\'") + "'";
}

std::string sql_of(const sql::Expression& expression) {
  return expression ? sql::compile_ddl(expression, sql::default_grammar()) : "";
}

std::string list(const std::vector<std::string>& names) { return "(" + join(names, ", ") + ")"; }

std::string named(const Name& name) {
  return name.empty() ? "" : " " + name.text + (name.final ? "" : "?");
}

std::string dump_value(const Option& option) {
  struct Visitor {
    std::string operator()(std::monostate) const { return "None"; }
    std::string operator()(bool value) const { return value ? "True" : "False"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return quoted(value); }
    std::string operator()(const std::vector<std::string>& value) const {
      return "[" + join(value, ", ") + "]";
    }
    std::string operator()(const std::vector<std::pair<std::string, std::string>>& value) const {
      std::vector<std::string> parts;
      for (const auto& [key, text] : value) parts.push_back(key + ": " + text);
      return "{" + join(parts, ", ") + "}";
    }
    std::string operator()(const sql::Expression& value) const { return sql_of(value); }
  };
  return std::visit(Visitor{}, option.value);
}

std::string dump_options(const Options& options) {
  std::string text;
  for (const Option& option : options) text += " " + option.name + "=" + dump_value(option);
  return text;
}

std::string dump_deferral(const Deferral& deferral) {
  std::string text;
  if (deferral.deferrable) text += *deferral.deferrable ? " deferrable" : " not deferrable";
  if (!deferral.initially.empty()) text += " initially " + to_lower(deferral.initially);
  return text;
}

std::string dump_sequence(const SequenceOptions& options) {
  std::string text;
  auto number = [&](std::string_view word, const std::optional<std::int64_t>& value) {
    if (value) text += " " + std::string(word) + " " + std::to_string(*value);
  };
  number("increment", options.increment);
  number("start", options.start);
  number("minvalue", options.min_value);
  number("maxvalue", options.max_value);
  if (options.no_min_value) text += " no minvalue";
  if (options.no_max_value) text += " no maxvalue";
  number("cache", options.cache);
  if (options.cycle) text += *options.cycle ? " cycle" : " no cycle";
  return text;
}

struct ConstraintDump {
  std::string operator()(const PrimaryKey& key) const {
    return "primary key" + named(key.name) + " " + list(key.columns) + dump_deferral(key.deferral) +
           dump_options(key.options);
  }
  std::string operator()(const ForeignKey& key) const {
    std::string target = key.referred_schema.empty()
                             ? key.referred_table
                             : key.referred_schema + "." + key.referred_table;
    std::string text = "foreign key" + named(key.name) + " " + list(key.columns) + " -> " + target;
    if (!key.referred_columns.empty()) text += " " + list(key.referred_columns);
    if (!key.match.empty()) text += " match " + to_lower(key.match);
    if (!key.ondelete.empty()) text += " on delete " + to_lower(key.ondelete);
    if (!key.onupdate.empty()) text += " on update " + to_lower(key.onupdate);
    text += dump_deferral(key.deferral);
    if (key.use_alter) text += " use_alter";
    return text + dump_options(key.options);
  }
  std::string operator()(const Unique& unique) const {
    return "unique" + named(unique.name) + " " + list(unique.columns) +
           dump_deferral(unique.deferral) + dump_options(unique.options);
  }
  std::string operator()(const Check& check) const {
    std::string text = "check" + named(check.name) + " (" + sql_of(check.condition) + ")";
    if (!check.type_column.empty()) text += " of type of " + check.type_column;
    if (!check.column.empty()) text += " in column " + check.column;
    return text + dump_deferral(check.deferral) + dump_options(check.options);
  }
  std::string operator()(const Exclude& exclude) const {
    std::vector<std::string> elements;
    for (const auto& element : exclude.elements) {
      elements.push_back(sql_of(element.expression) + " with " + element.op);
    }
    std::string text =
        "exclude" + named(exclude.name) + " using " + exclude.method + " " + list(elements);
    if (exclude.where) text += " where " + sql_of(exclude.where);
    return text + dump_deferral(exclude.deferral) + dump_options(exclude.options);
  }
};

// Options that inspectors set for the comparison and that no script can name.
constexpr auto kInspected = std::to_array<std::string_view>(
    {"sqlite_declared_type", "sqlite_keys", "postgresql_serial", "postgresql_no_inherit",
     "postgresql_comment", "postgresql_invalid", "postgresql_unlogged", "postgresql_row_security",
     "postgresql_force_row_security"});

}  // namespace

bool is_inspected_option(std::string_view name) {
  return std::ranges::find(kInspected, name) != kInspected.end();
}

std::string dump(const sql::Type& type) {
  std::vector<std::string> parts;
  for (const std::string& value : type.values) parts.push_back(quoted(value));
  for (const sql::Type& argument : type.arguments) parts.push_back(dump(argument));
  auto number = [&](std::string_view key, const std::optional<int>& value) {
    if (value) parts.push_back(std::string(key) + "=" + std::to_string(*value));
  };
  auto text = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) parts.push_back(std::string(key) + "=" + quoted(value));
  };
  auto flag = [&](std::string_view key, bool value, bool otherwise) {
    if (value != otherwise) parts.push_back(std::string(key) + "=" + (value ? "True" : "False"));
  };
  number("length", type.length);
  number("precision", type.precision);
  number("scale", type.scale);
  flag("timezone", type.timezone, false);
  text("collation", type.collation);
  text("name", type.type_name);
  text("schema", type.schema);
  flag("native", type.native, true);
  flag("create_constraint", type.create_constraint, false);
  flag("create_type", type.create_type, true);
  number("dimensions", type.dimensions);
  text("sql", type.sql);
  for (const auto& [key, value] : type.options) text(key, value);
  std::string full = type.dialect.empty() ? type.name : type.dialect + "." + type.name;
  if (!parts.empty()) full += list(parts);
  for (const auto& [dialect, variant] : type.variants)
    full += " | " + dialect + ": " + dump(variant);
  return full;
}

std::string dump(const Column& column) {
  std::string text = column.name + " " + dump(column.type);
  if (!column.nullable) text += " not null";
  if (column.primary_key) text += " primary key";
  switch (column.autoincrement) {
    case Autoincrement::kAuto:
      break;
    case Autoincrement::kTrue:
      text += " autoincrement";
      break;
    case Autoincrement::kFalse:
      text += " no autoincrement";
      break;
    case Autoincrement::kIgnoreForeignKey:
      text += " autoincrement=ignore_fk";
      break;
  }
  if (column.server_default) {
    const auto* literal = std::get_if<std::string>(&*column.server_default);
    text += " default " + (literal ? quoted(*literal)
                                   : sql_of(std::get<sql::Expression>(*column.server_default)));
  }
  if (column.computed) {
    text += " computed (" + sql_of(column.computed->expression) + ")";
    if (column.computed->persisted) text += *column.computed->persisted ? " stored" : " virtual";
  }
  if (column.identity) {
    text += column.identity->always ? " identity always" : " identity by default";
    text += dump_sequence(column.identity->sequence);
  }
  if (column.sequence) text += " sequence " + column.sequence->name;
  if (column.index) text += " index";
  if (column.unique) text += " unique";
  if (column.comment) text += " comment " + quoted(*column.comment);
  return text + dump_options(column.options);
}

std::string dump(const Constraint& constraint) { return std::visit(ConstraintDump{}, constraint); }

std::string dump(const Index& index) {
  std::vector<std::string> keys;
  for (const IndexKey& key : index.keys) {
    keys.push_back(key.expression ? sql_of(key.expression) : key.column);
  }
  return (index.unique ? "unique index" : "index") + named(index.name) + " " + list(keys) +
         dump_options(index.options);
}

std::string dump(const Table& table) {
  std::string text = "table " + table.full_name();
  for (const std::string& prefix : table.prefixes) text += " " + prefix;
  if (table.comment) text += " comment " + quoted(*table.comment);
  text += dump_options(table.options) + "\n";
  for (const Column& column : table.columns) text += "  " + dump(column) + "\n";
  for (const Constraint& constraint : table.constraints) text += "  " + dump(constraint) + "\n";
  for (const Index& index : table.indexes) text += "  " + dump(index) + "\n";
  return text;
}

std::string dump(const MetaData& metadata) {
  std::string text;
  for (const sql::Type& type : metadata.enums) text += "type " + dump(type) + "\n";
  for (const Sequence& sequence : metadata.sequences) {
    text += "sequence " +
            (sequence.schema.empty() ? sequence.name : sequence.schema + "." + sequence.name) +
            dump_sequence(sequence.options) + "\n";
  }
  for (const Table& table : metadata.tables) text += dump(table);
  return text;
}

}  // namespace retort::schema
