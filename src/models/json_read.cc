#include <nlohmann/json.hpp>

#include "base/error.h"
#include "models/json.h"
#include "sql/build.h"

namespace retort::models {

namespace {

using Json = nlohmann::ordered_json;

// A value inside the text, with the path that leads to it.
class Node {
 public:
  Node(const Json& json, std::string path, std::string_view origin)
      : json_(&json), path_(std::move(path)), origin_(origin) {}

  [[noreturn]] void fail(const std::string& message) const {
    throw Error(code::kConfig, std::string(origin_) + ": " +
                                   (path_.empty() ? "the schema" : path_) + " " + message)
        .with_hint("docs/schema-json.md describes the form");
  }

  const Json& json() const { return *json_; }
  bool has(const char* key) const { return json_->is_object() && json_->contains(key); }
  Node at(const char* key) const {
    if (!json_->is_object()) fail("must be an object");
    if (!json_->contains(key)) fail("has no \"" + std::string(key) + "\"");
    return {(*json_)[key], path_.empty() ? key : path_ + "." + key, origin_};
  }
  std::vector<Node> items(const char* key) const {
    std::vector<Node> all;
    if (!json_->is_object()) fail("must be an object");
    if (!has(key)) return all;
    const Node list = at(key);
    if (!list.json().is_array()) list.fail("must be a list");
    for (std::size_t i = 0; i < list.json().size(); ++i) {
      all.emplace_back(list.json()[i], list.path_ + "[" + std::to_string(i) + "]", origin_);
    }
    return all;
  }

  std::string text() const {
    if (!json_->is_string()) fail("must be a string");
    return json_->get<std::string>();
  }
  bool flag() const {
    if (!json_->is_boolean()) fail("must be true or false");
    return json_->get<bool>();
  }
  std::int64_t number() const {
    if (!json_->is_number_integer()) fail("must be an integer");
    return json_->get<std::int64_t>();
  }

  void read(const char* key, std::string& target) const {
    if (has(key)) target = at(key).text();
  }
  void read(const char* key, std::optional<std::string>& target) const {
    if (has(key)) target = at(key).text();
  }
  void read(const char* key, bool& target) const {
    if (has(key)) target = at(key).flag();
  }
  void read(const char* key, std::optional<bool>& target) const {
    if (has(key)) target = at(key).flag();
  }
  void read(const char* key, std::optional<int>& target) const {
    if (has(key)) target = static_cast<int>(at(key).number());
  }
  void read(const char* key, std::optional<std::int64_t>& target) const {
    if (has(key)) target = at(key).number();
  }
  void read(const char* key, std::vector<std::string>& target) const {
    for (const Node& each : items(key)) target.push_back(each.text());
  }
  void read(schema::Name& target) const {
    read("name", target.text);
    read("name_is_final", target.final);
  }

 private:
  const Json* json_;
  std::string path_;
  std::string_view origin_;
};

sql::Expression read_expression(const Node& node) {
  if (node.json().is_string()) return sql::raw(node.text());
  return sql::raw(node.at("sql").text());
}

void read_options(const Node& node, schema::Options& target) {
  if (!node.has("options")) return;
  const Node all = node.at("options");
  if (!all.json().is_object()) all.fail("must be an object");
  for (const auto& [name, value] : all.json().items()) {
    schema::Option option{name, {}};
    const Node one = all.at(name.c_str());
    if (value.is_boolean()) {
      option.value = one.flag();
    } else if (value.is_number_integer()) {
      option.value = one.number();
    } else if (value.is_string()) {
      option.value = one.text();
    } else if (value.is_array()) {
      std::vector<std::string> texts;
      all.read(name.c_str(), texts);
      option.value = std::move(texts);
    } else if (value.is_object() && value.contains("sql")) {
      option.value = read_expression(one);
    } else if (value.is_object()) {
      std::vector<std::pair<std::string, std::string>> pairs;
      for (const auto& [key, text] : value.items()) {
        pairs.emplace_back(key, one.at(key.c_str()).text());
      }
      option.value = std::move(pairs);
    }
    target.push_back(std::move(option));
  }
}

void read_info(const Node& node, std::vector<std::pair<std::string, std::string>>& target) {
  if (!node.has("info")) return;
  const Node all = node.at("info");
  for (const auto& [name, value] : all.json().items()) {
    target.emplace_back(name, all.at(name.c_str()).text());
  }
}

sql::Type read_type(const Node& node) {
  sql::Type type;
  if (node.json().is_string()) {
    type.name = "UserDefined";
    type.sql = node.text();
    return type;
  }
  type.name = node.at("name").text();
  node.read("dialect", type.dialect);
  node.read("length", type.length);
  node.read("precision", type.precision);
  node.read("scale", type.scale);
  node.read("timezone", type.timezone);
  node.read("collation", type.collation);
  node.read("values", type.values);
  node.read("type_name", type.type_name);
  node.read("type_name_is_final", type.type_name_final);
  node.read("schema", type.schema);
  node.read("native", type.native);
  node.read("create_constraint", type.create_constraint);
  node.read("create_type", type.create_type);
  for (const Node& each : node.items("arguments")) type.arguments.push_back(read_type(each));
  node.read("dimensions", type.dimensions);
  for (const Node& each : node.items("variants")) {
    type.variants.emplace_back(each.at("dialect").text(), read_type(each.at("type")));
  }
  node.read("sql", type.sql);
  for (const Node& each : node.items("options")) {
    if (!each.json().is_array() || each.json().size() != 2 || !each.json()[0].is_string() ||
        !each.json()[1].is_string()) {
      each.fail("must be a pair of strings");
    }
    type.options.emplace_back(each.json()[0].get<std::string>(), each.json()[1].get<std::string>());
  }
  return type;
}

void read_sequence_options(const Node& node, schema::SequenceOptions& target) {
  node.read("start", target.start);
  node.read("increment", target.increment);
  node.read("min_value", target.min_value);
  node.read("max_value", target.max_value);
  node.read("cache", target.cache);
  node.read("no_min_value", target.no_min_value);
  node.read("no_max_value", target.no_max_value);
  node.read("cycle", target.cycle);
}

schema::Sequence read_sequence(const Node& node) {
  schema::Sequence sequence;
  sequence.name = node.at("name").text();
  node.read("schema", sequence.schema);
  node.read("data_type", sequence.data_type);
  node.read("optional", sequence.optional);
  read_sequence_options(node, sequence.options);
  return sequence;
}

schema::Column read_column(const Node& node) {
  schema::Column column;
  column.name = node.at("name").text();
  column.type = read_type(node.at("type"));
  node.read("primary_key", column.primary_key);
  column.nullable = !column.primary_key;
  node.read("nullable", column.nullable);
  if (node.has("autoincrement")) {
    const Node given = node.at("autoincrement");
    column.autoincrement = given.json().is_string() ? schema::Autoincrement::kIgnoreForeignKey
                           : given.flag()           ? schema::Autoincrement::kTrue
                                                    : schema::Autoincrement::kFalse;
  }
  if (node.has("server_default")) {
    const Node given = node.at("server_default");
    if (given.json().is_string()) {
      column.server_default = given.text();
    } else {
      column.server_default = read_expression(given);
    }
  }
  if (node.has("computed")) {
    column.computed.emplace();
    column.computed->expression = read_expression(node.at("computed"));
    if (node.at("computed").json().is_object()) {
      node.at("computed").read("persisted", column.computed->persisted);
    }
  }
  if (node.has("identity")) {
    column.identity.emplace();
    node.at("identity").read("always", column.identity->always);
    node.at("identity").read("on_null", column.identity->on_null);
    read_sequence_options(node.at("identity"), column.identity->sequence);
  }
  if (node.has("sequence")) column.sequence = read_sequence(node.at("sequence"));
  node.read("comment", column.comment);
  node.read("index", column.index);
  node.read("unique", column.unique);
  node.read("system", column.system);
  node.read("client_default", column.client_default);
  node.read("nullable_given", column.nullable_given);
  read_options(node, column.options);
  read_info(node, column.info);
  return column;
}

schema::Constraint finish(const Node& node, auto constraint) {
  node.read(constraint.name);
  node.read("deferrable", constraint.deferral.deferrable);
  node.read("initially", constraint.deferral.initially);
  if constexpr (requires { constraint.options; }) read_options(node, constraint.options);
  return constraint;
}

schema::Constraint read_constraint(const Node& node) {
  const std::string kind = node.at("kind").text();
  if (kind == "primary_key") {
    schema::PrimaryKey key;
    node.read("columns", key.columns);
    node.read("implicit", key.implicit);
    return finish(node, std::move(key));
  }
  if (kind == "foreign_key") {
    schema::ForeignKey key;
    node.read("columns", key.columns);
    node.read("referred_schema", key.referred_schema);
    key.referred_table = node.at("referred_table").text();
    node.read("referred_columns", key.referred_columns);
    node.read("onupdate", key.onupdate);
    node.read("ondelete", key.ondelete);
    node.read("match", key.match);
    node.read("use_alter", key.use_alter);
    node.read("column", key.column);
    return finish(node, std::move(key));
  }
  if (kind == "unique") {
    schema::Unique unique;
    node.read("columns", unique.columns);
    return finish(node, std::move(unique));
  }
  if (kind == "check") {
    schema::Check check;
    check.condition = read_expression(node);
    node.read("type_column", check.type_column);
    node.read("column", check.column);
    return finish(node, std::move(check));
  }
  if (kind == "exclude") {
    schema::Exclude exclude;
    node.read("method", exclude.method);
    for (const Node& each : node.items("elements")) {
      exclude.elements.push_back({read_expression(each), each.at("operator").text()});
    }
    if (node.has("where")) exclude.where = read_expression(node.at("where"));
    return finish(node, std::move(exclude));
  }
  node.at("kind").fail("must be primary_key, foreign_key, unique, check or exclude");
}

schema::Index read_index(const Node& node) {
  schema::Index index;
  node.read(index.name);
  for (const Node& key : node.items("keys")) {
    if (key.json().is_string()) {
      index.keys.push_back({key.text(), {}});
    } else {
      index.keys.push_back({"", read_expression(key)});
    }
  }
  node.read("unique", index.unique);
  read_options(node, index.options);
  return index;
}

schema::Table read_table(const Node& node) {
  schema::Table table;
  table.name = node.at("name").text();
  node.read("schema", table.schema);
  for (const Node& each : node.items("columns")) table.columns.push_back(read_column(each));
  for (const Node& each : node.items("constraints")) {
    table.constraints.push_back(read_constraint(each));
  }
  for (const Node& each : node.items("indexes")) table.indexes.push_back(read_index(each));
  node.read("comment", table.comment);
  node.read("prefixes", table.prefixes);
  read_options(node, table.options);
  read_info(node, table.info);
  return table;
}

schema::Definition read_definition(const Node& node) {
  schema::Definition definition;
  const std::int64_t kind = node.at("kind").number();
  if (kind < 0 || kind > static_cast<int>(schema::Definition::Kind::kPolicy)) {
    node.at("kind").fail("is no kind of definition");
  }
  definition.kind = static_cast<schema::Definition::Kind>(kind);
  definition.name = node.at("name").text();
  node.read("schema", definition.schema);
  node.read("table", definition.table);
  definition.sql = node.at("sql").text();
  return definition;
}

}  // namespace

schema::MetaData from_json(std::string_view text, std::string_view origin) {
  Json json;
  try {
    json = Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw Error(code::kConfig, std::string(origin) + ": not JSON: " + error.what())
        .with_hint("docs/schema-json.md describes the form");
  }
  const Node root(json, "", origin);
  if (root.at("format").text() != "retort-schema") {
    root.at("format").fail("must be \"retort-schema\"");
  }
  if (root.has("version") && root.at("version").number() != 1) {
    root.at("version").fail("must be 1: a later retort wrote it");
  }
  schema::MetaData all;
  root.read("schema", all.schema);
  if (root.has("naming_convention")) {
    const Node convention = root.at("naming_convention");
    if (!convention.json().is_object()) convention.fail("must be an object");
    for (const auto& [key, value] : convention.json().items()) {
      all.naming_convention.emplace_back(key, convention.at(key.c_str()).text());
    }
  }
  for (const Node& each : root.items("tables")) all.tables.push_back(read_table(each));
  for (const Node& each : root.items("sequences")) all.sequences.push_back(read_sequence(each));
  for (const Node& each : root.items("enums")) all.enums.push_back(read_type(each));
  for (const Node& each : root.items("definitions")) {
    all.definitions.push_back(read_definition(each));
  }
  return all;
}

}  // namespace retort::models
