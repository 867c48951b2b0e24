#include "script/slug.h"

#include <gtest/gtest.h>

namespace retort::script {
namespace {

struct Case {
  std::string message;
  int limit;
  std::string slug;
};

// The slugs are those Alembic makes.
TEST(Slug, Makes) {
  const Case kCases[] = {
      {"", 40, ""},
      {"Add a Table", 40, "add_a_table"},
      {"  --add:  user.email!  ", 40, "add_user_email"},
      {"__init__ & x_y", 40, "__init___x_y"},
      {"Größe Ändern für ÑANDÚ", 40, "größe_ändern_für_ñandú"},
      {"添加 表 2²½", 40, "添加_表_2²½"},
      {"İstanbul ΣΑΣ", 40, "i̇stanbul_σας"},
      {"a\xCC\x81 b", 40, "a_b"},
      {"one two three four five six seven eight nine", 40,
       "one_two_three_four_five_six_seven_eight_"},
      {"one two three", 13, "one_two_three"},
      {"one two three", 12, "one_two_"},
      {"one two three", 8, "one_two_"},
      {"one two three", 7, "one_"},
      {"incomprehensibilities", 5, "incom_"},
      {"éééééé", 5, "ééééé_"},
      {"x\xFFy", 40, "x_y"},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.message);
    EXPECT_EQ(slug(c.message, c.limit), c.slug);
  }
}

}  // namespace
}  // namespace retort::script
