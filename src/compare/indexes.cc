#include <algorithm>
#include <map>

#include "base/text.h"
#include "compare/constraints.h"
#include "sql/columns.h"

// Indexes and UNIQUE constraints, which share their names.
namespace retort::compare {
namespace {

using schema::Index;
using schema::Unique;

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

std::vector<std::string> columns_of(const Index& index) {
  std::vector<std::string> out;
  for (const schema::IndexKey& key : index.keys) {
    if (!key.column.empty()) out.push_back(key.column);
    for (const sql::node::Column* column : sql::columns_in(key.expression)) {
      out.push_back(column->name);
    }
  }
  return out;
}

// One of the two, of either side.
struct Item {
  const Index* index = nullptr;
  const Unique* unique = nullptr;
  // The wanted side: as it was written. The object itself where nothing was.
  const Index* written_index = nullptr;
  const Unique* written_unique = nullptr;

  bool is_index() const { return index != nullptr; }
  std::vector<std::string> columns() const {
    return index ? columns_of(written_index ? *written_index : *index) : unique->columns;
  }
  std::string kind() const { return index ? "index" : "unique constraint"; }
};

class IndexComparison {
 public:
  IndexComparison(Context& context, const TablePair& pair, const std::set<std::string>& replaced,
                  Operations& out)
      : context_(context), pair_(pair), replaced_(replaced), out_(out) {
    collect();
  }

  void run() {
    match_unnamed();
    for (const auto& [name, item] : have_) {
      if (!want_.contains(name) && !matched_.contains(item.unique)) remove(item, name);
    }
    for (const Item& item : have_unnamed_) {
      if (!matched_.contains(item.unique)) remove(item, "");
    }
    for (const auto& [name, item] : want_) {
      auto found = have_.find(name);
      if (found != have_.end()) change(found->second, item, name);
    }
    for (const auto& [name, item] : want_) {
      if (!have_.contains(name)) add(item, name);
    }
    for (const Item& item : want_unnamed_) {
      if (!matched_.contains(item.unique)) add(item, "");
    }
  }

 private:
  void collect() {
    for (const schema::Constraint& constraint : pair_.have.constraints) {
      const auto* unique = std::get_if<Unique>(&constraint);
      if (!unique) continue;
      if (!context_.includes_name(unique->name, "unique_constraint", pair_.have)) continue;
      Item item{.unique = unique};
      if (unique->name.empty()) {
        have_unnamed_.push_back(item);
      } else {
        have_.emplace(unique->name.text, item);
      }
    }
    for (const Index& index : pair_.have.indexes) {
      if (!context_.includes_name(index.name, "index", pair_.have)) continue;
      have_.emplace(index.name.text, Item{.index = &index});
    }
    for (const Unique* unique : constraints_of<Unique>(pair_.want)) {
      const Unique* written = find_written(pair_.written, *unique);
      Item item{.unique = unique, .written_unique = written ? written : unique};
      if (item.written_unique->name.empty()) {
        want_unnamed_.push_back(item);
      } else {
        want_.emplace(unique->name.text, item);
      }
    }
    for (const Index& index : pair_.want.indexes) {
      const Index* written = find_written(pair_.written, index);
      want_.emplace(index.name.text,
                    Item{.index = &index, .written_index = written ? written : &index});
    }
  }

  // Constraints that the model gives no name, with any of the same columns.
  void match_unnamed() {
    auto take = [&](const Item& want, const Item& have) {
      if (have.is_index() || matched_.contains(have.unique)) return false;
      if (touches(have) || sorted(have.unique->columns) != sorted(want.unique->columns)) {
        return false;
      }
      if (options_differ(context_, have.unique->options, want.unique->options)) return false;
      matched_.insert(have.unique);
      matched_.insert(want.unique);
      return true;
    };
    for (const Item& want : want_unnamed_) {
      bool done =
          std::ranges::any_of(have_unnamed_, [&](const Item& have) { return take(want, have); });
      for (const auto& [name, have] : have_) {
        done = done || (!want_.contains(name) && take(want, have));
      }
    }
  }

  bool touches(const Item& item) const {
    return std::ranges::any_of(
        item.columns(), [&](const std::string& column) { return replaced_.contains(column); });
  }

  Candidate candidate(const Item& item, std::string_view name, bool reflected, bool counterpart) {
    Candidate out{.kind = item.is_index() ? "index" : "unique_constraint",
                  .name = name,
                  .table = reflected ? &pair_.have : &pair_.written.table,
                  .reflected = reflected,
                  .has_counterpart = counterpart};
    out.index = reflected ? item.index : item.written_index;
    if (item.unique) {
      shown_ = reflected ? *item.unique : *item.written_unique;
      out.constraint = &shown_;
    }
    return out;
  }

  void emit_drop(const Item& item) {
    if (item.is_index()) {
      out_.emplace_back(operations::DropIndex{item.index->name, pair_.name(), pair_.schema(), false,
                                              *item.index, item.index->options});
    } else {
      out_.push_back(drop_constraint(context_, pair_.have, *item.unique));
    }
  }

  void emit_add(const Item& item) {
    if (item.is_index()) {
      out_.emplace_back(operations::CreateIndex{pair_.name(), pair_.schema(), *item.written_index});
    } else {
      out_.push_back(add_constraint(context_, pair_, *item.written_unique));
    }
  }

  std::string shown(const std::string& name) const { return name.empty() ? "None" : quoted(name); }

  void remove(const Item& item, const std::string& name) {
    if (!context_.includes(candidate(item, name, true, false))) return;
    emit_drop(item);
    context_.info("constraints", "Detected removed " + item.kind() + " " + shown(name) + " on " +
                                     quoted(pair_.name()));
  }

  void add(const Item& item, const std::string& name) {
    if (!context_.includes(candidate(item, name, false, false))) return;
    emit_add(item);
    context_.info("constraints", "Detected added " + item.kind() + " " + shown(name) + " on '" +
                                     tuple(item.columns()) + "'");
  }

  void change(const Item& have, const Item& want, const std::string& name) {
    if (have.is_index() != want.is_index()) {
      remove(have, name);
      add(want, name);
      return;
    }
    std::string why = have.is_index() ? difference(*have.index, *want.index)
                                      : difference(*have.unique, *want.unique);
    if (why.empty() && touches(have)) why = "a column is made anew";
    if (why.empty() || !context_.includes(candidate(want, name, false, true))) return;
    context_.info("constraints", "Detected changed " + have.kind() + " " + shown(name) + " on " +
                                     quoted(pair_.name()) + ": " + why);
    emit_drop(have);
    emit_add(want);
  }

  std::vector<std::string> keys(const Index& index) const {
    std::vector<std::string> out;
    for (const schema::IndexKey& key : index.keys) {
      out.push_back(key.expression ? context_.sql(key.expression) : key.column);
    }
    return out;
  }

  std::string difference(const Index& have, const Index& want) const {
    std::vector<std::string> reasons;
    auto flag = [](bool value) { return value ? "True" : "False"; };
    if (have.unique != want.unique) {
      reasons.push_back(std::string("unique=") + flag(have.unique) +
                        " to unique=" + flag(want.unique));
    }
    std::vector<std::string> old_keys = keys(have);
    std::vector<std::string> new_keys = keys(want);
    bool same = std::ranges::equal(
        old_keys, new_keys,
        [&](const std::string& a, const std::string& b) { return context_.same_sql(a, b); });
    if (!same) reasons.push_back("expression " + tuple(old_keys) + " to " + tuple(new_keys));
    if (options_differ(context_, have.options, want.options)) reasons.emplace_back("options");
    return join(reasons, ", ");
  }

  std::string difference(const Unique& have, const Unique& want) const {
    if (sorted(have.columns) != sorted(want.columns)) {
      return "expression " + tuple(sorted(have.columns)) + " to " + tuple(sorted(want.columns));
    }
    bool differ =
        have.deferral.deferrable.value_or(false) != want.deferral.deferrable.value_or(false) ||
        have.deferral.initially != want.deferral.initially ||
        options_differ(context_, have.options, want.options);
    return differ ? "options" : "";
  }

  Context& context_;
  const TablePair& pair_;
  const std::set<std::string>& replaced_;
  Operations& out_;
  std::map<std::string, Item> have_;
  std::map<std::string, Item> want_;
  std::vector<Item> have_unnamed_;
  std::vector<Item> want_unnamed_;
  std::set<const Unique*> matched_;
  schema::Constraint shown_;
};

}  // namespace

void compare_indexes_and_uniques(Context& context, const TablePair& pair,
                                 const std::set<std::string>& replaced, Operations& out) {
  IndexComparison(context, pair, replaced, out).run();
}

}  // namespace retort::compare
