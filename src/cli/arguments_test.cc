#include "cli/arguments.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace retort::cli {
namespace {

std::vector<std::string> normal(std::vector<std::string> arguments) {
  std::vector<std::string> out = normalize("retort", arguments);
  for (std::string& each : out) each = unmark(std::move(each));
  return out;
}

std::string refusal(const std::vector<std::string>& arguments) {
  try {
    normalize("retort", arguments);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code::kUsage);
    return error.render();
  }
  return "accepted";
}

using Words = std::vector<std::string>;

TEST(Arguments, AbbreviationsAreWrittenOut) {
  EXPECT_EQ(normal({"--conf", "a.ini", "history", "--rev=a:b", "--verb"}),
            (Words{"--config", "a.ini", "history", "--rev-range", "a:b", "--verbose"}));
  EXPECT_EQ(refusal({"revision", "--rev", "x", "--s"}),
            "ambiguous option: --s could match --sql, --splice");
}

TEST(Arguments, WhatFollowsAValueOptionIsItsValue) {
  EXPECT_EQ(normal({"history", "-r", "-3:"}), (Words{"history", "--rev-range", "-3:"}));
  EXPECT_EQ(normal({"revision", "-m", "-- a dash"}), (Words{"revision", "--message", "-- a dash"}));
  EXPECT_EQ(normal({"-x", "-a=b", "heads"}), (Words{"-x", "-a=b", "heads"}));
  EXPECT_EQ(normal({"revision", "-m", ""}), (Words{"revision", "--message", ""}));
  EXPECT_EQ(normal({"upgrade", "--backup", "head"}), (Words{"upgrade", "--backup", "", "head"}));
  EXPECT_EQ(refusal({"revision", "-m", "--sql"}),
            "argument -m/--message: expected one argument\n  hint: say -m MESSAGE");
}

TEST(Arguments, NegativeNumbersAreRevisions) {
  EXPECT_EQ(normal({"downgrade", "-1"}), (Words{"downgrade", "-1"}));
  EXPECT_NE(refusal({"heads", "-1"}), "accepted");
}

TEST(Arguments, EveryCommandIsVerbose) {
  for (const CommandSpec& command : commands()) {
    EXPECT_EQ(normal({std::string(command.name), "--verbose"}),
              (Words{std::string(command.name), "--verbose"}));
  }
}

TEST(Arguments, MisplacedOptionsAreToldWhereToGo) {
  EXPECT_EQ(
      refusal({"upgrade", "head", "-n", "other"}),
      "unrecognized arguments: -n\n  hint: -n goes before the command: retort -n ... upgrade");
  EXPECT_EQ(
      refusal({"--sql", "upgrade"}),
      "unrecognized arguments: --sql\n  hint: --sql goes after the command: retort upgrade ... "
      "--sql");
  EXPECT_EQ(refusal({"upgrade", "--sqll"}),
            "unrecognized arguments: --sqll\n  hint: did you mean '--sql'?");
}

}  // namespace
}  // namespace retort::cli
