#include "autogenerate/autogenerate.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "autogenerate/casts.h"
#include "autogenerate/enum_types.h"
#include "autogenerate/key_indexes.h"
#include "autogenerate/replaced_functions.h"
#include "autogenerate/table_details.h"
#include "compare/written.h"
#include "database/mariadb.h"
#include "dialect/canonical.h"
#include "dialect/inspect.h"
#include "operations/reverse.h"
#include "schema/derive.h"
#include "schema/naming.h"

namespace retort::autogenerate {
namespace {

using Parents = std::map<std::string, std::optional<std::string>>;

// A domain is a definition that a column makes.
bool is_domain(const sql::Type& type) {
  return type.name == "DOMAIN" || std::ranges::any_of(type.arguments, is_domain) ||
         std::ranges::any_of(type.variants, [](const auto& one) { return is_domain(one.second); });
}

bool has_domain(const schema::MetaData& model) {
  return std::ranges::any_of(model.tables, [](const schema::Table& table) {
    return std::ranges::any_of(table.columns,
                               [](const schema::Column& one) { return is_domain(one.type); });
  });
}

// The models where a type that is only its SQL is the type that the engine makes of it: scripts
// have words for that one.
schema::MetaData with_known_types(schema::MetaData model, const schema::MetaData& canonical) {
  for (schema::Table& table : model.tables) {
    const schema::Table* made = canonical.table(table.schema, table.name);
    if (!made) continue;
    for (schema::Column& column : table.columns) {
      const schema::Column* known = made->column(column.name);
      bool is_text = column.type.name == "UserDefined" && column.type.origin.module.empty();
      if (is_text && known) column.type = known->type;
    }
  }
  return model;
}

dialect::InspectScope scope_of(const schema::MetaData& model, const compare::Options& options) {
  dialect::InspectScope scope;
  scope.all_schemas = options.include_schemas;
  scope.definitions = !model.definitions.empty() || has_domain(model);
  std::set<std::pair<std::string, std::string>> named;
  for (const schema::Table& table : model.tables) {
    if (table.schema.empty()) continue;
    named.emplace(table.schema, table.name);
    scope.schemas.push_back(table.schema);
  }
  auto optional = [](const std::string& schema) {
    return schema.empty() ? std::nullopt : std::optional<std::string>(schema);
  };
  auto include_name = options.include_name;
  if (include_name) {
    scope.include_schema = [=](const std::string& schema) {
      return include_name(optional(schema), "schema", Parents{});
    };
  }
  bool all = options.include_schemas;
  auto own = options.own_tables;
  scope.include_table = [=](const std::string& schema, const std::string& table) {
    std::pair<std::string, std::string> key{schema, table};
    if (std::ranges::find(own, key) != own.end()) return false;
    if (!all && !schema.empty() && !named.contains(key)) return false;
    std::string qualified = schema.empty() ? table : schema + "." + table;
    return !include_name || include_name(table, "table",
                                         {{"schema_name", optional(schema)},
                                          {"schema_qualified_table_name", qualified}});
  };
  return scope;
}

// Whether the operations drop a table whose triggers and policies nobody has read yet.
bool drops_a_table(const std::vector<operations::Operation>& operations) {
  return std::ranges::any_of(operations, [](const operations::Operation& one) {
    return std::holds_alternative<operations::DropTable>(one);
  });
}

}  // namespace

namespace {

// A database can have one index of a name; models have two where a column says index=True and an
// Index of that name is written beside it. The first one counts. Absent: nothing is there twice.
std::optional<schema::MetaData> without_repeated_indexes(const schema::MetaData& given) {
  std::optional<schema::MetaData> out;
  for (std::size_t t = 0; t < given.tables.size(); ++t) {
    const schema::Table& table = given.tables[t];
    if (table.indexes.empty()) continue;
    const std::vector<schema::Index> all = schema::all_indexes(table);
    const std::size_t of_columns = all.size() - table.indexes.size();
    std::set<std::string> names;
    std::vector<schema::Index> kept;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::string name =
          schema::resolve_name(given.naming_convention, all[i], table.schema, table.name).text;
      const bool is_new = name.empty() || names.insert(name).second;
      if (is_new && i >= of_columns) kept.push_back(all[i]);
    }
    if (kept.size() == table.indexes.size()) continue;
    if (!out) out = given;
    out->tables[t].indexes = std::move(kept);
  }
  return out;
}

}  // namespace

Changes find_changes(database::Connection& live, const schema::MetaData& models,
                     const compare::Options& options) {
  const std::optional<schema::MetaData> once = without_repeated_indexes(models);
  const schema::MetaData& given = once ? *once : models;
  dialect::InspectScope scope = scope_of(given, options);
  schema::MetaData have = dialect::inspect(live, scope);
  std::vector<std::string> notes;
  schema::MetaData want = dialect::canonical(given, live, &notes);
  schema::MetaData model = with_known_types(given, want);
  const dialect::Dialect& dialect = dialect::find_dialect(live.dialect_name());
  compare::Result result = compare::compare({have, want, model, dialect}, options);
  Changes out;
  out.downgrade = downgrade_of(result.operations);
  out.upgrade = std::move(result.operations);
  if (database::is_mysql_like(live)) {
    complete_key_indexes(out.upgrade, out.downgrade, have, want);
  }
  if (!scope.definitions && drops_a_table(out.upgrade)) {
    scope.definitions = true;
    complete_dropped_definitions(out.upgrade, out.downgrade,
                                 dialect::inspect(live, scope).definitions);
  }
  complete_table_details(out.upgrade, dialect.grammar());
  complete_table_details(out.downgrade, dialect.grammar());
  complete_enum_types(out.upgrade, have, want);
  complete_enum_types(out.downgrade, want, have);
  replace_functions(out.upgrade);
  replace_functions(out.downgrade);
  complete_casts(out.upgrade, dialect);
  complete_casts(out.downgrade, dialect);
  for (std::string& note : notes) {
    out.messages.push_back(
        {compare::Message::Level::kWarning, "alembic.autogenerate", std::move(note)});
  }
  std::ranges::move(result.messages, std::back_inserter(out.messages));
  out.candidates = std::move(result.candidates);
  return out;
}

std::vector<operations::Operation> downgrade_of(
    const std::vector<operations::Operation>& operations) {
  std::vector<operations::Operation> out;
  for (operations::Operation& one : operations::reverse_all(operations)) {
    auto* batch = std::get_if<operations::BatchAlterTable>(&one);
    if (!batch || batch->naming_convention.empty()) {
      out.push_back(std::move(one));
      continue;
    }
    std::ranges::move(batch->operations, std::back_inserter(out));
  }
  return out;
}

schema::MetaData merged(std::vector<schema::MetaData> all, std::string_view engine) {
  if (all.empty()) return {};
  bool one_convention = std::ranges::all_of(all, [&](const schema::MetaData& one) {
    return one.naming_convention == all.front().naming_convention;
  });
  schema::MetaData out = std::move(all.front());
  if (one_convention) {
    for (std::size_t i = 1; i < all.size(); ++i) {
      std::ranges::move(all[i].tables, std::back_inserter(out.tables));
    }
  } else {
    for (schema::Table& table : out.tables) {
      table = compare::written(table, out.naming_convention, engine).table;
    }
    for (std::size_t i = 1; i < all.size(); ++i) {
      for (const schema::Table& table : all[i].tables) {
        out.tables.push_back(compare::written(table, all[i].naming_convention, engine).table);
      }
    }
    out.naming_convention.clear();
  }
  for (std::size_t i = 1; i < all.size(); ++i) {
    std::ranges::move(all[i].sequences, std::back_inserter(out.sequences));
    std::ranges::move(all[i].enums, std::back_inserter(out.enums));
    std::ranges::move(all[i].definitions, std::back_inserter(out.definitions));
  }
  return out;
}

}  // namespace retort::autogenerate
