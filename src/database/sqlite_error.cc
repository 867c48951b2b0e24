#include "database/sqlite_error.h"

#include <memory>
#include <string>

#include "base/interrupt.h"
#include "database/sqlite.h"
#include "database/statement_text.h"
#include "sql/type_names.h"

namespace retort::database {
namespace {

struct CodeName {
  int code;
  std::string_view name;
};

#define RETORT_CODE(name) {name, #name}
constexpr CodeName kCodeNames[] = {
    RETORT_CODE(SQLITE_ERROR),
    RETORT_CODE(SQLITE_INTERNAL),
    RETORT_CODE(SQLITE_PERM),
    RETORT_CODE(SQLITE_ABORT),
    RETORT_CODE(SQLITE_BUSY),
    RETORT_CODE(SQLITE_LOCKED),
    RETORT_CODE(SQLITE_NOMEM),
    RETORT_CODE(SQLITE_READONLY),
    RETORT_CODE(SQLITE_INTERRUPT),
    RETORT_CODE(SQLITE_IOERR),
    RETORT_CODE(SQLITE_CORRUPT),
    RETORT_CODE(SQLITE_NOTFOUND),
    RETORT_CODE(SQLITE_FULL),
    RETORT_CODE(SQLITE_CANTOPEN),
    RETORT_CODE(SQLITE_PROTOCOL),
    RETORT_CODE(SQLITE_EMPTY),
    RETORT_CODE(SQLITE_SCHEMA),
    RETORT_CODE(SQLITE_TOOBIG),
    RETORT_CODE(SQLITE_CONSTRAINT),
    RETORT_CODE(SQLITE_MISMATCH),
    RETORT_CODE(SQLITE_MISUSE),
    RETORT_CODE(SQLITE_NOLFS),
    RETORT_CODE(SQLITE_AUTH),
    RETORT_CODE(SQLITE_FORMAT),
    RETORT_CODE(SQLITE_RANGE),
    RETORT_CODE(SQLITE_NOTADB),
    RETORT_CODE(SQLITE_ERROR_MISSING_COLLSEQ),
    RETORT_CODE(SQLITE_ERROR_RETRY),
    RETORT_CODE(SQLITE_ERROR_SNAPSHOT),
    RETORT_CODE(SQLITE_IOERR_READ),
    RETORT_CODE(SQLITE_IOERR_SHORT_READ),
    RETORT_CODE(SQLITE_IOERR_WRITE),
    RETORT_CODE(SQLITE_IOERR_FSYNC),
    RETORT_CODE(SQLITE_IOERR_DIR_FSYNC),
    RETORT_CODE(SQLITE_IOERR_TRUNCATE),
    RETORT_CODE(SQLITE_IOERR_FSTAT),
    RETORT_CODE(SQLITE_IOERR_UNLOCK),
    RETORT_CODE(SQLITE_IOERR_RDLOCK),
    RETORT_CODE(SQLITE_IOERR_DELETE),
    RETORT_CODE(SQLITE_IOERR_NOMEM),
    RETORT_CODE(SQLITE_IOERR_ACCESS),
    RETORT_CODE(SQLITE_IOERR_CHECKRESERVEDLOCK),
    RETORT_CODE(SQLITE_IOERR_LOCK),
    RETORT_CODE(SQLITE_IOERR_CLOSE),
    RETORT_CODE(SQLITE_IOERR_SHMOPEN),
    RETORT_CODE(SQLITE_IOERR_SHMSIZE),
    RETORT_CODE(SQLITE_IOERR_SHMLOCK),
    RETORT_CODE(SQLITE_IOERR_SHMMAP),
    RETORT_CODE(SQLITE_IOERR_SEEK),
    RETORT_CODE(SQLITE_IOERR_DELETE_NOENT),
    RETORT_CODE(SQLITE_IOERR_MMAP),
    RETORT_CODE(SQLITE_IOERR_GETTEMPPATH),
    RETORT_CODE(SQLITE_LOCKED_SHAREDCACHE),
    RETORT_CODE(SQLITE_LOCKED_VTAB),
    RETORT_CODE(SQLITE_BUSY_RECOVERY),
    RETORT_CODE(SQLITE_BUSY_SNAPSHOT),
    RETORT_CODE(SQLITE_BUSY_TIMEOUT),
    RETORT_CODE(SQLITE_CANTOPEN_NOTEMPDIR),
    RETORT_CODE(SQLITE_CANTOPEN_ISDIR),
    RETORT_CODE(SQLITE_CANTOPEN_FULLPATH),
    RETORT_CODE(SQLITE_CANTOPEN_SYMLINK),
    RETORT_CODE(SQLITE_CORRUPT_VTAB),
    RETORT_CODE(SQLITE_CORRUPT_SEQUENCE),
    RETORT_CODE(SQLITE_CORRUPT_INDEX),
    RETORT_CODE(SQLITE_READONLY_RECOVERY),
    RETORT_CODE(SQLITE_READONLY_CANTLOCK),
    RETORT_CODE(SQLITE_READONLY_ROLLBACK),
    RETORT_CODE(SQLITE_READONLY_DBMOVED),
    RETORT_CODE(SQLITE_READONLY_CANTINIT),
    RETORT_CODE(SQLITE_READONLY_DIRECTORY),
    RETORT_CODE(SQLITE_ABORT_ROLLBACK),
    RETORT_CODE(SQLITE_CONSTRAINT_CHECK),
    RETORT_CODE(SQLITE_CONSTRAINT_COMMITHOOK),
    RETORT_CODE(SQLITE_CONSTRAINT_FOREIGNKEY),
    RETORT_CODE(SQLITE_CONSTRAINT_FUNCTION),
    RETORT_CODE(SQLITE_CONSTRAINT_NOTNULL),
    RETORT_CODE(SQLITE_CONSTRAINT_PRIMARYKEY),
    RETORT_CODE(SQLITE_CONSTRAINT_TRIGGER),
    RETORT_CODE(SQLITE_CONSTRAINT_UNIQUE),
    RETORT_CODE(SQLITE_CONSTRAINT_VTAB),
    RETORT_CODE(SQLITE_CONSTRAINT_ROWID),
    RETORT_CODE(SQLITE_CONSTRAINT_PINNED),
    RETORT_CODE(SQLITE_CONSTRAINT_DATATYPE),
    RETORT_CODE(SQLITE_AUTH_USER),
};
#undef RETORT_CODE

std::string hint_for(int code, std::string_view file) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
      return "another program or connection is using the database: end its transaction (`fuser " +
             std::string(file) + "` shows who has the file open), or wait longer with ?timeout=" +
             "<seconds> in the URL";
    case SQLITE_LOCKED:
      return "another statement or connection of this program is using the table: close its "
             "result first";
    case SQLITE_READONLY:
      return "the file or its folder can't be written: look at their permissions, and at "
             "mode=ro in the URL";
    case SQLITE_NOTADB:
      return "the file is not an SQLite database, or it is encrypted: is the path right?";
    case SQLITE_CORRUPT:
      return "run `PRAGMA integrity_check`, and restore the file from a backup";
    case SQLITE_FULL:
      return "the disk is full, or PRAGMA max_page_count is reached";
    default:
      return {};
  }
}

}  // namespace

std::string sqlite_code_name(int extended_code) {
  for (const CodeName& known : kCodeNames) {
    if (known.code == extended_code) return std::string(known.name);
  }
  if (extended_code > 0xff) return sqlite_code_name(extended_code & 0xff);
  return std::to_string(extended_code);
}

Error sqlite_error(sqlite3* handle, int result_code, std::string_view file,
                   std::string_view statement) {
  std::string message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(result_code);
  int extended = handle != nullptr ? sqlite3_extended_errcode(handle) : result_code;
  // Misuse and the like are not stored in the handle.
  if ((extended & 0xff) != (result_code & 0xff)) {
    extended = result_code;
    message = sqlite3_errstr(result_code);
  }
  int primary = extended & 0xff;
  bool locked = primary == SQLITE_BUSY || primary == SQLITE_LOCKED;
  if (locked) message = "database " + std::string(file) + " is locked: " + message;
  if (primary == SQLITE_READONLY || primary == SQLITE_NOTADB || primary == SQLITE_CANTOPEN) {
    message = "database " + std::string(file) + ": " + message;
  }
  Error error(locked ? code::kLocked : code::kDatabase, std::move(message));
  error.with_statement(std::string(statement), sqlite_code_name(extended));
  error.with_hint(hint_for(extended, file));
  if ((extended & 0xff) == SQLITE_INTERRUPT && interrupt_signal() != 0) {
    error.with_hint("a signal (Ctrl-C) interrupted the run");
  }
  // unknown datatype for t.a: "VARCHAR(20)"
  if (std::string_view text = error.message(); text.starts_with("unknown datatype for ")) {
    std::size_t quote = text.find('"');
    std::string_view type = quote == text.npos ? text.substr(text.size()) : text.substr(quote + 1);
    error.with_hint(sql::unknown_type_hint(type.substr(0, type.find('"')), "sqlite"));
  }
  int offset = handle != nullptr ? sqlite3_error_offset(handle) : -1;
  if (offset >= 0 && static_cast<std::size_t>(offset) <= statement.size() && !statement.empty()) {
    auto source = std::make_shared<Source>("<statement>", std::string(statement));
    error.with_place({std::move(source), token_at(statement, static_cast<std::size_t>(offset))});
  }
  return error;
}

}  // namespace retort::database
