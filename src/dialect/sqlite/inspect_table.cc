#include <algorithm>

#include "dialect/sqlite/inspect.h"
#include "dialect/sqlite/parse_token.h"

namespace retort::dialect::sqlite {
namespace {

schema::Name name_of(const ParsedClause& clause) {
  return clause.name ? schema::Name{clause.name->text, true} : schema::Name{};
}

schema::Options key_options(const ParsedTable& table, const ParsedClause& clause) {
  schema::Options out;
  if (!clause.conflict.empty()) out.push_back({"sqlite_on_conflict", clause.conflict});
  bool plain = !clause.descending &&
               std::all_of(clause.keys.begin(), clause.keys.end(), [](const ParsedKey& key) {
                 return !key.column.empty() && key.collation.empty() && !key.descending;
               });
  if (plain) return out;
  std::vector<std::string> keys;
  for (const ParsedKey& key : clause.keys) keys.emplace_back(table.text(key.span));
  if (clause.descending) keys.emplace_back("DESC");
  out.push_back({"sqlite_keys", std::move(keys)});
  return out;
}

schema::Column column_of(const ParsedTable& table, const ParsedColumn& parsed, bool in_key) {
  schema::Column out;
  out.name = parsed.name.text;
  out.type = type_of(table.text(parsed.type));
  out.options.push_back({"sqlite_declared_type", std::string(table.text(parsed.type))});
  out.primary_key = in_key;
  // Keys of a WITHOUT ROWID or STRICT table can't be NULL; the rowid is made when it is.
  bool keyed = in_key && (table.without_rowid || (table.strict && table.rowid_column() != &parsed));
  out.nullable = !keyed;
  out.nullable_given = true;
  for (const ParsedClause& clause : parsed.clauses) {
    switch (clause.kind) {
      case ClauseKind::kNotNull:
        out.nullable = false;
        if (!clause.conflict.empty()) {
          out.options.push_back({"sqlite_on_conflict_not_null", clause.conflict});
        }
        break;
      case ClauseKind::kDefault:
        out.server_default = sql::raw(std::string(table.text(clause.expression)));
        break;
      case ClauseKind::kGenerated:
        out.computed =
            schema::Computed{sql::raw(std::string(table.text(clause.expression))), clause.stored};
        break;
      case ClauseKind::kCollate:
        out.type.collation = clause.collation;
        break;
      default:
        break;
    }
  }
  return out;
}

}  // namespace

std::optional<schema::Constraint> constraint_of(const ParsedTable& table,
                                                const ParsedClause& clause,
                                                const ParsedColumn* column) {
  std::vector<std::string> columns;
  if (column != nullptr) {
    columns.push_back(column->name.text);
  } else {
    for (const ParsedKey& key : clause.keys) {
      const ParsedColumn* named = table.column(key.column);
      columns.push_back(named != nullptr ? named->name.text : key.column);
    }
  }
  switch (clause.kind) {
    case ClauseKind::kPrimaryKey:
      return schema::PrimaryKey{.name = name_of(clause),
                                .columns = std::move(columns),
                                .options = key_options(table, clause)};
    case ClauseKind::kUnique:
      return schema::Unique{.name = name_of(clause),
                            .columns = std::move(columns),
                            .options = key_options(table, clause)};
    case ClauseKind::kCheck:
      return schema::Check{.name = name_of(clause),
                           .condition = sql::raw(std::string(table.text(clause.expression))),
                           .column = column != nullptr ? column->name.text : ""};
    case ClauseKind::kForeignKey: {
      const ParsedReference& reference = clause.reference;
      schema::ForeignKey out;
      out.name = name_of(clause);
      out.columns = std::move(columns);
      out.referred_table = reference.table.text;
      for (const ParsedName& name : reference.columns) out.referred_columns.push_back(name.text);
      out.onupdate = reference.on_update;
      out.ondelete = reference.on_delete;
      out.match = reference.match;
      out.deferral = {reference.deferrable, reference.initially};
      return out;
    }
    default:
      return std::nullopt;
  }
}

schema::Table table_of(const ParsedTable& parsed, const std::string& schema) {
  schema::Table out;
  out.name = parsed.name.text;
  out.schema = schema;
  std::vector<std::string> key = parsed.primary_key_columns();
  for (const ParsedColumn& column : parsed.columns) {
    bool in_key = std::find(key.begin(), key.end(), column.name.text) != key.end();
    out.columns.push_back(column_of(parsed, column, in_key));
  }
  auto add = [&](const ParsedClause& clause, const ParsedColumn* column) {
    if (auto constraint = constraint_of(parsed, clause, column)) {
      out.constraints.push_back(std::move(*constraint));
    }
  };
  for (const ParsedColumn& column : parsed.columns) {
    for (const ParsedClause& clause : column.clauses) add(clause, &column);
  }
  for (const ParsedClause& clause : parsed.clauses) add(clause, nullptr);
  std::stable_partition(out.constraints.begin(), out.constraints.end(),
                        [](const schema::Constraint& constraint) {
                          return std::holds_alternative<schema::PrimaryKey>(constraint);
                        });
  if (parsed.autoincrement()) out.options.push_back({"sqlite_autoincrement", true});
  if (parsed.without_rowid) out.options.push_back({"sqlite_with_rowid", false});
  if (parsed.strict) out.options.push_back({"sqlite_strict", true});
  return out;
}

schema::Index index_of(const ParsedIndex& parsed) {
  schema::Index out;
  out.name = {parsed.name.text, true};
  out.unique = parsed.unique;
  for (const ParsedKey& key : parsed.keys) {
    if (!key.column.empty() && key.collation.empty() && !key.descending) {
      out.keys.push_back({key.column, {}});
    } else {
      out.keys.push_back({"", sql::raw(std::string(parsed.text(key.span)))});
    }
  }
  if (parsed.where.begin != parsed.where.end) {
    out.options.push_back({"sqlite_where", sql::raw(std::string(parsed.text(parsed.where)))});
  }
  return out;
}

}  // namespace retort::dialect::sqlite
