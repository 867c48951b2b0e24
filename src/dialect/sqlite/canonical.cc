#include "dialect/sqlite/canonical.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "database/sqlite.h"
#include "dialect/dialect.h"
#include "dialect/inspect.h"
#include "dialect/sqlite/inspect.h"
#include "dialect/sqlite/parse_token.h"
#include "operations/operation.h"
#include "schema/derive.h"
#include "schema/naming.h"

namespace retort::dialect::sqlite {
namespace {

schema::MetaData read_all(database::Connection& scratch, bool definitions) {
  InspectScope scope;
  scope.all_schemas = true;
  scope.definitions = definitions;
  return dialect::inspect(scratch, scope);
}

// SQLite looks through the whole schema at every statement that adds to it. Tables are made some at
// a time and undone again, so that a thousand of them cost ten times a hundred.
constexpr std::size_t kTogether = 20;

// Fewer tables are made sooner than a thread is.
constexpr std::size_t kWorthAThread = 100;

// What a live database holds by the statements that made it.
using KnownObjects = std::unordered_map<std::string, Object>;

KnownObjects known_objects(database::Connection* live) {
  KnownObjects known;
  if (!live) return known;
  for (Object& object : objects(*live)) {
    std::string sql = object.sql;
    known.emplace(std::move(sql), std::move(object));
  }
  return known;
}

// Makes tables of a schema, `together` of them at a time, and reads them back.
class Copy {
 public:
  Copy(const schema::MetaData& wanted, std::span<const schema::Table> tables, std::size_t together,
       const KnownObjects& known)
      : wanted_(wanted),
        tables_(tables),
        together_(together),
        known_(known),
        scratch_(database::open_sqlite(":memory:")) {
    context_.naming_convention = wanted.naming_convention;
    std::set<std::string> schemas;
    for (const schema::Table& table : tables) {
      if (!table.schema.empty() && table.schema != "main") schemas.insert(table.schema);
    }
    for (const std::string& schema : schemas) {
      scratch_->execute("ATTACH ':memory:' AS " + quoted(schema));
    }
  }

  schema::MetaData read() {
    std::size_t at = 0;
    do {
      scratch_->execute("BEGIN");
      for (std::size_t made = 0; made < together_ && at < tables_.size(); ++at) {
        if (make(tables_[at])) ++made;
      }
      for (const schema::Definition& definition : wanted_.definitions) make(definition);
      schema::MetaData part = read_all(*scratch_, !wanted_.definitions.empty());
      std::ranges::move(part.tables, std::back_inserter(out_.tables));
      std::ranges::move(part.definitions, std::back_inserter(out_.definitions));
      scratch_->execute("ROLLBACK");
    } while (at < tables_.size());
    return std::move(out_);
  }

 private:
  // Whether it had to be made.
  bool make(const schema::Table& table) {
    try {
      const std::vector<sql::Statement> statements =
          dialect_.compile(operations::CreateTable{table, false}, context_);
      if (table.schema.empty() && take_known(statements)) return false;
      for (const sql::Statement& statement : statements) scratch_->execute(statement.sql);
      return true;
    } catch (Error& error) {
      error.with_context("table " + table.full_name());
      throw;
    }
  }

  bool take_known(std::span<const sql::Statement> statements) {
    if (known_.empty()) return false;
    std::vector<Object> rows;
    for (const sql::Statement& statement : statements) {
      const auto found = known_.find(std::string(trim(statement.sql)));
      if (found == known_.end()) return false;
      rows.push_back(found->second);
    }
    std::ranges::move(tables_of(rows), std::back_inserter(out_.tables));
    return true;
  }

  void make(const schema::Definition& definition) {
    try {
      scratch_->execute(definition.sql);
    } catch (Error& error) {
      error.with_context(definition.name);
      throw;
    }
  }

  const schema::MetaData& wanted_;
  const std::span<const schema::Table> tables_;
  const std::size_t together_;
  const KnownObjects& known_;
  schema::MetaData out_{};
  database::ConnectionPtr scratch_;
  const Dialect& dialect_ = find_dialect("sqlite");
  CompileContext context_;
};

// Whether no two tables and indexes of a schema have one name.
bool are_distinct(const schema::MetaData& wanted) {
  std::set<std::pair<std::string, std::string>> names;
  for (const schema::Table& table : wanted.tables) {
    if (!names.emplace(to_lower(table.schema), to_lower(table.name)).second) return false;
    for (const schema::Index& index : schema::all_indexes(table)) {
      schema::Name name =
          schema::resolve_name(wanted.naming_convention, index, table.schema, table.name);
      if (!names.emplace(to_lower(table.schema), to_lower(name.text)).second) return false;
    }
  }
  return true;
}

// Two halves of the tables, each in a scratch database of its own, at the same time.
schema::MetaData read_halves(const schema::MetaData& wanted, const KnownObjects& known) {
  const std::span<const schema::Table> tables(wanted.tables);
  const std::size_t half = tables.size() / 2;
  std::future<schema::MetaData> second = std::async(std::launch::async, [&] {
    return Copy(wanted, tables.subspan(half), kTogether, known).read();
  });
  schema::MetaData out = Copy(wanted, tables.first(half), kTogether, known).read();
  std::ranges::move(second.get().tables, std::back_inserter(out.tables));
  return out;
}

}  // namespace

schema::MetaData canonical(const schema::MetaData& wanted, database::Connection* live) {
  // Definitions speak of tables, and two of one name have to meet.
  const bool whole = !wanted.definitions.empty() || !are_distinct(wanted);
  const std::size_t count = wanted.tables.size();
  const KnownObjects known = whole ? KnownObjects() : known_objects(live);
  schema::MetaData out =
      whole ? Copy(wanted, wanted.tables, std::max<std::size_t>(count, 1), known).read()
      : count < kWorthAThread ? Copy(wanted, wanted.tables, kTogether, known).read()
                              : read_halves(wanted, known);
  std::ranges::stable_sort(out.tables, [](const schema::Table& a, const schema::Table& b) {
    return std::tie(a.schema, a.name) < std::tie(b.schema, b.name);
  });
  out.naming_convention = wanted.naming_convention;
  out.schema = wanted.schema;
  return out;
}

schema::MetaData canonical(std::span<const sql::Statement> create) {
  database::ConnectionPtr scratch = database::open_sqlite(":memory:");
  for (const sql::Statement& statement : create) scratch->execute(statement.sql);
  return read_all(*scratch, false);
}

}  // namespace retort::dialect::sqlite
