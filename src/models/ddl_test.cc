#include "models/ddl.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "database/sqlite.h"

namespace retort::models {
namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path = fs::temp_directory_path() / ("retort_ddl_" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& text) const {
    write_file(path / name, text);
  }
};

TEST(Ddl, FilesOfAFolderRunInTheirOrder) {
  Folder folder;
  folder.write("2_views.sql", "CREATE VIEW v AS SELECT x FROM a;");
  folder.write("1_tables.sql", "CREATE TABLE a (x INTEGER);\nCREATE INDEX i ON a (x);");
  folder.write("notes.txt", "nothing");
  auto scratch = database::open_sqlite(":memory:");
  schema::MetaData have = ddl_schema(ddl_files(folder.path), *scratch);
  ASSERT_EQ(have.tables.size(), 1U);
  EXPECT_EQ(have.tables[0].indexes.size(), 1U);
  ASSERT_EQ(have.definitions.size(), 1U);
  // Nothing stays.
  EXPECT_TRUE(ddl_schema({}, *scratch).tables.empty());
}

TEST(Ddl, WhatTheEngineRefusesIsSaidWithTheFile) {
  Folder folder;
  folder.write("bad.sql", "CREATE TABLE (");
  auto scratch = database::open_sqlite(":memory:");
  try {
    ddl_schema(ddl_files(folder.path / "bad.sql"), *scratch);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), ::testing::HasSubstr("bad.sql: "));
  }
}

TEST(Ddl, APlaceInTheFileIsTold) {
  auto scratch = database::open_sqlite(":memory:");
  try {
    ddl_schema_of("CREATE TABLE a (x INTEGER);\n\nCREATE TABLE b (\n  y INTEGER,\n  y TEXT\n);",
                  "b.sql", *scratch);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_THAT(error.place().str(), ::testing::StartsWith("b.sql:3"));
    EXPECT_EQ(error.statement(), "");
  }
}

TEST(Ddl, WhatTheShellOfSqlitePrints) {
  auto scratch = database::open_sqlite(":memory:");
  schema::MetaData have = ddl_schema_of(
      "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE a (x INTEGER PRIMARY KEY "
      "AUTOINCREMENT);\nCREATE TABLE sqlite_sequence(name,seq);\nINSERT INTO a VALUES "
      "(1);\nCOMMIT;",
      "dump.sql", *scratch);
  EXPECT_EQ(have.tables.size(), 1U);
}

TEST(Ddl, AFolderWithoutSqlIsAnError) {
  Folder folder;
  EXPECT_THROW(ddl_files(folder.path), Error);
}

}  // namespace
}  // namespace retort::models
