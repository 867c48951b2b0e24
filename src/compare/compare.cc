#include "compare/compare.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "compare/columns.h"
#include "compare/constraints.h"
#include "compare/context.h"
#include "compare/definitions.h"
#include "compare/renames.h"
#include "compare/table_options.h"
#include "compare/unique_keys.h"
#include "compare/unknown_base.h"
#include "schema/order.h"
#include "sql/columns.h"

namespace retort::compare {
namespace {

using schema::ForeignKey;
using schema::Table;

using Key = std::pair<std::string, std::string>;  // schema, name
using Index = std::map<Key, const Table*>;

Key key_of(const Table& table) { return {table.schema, table.name}; }

Index index_of(const std::vector<Table>& tables,
               const std::vector<std::pair<std::string, std::string>>& left_out) {
  Index out;
  for (const Table& table : tables) {
    if (std::ranges::find(left_out, key_of(table)) == left_out.end()) {
      out.emplace(key_of(table), &table);
    }
  }
  return out;
}

std::set<std::string> set_of(const std::vector<std::string>& names) {
  return {names.begin(), names.end()};
}

// Whether a foreign key can refer to these columns: they are the primary key or unique.
bool is_key(const Table& table, const std::vector<std::string>& columns) {
  std::set<std::string> wanted = set_of(columns);
  if (table.primary_key() && set_of(table.primary_key()->columns) == wanted) return true;
  for (const auto* unique : constraints_of<schema::Unique>(table)) {
    if (set_of(unique->columns) == wanted) return true;
  }
  return std::ranges::any_of(table.indexes, [&](const schema::Index& index) {
    std::set<std::string> keys;
    for (const schema::IndexKey& key : index.keys) keys.insert(key.column);
    return index.unique && keys == wanted;
  });
}

// The comparison of all tables, and the order of what it finds. Alembic's order is new tables, old
// tables, changed tables, each with its parts; it stands but for foreign keys, which on engines
// that check them at once have to go before what they refer to and come after it.
class Tables {
 public:
  explicit Tables(Context& context)
      : context_(context),
        have_(index_of(context.input.have.tables, context.options.own_tables)),
        want_(index_of(context.input.want.tables, context.options.own_tables)),
        model_(index_of(context.input.model.tables, {})) {}

  Operations run() {
    create();
    drop();
    change();
    Operations out;
    for (Operations* part : {&early_, &created_, &removed_, &changed_, &late_}) {
      std::ranges::move(*part, std::back_inserter(out));
    }
    return out;
  }

 private:
  bool checks_keys_at_once() const { return !context_.is_sqlite(); }

  const Table& model_of(const Table& want) const {
    auto found = model_.find(key_of(want));
    if (found != model_.end()) return *found->second;
    if (want.schema.empty()) {
      // The model names the default schema.
      for (const auto& [key, table] : model_) {
        if (key.second == want.name && !want_.contains(key)) return *table;
      }
    }
    return want;
  }

  Written written_of(const Table& want) const {
    return written(model_of(want), context_.input.model.naming_convention, context_.engine());
  }

  // Whether the database has what the key refers to before any table is changed.
  bool is_there(const ForeignKey& key) const {
    auto found = have_.find({key.referred_schema, key.referred_table});
    return found == have_.end() || is_key(*found->second, key.referred_columns);
  }
  // Whether it still has it when all is done.
  bool stays(const ForeignKey& key) const {
    auto found = want_.find({key.referred_schema, key.referred_table});
    return found != want_.end() && is_key(*found->second, key.referred_columns);
  }

  void create() {
    const std::vector<Table>& tables = context_.input.want.tables;
    schema::TableOrder order = schema::dependency_order(tables);
    std::map<std::size_t, std::set<const schema::Constraint*>> late;
    for (const auto& key : order.late) {
      late[key.table].insert(&tables[key.table].constraints[key.constraint]);
    }
    for (std::size_t i : order.tables) {
      const Table& want = tables[i];
      if (!want_.contains(key_of(want)) || have_.contains(key_of(want))) continue;
      Written table = written_of(want);
      if (!context_.includes({.kind = "table", .name = want.name, .table = &table.table})) continue;
      context_.info("tables", "Detected added table " + quoted(want.full_name()));
      if (const std::string base = unknown_base(table.table); !base.empty()) {
        context_.warning("tables", "The model of table " + quoted(want.full_name()) +
                                       " derives from " + base +
                                       ", of which nothing is known here: columns that it has from "
                                       "there are missing");
      }
      create_one(want, std::move(table), late[i]);
    }
  }

  void create_one(const Table& want, Written table,
                  const std::set<const schema::Constraint*>& late) {
    Operations indexes;
    Table none;
    none.name = want.name;
    none.schema = table.table.schema;
    TablePair pair{none, none, table};
    std::ranges::stable_sort(table.table.indexes, {},
                             [](const schema::Index& index) { return index.name.text; });
    for (const schema::Index& index : table.table.indexes) {
      if (!context_.includes(
              {.kind = "index", .name = index.name.text, .table = &table.table, .index = &index})) {
        continue;
      }
      std::vector<std::string> columns;
      for (const schema::IndexKey& key : index.keys) {
        if (!key.column.empty()) columns.push_back(key.column);
        for (const sql::node::Column* column : sql::columns_in(key.expression)) {
          columns.push_back(column->name);
        }
      }
      context_.info("constraints", "Detected added index " + quoted(index.name.text) + " on '" +
                                       tuple(columns) + "'");
      indexes.emplace_back(operations::CreateIndex{want.name, table.table.schema, index});
    }
    if (checks_keys_at_once()) {
      for (const schema::Constraint& constraint : want.constraints) {
        const auto* key = std::get_if<ForeignKey>(&constraint);
        if (!key) continue;
        ForeignKey full = normalized(*key, context_.input.want);
        const ForeignKey* written = find_written(table, *key);
        bool postponed =
            late.contains(&constraint) || (written && written->use_alter) || !is_there(full);
        if (!postponed || !written) continue;
        ForeignKey added = *written;
        added.use_alter = false;
        if (added.referred_columns.empty()) added.referred_columns = full.referred_columns;
        late_.push_back(add_constraint(context_, pair, added));
        std::erase(table.table.constraints, schema::Constraint(*written));
      }
    }
    table.table.indexes.clear();
    created_.emplace_back(operations::CreateTable{std::move(table.table), false});
    std::ranges::move(indexes, std::back_inserter(created_));
  }

  void drop() {
    std::vector<Table> gone;
    for (const auto& [key, table] : have_) {
      if (want_.contains(key)) continue;
      if (!context_.includes(
              {.kind = "table", .name = table->name, .table = table, .reflected = true})) {
        continue;
      }
      gone.push_back(*table);
    }
    schema::TableOrder order = schema::dependency_order(gone);
    if (checks_keys_at_once()) {
      std::vector<std::pair<std::size_t, schema::Constraint>> round;
      for (const auto& late : order.late) {
        round.emplace_back(late.table, gone[late.table].constraints[late.constraint]);
      }
      for (const auto& [table, constraint] : round) {
        early_.push_back(drop_constraint(context_, gone[table], constraint));
        std::erase(gone[table].constraints, constraint);
      }
    }
    for (auto i = order.tables.rbegin(); i != order.tables.rend(); ++i) {
      Table& table = gone[*i];
      for (const schema::Index& index : table.indexes) {
        removed_.emplace_back(operations::DropIndex{index.name, table.name, table.schema, false,
                                                    index, index.options});
        context_.info("constraints", "Detected removed index " + quoted(index.name.text) + " on " +
                                         quoted(table.name));
      }
      table.indexes.clear();
      context_.info("tables", "Detected removed table " + quoted(table.full_name()));
      operations::DropTable drop;
      drop.table = table.name;
      drop.schema = table.schema;
      drop.dropped = std::move(table);
      removed_.emplace_back(std::move(drop));
    }
  }

  void change() {
    for (const auto& [key, want] : want_) {
      auto have = have_.find(key);
      if (have == have_.end()) continue;
      Written table = written_of(*want);
      if (!context_.includes({.kind = "table",
                              .name = want->name,
                              .table = &table.table,
                              .has_counterpart = true})) {
        continue;
      }
      const std::string base = unknown_base(table.table);
      if (base.empty()) {
        change_one({*have->second, *want, table});
      } else {
        const Table whole = with_inherited(context_, *have->second, *want, base);
        change_one({*have->second, whole, table});
      }
    }
  }

  void change_one(const TablePair& pair) {
    ColumnChanges columns = compare_columns(context_, pair);
    TableOptionChanges options = compare_table_options(context_, pair);
    std::ranges::move(options.first, std::back_inserter(changed_));
    Operations parts;
    compare_primary_key(context_, pair, parts);
    compare_indexes_and_uniques(context_, pair, columns.replaced, parts);
    ForeignKeyChanges keys = compare_foreign_keys(context_, pair, columns.replaced);
    Operations removed;
    for (operations::Operation& one : keys.removed) {
      (hoisted(one) ? early_ : removed).push_back(std::move(one));
    }
    // InnoDB does not let the index go that a foreign key uses.
    auto at = context_.is_mysql_like() ? parts.begin() : parts.end();
    std::ranges::move(removed, std::inserter(parts, at));
    for (operations::Operation& one : keys.added) {
      (postponed(one) ? late_ : parts).push_back(std::move(one));
    }
    compare_comment(pair, parts);
    compare_checks(context_, pair, columns, parts);
    if (!columns.replaced.empty()) {
      // What stands on a column that is made anew goes before it.
      auto is_drop = [](const operations::Operation& one) {
        return std::holds_alternative<operations::DropIndex>(one) ||
               std::holds_alternative<operations::DropConstraint>(one) ||
               std::holds_alternative<operations::BatchAlterTable>(one);
      };
      auto rest = std::ranges::stable_partition(parts, is_drop);
      std::move(parts.begin(), rest.begin(), std::back_inserter(changed_));
      parts.erase(parts.begin(), rest.begin());
    }
    for (Operations* some :
         {&columns.first, &columns.adds_and_alters, &parts, &columns.drops, &options.last}) {
      std::ranges::move(*some, std::back_inserter(changed_));
    }
  }

  bool hoisted(const operations::Operation& drop) const {
    const auto* op = std::get_if<operations::DropConstraint>(&drop);
    if (!op || !checks_keys_at_once()) return false;
    return !stays(normalized(std::get<ForeignKey>(*op->dropped), context_.input.have));
  }

  bool postponed(const operations::Operation& add) const {
    const auto* op = std::get_if<operations::AddConstraint>(&add);
    if (!op || !checks_keys_at_once()) return false;
    return !is_there(normalized(std::get<ForeignKey>(op->constraint), context_.input.want));
  }

  void compare_comment(const TablePair& pair, Operations& out) {
    auto text = [](const std::optional<std::string>& comment) { return comment.value_or(""); };
    if (text(pair.have.comment) == text(pair.want.comment)) return;
    operations::SetTableComment op{pair.name(), pair.schema(), std::nullopt, std::nullopt};
    if (!text(pair.want.comment).empty()) op.comment = pair.want.comment;
    if (!text(pair.have.comment).empty()) op.existing_comment = pair.have.comment;
    out.emplace_back(std::move(op));
  }

  Context& context_;
  Index have_;
  Index want_;
  Index model_;
  Operations early_, created_, removed_, changed_, late_;
};

}  // namespace

Result compare(const Input& input, const Options& options) {
  Context answers(input, options);
  Renamed renamed = apply_renames(answers);
  if (answers.is_mysql_like()) {
    for (Table& have : renamed.have.tables) {
      const Table* want = input.want.table(have.schema, have.name);
      if (want) speak_as(*want, have);
    }
  }
  Input after{renamed.have, input.want, input.model, input.dialect};
  Context context(after, options);
  context.messages() = std::move(answers.messages());

  Result out;
  out.operations = std::move(renamed.operations);
  out.candidates = rename_candidates(context, renamed.have);
  NamedChanges definitions = compare_definitions(context);
  NamedChanges sequences = compare_sequences(context);
  NamedChanges enums = compare_enums(context);
  Operations tables = Tables(context).run();
  for (Operations* part : {&definitions.first, &sequences.first, &enums.first, &tables,
                           &sequences.last, &definitions.last}) {
    std::ranges::move(*part, std::back_inserter(out.operations));
  }
  out.messages = std::move(context.messages());
  return out;
}

}  // namespace retort::compare
