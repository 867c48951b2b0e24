#include "compare/renames.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "compare/types.h"
#include "dialect/sqlite/parse_token.h"

namespace retort::compare {
namespace {

using schema::Column;
using schema::MetaData;
using schema::Table;

// SQL text with a column's name replaced wherever it stands as a name.
sql::Expression with_name(const Context& context, const sql::Expression& expression,
                          std::string_view from, const std::string& to) {
  if (!expression) return expression;
  std::string text = context.sql(expression);
  std::string out;
  std::size_t done = 0;
  for (const dialect::sqlite::Token& token : dialect::sqlite::tokenize(text)) {
    bool name = token.kind == dialect::sqlite::TokenKind::kWord ||
                token.kind == dialect::sqlite::TokenKind::kQuoted;
    std::string_view word = dialect::sqlite::text_of(text, token.span);
    if (!name || dialect::sqlite::unquoted(word) != from) continue;
    out += text.substr(done, token.span.begin - done);
    out += context.input.dialect.grammar().quote(to);
    done = token.span.end;
  }
  return sql::raw(out + text.substr(done));
}

void rename_in(std::vector<std::string>& names, const std::string& from, const std::string& to) {
  std::ranges::replace(names, from, to);
}

void rename_column(const Context& context, MetaData& metadata, Table& table,
                   const std::string& from, const std::string& to) {
  auto again = [&](sql::Expression& expression) {
    expression = with_name(context, expression, from, to);
  };
  for (Column& column : table.columns) {
    if (column.name == from) column.name = to;
    if (column.computed) again(column.computed->expression);
  }
  for (schema::Constraint& constraint : table.constraints) {
    std::visit(
        [&](auto& one) {
          if constexpr (requires { one.columns; }) rename_in(one.columns, from, to);
          if constexpr (requires { one.condition; }) again(one.condition);
        },
        constraint);
  }
  for (schema::Index& index : table.indexes) {
    for (schema::IndexKey& key : index.keys) {
      if (key.column == from) key.column = to;
      again(key.expression);
    }
    for (schema::Option& option : index.options) {
      if (auto* where = std::get_if<sql::Expression>(&option.value)) again(*where);
    }
  }
  for (Table& other : metadata.tables) {
    for (schema::Constraint& constraint : other.constraints) {
      auto* key = std::get_if<schema::ForeignKey>(&constraint);
      if (key && key->referred_table == table.name && key->referred_schema == table.schema) {
        rename_in(key->referred_columns, from, to);
      }
    }
  }
}

void rename_table(MetaData& metadata, Table& table, const std::string& to) {
  for (Table& other : metadata.tables) {
    for (schema::Constraint& constraint : other.constraints) {
      auto* key = std::get_if<schema::ForeignKey>(&constraint);
      if (key && key->referred_table == table.name && key->referred_schema == table.schema) {
        key->referred_table = to;
      }
    }
  }
  table.name = to;
}

Table* find(MetaData& metadata, std::string_view full_name) {
  auto found = std::ranges::find_if(metadata.tables,
                                    [&](const Table& one) { return one.full_name() == full_name; });
  return found == metadata.tables.end() ? nullptr : &*found;
}

const Table* find(const MetaData& metadata, std::string_view full_name) {
  return find(const_cast<MetaData&>(metadata), full_name);
}

std::string renamed_from(const std::vector<std::pair<std::string, std::string>>& info) {
  for (const auto& [key, value] : info) {
    if (key == "renamed_from") return value;
  }
  return {};
}

class Renaming {
 public:
  explicit Renaming(Context& context) : context_(context) { out_.have = context.input.have; }

  Renamed run() {
    for (const auto& [from, to] : context_.options.renames) answer(from, to);
    for (const Table& model : context_.input.model.tables) {
      std::string old_name = renamed_from(model.info);
      if (!old_name.empty()) table(qualified(model.schema, old_name), model.full_name(), false);
    }
    for (const Table& model : context_.input.model.tables) {
      for (const Column& wanted : model.columns) {
        std::string old_name = renamed_from(wanted.info);
        if (!old_name.empty()) column(model.full_name(), old_name, wanted.name, false);
      }
    }
    return std::move(out_);
  }

 private:
  static std::string qualified(const std::string& schema, const std::string& name) {
    return schema.empty() || name.find('.') != std::string::npos ? name : schema + "." + name;
  }

  // "old=new" of the command line: a table, or a column as "table.old" and "new" or "table.new".
  void answer(const std::string& from, const std::string& to) {
    if (find(out_.have, from)) {
      table(from, to, true);
      return;
    }
    std::size_t dot = from.rfind('.');
    if (dot == std::string::npos) refuse(from, to, "there is no table '" + from + "'");
    std::size_t new_dot = to.rfind('.');
    std::string name = new_dot == std::string::npos ? to : to.substr(new_dot + 1);
    std::string owner = from.substr(0, dot);
    if (!find(out_.have, owner) && new_dot != std::string::npos) owner = to.substr(0, new_dot);
    column(owner, from.substr(dot + 1), name, true);
  }

  [[noreturn]] void refuse(const std::string& from, const std::string& to, const std::string& why) {
    throw Error(code::kUsage, "--rename " + from + "=" + to + ": " + why)
        .with_hint(
            "write a table as old=new and a column as table.old=new, with the old name as the "
            "database has it");
  }

  void table(const std::string& from, const std::string& to, bool asked) {
    Table* have = find(out_.have, from);
    bool wanted = find(context_.input.want, to) != nullptr;
    if (!have || !wanted || find(out_.have, to)) {
      if (!asked) return;
      refuse(from, to, !wanted ? "the models have no table '" + to + "'" : "both names are in use");
    }
    std::string name = have->schema.empty() ? to : to.substr(have->schema.size() + 1);
    out_.operations.emplace_back(operations::RenameTable{have->name, name, have->schema});
    context_.info("tables", "Detected renamed table " + quoted(from) + " to " + quoted(to));
    rename_table(out_.have, *have, name);
  }

  void column(const std::string& owner, const std::string& from, const std::string& to,
              bool asked) {
    Table* have = find(out_.have, owner);
    const Table* want = find(context_.input.want, owner);
    const Column* old_one = have ? have->column(from) : nullptr;
    if (!old_one || !want || !want->column(to) || have->column(to)) {
      if (!asked) return;
      std::string why = "there is no column '" + owner + "." + from + "'";
      if (old_one) why = "the models have no column '" + owner + "." + to + "'";
      if (old_one && have->column(to)) why = "both names are in use";
      refuse(owner + "." + from, to, why);
    }
    operations::AlterColumn alter;
    alter.table = have->name;
    alter.schema = have->schema;
    alter.column = from;
    alter.new_name = to;
    alter.existing_type = old_one->type;
    alter.existing_nullable = old_one->nullable;
    if (old_one->server_default) alter.existing_server_default.emplace(old_one->server_default);
    out_.operations.emplace_back(std::move(alter));
    context_.info("tables", "Detected renamed column " + quoted(owner + "." + from) + " to " +
                                quoted(owner + "." + to));
    rename_column(context_, out_.have, *have, from, to);
  }

  Context& context_;
  Renamed out_;
};

// How much two tables are alike: columns of the same name and type, of all.
bool alike(const Context& context, const Table& a, const Table& b) {
  auto same = static_cast<std::size_t>(std::ranges::count_if(a.columns, [&](const Column& column) {
    const Column* other = b.column(column.name);
    return other && !types_differ(context, column.type, other->type);
  }));
  std::size_t all = a.columns.size() + b.columns.size() - same;
  return same > 0 && 4 * same >= 3 * all;
}

void column_candidates(const Context& context, const Table& have, const Table& want,
                       std::vector<RenameCandidate>& out) {
  std::vector<const Column*> gone;
  std::vector<const Column*> come;
  for (const Column& one : have.columns) {
    if (!want.column(one.name)) gone.push_back(&one);
  }
  for (const Column& one : want.columns) {
    if (!have.column(one.name)) come.push_back(&one);
  }
  auto fits = [&](const Column* a, const Column* b) {
    return !types_differ(context, a->type, b->type) &&
           a->computed.has_value() == b->computed.has_value();
  };
  for (const Column* old_one : gone) {
    std::vector<const Column*> matches;
    std::ranges::copy_if(come, std::back_inserter(matches),
                         [&](const Column* one) { return fits(old_one, one); });
    if (matches.size() != 1) continue;
    auto rivals =
        std::ranges::count_if(gone, [&](const Column* one) { return fits(one, matches[0]); });
    if (rivals != 1) continue;
    out.push_back({have.full_name() + "." + old_one->name, matches[0]->name});
  }
}

}  // namespace

Renamed apply_renames(Context& context) { return Renaming(context).run(); }

std::vector<RenameCandidate> rename_candidates(const Context& context, const MetaData& have) {
  std::vector<RenameCandidate> out;
  std::map<std::string, const Table*> wanted;
  for (const Table& one : context.input.want.tables) wanted.emplace(one.full_name(), &one);
  std::set<std::string> there;
  for (const Table& one : have.tables) there.insert(one.full_name());
  std::vector<const Table*> come;
  for (const auto& [name, table] : wanted) {
    if (!there.contains(name)) come.push_back(table);
  }
  for (const Table& table : have.tables) {
    auto found = wanted.find(table.full_name());
    if (found != wanted.end()) {
      column_candidates(context, table, *found->second, out);
      continue;
    }
    std::vector<const Table*> matches;
    std::ranges::copy_if(come, std::back_inserter(matches), [&](const Table* one) {
      return one->schema == table.schema && alike(context, table, *one);
    });
    if (matches.size() == 1) out.push_back({table.full_name(), matches[0]->full_name()});
  }
  return out;
}

}  // namespace retort::compare
