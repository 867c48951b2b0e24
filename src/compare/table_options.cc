#include "compare/table_options.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

// Alembic does not compare them.
namespace retort::compare {
namespace {

// As SQLAlchemy names them, and the sentence of the log; `value` is what the option says when the
// table has it.
struct Trait {
  std::string_view option;
  bool value;
  std::string_view keyword;
};
constexpr std::array kTraits = {
    Trait{"sqlite_strict", true, "STRICT"},
    Trait{"sqlite_with_rowid", false, "WITHOUT ROWID"},
    Trait{"sqlite_autoincrement", true, "AUTOINCREMENT"},
};
using Traits = std::array<bool, kTraits.size()>;

Traits traits_of(const schema::Table& table) {
  Traits out{};
  for (std::size_t i = 0; i < kTraits.size(); ++i) {
    const schema::Option* option = schema::find_option(table.options, kTraits[i].option);
    out[i] = option != nullptr && option->value == schema::OptionValue(kTraits[i].value);
  }
  return out;
}

// What differs and what the table has in either state: Alembic's batch keeps only what it is told.
operations::Operation change(const TablePair& pair, const Traits& from, const Traits& to) {
  operations::BatchAlterTable batch;
  batch.table = pair.name();
  batch.schema = pair.schema();
  batch.recreate = operations::Recreate::kAlways;
  for (std::size_t i = 0; i < kTraits.size(); ++i) {
    if (!from[i] && !to[i]) continue;
    auto option = [&](bool has) {
      return schema::Option{std::string(kTraits[i].option), has == kTraits[i].value};
    };
    batch.table_options.push_back(option(to[i]));
    batch.existing_table_options.push_back(option(from[i]));
  }
  return batch;
}

bool same_key(const TablePair& pair) {
  const schema::PrimaryKey* have = pair.have.primary_key();
  const schema::PrimaryKey* want = pair.want.primary_key();
  return have == nullptr || want == nullptr ? have == want : have->columns == want->columns;
}

using Settings = std::vector<std::pair<std::string, std::string>>;

Settings settings_of(const schema::Table& table) {
  const schema::Option* option = schema::find_option(table.options, "postgresql_with");
  const auto* settings = option ? std::get_if<Settings>(&option->value) : nullptr;
  return settings ? *settings : Settings{};
}

std::string tablespace_of(const schema::Table& table) {
  const schema::Option* option = schema::find_option(table.options, "postgresql_tablespace");
  const auto* name = option ? std::get_if<std::string>(&option->value) : nullptr;
  return name ? *name : "";
}

bool is_unlogged(const schema::Table& table) {
  return std::ranges::find(table.prefixes, "UNLOGGED") != table.prefixes.end();
}

// UNLOGGED, and of storage parameters and the tablespace what the model speaks of: the rest is the
// administrator's.
std::optional<operations::Operation> altered_options(Context& context, const TablePair& pair) {
  operations::BatchAlterTable batch;
  batch.table = pair.name();
  batch.schema = pair.schema();
  std::vector<std::string> told;
  auto change = [&](const char* name, schema::OptionValue from, schema::OptionValue to) {
    batch.table_options.push_back({name, std::move(to)});
    batch.existing_table_options.push_back({name, std::move(from)});
  };
  if (is_unlogged(pair.have) != is_unlogged(pair.want)) {
    change("postgresql_unlogged", is_unlogged(pair.have), is_unlogged(pair.want));
    told.emplace_back("UNLOGGED");
  }
  // Models of SQLAlchemy have no word for it, so that only what is wanted counts.
  for (const char* name : {"postgresql_row_security", "postgresql_force_row_security"}) {
    if (!schema::find_option(pair.want.options, name) ||
        schema::find_option(pair.have.options, name)) {
      continue;
    }
    change(name, false, true);
    told.emplace_back("ROW LEVEL SECURITY");
  }
  Settings have = settings_of(pair.have);
  Settings from;
  Settings to;
  for (const auto& [name, value] : settings_of(pair.want)) {
    auto old_one = std::ranges::find(have, name, &Settings::value_type::first);
    std::string old_value = old_one == have.end() ? "" : old_one->second;
    if (old_value == value) continue;
    from.emplace_back(name, old_value);
    to.emplace_back(name, value);
    told.push_back(name);
  }
  if (!to.empty()) change("postgresql_with", from, to);
  std::string space = tablespace_of(pair.want);
  if (!space.empty() && space != tablespace_of(pair.have)) {
    std::string old_space = tablespace_of(pair.have);
    change("postgresql_tablespace", old_space.empty() ? "pg_default" : old_space, space);
    told.emplace_back("TABLESPACE");
  }
  if (told.empty()) return std::nullopt;
  context.info("tables", "Detected changed options on table " + quoted(pair.name()) + ": " +
                             join(told, ", "));
  return batch;
}

}  // namespace

TableOptionChanges compare_table_options(Context& context, const TablePair& pair) {
  TableOptionChanges out;
  if (context.engine() == "postgresql") {
    if (auto altered = altered_options(context, pair)) out.first.push_back(std::move(*altered));
  }
  if (!context.is_sqlite()) return out;
  Traits have = traits_of(pair.have);
  Traits want = traits_of(pair.want);
  Traits between{};
  bool renewed = !same_key(pair);
  for (std::size_t i = 0; i < kTraits.size(); ++i) {
    between[i] = have[i] && want[i];
    // It is written at the key, and goes and comes with it.
    if (kTraits[i].keyword == "AUTOINCREMENT" && renewed) between[i] = false;
    // A key can't go from under it.
    if (kTraits[i].keyword == "WITHOUT ROWID" && renewed) between[i] = false;
    if (have[i] == want[i]) continue;
    context.info("tables", "Detected " + std::string(want[i] ? "added " : "removed ") +
                               std::string(kTraits[i].keyword) + " on table " +
                               quoted(pair.name()));
  }
  if (have != between) out.first.push_back(change(pair, have, between));
  if (between != want) out.last.push_back(change(pair, between, want));
  return out;
}

}  // namespace retort::compare
