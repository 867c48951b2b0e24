#pragma once

#include <rapidcheck.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "dialect/sqlite/parse_token.h"
#include "operations/operation.h"

// Random SQLite tables with everything that such a table can have, and random changes of them.
namespace retort::rebuild_model {

// Not found by argument, as std::quoted is.
inline std::string ident(const std::string& name) { return dialect::sqlite::quoted(name); }

inline int pick(int below) { return *rc::gen::inRange(0, below); }
inline bool chance(int percent) { return pick(100) < percent; }
template <typename T>
const T& one_of(const std::vector<T>& values) {
  return values[static_cast<std::size_t>(pick(static_cast<int>(values.size())))];
}

struct RandomTable {
  std::string sql{};                   // CREATE TABLE t
  std::vector<std::string> columns{};  // without generated ones
  std::vector<std::string> checked{};  // named constraints
  std::vector<std::string> around{};   // indexes, views, triggers
  bool strict = false;
  std::string key{};  // INTEGER PRIMARY KEY
};

inline std::string comment() {
  static const std::vector<std::string> kComments{"",    "", "", " /* c */", " -- it's, (here\n",
                                                  "\n  "};
  return one_of(kComments);
}

inline std::string conflict() { return chance(20) ? " ON CONFLICT IGNORE" : ""; }

// Columns hold small integers or short texts, by the parity of their number.
inline std::string column_sql(RandomTable& table, const std::string& name, bool text,
                              bool generated) {
  static const std::vector<std::string> kTexts{"TEXT", "TEXT", "VARCHAR(20)", "text", "CLOB"};
  static const std::vector<std::string> kNumbers{"INTEGER", "INT", "NUMERIC(10, 2)", "BIGINT", ""};
  std::string type = one_of(text ? kTexts : kNumbers);
  if (table.strict) type = text ? "TEXT" : "INT";
  std::string out = ident(name) + (type.empty() ? "" : " " + type);
  if (generated) {
    out += " GENERATED ALWAYS AS (length(" + ident(table.columns.front()) + ") + 1)";
    return out + (chance(50) ? " STORED" : " VIRTUAL");
  }
  if (text && chance(30)) out += " COLLATE NOCASE";
  if (chance(30)) out += text ? " DEFAULT 'd''e,)'" : " DEFAULT (1 + 1)";
  if (chance(30)) out += comment() + " NOT NULL" + (chance(20) ? " ON CONFLICT REPLACE" : "");
  if (chance(20)) {
    std::string check = "ck_" + std::to_string(table.checked.size());
    if (chance(50)) {
      out += " CONSTRAINT " + check;
      table.checked.push_back(check);
    }
    out += " CHECK (" + ident(name) + " <> 'never')";
  }
  if (chance(15)) out += " UNIQUE" + conflict();
  if (!text && chance(20)) {
    out += chance(50) ? " REFERENCES parent (id) ON DELETE SET NULL"
                      : " REFERENCES parent ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED";
  }
  return out;
}

inline RandomTable random_table() {
  static const std::vector<std::string> kNames{"a", "b", "a b", "Select", "é", "c", "d_1"};
  RandomTable out;
  out.strict = chance(20);
  std::vector<std::string> parts;
  bool with_key = chance(60);
  bool autoincrement = with_key && chance(40);
  if (with_key) {
    out.key = "id";
    parts.push_back(std::string("id INTEGER PRIMARY KEY") +
                    (autoincrement ? " AUTOINCREMENT" : ""));
  }
  int count = 2 + pick(5);
  for (int i = 0; i < count; ++i) {
    const std::string& name = kNames[static_cast<std::size_t>(i)];
    bool generated = i > 0 && chance(10);
    parts.push_back(column_sql(out, name, i % 2 == 1, generated));
    if (!generated) out.columns.push_back(name);
  }
  bool without_rowid = false;
  if (!with_key && chance(40)) {
    parts.push_back("PRIMARY KEY (" + ident(out.columns.front()) + (chance(30) ? " DESC" : "") +
                    ", " + ident(out.columns.back()) + ")");
    without_rowid = chance(50);
  }
  if (chance(30)) {
    std::string name = "uq_" + std::to_string(out.checked.size());
    bool named = chance(60);
    parts.push_back((named ? "CONSTRAINT " + name + " " : "") + "UNIQUE (" +
                    ident(one_of(out.columns)) + ", " + ident(out.columns.back()) + " DESC)" +
                    conflict());
    if (named) out.checked.push_back(name);
  }
  if (chance(30)) parts.push_back("CHECK (" + ident(one_of(out.columns)) + " IS NOT 'never')");
  if (with_key && chance(30)) {
    parts.push_back("CONSTRAINT fk_self FOREIGN KEY (" + ident(out.columns.front()) +
                    ") REFERENCES t (id) ON DELETE CASCADE");
    out.checked.push_back("fk_self");
  }
  out.sql = "CREATE TABLE t (" + comment();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out.sql += parts[i] + comment() + (i + 1 < parts.size() ? "," + comment() : "");
  }
  out.sql += ")";
  if (without_rowid) out.sql += " WITHOUT ROWID";
  if (out.strict) out.sql += without_rowid ? ", STRICT" : " STRICT";

  const std::string first = ident(one_of(out.columns));
  const std::string second = ident(one_of(out.columns));
  if (chance(50)) out.around.push_back("CREATE INDEX ix_plain ON t (" + first + " DESC)");
  if (chance(40)) {
    out.around.push_back("CREATE INDEX ix_expr ON t (lower(" + first + "), " + second +
                         " COLLATE NOCASE) WHERE " + second + " IS NOT NULL");
  }
  if (chance(30)) out.around.push_back("CREATE VIEW v AS SELECT " + first + " FROM t");
  if (chance(40)) {
    out.around.push_back("CREATE TRIGGER tr AFTER DELETE ON t BEGIN INSERT INTO log VALUES (OLD." +
                         first + "); END");
  }
  if (chance(30)) {
    out.around.push_back(
        "CREATE TRIGGER far AFTER INSERT ON log BEGIN SELECT count(*) FROM t; END");
  }
  return out;
}

inline std::string random_row(const RandomTable& table) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  static const std::vector<std::string> kValues{"NULL", "1", "2", "3", "'x'", "'Y'", "''", "'4'"};
  for (const std::string& column : table.columns) {
    if (chance(10)) continue;
    names.push_back(ident(column));
    values.push_back(one_of(kValues));
  }
  if (names.empty()) return "INSERT OR IGNORE INTO t DEFAULT VALUES";
  return "INSERT OR IGNORE INTO t (" + join(names, ", ") + ") VALUES (" + join(values, ", ") + ")";
}

// What a batch is expected to have touched.
struct RandomChanges {
  std::vector<operations::Operation> operations{};
  std::set<std::string> dropped{};
  std::set<std::string> altered{};               // their definition changed
  std::map<std::string, std::string> renamed{};  // old name -> new name
  std::set<std::string> dropped_constraints{};
  std::set<std::string> added{};
};

inline RandomChanges random_changes(const RandomTable& table) {
  RandomChanges out;
  std::set<std::string> used;
  int count = 1 + pick(4);
  for (int i = 0; i < count; ++i) {
    const std::string& column = one_of(table.columns);
    int kind = pick(8);
    if (kind < 6 && kind != 3 && !used.insert(column).second) continue;
    if (kind == 0) {
      out.operations.push_back(operations::DropColumn{.table = "t", .column = column});
      out.dropped.insert(column);
    } else if (kind == 1) {
      std::string name = "new " + column;
      out.operations.push_back(operations::AlterColumn{.column = column, .new_name = name});
      out.renamed.emplace(column, name);
    } else if (kind == 2) {
      out.operations.push_back(operations::AlterColumn{.column = column, .nullable = chance(60)});
      out.altered.insert(column);
    } else if (kind == 3) {
      schema::Column fresh;
      fresh.name = "fresh" + std::to_string(i);
      fresh.type = {.name = table.strict ? "Text" : "String"};
      if (chance(50)) fresh.server_default = "s";
      operations::AddColumn add;
      add.column = fresh;
      if (chance(30)) add.insert_after = table.columns.front();
      // Not beside a column that the same batch drops.
      if (out.dropped.contains(add.insert_after)) add.insert_after.clear();
      if (!add.insert_after.empty()) used.insert(add.insert_after);
      out.operations.push_back(add);
      out.added.insert(fresh.name);
    } else if (kind == 4) {
      operations::AlterColumn alter{.column = column};
      if (chance(50)) {
        alter.server_default = std::optional<schema::ServerDefault>("7");
      } else {
        alter.server_default.emplace(std::nullopt);
      }
      out.operations.push_back(alter);
      out.altered.insert(column);
    } else if (kind == 5 && !table.strict) {
      out.operations.push_back(
          operations::AlterColumn{.column = column, .type = sql::Type{.name = "Text"}});
      out.altered.insert(column);
    } else if (kind == 6 && !table.checked.empty()) {
      const std::string& name = one_of(table.checked);
      if (!out.dropped_constraints.insert(name).second) continue;
      out.operations.push_back(operations::DropConstraint{.name = {name, true}, .if_exists = true});
    } else if (kind == 7) {
      out.operations.push_back(operations::AddConstraint{
          .constraint = schema::Check{.name = {"extra" + std::to_string(i), true},
                                      .condition = sql::raw("1 < 2")}});
    }
  }
  return out;
}

}  // namespace retort::rebuild_model
