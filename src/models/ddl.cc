#include "models/ddl.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "database/mariadb.h"
#include "dialect/inspect.h"
#include "dialect/mariadb/scratch.h"
#include "sql/splitter.h"

namespace retort::models {

namespace fs = std::filesystem;

std::vector<fs::path> ddl_files(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) return {path};
  std::vector<fs::path> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, failed)) {
    if (entry.path().extension() == ".sql") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  if (out.empty()) {
    throw Error(code::kFile, "no *.sql files in '" + path.string() + "'")
        .with_hint("name a file, or a folder with the files of the schema");
  }
  return out;
}

namespace {

// Texts with what names them in messages.
using Texts = std::vector<std::pair<std::string, std::string>>;

std::string first_word(std::string_view sql) {
  return to_upper(sql.substr(0, sql.find_first_of(" \t\r\n;(")));
}

// The files of `pg_dump` begin and end with commands of psql that keep others out.
std::string without_restrict(std::string text) {
  for (std::string_view word : {"\\restrict", "\\unrestrict"}) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
      if (at > 0 && text[at - 1] != '\n') {
        ++at;
        continue;
      }
      for (; at < text.size() && text[at] != '\n'; ++at) text[at] = ' ';
    }
  }
  return text;
}

// What is not about the schema: transactions, which are ours, and the tables that SQLite keeps.
bool is_left_out(std::string_view sql, bool sqlite) {
  static constexpr auto kTransactions =
      std::to_array<std::string_view>({"BEGIN", "COMMIT", "END", "ROLLBACK", "START"});
  std::string word = first_word(sql);
  if (std::ranges::find(kTransactions, word) != kTransactions.end()) return true;
  if (!sqlite || word != "CREATE") return false;
  std::string start = to_lower(sql.substr(0, 40));
  return start.starts_with("create table sqlite_") || start.starts_with("create table \"sqlite_");
}

// Owners and rights, which may be of roles that the scratch database's server doesn't have.
bool is_of_rights(std::string_view sql) {
  std::string word = first_word(sql);
  return word == "GRANT" || word == "REVOKE" ||
         (word == "ALTER" && (to_upper(sql).find(" OWNER TO ") != std::string::npos ||
                              to_upper(sql).starts_with("ALTER DEFAULT PRIVILEGES")));
}

class Maker {
 public:
  explicit Maker(database::Connection& scratch)
      : scratch_(scratch),
        sqlite_(scratch.dialect_name() == "sqlite"),
        postgresql_(scratch.dialect_name() == "postgresql") {}

  void make(const std::string& origin, const std::string& given) {
    std::string text = sqlite_ ? given : without_restrict(given);
    auto source = std::make_shared<const Source>(origin, text);
    for (const sql::SplitStatement& piece :
         sql::split_statements(text, sql::split_dialect(scratch_.dialect_name()))) {
      std::string statement(source->text(piece.text));
      if (statement.empty() || is_left_out(statement, sqlite_)) continue;
      try {
        run(statement);
      } catch (const Error& error) {
        throw located(error, source, piece.text);
      }
    }
  }

 private:
  void run(const std::string& statement) {
    if (!postgresql_ || !(is_of_rights(statement) || first_word(statement) == "CREATE")) {
      return scratch_.execute(statement);
    }
    scratch_.execute("SAVEPOINT retort_ddl");
    try {
      scratch_.execute(statement);
    } catch (const Error& error) {
      // "public", which is there, too.
      bool schema_is_there = error.sqlstate() == "42P06";
      if (!schema_is_there && !is_of_rights(statement)) throw;
      scratch_.execute("ROLLBACK TO SAVEPOINT retort_ddl");
    }
    scratch_.execute("RELEASE SAVEPOINT retort_ddl");
  }

  // The error with its place in the file.
  static Error located(const Error& error, const SourcePtr& source, Span statement) {
    Error out(error.code(), error.message());
    out.with_hint(error.hint()).with_statement("", error.sqlstate());
    Span span = statement;
    if (error.place()) {
      span = {statement.begin + error.place().span.begin, statement.begin + error.place().span.end};
    } else {
      // Its first line.
      std::size_t end = source->text(statement).find('\n');
      if (end != std::string_view::npos) {
        span.end = span.begin + static_cast<std::uint32_t>(end);
      }
    }
    out.with_place({source, span});
    return out;
  }

  database::Connection& scratch_;
  bool sqlite_;
  bool postgresql_;
};

void make_all(const Texts& texts, database::Connection& scratch) {
  Maker maker(scratch);
  for (const auto& [origin, text] : texts) {
    try {
      maker.make(origin, text);
    } catch (Error& error) {
      error.with_context(origin);
      throw;
    }
  }
}

// MariaDB can't take DDL back: in a database of its own, of another session.
schema::MetaData made_apart(const Texts& texts, database::Connection& server) {
  database::ConnectionPtr session = database::open_beside(server);
  dialect::mariadb::ScratchDatabase scratch(*session);
  session->execute("USE `" + scratch.name() + "`");
  make_all(texts, *session);
  return dialect::inspect(*session);
}

schema::MetaData made_of(const Texts& texts, database::Connection& scratch) {
  if (database::is_mysql_like(scratch)) return made_apart(texts, scratch);
  dialect::InspectScope scope;
  scope.definitions = true;
  if (!dialect::inspect(scratch, scope).tables.empty()) {
    throw Error(code::kOperation, "the scratch database is not empty")
        .with_hint("--dev-url has to name a database without tables; nothing is kept in it");
  }
  database::Transaction undone(scratch);
  bool postgresql = scratch.dialect_name() == "postgresql";
  std::optional<sql::Datum> path;
  if (postgresql) path = scratch.scalar("SELECT pg_catalog.current_setting('search_path')");
  make_all(texts, scratch);
  // The files of pg_dump leave none.
  if (path) {
    scratch.scalar("SELECT pg_catalog.set_config('search_path', $1, true)", {&*path, 1});
  }
  // What the texts make in other schemas is wanted as well.
  scope.all_schemas = true;
  return dialect::inspect(scratch, scope);
}

}  // namespace

schema::MetaData ddl_schema(const std::vector<fs::path>& files, database::Connection& scratch) {
  Texts texts;
  for (const fs::path& file : files) texts.emplace_back(file.string(), read_file(file));
  return made_of(texts, scratch);
}

schema::MetaData ddl_schema_of(const std::string& text, const std::string& origin,
                               database::Connection& scratch) {
  return made_of({{origin, text}}, scratch);
}

}  // namespace retort::models
