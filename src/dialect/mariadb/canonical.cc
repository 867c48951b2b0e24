#include "dialect/mariadb/canonical.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "database/mariadb.h"
#include "dialect/dialect.h"
#include "dialect/mariadb/inspect.h"
#include "dialect/mariadb/scratch.h"
#include "operations/operation.h"
#include "schema/derive.h"
#include "schema/naming.h"

namespace retort::dialect::mariadb {
namespace {

constexpr std::size_t kMaxName = 64;

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

class Copy {
 public:
  Copy(const schema::MetaData& wanted, database::Connection& live)
      : wanted_(wanted),
        session_(database::open_beside(live)),
        scratch_(*session_),
        live_(live),
        dialect_(find_dialect(live.dialect_name())) {
    context_.naming_convention = wanted.naming_convention;
    catalog_.session = session_.get();
    context_.catalog = &catalog_;
    session_->execute("SET foreign_key_checks = 0");
  }

  schema::MetaData read() {
    schema::MetaData out;
    for (const schema::Table& table : wanted_.tables) {
      try {
        out.tables.push_back(read(table));
      } catch (Error& error) {
        error.with_context("table " + table.full_name());
        throw;
      }
    }
    std::ranges::stable_sort(out.tables, [](const schema::Table& a, const schema::Table& b) {
      return std::tie(a.schema, a.name) < std::tie(b.schema, b.name);
    });
    return out;
  }

 private:
  struct Session final : Catalog {
    database::Connection& connection() override { return *session; }
    database::Connection* session = nullptr;
  };

  schema::Table read(const schema::Table& given) {
    // Statements quote the schema; the one that the table is made in is the session's.
    schema::Table table = schema::with_primary_key(given);
    table.schema.clear();
    std::vector<schema::ForeignKey> keys = take_keys(table);
    std::optional<schema::Table> made = as_temporary(table);
    if (!made) made = in_scratch(table);
    made->schema = given.schema;
    for (schema::ForeignKey& key : keys) made->constraints.emplace_back(std::move(key));
    set_uniques(table, *made);
    return std::move(*made);
  }

  std::vector<schema::ForeignKey> take_keys(schema::Table& table) const {
    std::vector<schema::ForeignKey> out;
    for (const schema::Constraint& constraint : schema::all_constraints(table, nullptr)) {
      const auto* key = std::get_if<schema::ForeignKey>(&constraint);
      if (key == nullptr) continue;
      schema::ForeignKey one = *key;
      one.name = final_name(table, constraint);
      one.column.clear();
      for (std::string* action : {&one.ondelete, &one.onupdate}) {
        *action = to_upper(*action);
        // What it does when nothing is said; it doesn't print the first.
        if (*action == "RESTRICT" || *action == "NO ACTION") action->clear();
      }
      out.push_back(std::move(one));
    }
    std::erase_if(table.constraints, [](const schema::Constraint& constraint) {
      return std::holds_alternative<schema::ForeignKey>(constraint);
    });
    return out;
  }

  schema::Name final_name(const schema::Table& table, const schema::Constraint& one) const {
    schema::Name name =
        schema::resolve_name(wanted_.naming_convention, one, table.schema, table.name);
    return name.empty() ? name : schema::Name{schema::fit_name({name.text, true}, kMaxName), true};
  }

  void make(const schema::Table& table) {
    for (const sql::Statement& statement :
         dialect_.compile(operations::CreateTable{table, false}, context_)) {
      session_->execute(statement.sql);
    }
  }

  std::optional<schema::Table> as_temporary(schema::Table table) {
    table.prefixes.insert(table.prefixes.begin(), "TEMPORARY");
    std::string drop = "DROP TEMPORARY TABLE IF EXISTS " + mariadb_name(table.name);
    try {
      make(table);
    } catch (const Error& error) {
      if (error.code() != code::kDatabase) throw;
      session_->execute(drop);
      return std::nullopt;
    }
    schema::Table out = inspect_table(*session_, table.name);
    session_->execute(drop);
    return out;
  }

  schema::Table in_scratch(const schema::Table& table) {
    std::string current = current_database(live_);
    session_->execute("USE " + mariadb_name(scratch_.name()));
    std::optional<schema::Table> out;
    try {
      make_sequences();
      make(table);
      out = inspect_table(*session_, table.name);
      session_->execute("DROP TABLE " + mariadb_name(table.name));
    } catch (...) {
      session_->execute("USE " + mariadb_name(current));
      throw;
    }
    session_->execute("USE " + mariadb_name(current));
    return std::move(*out);
  }

  // Defaults may read them.
  void make_sequences() {
    if (std::exchange(has_sequences_, true) || !database::is_mariadb_server(live_)) return;
    for (schema::Sequence sequence : wanted_.sequences) {
      sequence.schema.clear();
      for (const sql::Statement& statement :
           dialect_.compile(operations::CreateSequence{sequence, true}, context_)) {
        session_->execute(statement.sql);
      }
    }
  }

  std::string mariadb_name(const std::string& name) const {
    return dialect_.grammar().quote_always(name);
  }

  // The engine has unique keys only; which of them are constraints is the model's word.
  void set_uniques(const schema::Table& written, schema::Table& made) const {
    std::vector<schema::Unique> wanted;
    for (const schema::Constraint& constraint : schema::all_constraints(written, nullptr)) {
      const auto* unique = std::get_if<schema::Unique>(&constraint);
      if (unique == nullptr) continue;
      wanted.push_back(*unique);
      wanted.back().name = final_name(written, constraint);
    }
    std::erase_if(made.indexes, [&](const schema::Index& index) {
      if (!index.unique || !index.options.empty()) return false;
      std::vector<std::string> columns;
      for (const schema::IndexKey& key : index.keys) columns.push_back(key.column);
      auto found = std::ranges::find_if(wanted, [&](const schema::Unique& one) {
        return one.name.empty() ? sorted(one.columns) == sorted(columns)
                                : one.name.text == index.name.text;
      });
      if (found == wanted.end()) return false;
      wanted.erase(found);
      made.constraints.emplace_back(schema::Unique{.name = index.name, .columns = columns});
      return true;
    });
  }

  const schema::MetaData& wanted_;
  database::ConnectionPtr session_;
  ScratchDatabase scratch_;
  database::Connection& live_;
  const Dialect& dialect_;
  CompileContext context_;
  Session catalog_;
  bool has_sequences_ = false;
};

}  // namespace

schema::MetaData canonical(const schema::MetaData& wanted, database::Connection& live) {
  schema::MetaData out;
  if (!wanted.tables.empty()) out = Copy(wanted, live).read();
  out.definitions = wanted.definitions;
  // MySQL has none.
  if (database::is_mariadb_server(live)) out.sequences = wanted.sequences;
  out.naming_convention = wanted.naming_convention;
  out.schema = wanted.schema;
  return out;
}

}  // namespace retort::dialect::mariadb
