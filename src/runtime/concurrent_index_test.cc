#include "runtime/concurrent_index.h"

#include <gmock/gmock.h>

namespace retort::runtime {
namespace {

TEST(ConcurrentIndex, NamesOfTheStatement) {
  EXPECT_EQ(concurrent_index("CREATE INDEX CONCURRENTLY ix_A ON t (a)"),
            (ConcurrentIndex{"ix_a", "t"}));
  EXPECT_EQ(concurrent_index("create unique index concurrently if not exists \"Ix a\"\n on only "
                             "s.\"T x\"(a)"),
            (ConcurrentIndex{"Ix a", "s.\"T x\""}));
}

TEST(ConcurrentIndex, OtherStatements) {
  for (const char* sql : {"CREATE INDEX ix ON t (a)", "CREATE INDEX CONCURRENTLY ON t (a)",
                          "DROP INDEX CONCURRENTLY ix", "SELECT 1", ""}) {
    EXPECT_EQ(concurrent_index(sql), std::nullopt) << sql;
  }
}

}  // namespace
}  // namespace retort::runtime
