#include "dialect/sqlite/canonical.h"

#include <set>
#include <string>

#include "base/error.h"
#include "database/sqlite.h"
#include "dialect/dialect.h"
#include "dialect/sqlite/inspect.h"
#include "dialect/sqlite/parse_token.h"
#include "operations/operation.h"

namespace retort::dialect::sqlite {

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
  schema::MetaData out = inspect(*scratch);
  out.naming_convention = wanted.naming_convention;
  out.schema = wanted.schema;
  for (const std::string& schema : schemas) {
    for (schema::Table& table : inspect(*scratch, schema).tables) {
      out.tables.push_back(std::move(table));
    }
  }
  return out;
}

schema::MetaData canonical(std::span<const sql::Statement> create) {
  database::ConnectionPtr scratch = database::open_sqlite(":memory:");
  for (const sql::Statement& statement : create) scratch->execute(statement.sql);
  return inspect(*scratch);
}

}  // namespace retort::dialect::sqlite
