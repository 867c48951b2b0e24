#include "library/schema.h"

#include <retort/error.h>

#include "base/text.h"
#include "library/datum.h"
#include "library/tree.h"
#include "schema/derive.h"
#include "sql/build.h"

namespace retort::library {

namespace {

struct Target {
  std::string schema{};
  std::string table{};
  std::string column{};
};

// "orgs.id", "auth.orgs.id"
Target target_of(const References& references) {
  std::vector<std::string> parts = split(references.target, '.');
  if (parts.size() < 2 || parts.back().empty()) {
    throw Error(code::kOperation, "'" + references.target + "' names no column to refer to")
        .with_hint("write References{\"table.column\"}");
  }
  Target target;
  target.column = parts.back();
  target.table = parts[parts.size() - 2];
  parts.resize(parts.size() - 2);
  target.schema = join(parts, ".");
  return target;
}

schema::ForeignKey to_foreign_key(const Column& column, const References& references) {
  Target target = target_of(references);
  schema::ForeignKey key;
  key.name = to_name(references.name);
  key.columns = {column.name};
  key.referred_schema = target.schema;
  key.referred_table = target.table;
  key.referred_columns = {target.column};
  key.ondelete = to_action(references.ondelete);
  key.onupdate = to_action(references.onupdate);
  key.column = column.name;
  return key;
}

schema::Option to_option(const DialectOption& option) {
  schema::Option out;
  out.name = option.name;
  std::visit(
      [&](const auto& value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Expression>) {
          out.value = tree(value);
        } else if constexpr (std::is_same_v<std::decay_t<decltype(value)>, Pairs>) {
          out.value = value.pairs;
        } else {
          out.value = value;
        }
      },
      option.value);
  return out;
}

}  // namespace

schema::Options to_options(const std::vector<DialectOption>& options) {
  schema::Options out;
  for (const DialectOption& option : options) out.push_back(to_option(option));
  return out;
}

namespace {

schema::Deferral deferral(std::optional<bool> deferrable, bool deferred) {
  schema::Deferral out;
  out.deferrable = deferrable;
  if (deferred) out.initially = "DEFERRED";
  return out;
}

schema::Check to_check(const Check& check) {
  schema::Check out;
  out.name = to_name(check.name);
  out.condition = require(check.condition, "Check");
  out.options = to_options(check.options);
  return out;
}

struct ConstraintVisitor {
  schema::Constraint operator()(const PrimaryKey& key) const {
    schema::PrimaryKey out;
    out.name = to_name(key.name);
    out.columns = key.columns;
    return out;
  }
  schema::Constraint operator()(const ForeignKey& key) const {
    schema::ForeignKey out;
    out.name = to_name(key.name);
    out.columns = key.columns;
    out.referred_schema = key.schema;
    out.referred_table = key.table;
    out.referred_columns = key.referred;
    out.ondelete = to_action(key.ondelete);
    out.onupdate = to_action(key.onupdate);
    out.deferral = deferral(key.deferrable, key.initially_deferred);
    out.match = key.match;
    out.options = to_options(key.options);
    return out;
  }
  schema::Constraint operator()(const Unique& unique) const {
    schema::Unique out;
    out.name = to_name(unique.name);
    out.columns = unique.columns;
    out.deferral = deferral(unique.deferrable, unique.initially_deferred);
    out.options = to_options(unique.options);
    return out;
  }
  schema::Constraint operator()(const Check& check) const { return to_check(check); }
  schema::Constraint operator()(const Exclude& exclude) const {
    schema::Exclude out;
    out.name = to_name(exclude.name);
    for (const auto& [expression, op] : exclude.elements) {
      out.elements.push_back({require(expression, "Exclude"), op});
    }
    out.method = exclude.method;
    out.where = tree(exclude.where);
    return out;
  }
};

}  // namespace

schema::Name to_name(const Name& name) { return {name.text, name.final}; }

schema::Identity to_identity(const Identity& identity) {
  schema::Identity out;
  out.always = identity.always;
  out.sequence.start = identity.start;
  out.sequence.increment = identity.increment;
  return out;
}

schema::NamingConvention to_convention(const NamingConvention& naming) {
  schema::NamingConvention out;
  for (const auto& [kind, pattern] :
       {std::pair{"ix", naming.ix}, std::pair{"uq", naming.uq}, std::pair{"ck", naming.ck},
        std::pair{"fk", naming.fk}, std::pair{"pk", naming.pk}}) {
    if (!pattern.empty()) out.emplace_back(kind, pattern);
  }
  return out;
}

schema::ServerDefault to_default(const ServerDefault& value) {
  if (value.expression.is_set()) return tree(value.expression);
  return value.text;
}

std::string to_action(Action action) {
  switch (action) {
    case Action::none:
      return "";
    case Action::cascade:
      return "CASCADE";
    case Action::set_null:
      return "SET NULL";
    case Action::set_default:
      return "SET DEFAULT";
    case Action::restrict:
      return "RESTRICT";
    case Action::no_action:
      return "NO ACTION";
  }
  return "";
}

ColumnParts to_column(const Column& column, const TypeOf& type_of) {
  ColumnParts parts;
  schema::Column& out = parts.column;
  out.name = column.name;
  for (const References& references : column.references) {
    parts.constraints.emplace_back(to_foreign_key(column, references));
  }
  if (column.type.is_known()) {
    out.type = *column.type.implementation();
  } else if (!column.references.empty()) {
    Target target = target_of(column.references.front());
    if (type_of) out.type = type_of(target.schema, target.table, target.column);
  }
  if (out.type.is_null()) {
    throw Error(code::kOperation, "the type of column '" + column.name + "' is not known")
        .with_hint(column.references.empty()
                       ? "give it one: Column(\"" + column.name + "\", Integer())"
                       : "the column it refers to (" + column.references.front().target +
                             ") is not to be seen from here; give the type beside References");
  }
  out.nullable = column.nullable_in_fact();
  out.nullable_given = column.is_nullable.has_value();
  out.primary_key = column.is_primary_key;
  out.unique = column.is_unique;
  out.index = column.is_indexed;
  if (column.is_autoincrement) {
    out.autoincrement =
        *column.is_autoincrement ? schema::Autoincrement::kTrue : schema::Autoincrement::kFalse;
  }
  if (column.default_value) out.server_default = to_default(*column.default_value);
  if (column.computed) {
    out.computed.emplace();
    out.computed->expression = require(column.computed->expression, "Computed");
    out.computed->persisted = column.computed->persisted;
  }
  if (column.identity) out.identity = to_identity(*column.identity);
  out.comment = column.comment;
  for (const Check& check : column.checks) {
    schema::Check own = to_check(check);
    own.column = column.name;
    parts.constraints.emplace_back(std::move(own));
  }
  out.options = to_options(column.options);
  return parts;
}

schema::Constraint to_constraint(const Constraint& constraint) {
  return std::visit(ConstraintVisitor{}, constraint);
}

schema::Index to_index(const Index& index) {
  schema::Index out;
  out.name = to_name(index.name);
  for (const IndexPart& part : index.parts)
    out.keys.push_back({part.column, tree(part.expression)});
  out.unique = index.unique;
  if (index.where.is_set()) {
    out.options.push_back({"postgresql_where", tree(index.where)});
    out.options.push_back({"sqlite_where", tree(index.where)});
  }
  if (!index.method.empty()) out.options.push_back({"postgresql_using", index.method});
  if (!index.include.empty()) out.options.push_back({"postgresql_include", index.include});
  if (index.concurrently) out.options.push_back({"postgresql_concurrently", true});
  for (const DialectOption& option : index.options) out.options.push_back(to_option(option));
  return out;
}

schema::Table to_table(const Table& table, const TypeOf& type_of) {
  schema::Table out;
  out.name = table.name;
  out.schema = table.schema;
  // SQLAlchemy's order: what was written for the table, then column by column.
  for (const Constraint& constraint : table.constraints) {
    out.constraints.push_back(to_constraint(constraint));
  }
  for (const Column& column : table.columns) {
    ColumnParts parts = to_column(column, type_of);
    out.columns.push_back(std::move(parts.column));
    for (schema::Constraint& constraint : parts.constraints) {
      out.constraints.push_back(std::move(constraint));
    }
  }
  for (const Index& index : table.indexes) out.indexes.push_back(to_index(index));
  out.comment = table.comment;
  out.options = to_options(table.options);
  return out;
}

schema::MetaData to_metadata(const MetaData& metadata) {
  // A reference to a column that is itself a reference: followed, but not for ever.
  constexpr int kLongestChain = 32;
  std::function<sql::Type(const std::string&, const std::string&, const std::string&, int)> find =
      [&](const std::string& schema, const std::string& name, const std::string& column,
          int depth) -> sql::Type {
    const Table* table = metadata.find(name, schema);
    if (table == nullptr) {
      std::vector<std::string> known;
      for (const Table& each : metadata.tables()) known.push_back(each.name);
      throw Error(code::kOperation,
                  "References names table '" + name + "', which is not in the MetaData")
          .with_hint(did_you_mean(name, known));
    }
    const Column* found = table->column(column);
    if (found == nullptr) {
      std::vector<std::string> known;
      for (const Column& each : table->columns) known.push_back(each.name);
      throw Error(code::kOperation,
                  "References names column '" + name + "." + column + "', which is not there")
          .with_hint(did_you_mean(column, known));
    }
    if (found->type.is_known()) return *found->type.implementation();
    if (found->references.empty() || depth == kLongestChain) return {};
    Target next = target_of(found->references.front());
    return find(next.schema, next.table, next.column, depth + 1);
  };
  schema::MetaData out;
  out.schema = metadata.options().schema;
  out.naming_convention = to_convention(metadata.options().naming_convention);
  for (const Table& table : metadata.tables()) {
    out.tables.push_back(
        to_table(table, [&](const std::string& schema, const std::string& name,
                            const std::string& column) { return find(schema, name, column, 0); }));
    out.tables.back() = schema::with_primary_key(std::move(out.tables.back()));
    if (out.tables.back().schema.empty()) out.tables.back().schema = out.schema;
  }
  return out;
}

namespace {

Action from_action(std::string_view text) {
  for (Action action : {Action::cascade, Action::set_null, Action::set_default, Action::restrict,
                        Action::no_action}) {
    if (equal_ignoring_case(text, to_action(action))) return action;
  }
  return Action::none;
}

Name from_name(const schema::Name& name) { return {name.text, name.final}; }

struct FromConstraint {
  Constraint operator()(const schema::PrimaryKey& key) const {
    return PrimaryKey{from_name(key.name), key.columns};
  }
  Constraint operator()(const schema::ForeignKey& key) const {
    ForeignKey out;
    out.name = from_name(key.name);
    out.columns = key.columns;
    out.table = key.referred_table;
    out.referred = key.referred_columns;
    out.schema = key.referred_schema;
    out.ondelete = from_action(key.ondelete);
    out.onupdate = from_action(key.onupdate);
    out.deferrable = key.deferral.deferrable;
    out.initially_deferred = equal_ignoring_case(key.deferral.initially, "deferred");
    out.match = key.match;
    return out;
  }
  Constraint operator()(const schema::Unique& unique) const {
    return Unique{.name = from_name(unique.name),
                  .columns = unique.columns,
                  .deferrable = unique.deferral.deferrable,
                  .initially_deferred = equal_ignoring_case(unique.deferral.initially, "deferred")};
  }
  Constraint operator()(const schema::Check& check) const {
    return Check{.name = from_name(check.name), .condition = wrap(check.condition)};
  }
  Constraint operator()(const schema::Exclude& exclude) const {
    Exclude out;
    out.name = from_name(exclude.name);
    for (const auto& element : exclude.elements) {
      out.elements.emplace_back(wrap(element.expression), element.op);
    }
    out.method = exclude.method;
    out.where = wrap(exclude.where);
    return out;
  }
};

Column from_column(const schema::Column& column) {
  Column out;
  out.name = column.name;
  if (!column.type.is_null()) out.type = Type(std::make_shared<const sql::Type>(column.type));
  out.is_nullable = column.nullable;
  out.is_primary_key = column.primary_key;
  out.is_unique = column.unique;
  out.is_indexed = column.index;
  if (column.server_default) {
    out.default_value.emplace();
    if (const auto* text = std::get_if<std::string>(&*column.server_default)) {
      out.default_value->text = *text;
    } else {
      out.default_value->expression = wrap(std::get<sql::Expression>(*column.server_default));
    }
  }
  if (column.computed) {
    out.computed = Computed{wrap(column.computed->expression), column.computed->persisted};
  }
  if (column.identity) {
    out.identity = Identity{column.identity->always, column.identity->sequence.start,
                            column.identity->sequence.increment};
  }
  out.comment = column.comment;
  return out;
}

Index from_index(const schema::Index& index) {
  Index out;
  out.name = from_name(index.name);
  for (const schema::IndexKey& key : index.keys) {
    if (key.expression) {
      out.parts.emplace_back(wrap(key.expression));
    } else {
      out.parts.emplace_back(key.column);
    }
  }
  out.unique = index.unique;
  for (const schema::Option& option : index.options) {
    if (option.name == "postgresql_using") {
      if (const auto* text = std::get_if<std::string>(&option.value)) out.method = *text;
    } else if (option.name == "postgresql_include") {
      if (const auto* names = std::get_if<std::vector<std::string>>(&option.value)) {
        out.include = *names;
      }
    } else if (option.name.ends_with("_where")) {
      if (const auto* where = std::get_if<sql::Expression>(&option.value)) out.where = wrap(*where);
    }
  }
  return out;
}

}  // namespace

Table from_table(const schema::Table& table) {
  Table out;
  out.name = table.name;
  out.schema = table.schema;
  for (const schema::Column& column : table.columns) out.columns.push_back(from_column(column));
  for (const schema::Constraint& constraint : table.constraints) {
    out.constraints.push_back(std::visit(FromConstraint{}, constraint));
  }
  for (const schema::Index& index : table.indexes) out.indexes.push_back(from_index(index));
  out.comment = table.comment;
  return out;
}

}  // namespace retort::library
