#include <algorithm>
#include <map>

#include "base/text.h"
#include "compare/constraints.h"
#include "sql/affinity.h"

// CHECKs by name and text. Alembic compares none, or with a plugin their names.
namespace retort::compare {
namespace {

using schema::Check;

struct Wanted {
  const Check* check = nullptr;
  const Check* written = nullptr;  // nullptr: a type made it
};

// The written CHECK of each canonical one: by name, else those without a name in their order.
std::vector<Wanted> wanted(const TablePair& pair) {
  std::vector<const Check*> written = constraints_of<Check>(pair.written.table);
  std::vector<Wanted> out;
  for (const Check* check : constraints_of<Check>(pair.want)) out.push_back({check, nullptr});
  for (Wanted& one : out) {
    auto found = std::ranges::find_if(written, [&](const Check* candidate) {
      return !candidate->name.empty() &&
             pair.written.final_name(candidate->name) == one.check->name.text;
    });
    if (found == written.end()) continue;
    one.written = *found;
    written.erase(found);
  }
  std::erase_if(written, [](const Check* one) { return !one->name.empty(); });
  for (Wanted& one : out) {
    if (one.written || written.empty()) continue;
    one.written = written.front();
    written.erase(written.begin());
  }
  return out;
}

// What SQLAlchemy's Boolean and Enum types used to make, or make with create_constraint=True:
// "column IN (...)". A model says nothing of it, and Alembic leaves it alone.
bool is_of_a_type(const Context& context, const TablePair& pair, const Check& check) {
  std::string text = context.sql(check.condition);
  return std::ranges::any_of(pair.want.columns, [&](const schema::Column& column) {
    const schema::Column* model = pair.written.column(column.name);
    sql::Affinity affinity = sql::affinity(model ? model->type : column.type);
    if (affinity != sql::Affinity::kBoolean && affinity != sql::Affinity::kEnum &&
        affinity != sql::Affinity::kString) {
      return false;
    }
    std::string start = to_lower(column.name) + " in (";
    std::string lower = replace_all(replace_all(to_lower(text), "\"", ""), "`", "");
    return lower.starts_with(start) && lower.find(')') == lower.size() - 1;
  });
}

bool touches(std::string_view text, const std::set<std::string>& replaced) {
  return std::ranges::any_of(replaced, [&](const std::string& column) {
    return text.find(column) != std::string_view::npos;
  });
}

// Columns that come or change over to a type which makes a CHECK.
std::set<std::string> typed_columns(const ColumnChanges& columns) {
  std::set<std::string> out;
  for (const Operations* some : {&columns.first, &columns.adds_and_alters}) {
    for (const operations::Operation& operation : *some) {
      const auto* add = std::get_if<operations::AddColumn>(&operation);
      const auto* alter = std::get_if<operations::AlterColumn>(&operation);
      if (add && add->column.type.create_constraint) out.insert(add->column.name);
      if (alter && alter->type && alter->type->create_constraint) out.insert(alter->column);
    }
  }
  return out;
}

}  // namespace

void compare_checks(Context& context, const TablePair& pair, const ColumnChanges& columns,
                    Operations& out) {
  const std::set<std::string>& replaced = columns.replaced;
  std::vector<const Check*> have = constraints_of<Check>(pair.have);
  std::erase_if(have, [&](const Check* one) {
    return !context.includes_name(one->name, "check_constraint", pair.have);
  });
  std::vector<Wanted> want = wanted(pair);
  auto text = [&](const Check& check) { return context.sql(check.condition); };

  auto includes = [&](const Check& check, bool reflected, bool counterpart) {
    schema::Constraint shown = check;
    return context.includes({.kind = "check_constraint",
                             .name = check.name.text,
                             .table = reflected ? &pair.have : &pair.written.table,
                             .constraint = &shown,
                             .reflected = reflected,
                             .has_counterpart = counterpart});
  };
  auto log = [&](std::string_view what, const Check& check, const std::string& why = "") {
    context.info("constraints", "Detected " + std::string(what) + " check constraint " +
                                    (check.name.empty() ? "None" : quoted(check.name.text)) +
                                    " on table " + quoted(pair.name()) + why);
  };
  auto add = [&](const Wanted& one) {
    schema::Check check = one.written ? *one.written : *one.check;
    check.column.clear();
    out.push_back(add_constraint(context, pair, std::move(check)));
  };
  // Those without a name, on either side, are equal when their texts are. A named one of the
  // database may stand for an unnamed one of the model, whose name the engine chose.
  auto equal = [&](const Check& old_one, const Wanted& new_one) {
    bool free = !new_one.written || new_one.written->name.empty();
    bool names = old_one.name.text == new_one.check->name.text || free;
    return names && context.same_sql(text(old_one), text(*new_one.check)) &&
           !touches(text(old_one), replaced);
  };
  std::erase_if(have, [&](const Check* old_one) {
    auto same =
        std::ranges::find_if(want, [&](const Wanted& new_one) { return equal(*old_one, new_one); });
    if (same == want.end()) return false;
    want.erase(same);
    return true;
  });

  std::ranges::stable_sort(have, {}, [](const Check* one) { return one->name.text; });
  std::ranges::stable_sort(want, {}, [](const Wanted& one) { return one.check->name.text; });
  std::vector<Wanted> changed;
  for (const Check* old_one : have) {
    auto new_one = std::ranges::find_if(want, [&](const Wanted& one) {
      return !old_one->name.empty() && one.check->name.text == old_one->name.text;
    });
    if (new_one != want.end()) {
      if (includes(*new_one->check, false, true)) {
        log("changed", *old_one, ": " + text(*old_one) + " to " + text(*new_one->check));
        out.push_back(drop_constraint(context, pair.have, *old_one));
        add(*new_one);
      }
      want.erase(new_one);
      continue;
    }
    // Inside a column it has no name to drop it by.
    if (context.is_mysql_like() && !old_one->column.empty()) continue;
    if (is_of_a_type(context, pair, *old_one) || !includes(*old_one, true, false)) continue;
    log("removed", *old_one);
    out.push_back(drop_constraint(context, pair.have, *old_one));
  }
  for (const Wanted& one : want) {
    if (!one.written && touches(text(*one.check), typed_columns(columns))) continue;
    if (!includes(one.written ? *one.written : *one.check, false, false)) continue;
    log("added", *one.check);
    add(one);
  }
}

}  // namespace retort::compare
