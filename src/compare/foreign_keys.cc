#include <algorithm>

#include "base/text.h"
#include "compare/constraints.h"

// Foreign keys are told apart by what they do, never by their names, as in Alembic.
namespace retort::compare {
namespace {

std::string action(const std::string& word) {
  std::string upper = to_upper(word);
  return upper == "NO ACTION" ? "" : upper;
}

bool same_key(const schema::ForeignKey& a, const schema::ForeignKey& b) {
  auto deferral = [](const schema::ForeignKey& key) {
    if (key.deferral.initially == "DEFERRED") return 2;
    return key.deferral.deferrable.value_or(false) ? 1 : 0;
  };
  return a.columns == b.columns && a.referred_schema == b.referred_schema &&
         a.referred_table == b.referred_table && a.referred_columns == b.referred_columns &&
         a.onupdate == b.onupdate && a.ondelete == b.ondelete && a.match == b.match &&
         deferral(a) == deferral(b);
}

struct Side {
  const schema::ForeignKey* key = nullptr;
  schema::ForeignKey normal{};
};

std::vector<Side> side(const schema::Table& table, const schema::MetaData& metadata) {
  std::vector<Side> out;
  for (const schema::ForeignKey* key : constraints_of<schema::ForeignKey>(table)) {
    out.push_back({key, normalized(*key, metadata)});
  }
  std::ranges::stable_sort(out, {}, [](const Side& one) { return one.normal.columns; });
  return out;
}

bool touches(const Side& one, const std::set<std::string>& replaced) {
  return std::ranges::any_of(one.normal.columns,
                             [&](const std::string& column) { return replaced.contains(column); });
}

}  // namespace

schema::ForeignKey normalized(const schema::ForeignKey& key, const schema::MetaData& metadata) {
  schema::ForeignKey out = key;
  out.onupdate = action(key.onupdate);
  out.ondelete = action(key.ondelete);
  out.match = to_upper(key.match) == "SIMPLE" ? "" : to_upper(key.match);
  out.deferral.initially = to_upper(key.deferral.initially);
  if (!out.referred_columns.empty()) return out;
  const schema::Table* referred = metadata.table(key.referred_schema, key.referred_table);
  if (referred && referred->primary_key()) out.referred_columns = referred->primary_key()->columns;
  return out;
}

ForeignKeyChanges compare_foreign_keys(Context& context, const TablePair& pair,
                                       const std::set<std::string>& replaced) {
  ForeignKeyChanges out;
  std::vector<Side> have = side(pair.have, context.input.have);
  std::erase_if(have, [&](const Side& one) {
    return !context.includes_name(one.key->name, "foreign_key_constraint", pair.have);
  });
  std::vector<Side> want = side(pair.want, context.input.want);
  // Each live key stands for one wanted key.
  std::vector<Side> removed;
  for (const Side& old_one : have) {
    auto same = std::ranges::find_if(want, [&](const Side& new_one) {
      return !touches(old_one, replaced) && same_key(old_one.normal, new_one.normal);
    });
    if (same == want.end()) {
      removed.push_back(old_one);
    } else {
      want.erase(same);
    }
  }
  auto log = [&](std::string_view what, const schema::ForeignKey& key) {
    context.info("constraints", "Detected " + std::string(what) + " foreign key (" +
                                    join(key.columns, ", ") + ")(" +
                                    join(key.referred_columns, ", ") + ") on table " +
                                    pair.want.full_name());
  };
  auto named_alike = [](const std::vector<Side>& others, const schema::Name& name) {
    return !name.empty() && std::ranges::any_of(others, [&](const Side& other) {
      return other.key->name.text == name.text;
    });
  };
  for (const Side& one : removed) {
    schema::Constraint shown = *one.key;
    if (!context.includes({.kind = "foreign_key_constraint",
                           .name = one.key->name.text,
                           .table = &pair.have,
                           .constraint = &shown,
                           .reflected = true,
                           .has_counterpart = named_alike(want, one.key->name)})) {
      continue;
    }
    out.removed.push_back(drop_constraint(context, pair.have, *one.key));
    log("removed", one.normal);
  }
  for (const Side& one : want) {
    const schema::ForeignKey* written = find_written(pair.written, *one.key);
    schema::ForeignKey key = written ? *written : *one.key;
    if (key.referred_columns.empty()) key.referred_columns = one.normal.referred_columns;
    schema::Constraint shown = key;
    if (!context.includes({.kind = "foreign_key_constraint",
                           .name = key.name.text,
                           .table = &pair.written.table,
                           .constraint = &shown,
                           .has_counterpart = named_alike(removed, key.name)})) {
      continue;
    }
    out.added.push_back(add_constraint(context, pair, std::move(key)));
    log("added", one.normal);
  }
  return out;
}

}  // namespace retort::compare
