#include "revision/plan.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "revision/graph_test_support.h"
#include "revision/resolve.h"

namespace retort::revision {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string message_of(const std::function<Route()>& plan) {
  try {
    plan();
  } catch (const Error& error) {
    return error.message();
  }
  return "no error";
}

TEST(Plan, AStepCarriesBothEndsWithAndWithoutDependencies) {
  const Graph graph = parse_history("lib; app1; app2: app1 + lib");
  const Route up = plan_upgrade(graph, {{"lib", "app1"}}, "app2");
  ASSERT_EQ(up.steps.size(), 1u);
  EXPECT_EQ(up.steps[0].kind, Step::Kind::kUpgrade);
  EXPECT_EQ(up.steps[0].revision, graph.find("app2"));
  EXPECT_THAT(up.steps[0].from, ElementsAre("app1"));
  EXPECT_THAT(up.steps[0].to, ElementsAre("app2"));
  EXPECT_THAT(up.steps[0].up_revisions, ElementsAre("app2"));
  EXPECT_THAT(up.steps[0].down_revisions, ElementsAre("app1", "lib"));

  const Route down = plan_downgrade(graph, up.after, "app1");
  ASSERT_EQ(down.steps.size(), 1u);
  EXPECT_FALSE(down.steps[0].is_upgrade);
  EXPECT_THAT(down.steps[0].from, ElementsAre("app2"));
  EXPECT_THAT(down.steps[0].to, ElementsAre("app1"));
  EXPECT_THAT(down.steps[0].up_revisions, ElementsAre("app2"));
  EXPECT_THAT(down.after.ids(), ElementsAre("lib", "app1"));
}

TEST(Plan, LogLinesReadAsAlembicWritesThem) {
  const Graph graph = parse_history("a; b; m: a b");
  const Route up = plan_upgrade(graph, {}, "heads");
  ASSERT_EQ(up.steps.size(), 3u);
  EXPECT_EQ(log_line(up.steps[0], "first"), "Running upgrade  -> b, first");
  EXPECT_EQ(log_line(up.steps[2], "merge"), "Running upgrade a, b -> m, merge");
  EXPECT_EQ(log_line(up.steps[2], ""), "Running upgrade a, b -> m");
  const Route down = plan_downgrade(graph, {{"m"}}, "base");
  EXPECT_EQ(log_line(down.steps[0], "merge"), "Running downgrade m -> a, b, merge");
  EXPECT_EQ(log_line(down.steps[1], "x"), "Running downgrade a -> , x");
  const std::vector<std::string> base{"base"};
  const Route stamp = plan_stamp(graph, {{"m"}}, base);
  ASSERT_EQ(stamp.steps.size(), 1u);
  EXPECT_EQ(log_line(stamp.steps[0], "ignored"), "Running stamp_revision m -> ");
  EXPECT_EQ(stamp.steps[0].revision, std::nullopt);
}

TEST(Plan, RowsKeepTheTablesOrderAndName) {
  const Graph graph = parse_history("x1; x2: x1; y1; y2: y1");
  const Route route = plan_upgrade(graph, VersionRows({"y1", "x1"}, "versions"), "x2");
  EXPECT_THAT(route.after.ids(), ElementsAre("y1", "x2"));
  EXPECT_EQ(route.after.table(), "versions");
}

TEST(Plan, ARowTwiceInTheTableStopsTheRun) {
  const Graph graph = parse_history("a; b: a");
  EXPECT_THAT(message_of([&] { return plan_upgrade(graph, {{"a", "a"}}, "b"); }),
              HasSubstr("when updating 'a' to 'b' in 'alembic_version'; 2 found"));
  EXPECT_THAT(message_of([&] { return plan_downgrade(graph, {{"a", "a"}}, "-1"); }),
              HasSubstr("when deleting 'a' in 'alembic_version'; 2 found"));
}

TEST(Plan, ARowThatNoRevisionHasIsNamed) {
  const Graph graph = parse_history("a");
  const std::vector<std::string> head{"head"};
  for (const auto& plan : std::vector<std::function<Route()>>{
           [&] { return plan_upgrade(graph, {{"gone"}}, "head"); },
           [&] { return plan_downgrade(graph, {{"gone"}}, "base"); },
           [&] { return plan_stamp(graph, {{"gone"}}, head); }}) {
    EXPECT_EQ(message_of(plan), "Can't locate revision identified by 'gone'");
  }
}

TEST(Plan, RowsBelowOneAnotherAreRefusedByUpgrade) {
  const Graph graph = parse_history("a; b: a; c: b");
  EXPECT_EQ(message_of([&] { return plan_upgrade(graph, {{"a", "b"}}, "c"); }),
            "Requested revision b overlaps with other requested revisions a");
  EXPECT_THAT(plan_downgrade(graph, {{"a", "b"}}, "base").after.ids(), IsEmpty());
}

TEST(Plan, AStampIsCheckedBeforeAnythingIsTakenAway) {
  const Graph graph = parse_history("a; b: a");
  const std::vector<std::string> unknown{"nosuch"};
  EXPECT_THROW(stamp_targets(graph, unknown), Error);
  // With --purge the rows are taken as gone, whatever they were.
  const std::vector<std::string> head{"head"};
  EXPECT_THAT(plan_stamp(graph, {}, head).steps[0].changes, ElementsAre(RowChange::insert("b")));
}

TEST(Plan, StampMergesAndCollapsesInOneStep) {
  const Graph graph = parse_history("root; x: root; y: root; m: x y");
  const std::vector<std::string> up{"m"};
  EXPECT_THAT(plan_stamp(graph, {{"x", "y"}}, up).steps[0].changes,
              ElementsAre(RowChange::remove("x"), RowChange::update("y", "m")));
  const std::vector<std::string> down{"root"};
  EXPECT_THAT(plan_stamp(graph, {{"x", "y"}}, down).steps[0].changes,
              ElementsAre(RowChange::remove("x"), RowChange::update("y", "root")));
  EXPECT_FALSE(plan_stamp(graph, {{"x", "y"}}, down).steps[0].is_upgrade);
}

struct BrokenCase {
  const char* why;
  const char* history;
  const char* rows;
  const char* command;  // "upgrade target" or "downgrade target"
  const char* outcome;  // the rows afterwards, or "! message"
};

TEST(Plan, WhatIsBrokenStopsOnlyThoseWhoNeedIt) {
  const BrokenCase cases[] = {
      {"another line has a missing parent", "a; b: a; x: gone", "a", "upgrade b", "b"},
      {"the missing parent is needed", "a; b: a; x: gone", "a", "upgrade heads",
       "! Revision gone referenced from x is not present"},
      {"the oldest files were removed, what is above goes on", "x: gone; y: x; z: y", "x",
       "upgrade head", "z"},
      {"down above the gap", "x: gone; y: x; z: y", "z", "downgrade x", "x"},
      {"down through the gap", "x: gone; y: x; z: y", "z", "downgrade base",
       "! Revision gone referenced from x is not present"},
      {"one step through the gap", "x: gone; y: x", "x", "downgrade -1",
       "! Revision gone referenced from x is not present"},
      {"a missing dependency", "a; b: a + gone", "a", "upgrade b",
       "! Revision gone referenced from b is not present"},
      {"a cycle elsewhere", "a; b: a; x: y; y: x", "a", "upgrade b", "b"},
      {"all heads, and a cycle has none", "a; b: a; x: y; y: x", "a", "upgrade heads",
       "! Cycle is detected in revisions (x, y)"},
      {"the head, and a cycle has none", "a; b: a; x: y; y: x", "a", "upgrade head",
       "! Cycle is detected in revisions (x, y)"},
      {"a cycle below the target", "x: y; y: x; z: x", "", "upgrade z",
       "! Cycle is detected in revisions (x, y, z)"},
      {"a cycle below what is applied", "x: y; y: x; z: x; w: z", "z", "upgrade w", "w"},
      {"a self-loop", "a: a; b: a", "", "upgrade b", "! Self-loop is detected in revisions (a)"},
      {"a label of two revisions, not used", "a (L); b (L): a", "", "upgrade heads", "b"},
      {"a label of two revisions, used", "a (L); b (L): a", "", "upgrade L@head",
       "! Branch name 'L' in revision b already used by revision a"},
  };
  for (const BrokenCase& test : cases) {
    const Graph graph = parse_history(test.history);
    const std::vector<std::string> command = words(test.command);
    const VersionRows rows(words(test.rows));
    std::string outcome;
    try {
      const Route route = command[0] == "upgrade" ? plan_upgrade(graph, rows, command[1])
                                                  : plan_downgrade(graph, rows, command[1]);
      outcome = sorted_line(route.after.ids());
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code::kGraph) << test.why;
      outcome = "! " + error.message();
    }
    EXPECT_EQ(outcome, test.outcome) << test.why;
  }
}

}  // namespace
}  // namespace retort::revision
