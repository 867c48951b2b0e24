#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/connection.h"
#include "schema/table.h"

// Reads what a PostgreSQL database holds. An empty schema stands for what the search_path shows,
// and what is read then has no schema. PostgreSQL's own objects and those that belong to an
// extension are left out.
//
// Types are those that SQLAlchemy reflects. Expressions are raw text as the server prints it: names
// that the search_path shows without a schema, CHECKs without outer parentheses. Names are final.
// Beside the fields that schema::Table and its parts have, these options are set, under
// SQLAlchemy's names where it has one:
//   table       postgresql_with, postgresql_using, postgresql_tablespace, postgresql_inherits,
//               postgresql_partition_by; postgresql_unlogged, postgresql_row_security,
//               postgresql_force_row_security: true
//   column      postgresql_serial: the default, nextval(...), of a column with a sequence of its
//   own,
//               which has autoincrement and no server_default
//   primary key, unique
//               postgresql_include; postgresql_nulls_not_distinct: true
//   check       postgresql_not_valid, postgresql_no_inherit: true
//   foreign key postgresql_not_valid: true
//   any constraint
//               postgresql_comment
//   index       postgresql_using, _where, _include, _ops, _with, _nulls_not_distinct, _tablespace;
//   an
//               index that is not valid has postgresql_invalid; postgresql_comment
// An index key with an order or a collation, and an expression with an operator class, is an
// expression; where it is a column's, `column` names it as well.
namespace retort::dialect::postgresql {

// The parts of an index as they stand in the catalog.
struct IndexInfo {
  struct Element {
    std::string text{};  // a column's name without quotes, or an expression
    bool is_expression = false;
    std::string opclass{};    // of another class than the type's own
    std::string collation{};  // another than the column's own
    bool descending = false;
    bool nulls_first = false;
  };
  std::string name{};
  bool unique = false;
  bool valid = true;
  bool of_constraint = false;  // of a UNIQUE or EXCLUDE constraint
  std::string method{};
  std::string where{};
  std::vector<Element> elements{};
  std::vector<std::string> include{};
  bool nulls_not_distinct = false;
  std::string tablespace{};
  std::vector<std::pair<std::string, std::string>> with{};
  std::optional<std::string> comment{};
};

// Tables with their columns, constraints and indexes, sorted by name; enums; sequences that no
// column owns; and all else as definitions. A constant number of queries. Partitions are part of
// their table and left out.
schema::MetaData inspect(database::Connection& connection, const std::string& schema = "");

// A table, view or materialised view. Throws Error(code::kDatabase) when there is none.
schema::Table inspect_table(database::Connection& connection, const std::string& table,
                            const std::string& schema = "");

// All indexes of a table but its primary key's, sorted by name.
std::vector<IndexInfo> inspect_indexes(database::Connection& connection, const std::string& table,
                                       const std::string& schema = "");

enum class Kind { kTable, kView, kMaterializedView, kSequence, kTemporaryTable, kTemporaryView };
// Sorted.
std::vector<std::string> names(database::Connection& connection, Kind kind,
                               const std::string& schema = "");
std::vector<std::string> inspect_schemas(database::Connection& connection);
// SELECT ... of a view; nothing when there is no such view.
std::optional<std::string> view_definition(database::Connection& connection,
                                           const std::string& view, const std::string& schema = "");

// Enum types with their values; a schema of "*" gives those of all schemas. The types of other
// schemas than the shown ones have theirs.
std::vector<sql::Type> inspect_enums(database::Connection& connection,
                                     const std::string& schema = "");
std::vector<sql::Type> inspect_domains(database::Connection& connection,
                                       const std::string& schema = "");

}  // namespace retort::dialect::postgresql
