#include "base/text.h"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(TextTest, SplitAndJoinAreInverse) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(join(split("a,,b", ','), ","), "a,,b");
}

TEST(TextTest, DidYouMeanOffersSlipsOnly) {
  std::vector<std::string> names{"create_table", "create_index", "drop_table"};
  EXPECT_EQ(did_you_mean("creat_table", names), "did you mean 'create_table'?");
  EXPECT_EQ(did_you_mean("frobnicate", names), "");
}

}  // namespace
}  // namespace retort
