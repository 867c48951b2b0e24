#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "database/sqlite.h"
#include "dialect/sqlite/inspect.h"
#include "dialect/sqlite/rebuild.h"
#include "dialect/sqlite/rebuild_text.h"
#include "rebuild_model.h"
#include "schema/dump.h"

namespace retort {
namespace {

namespace fs = std::filesystem;
using database::Connection;
using database::ConnectionPtr;
using rebuild_model::RandomChanges;
using rebuild_model::RandomTable;

struct Live : dialect::Catalog {
  explicit Live(Connection& c) : c_(&c) {}
  Connection& connection() override { return *c_; }
  Connection* c_;
};

std::vector<std::string> rows(Connection& connection, const std::string& sql) {
  std::vector<std::string> out;
  auto result = connection.query(sql);
  while (result->next()) {
    std::string row;
    for (std::size_t i = 0; i < result->columns().size(); ++i) {
      sql::Datum value = result->get(i);
      row += "|";
      if (auto* text = std::get_if<std::string>(&value)) row += *text;
      if (auto* number = std::get_if<std::int64_t>(&value)) row += std::to_string(*number);
      if (auto* real = std::get_if<double>(&value)) row += std::to_string(*real);
    }
    out.push_back(row);
  }
  return out;
}

void fill(Connection& connection, const RandomTable& table) {
  connection.execute(
      "CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE TABLE log (line);"
      "INSERT INTO parent VALUES (1), (2), (3)");
  connection.execute(table.sql);
  for (const std::string& sql : table.around) connection.execute(sql);
  int count = rebuild_model::pick(12);
  for (int i = 0; i < count; ++i) {
    try {
      connection.execute(rebuild_model::random_row(table));
    } catch (const Error&) {
      continue;  // not a row for a STRICT table
    }
  }
  if (rebuild_model::chance(50)) {
    connection.execute("DELETE FROM t WHERE " + dialect::sqlite::quoted(table.columns.front()) +
                       " = 2");
  }
  // Rows that refer to nothing are not the rebuild's doing.
  connection.execute("PRAGMA foreign_keys = OFF");
}

// The values of columns that were not changed; with the row numbers where the table has them.
std::vector<std::string> kept_rows(Connection& connection, const RandomTable& table,
                                   const RandomChanges& changes, bool after) {
  std::vector<std::string> names;
  // What is left of a key may become the row's number.
  bool key_shrinks =
      table.sql.find("PRIMARY KEY (") != std::string::npos && !changes.dropped.empty();
  if (table.sql.find("WITHOUT ROWID") == std::string::npos && !key_shrinks) {
    names.emplace_back("rowid");
  }
  for (const std::string& column : table.columns) {
    if (changes.dropped.contains(column)) continue;
    auto renamed = changes.renamed.find(column);
    bool new_name = after && renamed != changes.renamed.end();
    // A text column may take over its numbers: they compare as text.
    names.push_back("CAST(" + dialect::sqlite::quoted(new_name ? renamed->second : column) +
                    " AS TEXT)");
  }
  if (names.empty()) names.emplace_back("1");
  return rows(connection, "SELECT " + join(names, ", ") + " FROM t ORDER BY 1, " +
                              std::to_string(names.size()));
}

// Everything about the table that the changes leave alone, as text.
std::multiset<std::string> kept_parts(const schema::Table& table, const RandomChanges& changes) {
  std::multiset<std::string> out;
  auto skipped = [&](const std::string& column) {
    return changes.dropped.contains(column) || changes.altered.contains(column) ||
           changes.renamed.contains(column) || changes.added.contains(column) ||
           column.starts_with("new ");
  };
  std::vector<std::string> gone(changes.dropped.begin(), changes.dropped.end());
  for (const auto& [from, to] : changes.renamed) {
    gone.push_back(from);
    gone.push_back(to);
  }
  auto touched = [&](const std::string& text) {
    return std::any_of(gone.begin(), gone.end(), [&](const std::string& name) {
      return text.find(name) != std::string::npos;
    });
  };
  for (const schema::Column& column : table.columns) {
    std::string text = "column " + dump(column);
    if (!skipped(column.name) && !touched(text)) out.insert(text);
  }
  for (const schema::Constraint& constraint : table.constraints) {
    const std::string& name = schema::name_of(constraint).text;
    std::string text = dump(constraint);
    // A key goes on without a column that is dropped.
    bool key = std::holds_alternative<schema::PrimaryKey>(constraint) && !changes.dropped.empty();
    if (key || touched(text) || name.starts_with("extra") ||
        changes.dropped_constraints.contains(name)) {
      continue;
    }
    out.insert(text);
  }
  for (const schema::Index& index : table.indexes) {
    std::string text = dump(index);
    if (!touched(text)) out.insert(text);
  }
  for (const schema::Option& option : table.options) out.insert("option " + option.name);
  return out;
}

std::string table_sql(Connection& connection) {
  return rows(connection, "SELECT sql FROM sqlite_schema WHERE name = 't'").at(0).substr(1);
}

void check_change(const ConnectionPtr& db) {
  RandomTable table = rebuild_model::random_table();
  RC_LOG() << table.sql << "\n";
  fill(*db, table);
  RandomChanges changes = rebuild_model::random_changes(table);
  RC_PRE(!changes.operations.empty());

  std::vector<std::string> rows_before = kept_rows(*db, table, changes, false);
  schema::Table before = dialect::sqlite::inspect_table(*db, "t");
  std::vector<std::string> schema_before = rows(*db, "SELECT type, name, sql FROM sqlite_schema");
  std::vector<std::string> broken_keys = rows(*db, "PRAGMA foreign_key_check");
  std::vector<std::string> sequence;
  bool counts = find_option(before.options, "sqlite_autoincrement") != nullptr;
  if (counts) sequence = rows(*db, "SELECT * FROM sqlite_sequence WHERE name = 't'");

  Live live(*db);
  dialect::CompileContext context{&live, {}};
  database::Transaction transaction(*db);
  std::vector<sql::Statement> statements;
  try {
    statements = dialect::sqlite::rebuild(changes.operations, "", "t", context);
  } catch (const Error& error) {
    // Refused as a whole: nothing may have happened.
    RC_ASSERT(error.code() == code::kOperation);
    RC_ASSERT(rows(*db, "SELECT type, name, sql FROM sqlite_schema") == schema_before);
    RC_TAG("refused");
    return;
  }
  for (const sql::Statement& statement : statements) {
    RC_LOG() << statement.sql << "\n";
    try {
      db->execute(statement.sql);
    } catch (const Error& error) {
      // Rows that were told apart by a dropped column alone; or texts in what is the row's number
      // once it is the whole key.
      RC_ASSERT(error.sqlstate().starts_with("SQLITE_CONSTRAINT_") ||
                error.sqlstate() == "SQLITE_MISMATCH");
      RC_ASSERT(!changes.dropped.empty());
      db->rollback();
      RC_ASSERT(rows(*db, "SELECT type, name, sql FROM sqlite_schema") == schema_before);
      RC_ASSERT(kept_rows(*db, table, changes, false) == rows_before);
      RC_TAG("contradicted by rows");
      return;
    }
  }
  transaction.commit();

  std::vector<std::string> problems = rows(*db, "PRAGMA integrity_check");
  if (table.sql.find("WITHOUT ROWID") != std::string::npos) {
    // SQLite 3.40 sees NULLs that aren't there where the key of such a table doesn't come first.
    std::erase_if(problems, [](const std::string& one) { return one.starts_with("|NULL value"); });
  }
  RC_ASSERT(problems.empty() || problems == std::vector<std::string>{"|ok"});
  // Dropping an unrelated constraint or column never makes a key refer to nothing.
  RC_ASSERT(rows(*db, "PRAGMA foreign_key_check").size() <= broken_keys.size());
  RC_ASSERT(kept_rows(*db, table, changes, true) == rows_before);
  schema::Table after = dialect::sqlite::inspect_table(*db, "t");
  RC_ASSERT(kept_parts(after, changes) == kept_parts(before, changes));
  if (counts) {
    RC_ASSERT(rows(*db, "SELECT * FROM sqlite_sequence WHERE name = 't'") == sequence);
  }
  for (const std::string& name : changes.added) RC_ASSERT(after.column(name) != nullptr);
  for (const std::string& name : changes.dropped) RC_ASSERT(after.column(name) == nullptr);
  for (const char* kind : {"view", "trigger"}) {
    std::string count =
        "SELECT count(*) FROM sqlite_schema WHERE type = '" + std::string(kind) + "'";
    std::size_t was = 0;
    for (const std::string& row : schema_before) {
      if (row.starts_with("|" + std::string(kind))) ++was;
    }
    RC_ASSERT(rows(*db, count) == std::vector<std::string>{"|" + std::to_string(was)});
  }
  RC_ASSERT(rows(*db, "SELECT count(*) FROM sqlite_schema WHERE name LIKE '%alembic%'") ==
            std::vector<std::string>{"|0"});
}

RC_GTEST_PROP(SqliteRebuild, LeavesAloneWhatIsNotChanged, ()) {
  check_change(database::open_sqlite(":memory:"));
}

RC_GTEST_PROP(SqliteRebuild, LeavesAloneWhatIsNotChangedInAFile, ()) {
  fs::path file =
      fs::temp_directory_path() / ("retort-rebuild-property-" + std::to_string(::getpid()) + ".db");
  fs::remove(file);
  {
    ConnectionPtr db = database::open_sqlite(file.string());
    db->execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
    try {
      check_change(db);
    } catch (...) {
      fs::remove(file);
      throw;
    }
  }
  fs::remove(file);
}

RC_GTEST_PROP(SqliteInspect, ReadsBackWhatItsTextMakes, ()) {
  ConnectionPtr db = database::open_sqlite(":memory:");
  RandomTable table = rebuild_model::random_table();
  db->execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
  db->execute(table.sql);
  std::string stored = table_sql(*db);
  ConnectionPtr again = database::open_sqlite(":memory:");
  again->execute(stored);
  RC_ASSERT(dialect::sqlite::inspect_table(*again, "t") ==
            dialect::sqlite::inspect_table(*db, "t"));
  RC_ASSERT(dialect::sqlite::TableText(dialect::sqlite::parse_table(stored)).str("t") == stored);
  // The parser and the engine agree on the columns.
  std::vector<std::string> names;
  for (const schema::Column& column : dialect::sqlite::inspect_table(*db, "t").columns) {
    names.push_back("|" + column.name + "|" + (column.nullable ? "0" : "1") + "|" +
                    (column.primary_key ? "1" : "0"));
  }
  RC_ASSERT(rows(*db, "SELECT name, \"notnull\", pk > 0 FROM pragma_table_xinfo('t')") == names);
}

}  // namespace
}  // namespace retort
