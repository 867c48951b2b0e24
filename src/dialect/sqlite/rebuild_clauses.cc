#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "dialect/sqlite/parse_token.h"
#include "dialect/sqlite/rebuild_batch.h"
#include "schema/naming.h"

namespace retort::dialect::sqlite {
namespace {

bool is_constraint(ClauseKind kind) {
  return kind == ClauseKind::kPrimaryKey || kind == ClauseKind::kUnique ||
         kind == ClauseKind::kCheck || kind == ClauseKind::kForeignKey;
}

ClauseKind kind_of(const schema::Constraint& constraint) {
  if (std::holds_alternative<schema::PrimaryKey>(constraint)) return ClauseKind::kPrimaryKey;
  if (std::holds_alternative<schema::ForeignKey>(constraint)) return ClauseKind::kForeignKey;
  if (std::holds_alternative<schema::Unique>(constraint)) return ClauseKind::kUnique;
  return ClauseKind::kCheck;
}

struct ConstraintWord {
  std::string_view type;  // drop_constraint's type_
  std::string_view convention;
  ClauseKind kind;
};

constexpr ConstraintWord kConstraintWords[] = {
    {"primary", "pk", ClauseKind::kPrimaryKey},
    {"foreignkey", "fk", ClauseKind::kForeignKey},
    {"unique", "uq", ClauseKind::kUnique},
    {"check", "ck", ClauseKind::kCheck},
};

// A constraint of a column in the words of a constraint of the table.
std::string as_table_clause(const ParsedTable& table, const ParsedColumn& column,
                            const ParsedClause& clause) {
  std::string name =
      clause.name ? "CONSTRAINT " + std::string(table.text(clause.name->span)) + " " : "";
  std::string key = " (" + std::string(table.text(column.name.span)) + ")";
  std::string conflict = clause.conflict.empty() ? "" : " ON CONFLICT " + clause.conflict;
  switch (clause.kind) {
    case ClauseKind::kPrimaryKey:
      return name + "PRIMARY KEY" + key + conflict;
    case ClauseKind::kUnique:
      return name + "UNIQUE" + key + conflict;
    case ClauseKind::kForeignKey:
      return name + "FOREIGN KEY" + key + " " +
             std::string(table.text({clause.keyword.begin, clause.span.end}));
    default:
      return std::string(table.text(clause.span));
  }
}

}  // namespace

std::vector<std::string> Batch::rendered_clauses(const ParsedTable& table) const {
  std::vector<std::string> out;
  for (const ParsedClause& clause : table.clauses) out.emplace_back(table.text(clause.span));
  // What stands inside the column's own text goes with it.
  return out;
}

std::vector<Batch::ClauseRef> Batch::clause_refs() const {
  std::vector<ClauseRef> out;
  auto add = [&](const ItemEdit& edit, const ParsedClause& clause, std::size_t index,
                 std::optional<std::size_t> column) {
    if (!is_constraint(clause.kind)) return;
    bool checked = clause.kind == ClauseKind::kCheck;
    out.push_back({column, index, clause.kind, clause.name ? clause.name->text : "",
                   checked ? edit.text(clause.expression) : ""});
  };
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    ItemEdit edit(columns_[c].item.text, false);
    for (std::size_t i = 0; i < edit.column().clauses.size(); ++i) {
      add(edit, edit.column().clauses[i], i, c);
    }
  }
  for (std::size_t i = 0; i < clauses_.size(); ++i) {
    ItemEdit edit(clauses_[i].text, true);
    add(edit, edit.clause(), i, std::nullopt);
  }
  return out;
}

void Batch::remove(const ClauseRef& clause) {
  // The index of a key goes with it.
  if (clause.kind == ClauseKind::kPrimaryKey || clause.kind == ClauseKind::kUnique) {
    needs_copy_ = true;
  }
  if (clause.column) {
    TextItem& item = columns_[*clause.column].item;
    item.text = without_clauses(item.text, {clause.index});
  } else {
    clauses_.erase(clauses_.begin() + static_cast<std::ptrdiff_t>(clause.index));
  }
}

bool Batch::remove_primary_key() {
  for (const ClauseRef& clause : clause_refs()) {
    if (clause.kind != ClauseKind::kPrimaryKey) continue;
    remove(clause);
    return true;
  }
  return false;
}

void Batch::drop_from_primary_key(const std::string& column) {
  for (TextItem& item : clauses_) {
    ItemEdit edit(item.text, true);
    const ParsedClause& clause = edit.clause();
    if (clause.kind != ClauseKind::kPrimaryKey) continue;
    std::vector<std::string> kept;
    for (const ParsedKey& key : clause.keys) {
      if (!same_name(key.column, column)) kept.push_back(edit.text(key.span));
    }
    if (kept.size() == clause.keys.size()) return;
    if (kept.empty()) {
      clauses_.erase(clauses_.begin() + (&item - clauses_.data()));
    } else {
      edit.replace({clause.keys.front().span.begin, clause.keys.back().span.end}, join(kept, ", "));
      item.text = edit.str();
    }
    return;
  }
}

// Adds a constraint in place of one of its name; one that is there word for word is not added.
void Batch::add_clause(const std::string& text) {
  ItemEdit edit(text, true);
  const ParsedClause& clause = edit.clause();
  for (const TextItem& item : clauses_) {
    if (same_tokens(item.text, text)) return;
  }
  if (clause.kind == ClauseKind::kPrimaryKey) {
    remove_primary_key();
  } else if (clause.name) {
    for (const ClauseRef& other : clause_refs()) {
      if (other.name != clause.name->text) continue;
      remove(other);
      break;
    }
  } else if (clause.kind == ClauseKind::kCheck) {
    std::string wanted = edit.text(clause.expression);
    for (const ClauseRef& other : clause_refs()) {
      if (other.kind == ClauseKind::kCheck && same_tokens(other.expression, wanted)) return;
    }
  }
  if (clause.kind == ClauseKind::kCheck) {
    new_checks_.push_back(edit.text(clause.expression));
  } else if (clause.kind != ClauseKind::kForeignKey) {
    needs_copy_ = true;
  }
  clauses_.push_back(text_.item(text));
}

void Batch::operator()(const operations::AddConstraint& change) {
  schema::Table fake;
  schema::Constraint constraint = change.constraint;
  std::vector<std::string> used;
  auto rename = [&](std::vector<std::string>& columns) {
    for (std::string& column : columns) {
      column = current(column);
      used.push_back(column);
    }
  };
  if (auto* key = std::get_if<schema::PrimaryKey>(&constraint)) rename(key->columns);
  if (auto* unique = std::get_if<schema::Unique>(&constraint)) rename(unique->columns);
  if (auto* reference = std::get_if<schema::ForeignKey>(&constraint)) {
    rename(reference->columns);
    if (same_name(reference->referred_table, table_) &&
        (reference->referred_schema.empty() || reference->referred_schema == schema_)) {
      for (std::string& column : reference->referred_columns) {
        if (find(column) != nullptr) column = current(column);
      }
    }
  }
  if (auto* check = std::get_if<schema::Check>(&constraint)) check->column.clear();
  // Columns that make the table whole; their types don't matter.
  for (const std::string& name : used) {
    if (fake.column(name) == nullptr) {
      fake.columns.push_back({.name = name, .type = {.name = "INTEGER"}});
    }
  }
  if (fake.columns.empty()) {
    fake.columns.push_back({.name = columns_.front().name, .type = {.name = "INTEGER"}});
  }
  ClauseKind kind = kind_of(constraint);
  fake.constraints.push_back(std::move(constraint));
  ParsedTable parsed = rendered(std::move(fake));
  for (const ParsedColumn& column : parsed.columns) {
    for (const ParsedClause& clause : column.clauses) {
      if (clause.kind == kind) add_clause(as_table_clause(parsed, column, clause));
    }
  }
  for (const ParsedClause& clause : parsed.clauses) {
    if (clause.kind == kind) add_clause(std::string(parsed.text(clause.span)));
  }
}

void Batch::operator()(const operations::DropConstraint& change) {
  const auto* word =
      std::find_if(std::begin(kConstraintWords), std::end(kConstraintWords),
                   [&](const ConstraintWord& one) { return one.type == change.type; });
  bool typed = word != std::end(kConstraintWords);
  std::string resolved = change.name.text;
  if (typed && !change.name.final) {
    try {
      resolved =
          schema::resolve_name(
              context_.naming_convention,
              {.kind = word->convention, .name = change.name, .schema = schema_, .table = table_})
              .text;
    } catch (const Error&) {
      resolved = change.name.text;  // a convention that needs the columns, which aren't told
    }
  }
  std::vector<std::string> known;
  for (const std::string& name : {resolved, change.name.text}) {
    for (const ClauseRef& clause : clause_refs()) {
      if (clause.name.empty() || (typed && clause.kind != word->kind)) continue;
      known.push_back(clause.name);
      if (clause.name != name) continue;
      remove(clause);
      return;
    }
  }
  if (change.if_exists) return;
  bool is_index = std::any_of(indexes_.begin(), indexes_.end(),
                              [&](const Object& index) { return index.name == resolved; });
  std::string hint = did_you_mean(resolved, known);
  if (is_index) hint = "it is an index: use drop_index";
  if (hint.empty()) {
    hint = "constraints without a name can be named by batch_alter_table(naming_convention=...)";
  }
  throw Error(code::kOperation, "table " + table_ + " has no constraint " + resolved)
      .with_hint(std::move(hint));
}

// Gives the constraints without a name the one of the batch's naming convention, numbered where it
// would come twice.
void Batch::name_unnamed() {
  if (settings_.naming_convention.empty()) return;
  std::set<std::string> taken;
  for (const ClauseRef& clause : clause_refs()) taken.insert(clause.name);
  auto name_one = [&](const ParsedTable& table, const ParsedClause& clause,
                      const ParsedColumn* column) -> std::string {
    if (clause.name || !is_constraint(clause.kind)) return "";
    schema::Constraint constraint = *constraint_of(table, clause, column);
    // By the names before the batch, as a script that drops it by its name expects.
    std::visit(
        [&](auto& one) {
          if constexpr (requires { one.columns; }) {
            for (std::string& name : one.columns) {
              for (const Column& known : columns_) {
                if (known.name == name) {
                  name = known.original;
                  break;
                }
              }
            }
          }
        },
        constraint);
    try {
      std::string name =
          schema::resolve_name(settings_.naming_convention, constraint, schema_, table_).text;
      return name.empty() ? name : schema::distinct_name(name, taken);
    } catch (const Error&) {
      return "";  // a CHECK under a convention that wraps given names alone
    }
  };
  for (Column& column : columns_) {
    ItemEdit edit(column.item.text, false);
    const ParsedTable& table = edit.table();
    for (const ParsedClause& clause : edit.column().clauses) {
      std::string name = name_one(table, clause, &edit.column());
      if (!name.empty()) edit.insert(clause.keyword.begin, "CONSTRAINT " + quoted(name) + " ");
    }
    column.item.text = edit.str();
  }
  for (TextItem& item : clauses_) {
    ItemEdit edit(item.text, true);
    std::string name = name_one(edit.table(), edit.clause(), nullptr);
    if (name.empty()) continue;
    edit.insert(edit.clause().keyword.begin, "CONSTRAINT " + quoted(name) + " ");
    item.text = edit.str();
  }
}

void Batch::set_autoincrement(bool wanted) {
  for (const ClauseRef& clause : clause_refs()) {
    if (clause.kind != ClauseKind::kPrimaryKey) continue;
    TextItem& item = clause.column ? columns_[*clause.column].item : clauses_[clause.index];
    ItemEdit edit(item.text, !clause.column);
    const ParsedClause& key = clause.column ? edit.column().clauses[clause.index] : edit.clause();
    if ((key.autoincrement.begin != key.autoincrement.end) == wanted) return;
    if (wanted) {
      edit.insert(clause.column ? key.span.end : key.keys.back().span.end, " AUTOINCREMENT");
    } else {
      edit.remove(key.autoincrement);
    }
    item.text = edit.str();
    needs_copy_ = true;
  }
}

// Uniques, foreign keys and indexes of a column that is gone go with it, and so do CHECKs that are
// about nothing else. What else names it has to be changed first.
void Batch::settle_dropped_columns() {
  std::vector<std::string> left = names();
  auto is_left = [&](std::string_view name) {
    return std::any_of(left.begin(), left.end(),
                       [&](const std::string& one) { return same_name(one, name); });
  };
  std::erase_if(dropped_, is_left);
  if (dropped_.empty()) return;
  auto gone = [&](std::string_view name) {
    return std::any_of(dropped_.begin(), dropped_.end(),
                       [&](const std::string& one) { return same_name(one, name); });
  };
  auto named_in = [&](std::string_view expression, const std::vector<std::string>& columns) {
    auto found = std::find_if(columns.begin(), columns.end(), [&](const std::string& column) {
      return !mentions(expression, column).empty();
    });
    return found != columns.end() ? std::optional(*found) : std::nullopt;
  };
  std::erase_if(clauses_, [&](const TextItem& item) {
    ItemEdit edit(item.text, true);
    const ParsedClause& clause = edit.clause();
    for (const ParsedKey& key : clause.keys) {
      if (gone(key.column)) return true;
    }
    if (clause.kind == ClauseKind::kForeignKey && same_name(clause.reference.table.text, table_)) {
      for (const ParsedName& column : clause.reference.columns) {
        if (gone(column.text)) return true;
      }
    }
    if (clause.kind != ClauseKind::kCheck) return false;
    std::string expression = edit.text(clause.expression);
    auto dropped = named_in(expression, dropped_);
    if (!dropped) return false;
    if (!named_in(expression, left)) return true;
    throw Error(code::kOperation, "column " + *dropped + " can't be dropped from " + table_ + ": " +
                                      item.text + " is about other columns as well")
        .with_hint("drop or replace the constraint in the same batch");
  });
  for (Column& column : columns_) {
    ItemEdit edit(column.item.text, false);
    std::vector<std::size_t> drop;
    for (std::size_t i = 0; i < edit.column().clauses.size(); ++i) {
      const ParsedClause& clause = edit.column().clauses[i];
      if (clause.kind == ClauseKind::kForeignKey &&
          same_name(clause.reference.table.text, table_) && !clause.reference.columns.empty() &&
          gone(clause.reference.columns.front().text)) {
        drop.push_back(i);
      }
      if (clause.kind != ClauseKind::kCheck && clause.kind != ClauseKind::kGenerated) continue;
      std::string expression = edit.text(clause.expression);
      auto dropped = named_in(expression, dropped_);
      if (!dropped) continue;
      if (clause.kind == ClauseKind::kCheck && !named_in(expression, left)) {
        drop.push_back(i);
        continue;
      }
      throw Error(code::kOperation, "column " + *dropped + " can't be dropped from " + table_ +
                                        ": column " + column.name + " uses it")
          .with_hint("drop or change column " + column.name + " in the same batch");
    }
    column.item.text = without_clauses(column.item.text, drop);
  }
  std::erase_if(indexes_, [&](const Object& object) {
    ParsedIndex index = parse_index(object.sql);
    bool uses = named_in(index.text(index.where), dropped_).has_value();
    for (const ParsedKey& key : index.keys) {
      uses =
          uses || (key.column.empty() ? named_in(index.text(key.expression), dropped_).has_value()
                                      : gone(key.column));
    }
    if (uses) dropped_indexes_.push_back(object.name);
    return uses;
  });
}

}  // namespace retort::dialect::sqlite
