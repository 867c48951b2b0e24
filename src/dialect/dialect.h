#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "operations/operation.h"
#include "schema/table.h"
#include "sql/grammar.h"

namespace retort::dialect {

// What of the live schema compiling an operation may look at: SQLite's rebuild, "IF EXISTS" where
// the engine has none. A database, or a scratch copy that --sql replays the history into.
class Catalog {
 public:
  virtual ~Catalog() = default;
  virtual database::Connection& connection() = 0;
};

// What one run has made so far and later operations must know of. PostgreSQL: the named types, so
// that two tables that share an enum create it once.
struct RunMemory {
  std::vector<std::string> types{};  // full names, quoted
};

// What compiling depends on beside the operation.
struct CompileContext {
  // Absent: nothing can be looked up (--sql). Present: it shows the schema as all operations before
  // this one have left it.
  Catalog* catalog = nullptr;
  schema::NamingConvention naming_convention{};  // of target_metadata
  // kLiteral for --sql: op.execute and op.bulk_insert then have their values in the text.
  sql::Binds binds = sql::Binds::kPositional;
  RunMemory* memory = nullptr;  // of the whole run; absent: each operation is alone
};

// One dialect: how operations become SQL and how a live schema is read. Stateless; shared.
class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual const sql::Grammar& grammar() const = 0;
  std::string_view name() const { return grammar().name(); }

  // Alembic's name of the implementation, for the log: "SQLiteImpl".
  virtual std::string_view impl_name() const = 0;
  // Whether DDL can be rolled back.
  virtual bool transactional_ddl() const = 0;

  // The statements of one operation in order. Throws Error(code::kOperation) for what the engine
  // can't do, with what to do instead.
  virtual std::vector<sql::Statement> compile(const operations::Operation& operation,
                                              const CompileContext& context) const = 0;
};

// By name ("sqlite", "postgresql", "mysql", "mariadb"); Error(code::kUrl) with a suggestion for
// another one.
const Dialect& find_dialect(std::string_view name);

}  // namespace retort::dialect
