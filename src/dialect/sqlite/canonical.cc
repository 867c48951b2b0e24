#include "dialect/sqlite/canonical.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <tuple>

#include "base/error.h"
#include "base/text.h"
#include "database/sqlite.h"
#include "dialect/dialect.h"
#include "dialect/inspect.h"
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

class Copy {
 public:
  explicit Copy(const schema::MetaData& wanted)
      : wanted_(wanted), scratch_(database::open_sqlite(":memory:")) {
    context_.naming_convention = wanted.naming_convention;
    std::set<std::string> schemas;
    for (const schema::Table& table : wanted.tables) {
      if (!table.schema.empty() && table.schema != "main") schemas.insert(table.schema);
    }
    for (const std::string& schema : schemas) {
      scratch_->execute("ATTACH ':memory:' AS " + quoted(schema));
    }
  }

  schema::MetaData read() {
    schema::MetaData out;
    // Definitions speak of tables, and two of one name have to meet.
    bool whole = !wanted_.definitions.empty() || !are_distinct();
    std::size_t together = whole ? std::max<std::size_t>(wanted_.tables.size(), 1) : kTogether;
    std::size_t at = 0;
    do {
      scratch_->execute("BEGIN");
      for (std::size_t n = 0; n < together && at < wanted_.tables.size(); ++n) {
        make(wanted_.tables[at++]);
      }
      for (const schema::Definition& definition : wanted_.definitions) make(definition);
      schema::MetaData part = read_all(*scratch_, !wanted_.definitions.empty());
      std::ranges::move(part.tables, std::back_inserter(out.tables));
      std::ranges::move(part.definitions, std::back_inserter(out.definitions));
      scratch_->execute("ROLLBACK");
    } while (at < wanted_.tables.size());
    std::ranges::stable_sort(out.tables, [](const schema::Table& a, const schema::Table& b) {
      return std::tie(a.schema, a.name) < std::tie(b.schema, b.name);
    });
    out.naming_convention = wanted_.naming_convention;
    out.schema = wanted_.schema;
    return out;
  }

 private:
  // Whether no two tables and indexes of a schema have one name.
  bool are_distinct() const {
    std::set<std::pair<std::string, std::string>> names;
    for (const schema::Table& table : wanted_.tables) {
      if (!names.emplace(to_lower(table.schema), to_lower(table.name)).second) return false;
      for (const schema::Index& index : schema::all_indexes(table)) {
        schema::Name name =
            schema::resolve_name(wanted_.naming_convention, index, table.schema, table.name);
        if (!names.emplace(to_lower(table.schema), to_lower(name.text)).second) return false;
      }
    }
    return true;
  }

  void make(const schema::Table& table) {
    try {
      for (const sql::Statement& statement :
           dialect_.compile(operations::CreateTable{table, false}, context_)) {
        scratch_->execute(statement.sql);
      }
    } catch (Error& error) {
      error.with_context("table " + table.full_name());
      throw;
    }
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
  database::ConnectionPtr scratch_;
  const Dialect& dialect_ = find_dialect("sqlite");
  CompileContext context_;
};

}  // namespace

schema::MetaData canonical(const schema::MetaData& wanted) { return Copy(wanted).read(); }

schema::MetaData canonical(std::span<const sql::Statement> create) {
  database::ConnectionPtr scratch = database::open_sqlite(":memory:");
  for (const sql::Statement& statement : create) scratch->execute(statement.sql);
  return read_all(*scratch, false);
}

}  // namespace retort::dialect::sqlite
