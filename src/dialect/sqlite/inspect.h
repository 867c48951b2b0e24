#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "database/connection.h"
#include "dialect/sqlite/parse.h"
#include "schema/table.h"
#include "sql/type.h"

// Reads what an SQLite database holds from the stored CREATE statements, which are all that SQLite
// itself knows. `schema` is the name of an attached database; empty is "main", and what is read
// then has no schema. SQLite's own objects (sqlite_...) are left out.
//
// Beside the fields that schema::Table and its parts have, these options are set:
//   table       sqlite_autoincrement, sqlite_strict: true; sqlite_with_rowid: false
//   column      sqlite_declared_type: the type as written; sqlite_on_conflict_not_null
//   primary key, unique
//               sqlite_on_conflict; sqlite_keys: the keys as written, where one has an order or a
//               collation
//   index       sqlite_where: the condition
// Names are final. Expressions are raw text: CHECK and generated columns without the parentheses
// around them, defaults as written. A key of an index that has an order or a collation is an
// expression ("a DESC").
namespace retort::dialect::sqlite {

// A row of sqlite_schema.
struct Object {
  std::string type{};  // "table", "index", "view", "trigger"
  std::string name{};
  std::string table{};
  std::string sql{};
  friend bool operator==(const Object&, const Object&) = default;
};

struct View {
  std::string name{};
  std::string schema{};
  std::vector<std::string> columns{};  // only where they are written: CREATE VIEW v (a, b)
  std::string definition{};            // SELECT ...
  std::string sql{};                   // the whole statement
  friend bool operator==(const View&, const View&) = default;
};

struct Trigger {
  std::string name{};
  std::string schema{};
  std::string table{};
  std::string sql{};
  friend bool operator==(const Trigger&, const Trigger&) = default;
};

struct VirtualTable {
  std::string name{};
  std::string schema{};
  std::string sql{};
  friend bool operator==(const VirtualTable&, const VirtualTable&) = default;
};

// All rows with a text, in the order they were made; with `table`, those of one table or view.
std::vector<Object> objects(database::Connection& connection, const std::string& schema = "",
                            std::optional<std::string_view> table = {});

// The tables that rows of sqlite_schema speak of, with their indexes, in the order of the rows.
// Virtual tables are left out.
std::vector<schema::Table> tables_of(const std::vector<Object>& rows,
                                     const std::string& schema = "",
                                     const std::set<std::string>& left_out = {});

// The tables in the order of their names, with constraints and indexes; virtual tables and the
// tables behind them are left out. Two queries at most.
schema::MetaData inspect(database::Connection& connection, const std::string& schema = "");

// Throws Error(code::kDatabase) when there is no such table.
schema::Table inspect_table(database::Connection& connection, const std::string& table,
                            const std::string& schema = "");

std::vector<View> inspect_views(database::Connection& connection, const std::string& schema = "");
std::vector<Trigger> inspect_triggers(database::Connection& connection,
                                      const std::string& schema = "");
std::vector<VirtualTable> inspect_virtual_tables(database::Connection& connection,
                                                 const std::string& schema = "");
// "main", "temp" where it is in use, and the attached databases.
std::vector<std::string> inspect_schemas(database::Connection& connection);

// A CREATE TABLE as a value, without indexes; a CREATE INDEX as a value.
schema::Table table_of(const ParsedTable& parsed, const std::string& schema = "");
schema::Index index_of(const ParsedIndex& parsed);
// The constraint of a clause; `column` is the one it stands in, or null. Nothing for NOT NULL and
// what else is a property of the column.
std::optional<schema::Constraint> constraint_of(const ParsedTable& table,
                                                const ParsedClause& clause,
                                                const ParsedColumn* column);

// The type that SQLAlchemy reflects for a declared type: by its name, else by SQLite's affinity.
sql::Type type_of(std::string_view declared);

}  // namespace retort::dialect::sqlite
