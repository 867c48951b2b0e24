#include <algorithm>
#include <array>

#include "snippet_value.h"

namespace retort::tests {
namespace {

std::string last(const std::string& path) { return path.substr(path.rfind('.') + 1); }

std::optional<int> number(const Value& value) {
  if (const auto* found = value.get<std::int64_t>()) return static_cast<int>(*found);
  return std::nullopt;
}

bool one_of(const std::string& name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

bool is_type(const std::string& path) {
  std::string name = last(path);
  if (path.starts_with("postgresql.") || path.starts_with("mysql.") ||
      path.starts_with("sqlite.")) {
    return name != "ExcludeConstraint";
  }
  if (!path.starts_with("sa.") || path.starts_with("sa.schema.") || path.starts_with("sa.func.")) {
    return false;
  }
  return !one_of(name, {"Column", "Computed", "Identity", "Sequence", "ForeignKey", "Index",
                        "PrimaryKeyConstraint", "ForeignKeyConstraint", "UniqueConstraint",
                        "CheckConstraint"}) &&
         name[0] >= 'A' && name[0] <= 'Z';
}

sql::Type make_type(const Call& call) {
  sql::Type type;
  type.name = last(call.name);
  if (!call.name.starts_with("sa.")) type.dialect = call.name.substr(0, call.name.find('.'));
  const std::string& name = type.name;
  bool mysql = type.dialect == "mysql";
  auto keep = [&](const std::string& key) {
    const Value* value = call.find(key);
    if (!value || value->none()) return;
    type.options.emplace_back(
        key, value->get<bool>() ? (*value->get<bool>() ? "true" : "false") : text_of(*value));
  };
  type.collation = call.text("collation");
  type.schema = call.text("schema");
  type.timezone = call.flag("timezone");
  type.create_constraint = call.flag("create_constraint");
  type.create_type = call.flag("create_type", true);
  type.native =
      call.flag("native_enum", true) && call.flag("native_uuid", true) && call.flag("native", true);
  for (const char* key : {"unsigned", "zerofill", "charset", "ascii", "unicode", "binary",
                          "national", "varying", "fields", "check", "default"}) {
    keep(key);
  }
  if (one_of(name, {"Enum", "ENUM", "SET"})) {
    type.values = names_of(call.args);
    schema::Name given = call.name_at(99, "name");
    type.type_name = given.text;
    type.type_name_final = given.final;
    type.length = number(call.at(99, "length"));
  } else if (one_of(name, {"Boolean", "BOOLEAN"})) {
    type.type_name = call.name_at(99, "name").text;
  } else if (name == "ARRAY") {
    type.arguments = {*call.args[0].get<sql::Type>()};
    type.dimensions = number(call.at(99, "dimensions"));
  } else if (name == "DOMAIN") {
    type.type_name = text_of(call.args[0]);
    type.arguments = {*call.args[1].get<sql::Type>()};
  } else if (one_of(name, {"Interval"})) {
    type.precision = number(call.at(99, "second_precision"));
  } else if (one_of(name, {"Numeric", "NUMERIC", "DECIMAL"}) ||
             (mysql && one_of(name, {"FLOAT", "DOUBLE", "REAL"}))) {
    type.precision = number(call.at(0, "precision"));
    type.scale = number(call.at(1, "scale"));
  } else if (one_of(name, {"Float", "FLOAT", "Double", "DOUBLE", "DOUBLE_PRECISION", "REAL"})) {
    type.precision = number(call.at(0, "precision"));
  } else if (mysql &&
             one_of(name, {"BIGINT", "INTEGER", "MEDIUMINT", "SMALLINT", "TINYINT", "YEAR"})) {
    if (auto width = number(call.at(0, "display_width"))) {
      type.options.emplace_back("display_width", std::to_string(*width));
    }
  } else if (mysql && one_of(name, {"DATETIME", "TIME", "TIMESTAMP"})) {
    type.precision = number(call.at(99, "fsp"));
  } else if (one_of(name, {"TIME", "TIMESTAMP", "INTERVAL"})) {
    type.precision = number(call.at(99, "precision"));
  } else {
    type.length = number(call.at(0, "length"));
  }
  return type;
}

}  // namespace retort::tests
