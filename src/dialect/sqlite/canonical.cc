#include "dialect/sqlite/canonical.h"

#include <set>
#include <string>

#include "base/error.h"
#include "database/sqlite.h"
#include "dialect/dialect.h"
#include "dialect/inspect.h"
#include "dialect/sqlite/parse_token.h"
#include "operations/operation.h"

namespace retort::dialect::sqlite {
namespace {

schema::MetaData read_all(database::Connection& scratch, bool definitions) {
  InspectScope scope;
  scope.all_schemas = true;
  scope.definitions = definitions;
  return dialect::inspect(scratch, scope);
}

}  // namespace

schema::MetaData canonical(const schema::MetaData& wanted) {
  database::ConnectionPtr scratch = database::open_sqlite(":memory:");
  std::set<std::string> schemas;
  for (const schema::Table& table : wanted.tables) {
    if (!table.schema.empty() && table.schema != "main") schemas.insert(table.schema);
  }
  for (const std::string& schema : schemas) {
    scratch->execute("ATTACH ':memory:' AS " + quoted(schema));
  }
  CompileContext context;
  context.naming_convention = wanted.naming_convention;
  const Dialect& dialect = find_dialect("sqlite");
  for (const schema::Table& table : wanted.tables) {
    try {
      for (const sql::Statement& statement :
           dialect.compile(operations::CreateTable{table, false}, context)) {
        scratch->execute(statement.sql);
      }
    } catch (Error& error) {
      error.with_context("table " + table.full_name());
      throw;
    }
  }
  for (const schema::Definition& definition : wanted.definitions) {
    try {
      scratch->execute(definition.sql);
    } catch (Error& error) {
      error.with_context(definition.name);
      throw;
    }
  }
  schema::MetaData out = read_all(*scratch, !wanted.definitions.empty());
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
