#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "schema/table.h"

// What a comparison looks at: the arguments of context.configure() that concern autogenerate
// (https://alembic.sqlalchemy.org/en/latest/api/runtime.html), from env.py or from the
// configuration.
namespace retort::compare {

// An object as include_object() is shown it. `kind` is "table", "column", "index",
// "unique_constraint", "foreign_key_constraint" or "check_constraint"; `table` holds the object, or
// is it. `reflected`: it comes from the database. `has_counterpart`: the other side has it too.
struct Candidate {
  std::string_view kind{};
  std::string_view name{};  // empty: it has none
  const schema::Table* table = nullptr;
  const schema::Column* column = nullptr;  // of kind "column"
  const schema::Index* index = nullptr;
  const schema::Constraint* constraint = nullptr;
  bool reflected = false;
  bool has_counterpart = false;
};

struct Options {
  bool compare_type = true;
  bool compare_server_default = true;
  bool include_schemas = false;
  bool render_as_batch = false;
  // Tables that are never compared, by schema and name: the version table and retort's own.
  std::vector<std::pair<std::string, std::string>> own_tables{};

  // The functions of env.py and the patterns of the configuration; absent: everything is included.
  // Names are asked for before anything is read. `kind` may also be "schema"; `parents` has
  // "schema_name", "table_name" and "schema_qualified_table_name" as far as they apply. The name of
  // the default schema is absent.
  std::function<bool(const std::optional<std::string>& name, std::string_view kind,
                     const std::map<std::string, std::optional<std::string>>& parents)>
      include_name{};
  std::function<bool(const Candidate&)> include_object{};
  // Whether a column's type or default counts as changed; nullopt leaves it to the comparison.
  using Decide = std::function<std::optional<bool>(
      const schema::Table& table, const schema::Column& have, const schema::Column& want)>;
  Decide decide_type{};
  Decide decide_server_default{};

  // Answers given in advance: --rename old=new, tables as "table", columns as "table.column".
  std::vector<std::pair<std::string, std::string>> renames{};
};

}  // namespace retort::compare
