#include "dialect/mariadb/scratch.h"

#include "base/error.h"

namespace retort::dialect::mariadb {

ScratchDatabase::~ScratchDatabase() {
  if (name_.empty()) return;
  try {
    session_.execute("DROP DATABASE IF EXISTS `" + name_ + "`");
  } catch (const Error&) {
    // The session is gone; the name tells whose the database was.
  }
}

const std::string& ScratchDatabase::name() {
  if (!name_.empty()) return name_;
  auto rows = session_.query(
      "SELECT CONCAT('retort_scratch_', CONNECTION_ID()), @@character_set_database, "
      "@@collation_database");
  rows->next();
  auto text = [&](std::size_t column) { return std::get<std::string>(rows->get(column)); };
  std::string name = text(0);
  std::string create =
      "CREATE DATABASE `" + name + "` CHARACTER SET " + text(1) + " COLLATE " + text(2);
  rows.reset();
  try {
    session_.execute(create);
  } catch (const Error& error) {
    // The statement is none of the user's, and names a database that is not there.
    throw Error(error.code(), "can't make a scratch database: " + error.message())
        .with_hint("GRANT ALL ON `retort\\_scratch\\_%`.* TO the user that connects");
  }
  name_ = std::move(name);
  return name_;
}

}  // namespace retort::dialect::mariadb
