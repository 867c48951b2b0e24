#include "runtime/parsed_scripts.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace retort::runtime {
namespace {

// `count` scripts of one line each; that with number `broken` is no Python.
std::vector<script::Script> scripts(std::size_t count, std::size_t broken = SIZE_MAX) {
  std::vector<script::Script> made(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string text = i == broken ? "def (:\n" : "n = " + std::to_string(i) + "\n";
    made[i].embedded = std::make_shared<Source>(std::to_string(i) + ".py", text);
  }
  return made;
}

std::vector<const script::Script*> all_of(const std::vector<script::Script>& scripts) {
  std::vector<const script::Script*> out;
  for (const script::Script& script : scripts) out.push_back(&script);
  return out;
}

TEST(ParsedScripts, AreThoseThatWereAskedFor) {
  for (const std::size_t count : {1U, 15U, 16U, 200U}) {
    const std::vector<script::Script> made = scripts(count);
    ParsedScripts parsed(all_of(made));
    for (const script::Script& script : made) {
      EXPECT_EQ(parsed.take(script)->tree.source, script.embedded);
    }
  }
}

TEST(ParsedScripts, TakeOnesOutOfTurnAsWell) {
  const std::vector<script::Script> made = scripts(50);
  const std::vector<script::Script> others = scripts(1);
  ParsedScripts parsed(all_of(made));
  EXPECT_EQ(parsed.take(made[7])->tree.source, made[7].embedded);
  EXPECT_EQ(parsed.take(others[0])->tree.source, others[0].embedded);
  for (const script::Script& script : made) {
    EXPECT_EQ(parsed.take(script)->tree.source, script.embedded);
  }
  EXPECT_EQ(parsed.take(made[49])->tree.source, made[49].embedded);
}

TEST(ParsedScripts, AMistakeIsThatOfItsScript) {
  const std::vector<script::Script> made = scripts(40, 20);
  ParsedScripts parsed(all_of(made));
  for (std::size_t i = 0; i < 20; ++i) parsed.take(made[i]);
  EXPECT_THROW(parsed.take(made[20]), Error);
  EXPECT_EQ(parsed.take(made[21])->tree.source, made[21].embedded);
}

TEST(ParsedScripts, AreDroppedWhenTheRunEnds) {
  const std::vector<script::Script> made = scripts(500);
  for (int i = 0; i < 20; ++i) {
    ParsedScripts parsed(all_of(made));
    if (i % 2 == 1) parsed.take(made[0]);
  }
}

}  // namespace
}  // namespace retort::runtime
