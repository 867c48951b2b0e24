#include "runtime/log_levels.h"

#include <gtest/gtest.h>

namespace retort::runtime {
namespace {

using Level = Log::Level;

TEST(LogLevels, ShowsOwnLinesFromInfoOnWhenNothingIsSet) {
  LogLevels levels;
  EXPECT_TRUE(levels.shows(Level::kInfo, kMigrationLogger));
  EXPECT_FALSE(levels.shows(Level::kDebug, kMigrationLogger));
  EXPECT_TRUE(levels.shows(Level::kInfo, "postgresql"));
  EXPECT_FALSE(levels.shows(Level::kInfo, kStatementLogger));
  EXPECT_TRUE(levels.shows(Level::kDebug, "app"));
}

TEST(LogLevels, TakesTheNearestLevelAbove) {
  LogLevels levels;
  levels.set("root", 30);
  EXPECT_FALSE(levels.shows(Level::kInfo, kMigrationLogger));
  levels.set("alembic", 20);
  EXPECT_TRUE(levels.shows(Level::kInfo, kMigrationLogger));
  EXPECT_TRUE(levels.shows(Level::kInfo, "retort.migrate"));
  levels.set("alembic.runtime", 40);
  EXPECT_FALSE(levels.shows(Level::kWarning, kMigrationLogger));
  levels.set("alembic.runtime", 0);
  EXPECT_TRUE(levels.shows(Level::kInfo, kMigrationLogger));
}

TEST(LogLevels, ShowsStatementsWhereTheEngineLogsThem) {
  LogLevels levels;
  levels.set("sqlalchemy.engine", 20);
  EXPECT_TRUE(levels.shows(Level::kInfo, kStatementLogger));
  levels.set("sqlalchemy.engine", 30);
  EXPECT_FALSE(levels.shows(Level::kInfo, kStatementLogger));
  levels.show_statements();
  EXPECT_TRUE(levels.shows(Level::kInfo, kStatementLogger));
}

TEST(LogLevels, HasAFloorForAll) {
  LogLevels levels;
  levels.set("alembic", 20);
  levels.set("", 30);
  EXPECT_FALSE(levels.shows(Level::kInfo, kMigrationLogger));
  EXPECT_FALSE(levels.shows(Level::kInfo, "app"));
  EXPECT_TRUE(levels.shows(Level::kWarning, kMigrationLogger));
}

}  // namespace
}  // namespace retort::runtime
