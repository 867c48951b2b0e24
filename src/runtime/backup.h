#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "config/config.h"

namespace retort::runtime {

struct Backup {
  std::filesystem::path file{};
  std::uintmax_t bytes = 0;
};

// Copies the database into a new file before a run changes it. `where` is the file, or a folder
// that is there; empty: beside an SQLite database, in the current folder for a server's. A name of
// its own is made of the database's and of the time (UTC).
//
// SQLite is copied through its backup API, PostgreSQL by the program pg_dump in its custom format
// (restore it with pg_restore); the password goes to it in its environment. Nothing when there is
// no database yet, or one in memory. Throws Error for whatever keeps the copy from being complete;
// no file is then left.
std::optional<Backup> back_up(const config::Url& url, const std::string& where);

}  // namespace retort::runtime
