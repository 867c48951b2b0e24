#include "dialect/sqlite/ddl.h"

#include "base/error.h"
#include "dialect/options.h"
#include "dialect/sqlite/grammar.h"
#include "schema/derive.h"
#include "sql/affinity.h"

// CREATE TABLE and CREATE INDEX in SQLite's words.
namespace retort::dialect::sqlite {
namespace {

constexpr DdlTraits kTraits = {
    .engine = "SQLite",
    .native_boolean = false,
    .native_enum = false,
    .comments = false,
    .alter = false,
    .sequences = false,
};

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

// A default that is more than a word or a literal goes in parentheses.
std::string in_parentheses(const std::string& text) {
  std::size_t first = text.find_first_not_of(" \t\n\r\f\v");
  if (first != std::string::npos &&
      (text[first] == '\'' || text[first] == '"' || text[first] == '(')) {
    return text;
  }
  for (char c : text) {
    if (c == '\n') break;
    if (!is_word(c)) return "(" + text + ")";
  }
  return text;
}

// INTEGER PRIMARY KEY AUTOINCREMENT can only stand inside the column.
bool is_inline_key(const schema::Table& table, const schema::Column& column) {
  if (!option_flag(table.options, "sqlite_autoincrement").value_or(false)) return false;
  const schema::PrimaryKey* key = table.primary_key();
  return column.primary_key && key && key->columns.size() == 1 &&
         sql::affinity(column.type) == sql::Affinity::kInteger &&
         !schema::has_foreign_key(table, column.name);
}

std::string on_conflict(const std::string& action) {
  return action.empty() ? "" : " ON CONFLICT " + action;
}

}  // namespace

Ddl::Ddl(const CompileContext& context) : DdlCompiler(grammar(), kTraits, context) {}

std::string Ddl::column_specification(const schema::Table& table, const schema::Column& column) {
  std::string text = quote(column.name) + " " + grammar_.type(column.type);
  if (column.server_default) {
    text += " DEFAULT " + in_parentheses(default_sql(*column.server_default));
  }
  if (!column.nullable) {
    text += " NOT NULL" + on_conflict(option_text(column.options, "sqlite_on_conflict_not_null"));
  }
  if (column.primary_key && column.autoincrement == schema::Autoincrement::kTrue &&
      table.primary_key() && table.primary_key()->columns.size() != 1) {
    throw Error(code::kOperation,
                "SQLite does not support autoincrement for composite primary keys")
        .with_hint("leave autoincrement=True out, or make the column the whole primary key");
  }
  if (is_inline_key(table, column)) {
    text += " PRIMARY KEY" +
            on_conflict(option_text(column.options, "sqlite_on_conflict_primary_key")) +
            " AUTOINCREMENT";
  }
  if (column.computed) text += " " + computed(table, column);
  return text;
}

std::string Ddl::table_suffix(const schema::Table& table) {
  std::string text;
  if (!option_flag(table.options, "sqlite_with_rowid").value_or(true)) text = "\n WITHOUT ROWID";
  if (option_flag(table.options, "sqlite_strict").value_or(false)) {
    text += text.empty() ? "\n STRICT" : ",\n STRICT";
  }
  return text;
}

std::optional<std::string> Ddl::primary_key(const schema::Table& table,
                                            const schema::PrimaryKey& key) {
  const schema::Column* only = key.columns.size() == 1 ? table.column(key.columns[0]) : nullptr;
  if (only && is_inline_key(table, *only)) return std::nullopt;
  std::optional<std::string> text = DdlCompiler::primary_key(table, key);
  if (!text) return text;
  std::string action = option_text(key.options, "sqlite_on_conflict");
  if (action.empty() && only) {
    action = option_text(only->options, "sqlite_on_conflict_primary_key");
  }
  return *text + on_conflict(action);
}

std::optional<std::string> Ddl::foreign_key(const schema::Table& table,
                                            const schema::ForeignKey& key) {
  // A key can't lead into another attached database.
  if (key.referred_schema != table.schema) return std::nullopt;
  return DdlCompiler::foreign_key(table, key);
}

std::string Ddl::referred_table(const schema::ForeignKey& key) const {
  return quote(key.referred_table);
}

std::optional<std::string> Ddl::unique(const schema::Table& table, const schema::Unique& unique) {
  std::optional<std::string> text = DdlCompiler::unique(table, unique);
  if (!text) return text;
  std::string action = option_text(unique.options, "sqlite_on_conflict");
  if (action.empty() && unique.columns.size() == 1) {
    const schema::Column* column = table.column(unique.columns[0]);
    if (column) action = option_text(column->options, "sqlite_on_conflict_unique");
  }
  return *text + on_conflict(action);
}

std::optional<std::string> Ddl::check(const schema::Table& table, const schema::Check& check) {
  std::string action = option_text(check.options, "sqlite_on_conflict");
  if (!action.empty() && !check.column.empty()) {
    throw Error(code::kOperation,
                "SQLite does not support on conflict clause for column check constraint")
        .with_hint("make the CheckConstraint one of the table");
  }
  return *DdlCompiler::check(table, check) + on_conflict(action);
}

std::string Ddl::create_index(const schema::Table& table, const schema::Index& index,
                              bool if_not_exists) {
  std::string text = std::string("CREATE ") + (index.unique ? "UNIQUE " : "") + "INDEX " +
                     (if_not_exists ? "IF NOT EXISTS " : "") +
                     (table.schema.empty() ? "" : quote(table.schema) + ".") +
                     name_of(table, index) + " ON " + quote(table.name) + " (";
  for (std::size_t i = 0; i < index.keys.size(); ++i) {
    text += (i == 0 ? "" : ", ") + index_key(index, index.keys[i]);
  }
  text += ")";
  std::string where = option_sql(index.options, "sqlite_where", grammar_);
  return where.empty() ? text : text + " WHERE " + where;
}

}  // namespace retort::dialect::sqlite
