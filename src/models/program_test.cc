#include "models/program.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace retort::models {
namespace {

TEST(Program, GivesWhatItPrints) {
  EXPECT_EQ(program_output("printf 'a\\nb'", ""), "a\nb");
  EXPECT_EQ(program_output("pwd", "/"), "/\n");
  EXPECT_TRUE(is_json(" \n{}"));
  EXPECT_FALSE(is_json("CREATE TABLE t (id INT)"));
}

TEST(Program, FailsWithItsExitCode) {
  try {
    program_output("exit 3", "");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("exit code 3"), std::string::npos) << error.message();
  }
}

}  // namespace
}  // namespace retort::models
