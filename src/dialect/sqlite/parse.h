#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

// Reads the text of a CREATE statement as SQLite keeps it in sqlite_schema, so that a clause can be
// looked at or replaced where it stands. Expressions are found, not understood.
namespace retort::dialect::sqlite {

struct ParsedName {
  std::string text{};  // without quotes
  Span span{};
  friend bool operator==(const ParsedName&, const ParsedName&) = default;
};

// One key of an index, PRIMARY KEY or UNIQUE.
struct ParsedKey {
  Span span{};
  std::string column{};  // empty for an expression
  Span expression{};     // without COLLATE and the order
  std::string collation{};
  bool descending = false;
  friend bool operator==(const ParsedKey&, const ParsedKey&) = default;
};

struct ParsedReference {
  ParsedName table{};
  std::vector<ParsedName> columns{};
  std::string on_delete{};  // upper case: "SET NULL"
  std::string on_update{};
  std::string match{};
  std::optional<bool> deferrable{};
  std::string initially{};  // "DEFERRED", "IMMEDIATE" or empty
  friend bool operator==(const ParsedReference&, const ParsedReference&) = default;
};

enum class ClauseKind : std::uint8_t {
  kPrimaryKey,
  kUnique,
  kCheck,
  kForeignKey,
  kNotNull,
  kNull,
  kDefault,
  kCollate,
  kGenerated,
  kNameOnly,  // CONSTRAINT x with nothing behind it, which SQLite allows
};

// A constraint of a column or of the table.
struct ParsedClause {
  ClauseKind kind = ClauseKind::kCheck;
  Span span{};                       // from CONSTRAINT or the first keyword to the last word
  std::optional<ParsedName> name{};  // CONSTRAINT name
  Span keyword{};                    // the first token behind the name
  // PRIMARY KEY and UNIQUE of the table; FOREIGN KEY's own columns (`column` is set).
  std::vector<ParsedKey> keys{};
  bool descending = false;      // PRIMARY KEY DESC of a column
  Span autoincrement{};         // the word, empty when it isn't there
  std::string conflict{};       // ON CONFLICT: "REPLACE"
  Span expression{};            // CHECK and generated: inside the parentheses; DEFAULT: as written
  bool stored = false;          // generated
  std::string collation{};      // COLLATE
  ParsedReference reference{};  // FOREIGN KEY, REFERENCES
  friend bool operator==(const ParsedClause&, const ParsedClause&) = default;
};

struct ParsedColumn {
  ParsedName name{};
  Span span{};  // from the name to the last clause
  Span type{};  // as declared; empty when there is none
  std::vector<ParsedClause> clauses{};

  const ParsedClause* clause(ClauseKind kind) const;
  friend bool operator==(const ParsedColumn&, const ParsedColumn&) = default;
};

struct ParsedTable {
  std::string sql{};  // what the spans point into
  ParsedName name{};
  Span body{};  // between the parentheses
  std::vector<ParsedColumn> columns{};
  std::vector<ParsedClause> clauses{};  // constraints of the table
  Span options{};                       // what stands behind the closing parenthesis
  bool without_rowid = false;
  bool strict = false;

  std::string_view text(Span span) const;
  const ParsedColumn* column(std::string_view column_name) const;
  // The primary key of the table or of a column; null without one.
  const ParsedClause* primary_key() const;
  // Names of the primary key's columns in its order.
  std::vector<std::string> primary_key_columns() const;
  bool autoincrement() const;
  // The column that is the rowid (INTEGER PRIMARY KEY); null when there is none.
  const ParsedColumn* rowid_column() const;
};

struct ParsedIndex {
  std::string sql{};
  ParsedName name{};
  ParsedName table{};
  bool unique = false;
  std::vector<ParsedKey> keys{};
  Span where{};  // the condition; empty when there is none
  std::string_view text(Span span) const;
};

struct ParsedTrigger {
  std::string sql{};
  ParsedName name{};
  ParsedName table{};
  std::string timing{};               // "BEFORE", "AFTER", "INSTEAD OF" or empty
  std::string event{};                // "INSERT", "UPDATE", "DELETE"
  std::vector<ParsedName> columns{};  // UPDATE OF
};

struct ParsedView {
  std::string sql{};
  ParsedName name{};
  std::vector<ParsedName> columns{};
  Span select{};
};

// Each throws Error(code::kSyntax), with the place, for text that SQLite would not take.
ParsedTable parse_table(std::string_view sql);
ParsedIndex parse_index(std::string_view sql);
ParsedTrigger parse_trigger(std::string_view sql);
ParsedView parse_view(std::string_view sql);

// Where `name` stands as a column in an expression, bare or behind one of the qualifiers. Function
// names, collations and types are told apart; what is left may still be a string in double quotes.
std::vector<Span> mentions(std::string_view expression, std::string_view name);

}  // namespace retort::dialect::sqlite
