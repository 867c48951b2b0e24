#pragma once

// What a migration does: the vocabulary of Alembic's `op`.
//
//   void upgrade(Op& op) {
//     op.create_table(Table("orgs", Column("id", BigInteger(), primary_key),
//                                   Column("name", String(80), not_null)));
//     op.add_column("users", Column("org_id", References{"orgs.id"}, nullable));
//     op.execute("UPDATE users SET org_id = 1");
//     op.batch("users", [](Op::Batch& users) {       // one rebuild of the table on SQLite
//       users.alter_column("org_id", {.nullable = false});
//       users.drop_column("org_name");
//     });
//   }
//
// Every function throws Error: code::kDatabase what the database refused, code::kOperation what it
// can't do. The same calls print SQL when the migration is only planned; connection() is then not
// to be had.

#include <retort/callback.h>
#include <retort/connection.h>
#include <retort/inspector.h>
#include <retort/table.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace retort {

// An absent member is left alone.
struct AlterColumn {
  std::optional<std::string> new_name{};
  std::optional<Type> type{};
  std::optional<bool> nullable{};
  std::optional<ServerDefault> server_default{};
  bool drop_server_default = false;
  std::optional<std::string> comment{};
  bool drop_comment = false;
  std::optional<bool> autoincrement{};
  // What it is now, for databases whose ALTER names the whole column (MySQL) and for downgrades.
  std::optional<Type> existing_type{};
  std::optional<bool> existing_nullable{};
  std::optional<ServerDefault> existing_server_default{};
  std::string existing_comment{};
  std::optional<bool> existing_autoincrement{};
  std::string using_expression{};  // PostgreSQL: ALTER ... TYPE ... USING
  std::string schema{};
  // GENERATED AS IDENTITY: PostgreSQL.
  std::optional<Identity> identity{};
  bool drop_identity = false;
  std::vector<DialectOption> options{};
};

// Where in its table a column goes, in a batch on SQLite: before or after another one. Elsewhere
// Error(code::kOperation): a column that is added is the last one.
struct Position {
  std::string before{};
  std::string after{};
};

struct IfExists {
  bool if_exists = false;
  std::string schema{};
};
struct IfNotExists {
  bool if_not_exists = false;
  std::string schema{};
};

// The kind of a constraint, for databases whose DROP names it (MySQL).
enum class ConstraintKind : std::uint8_t { unknown, foreign_key, primary, unique, check };

struct ForeignKeyOptions {
  Action ondelete = Action::none;
  Action onupdate = Action::none;
  std::optional<bool> deferrable{};
  bool initially_deferred = false;
  std::string source_schema{};
  std::string referent_schema{};
};

enum class Recreate : std::uint8_t { automatic, always, never };

struct BatchOptions {
  Recreate recreate = Recreate::automatic;
  std::string schema{};
  // The names of constraints that have none in the database: SQLite.
  NamingConvention naming_convention{};
  // The table as it is, which then is not read from the database: for printed SQL.
  std::optional<Table> copy_from{};
  // Further constraints of a table that is made anew: those that the database can't tell of.
  std::vector<Constraint> table_constraints{};
  // Groups of columns, in the order that they have to have.
  std::vector<std::vector<std::string>> partial_reordering{};
  // What a table that is made anew is to be from then on:
  //   .recreate = Recreate::always, .table_options = {DialectOption{"sqlite_strict", true}}
  std::vector<DialectOption> table_options{};
};

class Op {
 public:
  class Batch;

  void create_table(const Table& table, IfNotExists options = {});
  void drop_table(const std::string& table, IfExists options = {});
  void rename_table(const std::string& from, const std::string& to, const std::string& schema = {});
  void create_table_comment(const std::string& table, const std::string& comment,
                            const std::string& schema = {});
  void drop_table_comment(const std::string& table, const std::string& schema = {});

  void add_column(const std::string& table, const Column& column, IfNotExists options = {});
  void drop_column(const std::string& table, const std::string& column, IfExists options = {});
  void alter_column(const std::string& table, const std::string& column,
                    const AlterColumn& changes);

  void create_index(const std::string& table, const Index& index, IfNotExists options = {});
  void drop_index(const Name& index, const std::string& table = {}, IfExists options = {});

  void create_primary_key(const Name& name, const std::string& table,
                          const std::vector<std::string>& columns, const std::string& schema = {});
  void create_unique_constraint(const Name& name, const std::string& table,
                                const std::vector<std::string>& columns,
                                const std::string& schema = {});
  void create_check_constraint(const Name& name, const std::string& table,
                               const Expression& condition, const std::string& schema = {});
  void create_foreign_key(const Name& name, const std::string& source_table,
                          const std::string& referent_table,
                          const std::vector<std::string>& local_columns,
                          const std::vector<std::string>& remote_columns,
                          const ForeignKeyOptions& options = {});
  void create_exclude_constraint(const std::string& table, const Exclude& exclude,
                                 const std::string& schema = {});
  void drop_constraint(const Name& name, const std::string& table,
                       ConstraintKind kind = ConstraintKind::unknown, IfExists options = {});

  // CREATE TYPE ... AS ENUM and DROP TYPE, where the database has such types.
  void create_type(const Type& type, bool check_first = true);
  void drop_type(const Type& type, bool check_first = true);

  // A statement; ":name" in its text is a parameter, "\:" a colon.
  void execute(std::string_view sql);
  void execute(const Expression& statement);
  // Rows in the order of the columns that the first one names.
  void bulk_insert(const Table& table, const std::vector<RowValues>& rows);
  void bulk_insert(const Expression& table, const std::vector<RowValues>& rows);

  // The changes of one table, applied together when the function returns.
  void batch(const std::string& table, const Callback<void(Batch&)>& changes,
             const BatchOptions& options = {});

  // Commits, runs the function without a transaction, and begins one again: for statements that
  // PostgreSQL refuses inside of one.
  void autocommit(const Callback<void()>& function);

  std::string dialect() const;
  // Whether the migration is only printed: there is no database to ask.
  bool offline() const;
  // The database being migrated, inside the run's transaction. Throws Error(code::kMisuse) offline.
  Connection& connection();
  Inspector inspector();

  // For the library's own use.
  class Implementation;
  explicit Op(Implementation& implementation) : implementation_(&implementation) {}
  Op(const Op&) = delete;
  Op& operator=(const Op&) = delete;

 private:
  Implementation* implementation_;
};

// The changes of one table: batch_op.
class Op::Batch {
 public:
  void add_column(const Column& column, const Position& position = {});
  void drop_column(const std::string& column);
  void alter_column(const std::string& column, const AlterColumn& changes,
                    const Position& position = {});
  void create_index(const Index& index);
  void drop_index(const Name& index);
  void create_primary_key(const Name& name, const std::vector<std::string>& columns);
  void create_unique_constraint(const Name& name, const std::vector<std::string>& columns);
  void create_check_constraint(const Name& name, const Expression& condition);
  void create_foreign_key(const Name& name, const std::string& referent_table,
                          const std::vector<std::string>& local_columns,
                          const std::vector<std::string>& remote_columns,
                          const ForeignKeyOptions& options = {});
  void create_exclude_constraint(const Exclude& exclude);
  void drop_constraint(const Name& name, ConstraintKind kind = ConstraintKind::unknown);
  void create_table_comment(const std::string& comment);
  void drop_table_comment();
  void execute(std::string_view sql);

  // For the library's own use.
  class Implementation;
  explicit Batch(Implementation& implementation) : implementation_(&implementation) {}
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

 private:
  Implementation* implementation_;
};

}  // namespace retort
