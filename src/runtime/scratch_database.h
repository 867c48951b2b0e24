#pragma once

#include <string>

#include "config/url.h"

namespace retort::runtime {

// An empty database of the same engine that goes away with the object: SQLite: a temporary file;
// a server's: a database of its own beside it, which needs the right to make one. Throws
// Error when there is no making one.
class ScratchDatabase {
 public:
  explicit ScratchDatabase(const config::Url& beside);
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  const config::Url& url() const { return url_; }

 private:
  void make_file();
  void make_on_server(const std::string& quote, const std::string& options);

  config::Url server_;
  config::Url url_;
  std::string name_;    // of the file or the database
  std::string quoted_;  // the database's, as SQL
};

}  // namespace retort::runtime
