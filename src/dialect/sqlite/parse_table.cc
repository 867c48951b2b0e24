#include <algorithm>

#include "dialect/sqlite/parse.h"
#include "dialect/sqlite/parse_reader.h"

namespace retort::dialect::sqlite {
namespace {

// The words that end a column's type and begin a clause.
constexpr std::string_view kClauseWords[] = {"CONSTRAINT", "PRIMARY",    "NOT",     "NULL",
                                             "UNIQUE",     "CHECK",      "DEFAULT", "COLLATE",
                                             "REFERENCES", "DEFERRABLE", "AS"};

bool at_clause(const Reader& reader) {
  return (reader.at_word("GENERATED") && reader.at_word("ALWAYS", 1)) ||
         std::any_of(std::begin(kClauseWords), std::end(kClauseWords),
                     [&](std::string_view word) { return reader.at_word(word); });
}

bool at_table_clause(const Reader& reader) {
  static constexpr std::string_view kWords[] = {"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK",
                                                "FOREIGN"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return reader.at_word(word); });
}

class TableParser {
 public:
  explicit TableParser(std::string_view sql) : reader_(sql) { table_.sql = std::string(sql); }

  ParsedTable parse() {
    reader_.expect("CREATE");
    if (!reader_.accept({"TEMP"})) reader_.accept({"TEMPORARY"});
    reader_.expect("TABLE");
    reader_.accept({"IF", "NOT", "EXISTS"});
    table_.name = reader_.qualified_name();
    reader_.expect_symbol("(");
    table_.body.begin = reader_.end();
    do {
      if (at_table_clause(reader_)) break;
      table_.columns.push_back(column());
    } while (reader_.accept_symbol(","));
    // SQLite takes constraints with or without commas between them.
    while (at_table_clause(reader_)) {
      table_.clauses.push_back(table_clause());
      reader_.accept_symbol(",");
    }
    table_.body.end = reader_.begin();
    reader_.expect_symbol(")");
    options();
    return std::move(table_);
  }

 private:
  void options() {
    table_.options.begin = reader_.begin();
    while (!reader_.done() && !reader_.at_symbol(";")) {
      if (reader_.accept({"WITHOUT", "ROWID"})) {
        table_.without_rowid = true;
      } else if (reader_.accept({"STRICT"})) {
        table_.strict = true;
      } else {
        reader_.fail("WITHOUT ROWID or STRICT");
      }
      if (!reader_.accept_symbol(",")) break;
    }
    table_.options.end = std::max(table_.options.begin, reader_.end());
    reader_.accept_symbol(";");
    if (!reader_.done()) reader_.fail("the end of the statement");
  }

  ParsedColumn column() {
    ParsedColumn out;
    out.name = reader_.name();
    out.type = type();
    while (at_clause(reader_)) {
      if (!deferral(out)) out.clauses.push_back(column_clause());
    }
    out.span = {out.name.span.begin, reader_.end()};
    return out;
  }

  Span type() {
    Span out{reader_.end(), reader_.end()};
    auto at_type = [&] {
      return reader_.at_kind(TokenKind::kWord) || reader_.at_kind(TokenKind::kQuoted) ||
             reader_.at_kind(TokenKind::kString);
    };
    if (at_clause(reader_) || !at_type()) return out;
    out.begin = reader_.begin();
    while (at_type() && !at_clause(reader_)) reader_.skip();
    if (reader_.at_symbol("(")) reader_.parenthesised();
    out.end = reader_.end();
    return out;
  }

  // [NOT] DEFERRABLE [INITIALLY ...] belongs to the REFERENCES before it.
  bool deferral(ParsedColumn& column) {
    bool here = reader_.at_word("DEFERRABLE") ||
                (reader_.at_word("NOT") && reader_.at_word("DEFERRABLE", 1));
    if (!here) return false;
    if (column.clauses.empty() || column.clauses.back().kind != ClauseKind::kForeignKey) {
      reader_.fail("REFERENCES before DEFERRABLE");
    }
    ParsedClause& clause = column.clauses.back();
    read_deferral(clause.reference);
    clause.span.end = reader_.end();
    return true;
  }

  void read_deferral(ParsedReference& reference) {
    if (reader_.accept({"NOT", "DEFERRABLE"})) {
      reference.deferrable = false;
    } else if (reader_.accept({"DEFERRABLE"})) {
      reference.deferrable = true;
    } else {
      return;
    }
    if (reader_.accept({"INITIALLY"})) reference.initially = reader_.word();
  }

  // CONSTRAINT name, as often as it stands here: the last one counts.
  void begin_clause(ParsedClause& clause) {
    clause.span.begin = reader_.begin();
    while (reader_.accept({"CONSTRAINT"})) clause.name = reader_.name();
    clause.keyword = reader_.span();
  }

  ParsedClause column_clause() {
    ParsedClause out;
    begin_clause(out);
    if (out.name && !at_clause(reader_)) {
      out.kind = ClauseKind::kNameOnly;
      out.keyword = {reader_.end(), reader_.end()};
    } else if (reader_.accept({"PRIMARY", "KEY"})) {
      out.kind = ClauseKind::kPrimaryKey;
      if (!reader_.accept({"ASC"})) out.descending = reader_.accept({"DESC"});
      conflict(out);
      Span word = reader_.span();
      if (reader_.accept({"AUTOINCREMENT"})) out.autoincrement = word;
    } else if (reader_.accept({"NOT", "NULL"})) {
      out.kind = ClauseKind::kNotNull;
      conflict(out);
    } else if (reader_.accept({"NULL"})) {
      out.kind = ClauseKind::kNull;
      conflict(out);
    } else if (reader_.accept({"UNIQUE"})) {
      out.kind = ClauseKind::kUnique;
      conflict(out);
    } else if (reader_.accept({"CHECK"})) {
      out.kind = ClauseKind::kCheck;
      out.expression = reader_.parenthesised();
      conflict(out);
    } else if (reader_.accept({"DEFAULT"})) {
      out.kind = ClauseKind::kDefault;
      out.expression.begin = reader_.begin();
      if (reader_.at_symbol("(")) {
        reader_.parenthesised();
      } else {
        if (!reader_.accept_symbol("-")) reader_.accept_symbol("+");
        reader_.skip();
      }
      out.expression.end = reader_.end();
    } else if (reader_.accept({"COLLATE"})) {
      out.kind = ClauseKind::kCollate;
      out.collation = reader_.name().text;
    } else if (reader_.at_word("REFERENCES")) {
      out.kind = ClauseKind::kForeignKey;
      reference(out.reference);
    } else {
      out.kind = ClauseKind::kGenerated;
      reader_.accept({"GENERATED", "ALWAYS"});
      reader_.expect("AS");
      out.expression = reader_.parenthesised();
      out.stored = reader_.accept({"STORED"});
      if (!out.stored) reader_.accept({"VIRTUAL"});
    }
    out.span.end = reader_.end();
    return out;
  }

  ParsedClause table_clause() {
    ParsedClause out;
    begin_clause(out);
    if (reader_.accept({"PRIMARY", "KEY"})) {
      out.kind = ClauseKind::kPrimaryKey;
      out.keys = reader_.keys(&out.autoincrement);
    } else if (reader_.accept({"UNIQUE"})) {
      out.kind = ClauseKind::kUnique;
      out.keys = reader_.keys(nullptr);
    } else if (reader_.accept({"CHECK"})) {
      out.kind = ClauseKind::kCheck;
      out.expression = reader_.parenthesised();
    } else if (reader_.accept({"FOREIGN", "KEY"})) {
      out.kind = ClauseKind::kForeignKey;
      for (ParsedName& name : reader_.names()) {
        out.keys.push_back({name.span, name.text, name.span, "", false});
      }
      reference(out.reference);
    } else {
      out.kind = ClauseKind::kNameOnly;
      out.keyword = {reader_.end(), reader_.end()};
    }
    conflict(out);
    out.span.end = reader_.end();
    return out;
  }

  void conflict(ParsedClause& clause) {
    if (reader_.accept({"ON", "CONFLICT"})) clause.conflict = reader_.word();
  }

  void reference(ParsedReference& out) {
    reader_.expect("REFERENCES");
    out.table = reader_.name();
    if (reader_.at_symbol("(")) out.columns = reader_.names();
    while (true) {
      if (reader_.at_word("ON") && !reader_.at_word("CONFLICT", 1)) {
        reader_.skip();
        std::string event = reader_.word();
        std::string action = reader_.word();
        if (action == "SET" || action == "NO") action += " " + reader_.word();
        if (event == "DELETE") out.on_delete = action;
        if (event == "UPDATE") out.on_update = action;
      } else if (reader_.accept({"MATCH"})) {
        out.match = reader_.name().text;
      } else {
        break;
      }
    }
    if (reader_.at_word("DEFERRABLE") ||
        (reader_.at_word("NOT") && reader_.at_word("DEFERRABLE", 1))) {
      read_deferral(out);
    }
  }

  Reader reader_;
  ParsedTable table_;
};

}  // namespace

ParsedTable parse_table(std::string_view sql) { return TableParser(sql).parse(); }

const ParsedClause* ParsedColumn::clause(ClauseKind kind) const {
  for (const ParsedClause& clause : clauses) {
    if (clause.kind == kind) return &clause;
  }
  return nullptr;
}

std::string_view ParsedTable::text(Span span) const { return text_of(sql, span); }

const ParsedColumn* ParsedTable::column(std::string_view column_name) const {
  for (const ParsedColumn& column : columns) {
    if (same_name(column.name.text, column_name)) return &column;
  }
  return nullptr;
}

const ParsedClause* ParsedTable::primary_key() const {
  for (const ParsedColumn& column : columns) {
    if (const ParsedClause* clause = column.clause(ClauseKind::kPrimaryKey)) return clause;
  }
  for (const ParsedClause& clause : clauses) {
    if (clause.kind == ClauseKind::kPrimaryKey) return &clause;
  }
  return nullptr;
}

std::vector<std::string> ParsedTable::primary_key_columns() const {
  std::vector<std::string> out;
  for (const ParsedColumn& column : columns) {
    if (column.clause(ClauseKind::kPrimaryKey) != nullptr) return {column.name.text};
  }
  if (const ParsedClause* clause = primary_key()) {
    for (const ParsedKey& key : clause->keys) {
      const ParsedColumn* named = column(key.column);
      out.push_back(named != nullptr ? named->name.text : key.column);
    }
  }
  return out;
}

bool ParsedTable::autoincrement() const {
  const ParsedClause* clause = primary_key();
  return clause != nullptr && clause->autoincrement.begin != clause->autoincrement.end;
}

const ParsedColumn* ParsedTable::rowid_column() const {
  if (without_rowid) return nullptr;
  std::vector<std::string> key = primary_key_columns();
  if (key.size() != 1) return nullptr;
  const ParsedColumn* only = column(key.front());
  if (only == nullptr || !same_name(text(only->type), "INTEGER")) return nullptr;
  // "INTEGER PRIMARY KEY DESC" of a column is an ordinary key: https://sqlite.org/lang_createtable.
  const ParsedClause* clause = only->clause(ClauseKind::kPrimaryKey);
  return clause != nullptr && clause->descending ? nullptr : only;
}

}  // namespace retort::dialect::sqlite
