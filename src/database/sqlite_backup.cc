#include "database/sqlite_backup.h"

#include <sqlite3.h>

#include <memory>
#include <system_error>

#include "base/error.h"
#include "database/sqlite_error.h"

namespace retort::database {

namespace fs = std::filesystem;

namespace {

sqlite3* handle_of(Connection& connection) {
  return static_cast<sqlite3*>(connection.native_handle());
}

struct Close {
  void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

// A file that goes away again unless it is kept.
class Unfinished {
 public:
  explicit Unfinished(fs::path path) : path_(std::move(path)) {}
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  ~Unfinished() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
  }
  const fs::path& path() const { return path_; }
  void keep_as(const fs::path& name) {
    fs::rename(path_, name);
    path_.clear();
  }

 private:
  fs::path path_;
};

void copy(sqlite3* source, const fs::path& to) {
  constexpr int kAllPages = -1;
  constexpr int kPatience = 5000;  // milliseconds for another connection to let go of its lock
  sqlite3* opened = nullptr;
  int rc =
      sqlite3_open_v2(to.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  std::unique_ptr<sqlite3, Close> target(opened);
  if (rc != SQLITE_OK) throw sqlite_error(target.get(), rc, to.string(), "");
  sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source, "main");
  if (!backup) {
    throw sqlite_error(target.get(), sqlite3_errcode(target.get()), to.string(), "");
  }
  for (int waited = 0;; waited += 50) {
    rc = sqlite3_backup_step(backup, kAllPages);
    if ((rc != SQLITE_BUSY && rc != SQLITE_LOCKED) || waited >= kPatience) break;
    sqlite3_sleep(50);
  }
  int finished = sqlite3_backup_finish(backup);
  if (rc != SQLITE_DONE) {
    // The copy itself reports to the target's handle (sqlite3_backup_finish).
    throw sqlite_error(target.get(), finished != SQLITE_OK ? finished : rc, to.string(), "");
  }
}

}  // namespace

fs::path sqlite_path(Connection& connection) {
  const char* name = sqlite3_db_filename(handle_of(connection), "main");
  return name ? fs::path(name) : fs::path();
}

void back_up_sqlite(Connection& source, const fs::path& to) {
  std::error_code error;
  if (fs::exists(to, error)) {
    throw Error(code::kFile, "the file '" + to.string() + "' is there already")
        .with_hint("an older backup is never written over: give another name");
  }
  fs::path folder = fs::absolute(to, error).parent_path();
  if (!fs::is_directory(folder, error)) {
    throw Error(code::kFile, "there is no folder '" + folder.string() + "' to write it to");
  }
  Unfinished file(to.string() + ".unfinished");
  fs::remove(file.path(), error);
  copy(handle_of(source), file.path());
  try {
    file.keep_as(to);
  } catch (const fs::filesystem_error& failed) {
    throw Error(code::kFile, "can't write '" + to.string() + "': " + failed.code().message());
  }
}

void empty_sqlite(Connection& connection) {
  sqlite3* handle = handle_of(connection);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_RESET_DATABASE, 1, nullptr);
  try {
    connection.execute("VACUUM");
  } catch (const Error&) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
    throw;
  }
  sqlite3_db_config(handle, SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
}

}  // namespace retort::database
