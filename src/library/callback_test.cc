#include <gmock/gmock.h>
#include <retort/callback.h>
#include <retort/error.h>

#include <functional>
#include <string>

namespace retort {
namespace {

int twice(int number) { return 2 * number; }

TEST(Callback, calls_whatever_can_be_called) {
  int calls = 0;
  Callback<void(int)> counting = [&calls](int by) mutable { return calls += by; };
  Callback<void(int)> same = counting;
  counting(1);
  same(2);
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(Callback<int(int)>(twice)(4), 8);
  EXPECT_EQ(Callback<long(short)>(std::function<int(int)>(twice))(4), 8);
  Callback<std::size_t(std::string)> moved = [](std::string text) { return text.size(); };
  EXPECT_EQ(moved("four"), 4U);
}

TEST(Callback, of_nothing_is_empty) {
  int (*none)(int) = nullptr;
  EXPECT_FALSE(Callback<int(int)>());
  EXPECT_FALSE(Callback<int(int)>(nullptr));
  EXPECT_FALSE(Callback<int(int)>(none));
  EXPECT_FALSE(Callback<int(int)>(std::function<int(int)>()));
  EXPECT_TRUE(Callback<int(int)>(twice));
  EXPECT_TRUE(Callback<int(int)>([](int number) { return number; }));
  try {
    Callback<void()>()();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code::kMisuse);
  }
}

}  // namespace
}  // namespace retort
