#include "runtime/scratch_database.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/error.h"
#include "database/registry.h"

namespace retort::runtime {

namespace fs = std::filesystem;

ScratchDatabase::ScratchDatabase(const config::Url& beside) : server_(beside), url_(beside) {
  switch (beside.backend) {
    case config::Backend::kSqlite:
      make_file();
      return;
    case config::Backend::kPostgresql:
      make_on_server("\"", " TEMPLATE template0");
      return;
    case config::Backend::kMysql:
    case config::Backend::kMariadb:
      make_on_server("`", "");
      return;
  }
}

ScratchDatabase::~ScratchDatabase() {
  if (url_.backend == config::Backend::kSqlite) {
    std::error_code ignored;
    fs::remove_all(fs::path(name_).parent_path(), ignored);
    return;
  }
  try {
    database::connect(server_)->execute("DROP DATABASE IF EXISTS " + quoted_);
  } catch (const Error&) {
    // The server has gone away; the name tells whose the database was.
  }
}

void ScratchDatabase::make_file() {
  std::error_code error;
  std::string folder = (fs::temp_directory_path(error) / "retort-XXXXXX").string();
  if (error || !::mkdtemp(folder.data())) {
    throw Error(code::kFile, "can't make a temporary folder")
        .with_hint("set TMPDIR to a folder that can be written to");
  }
  name_ = folder + "/scratch.db";
  url_ = config::parse_url("sqlite:///" + name_);
}

void ScratchDatabase::make_on_server(const std::string& quote, const std::string& options) {
  name_ = "retort_scratch_" + std::to_string(::getpid());
  quoted_ = quote + name_ + quote;
  try {
    database::connect(server_)->execute("CREATE DATABASE " + quoted_ + options);
  } catch (const Error& error) {
    // The statement is none of the user's, and names a database that is not there.
    throw Error(error.code(),
                "can't make a scratch database to replay the history in: " + error.message())
        .with_hint((server_.backend == config::Backend::kPostgresql
                        ? "give the role the right CREATEDB"
                        : "GRANT ALL ON `retort\\_scratch\\_%`.* TO the user that connects") +
                   std::string(", or say which revision the database is at: --assume REV"));
  }
  url_.database = name_;
}

}  // namespace retort::runtime
