#pragma once

#include <string>

#include "config/url.h"

namespace retort::runtime {

// An empty database of the same engine that goes away with the object: SQLite: a temporary file;
// PostgreSQL: a database of its own on the same server, which needs the right CREATEDB. Throws
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
  void make_on_server();

  config::Url server_;
  config::Url url_;
  std::string name_;  // of the file or the database
};

}  // namespace retort::runtime
