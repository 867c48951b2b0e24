#include "compare/columns.h"

#include <algorithm>

#include "compare/defaults.h"
#include "compare/types.h"
#include "schema/derive.h"
#include "sql/type_repr.h"

namespace retort::compare {
namespace {

// SQLite's row number under a name: NOT NULL or not, it never is NULL.
bool is_rowid(const Context& context, const schema::Table& table, const schema::Column& column) {
  const schema::PrimaryKey* key = table.primary_key();
  return context.is_sqlite() && key != nullptr && key->columns.size() == 1 &&
         key->columns[0] == column.name && column.type.name == "INTEGER";
}

class ColumnComparison {
 public:
  ColumnComparison(Context& context, const TablePair& pair, const schema::Column& have,
                   const schema::Column& want)
      : context_(context),
        pair_(pair),
        have_(have),
        want_(want),
        model_(pair.written.column(want.name) ? *pair.written.column(want.name) : want),
        place_(pair.name() + "." + want.name) {
    alter_.table = pair.name();
    alter_.schema = pair.schema();
    alter_.column = want.name;
  }

  // nullopt: nothing to alter.
  std::optional<operations::AlterColumn> run() {
    // In Alembic's order, which the log shows.
    compare_nullable();
    compare_comment();
    compare_type();
    compare_default();
    if (!changed_) return std::nullopt;
    if (is_numbered()) alter_.autoincrement = alter_.existing_autoincrement = true;
    return alter_;
  }

 private:
  bool is_numbered() const {
    if (model_.identity) return false;
    return schema::autoincrement_column(pair_.written.table) == pair_.written.column(want_.name) &&
           pair_.written.column(want_.name) != nullptr;
  }

  void compare_nullable() {
    alter_.existing_nullable = have_.nullable;
    if (have_.nullable == want_.nullable) return;
    if (is_rowid(context_, pair_.have, have_) && is_rowid(context_, pair_.want, want_)) return;
    bool generated = (have_.computed || want_.computed) && !model_.nullable_given;
    if (generated || have_.identity || want_.identity) {
      context_.info("constraints", "Ignoring nullable change on identity column '" + place_ + "'");
      return;
    }
    alter_.nullable = want_.nullable;
    changed_ = true;
    context_.info("constraints", std::string("Detected ") + (want_.nullable ? "NULL" : "NOT NULL") +
                                     " on column '" + place_ + "'");
  }

  void compare_type() {
    alter_.existing_type = have_.type;
    if (!context_.options.compare_type) return;
    std::optional<bool> decided;
    if (context_.options.decide_type) {
      decided = context_.options.decide_type(pair_.written.table, have_, model_);
    }
    if (!decided.value_or(types_differ(context_, have_.type, want_.type))) return;
    alter_.type = model_.type;
    changed_ = true;
    context_.info("types", "Detected type change from " + sql::repr(have_.type) + " to " +
                               sql::repr(model_.type) + " on '" + place_ + "'");
  }

  void compare_default() {
    if (have_.server_default) alter_.existing_server_default.emplace(have_.server_default);
    if (!context_.options.compare_server_default) return;
    if (identities_differ(have_.identity, want_.identity)) {
      alter_.identity.emplace(want_.identity ? (model_.identity ? model_.identity : want_.identity)
                                             : std::nullopt);
      alter_.existing_identity.emplace(have_.identity);
      changed_ = true;
      context_.info("server_defaults",
                    "Detected server default on column '" + place_ + "': identity options");
      return;
    }
    if (have_.computed || want_.computed) return;
    std::optional<bool> decided;
    if (context_.options.decide_server_default) {
      decided = context_.options.decide_server_default(pair_.written.table, have_, model_);
    }
    if (!decided.value_or(defaults_differ(context_, have_.server_default, want_.server_default))) {
      return;
    }
    alter_.existing_server_default.emplace(have_.server_default);
    std::optional<schema::ServerDefault> wanted = want_.server_default;
    if (wanted && model_.server_default) wanted = model_.server_default;
    alter_.server_default.emplace(std::move(wanted));
    changed_ = true;
    context_.info("server_defaults", "Detected server default on column '" + place_ + "'");
  }

  void compare_comment() {
    auto text = [](const std::optional<std::string>& comment) { return comment.value_or(""); };
    if (have_.comment && !have_.comment->empty()) alter_.existing_comment = have_.comment;
    if (text(have_.comment) == text(want_.comment)) return;
    alter_.comment.emplace(text(want_.comment).empty() ? std::nullopt : want_.comment);
    changed_ = true;
    context_.info("comments", "Detected column comment '" + place_ + "'");
  }

  Context& context_;
  const TablePair& pair_;
  const schema::Column& have_;
  const schema::Column& want_;
  const schema::Column& model_;
  std::string place_;
  operations::AlterColumn alter_;
  bool changed_ = false;
};

// A column as ADD COLUMN takes it: the key is an operation of its own.
schema::Column addable(schema::Column column) {
  column.primary_key = false;
  column.index = false;
  column.unique = false;
  return column;
}

}  // namespace

ColumnChanges compare_columns(Context& context, const TablePair& pair) {
  ColumnChanges out;
  auto add = [&](const schema::Column& want) {
    const schema::Column* model = pair.written.column(want.name);
    operations::AddColumn op;
    op.table = pair.name();
    op.schema = pair.schema();
    op.column = addable(model ? *model : want);
    return op;
  };
  auto drop = [&](const schema::Column& have) {
    operations::DropColumn op;
    op.table = pair.name();
    op.schema = pair.schema();
    op.column = have.name;
    op.dropped = addable(have);
    return op;
  };
  auto named = [&](const schema::Column& have) {
    return context.includes_name({have.name, true}, "column", pair.have);
  };
  const std::string table = pair.want.full_name();
  for (const schema::Column& want : pair.want.columns) {
    const schema::Column* have = pair.have.column(want.name);
    if (have && named(*have)) continue;
    if (!context.includes({.kind = "column",
                           .name = want.name,
                           .table = &pair.written.table,
                           .column = pair.written.column(want.name)})) {
      continue;
    }
    out.adds_and_alters.emplace_back(add(want));
    context.info("tables", "Detected added column '" + table + "." + want.name + "'");
  }
  for (const schema::Column& want : pair.want.columns) {
    const schema::Column* have = pair.have.column(want.name);
    if (!have || !named(*have)) continue;
    if (!context.includes({.kind = "column",
                           .name = want.name,
                           .table = &pair.written.table,
                           .column = pair.written.column(want.name),
                           .has_counterpart = true})) {
      continue;
    }
    if (!same_generation(context, have->computed, want.computed)) {
      out.first.emplace_back(drop(*have));
      out.first.emplace_back(add(want));
      out.replaced.insert(want.name);
      context.info("server_defaults",
                   "Detected computed column '" + table + "." + want.name + "' to be made anew");
      continue;
    }
    if (auto alter = ColumnComparison(context, pair, *have, want).run()) {
      out.adds_and_alters.emplace_back(std::move(*alter));
    }
  }
  for (const schema::Column& have : pair.have.columns) {
    if (pair.want.column(have.name) || !named(have)) continue;
    if (!context.includes({.kind = "column",
                           .name = have.name,
                           .table = &pair.have,
                           .column = &have,
                           .reflected = true})) {
      continue;
    }
    out.drops.emplace_back(drop(have));
    context.info("tables", "Detected removed column '" + table + "." + have.name + "'");
  }
  // A generated column goes before what it is made of.
  std::ranges::stable_partition(out.drops, [](const operations::Operation& one) {
    return std::get<operations::DropColumn>(one).dropped->computed.has_value();
  });
  return out;
}

}  // namespace retort::compare
