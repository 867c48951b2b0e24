#include "base/duration.h"

#include <gtest/gtest.h>

namespace retort {
namespace {

using std::chrono::milliseconds;

TEST(Duration, NumbersWithUnits) {
  EXPECT_EQ(parse_duration("30s"), milliseconds(30000));
  EXPECT_EQ(parse_duration("30"), milliseconds(30000));
  EXPECT_EQ(parse_duration("0.5 s"), milliseconds(500));
  EXPECT_EQ(parse_duration("250ms"), milliseconds(250));
  EXPECT_EQ(parse_duration("2m"), milliseconds(120000));
  EXPECT_EQ(parse_duration("1h"), milliseconds(3600000));
}

TEST(Duration, OtherTextIsNone) {
  for (const char* text : {"", "s", "-1", "5 parsecs", "nan", "1e12"}) {
    EXPECT_EQ(parse_duration(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace retort
