#include "revision/graph.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "revision/graph_test_support.h"
#include "revision/traverse.h"

namespace retort::revision {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using Kind = Diagnostic::Kind;

TEST(Graph, AnEmptyHistoryHasNoTips) {
  Graph graph;
  EXPECT_THAT(graph.heads(), IsEmpty());
  EXPECT_THAT(graph.bases(), IsEmpty());
  EXPECT_EQ(graph.find("x"), std::nullopt);
  EXPECT_TRUE(Graph(std::vector<Revision>{}).empty());
}

TEST(Graph, KnowsItsPointsAndChildrenInLoadOrder) {
  const Graph graph = parse_history("root; left: root; right: root; join: left right");
  EXPECT_TRUE(graph.is_branch_point(0));
  EXPECT_TRUE(graph.is_base(0));
  EXPECT_TRUE(graph.is_merge_point(3));
  EXPECT_TRUE(graph.is_head(3));
  EXPECT_FALSE(graph.is_branch_point(1));
  EXPECT_THAT(graph.ids(graph.children(0)), ElementsAre("left", "right"));
  EXPECT_THAT(graph.ids(graph.parents(3)), ElementsAre("left", "right"));
}

TEST(Graph, HeadsCountDependenciesOnlyWhenAsked) {
  const Graph graph = parse_history("core; app: + core");
  EXPECT_THAT(graph.ids(graph.heads()), ElementsAre("core", "app"));
  EXPECT_THAT(graph.ids(graph.real_heads()), ElementsAre("app"));
  EXPECT_THAT(graph.ids(graph.bases()), ElementsAre("core", "app"));
  EXPECT_THAT(graph.ids(graph.real_bases()), ElementsAre("core"));
  EXPECT_TRUE(graph.is_head(0));
  EXPECT_FALSE(graph.is_real_head(0));
}

TEST(Graph, HeadsComeInLoadOrderAfterARevisionIsAdded) {
  const Graph graph = parse_history("a; b: a; c1: b; c2: b").with({"d1", {"c1"}});
  EXPECT_THAT(graph.ids(graph.heads()), ElementsAre("c2", "d1"));
}

TEST(Graph, RepeatedNamesCountOnce) {
  const Graph graph = parse_history("a; b: a a + a a");
  EXPECT_FALSE(graph.is_merge_point(1));
  EXPECT_THAT(graph.ids(graph.lower(1)), ElementsAre("a"));
  EXPECT_THAT(graph.ids(graph.upper(0)), ElementsAre("b"));
}

TEST(Graph, DependenciesThatAnAncestorHasAreLeftOut) {
  const Graph graph =
      parse_history("x1; x2: x1; y1; y2: y1 + x2; y3: y2; y4: y3 + x2 x1; y5: y4 + y4");
  const Node y4 = *graph.find("y4");
  EXPECT_THAT(graph.ids(graph.all_lower(y4)), ElementsAre("y3", "x2", "x1"));
  EXPECT_THAT(graph.ids(graph.lower(y4)), ElementsAre("y3", "x1"));
  EXPECT_THAT(graph.ids(graph.normalized_dependencies(y4)), ElementsAre("x1"));
  EXPECT_THAT(graph.ids(graph.lower(*graph.find("y5"))), ElementsAre("y4"));
}

TEST(Graph, DependenciesAndLabelsAreOneNameSpace) {
  const Graph graph = parse_history("lib1; lib2 (stable): lib1; app: + stable");
  EXPECT_THAT(graph.ids(graph.dependencies(2)), ElementsAre("lib2"));
  EXPECT_EQ(graph.find_label("stable"), Node{1});
  EXPECT_EQ(graph.find("stable"), std::nullopt);
  EXPECT_EQ(graph.find_label("lib2"), std::nullopt);
}

TEST(Graph, PrefixesFindIdsThenLabelsLongerThanThreeCharacters) {
  const Graph graph = parse_history("ab; abc; abcd; abcde (abcz abx): abcd");
  std::vector<std::string> names;
  for (const auto& match : graph.starting_with("ab")) names.push_back(match.name);
  EXPECT_THAT(names, ElementsAre("abcd", "abcde", "abcz"));
  EXPECT_THAT(graph.starting_with("zz"), IsEmpty());
}

struct LabelCase {
  const char* why;
  const char* history;
  const char* labelled;  // the revisions that have label L, in load order
};

TEST(Graph, LabelsSpreadAlongTheirBranch) {
  const LabelCase cases[] = {
      {"up, and down to the base of an unbranched line", "a; b: a; c (L): b; d: c", "a b c d"},
      {"up all branches, and then not down", "a; b (L): a; c: b; d: b", "b c d"},
      {"down to above the branch point", "a; b: a; c: a; d (L): c; e: d", "c d e"},
      {"down to above a merge point", "a; b; c: a b; d: c; e (L): d", "d e"},
      {"not down from under a merge", "a; x; b (L): a; c: b x; d: c", "b c d"},
      {"not down past a dependent", "a; b: a; c (L): b; x: + b", "c"},
      {"not down when the tip's line has dependents", "a; b (L): a; c: b; x: + b; y: + b", "b c"},
      {"not along dependencies", "a (L); x: + a", "a"},
      {"up through merges", "a; b (L): a; c: a; d: b c; e: d", "b d e"},
  };
  for (const LabelCase& test : cases) {
    const Graph graph = parse_history(test.history);
    std::vector<std::string> labelled;
    for (Node node = 0; node < graph.size(); ++node) {
      if (graph.has_label(node, "L")) labelled.push_back(graph.id(node));
    }
    EXPECT_EQ(join(labelled, " "), test.labelled) << test.why;
  }
}

TEST(Graph, OwnLabelsComeFirst) {
  const Graph graph = parse_history("a (base other); b (tip): a");
  EXPECT_THAT(graph.labels(1), ElementsAre("tip", "base", "other"));
  EXPECT_THAT(graph.labels(0), ElementsAre("base", "other", "tip"));
}

TEST(Graph, TheLastOfTwoRevisionsOfOneIdCounts) {
  const Graph graph(std::vector<Revision>{{"a"}, {"b", {"a"}}, {"c", {"a"}}, {"b", {"c"}}});
  EXPECT_EQ(graph.size(), 3u);
  EXPECT_EQ(graph.source(1), 3u);
  EXPECT_EQ(graph.source(2), 2u);
  EXPECT_THAT(graph.ids(graph.parents(1)), ElementsAre("c"));
  ASSERT_EQ(graph.diagnostics().size(), 1u);
  EXPECT_TRUE(graph.diagnostics()[0].is_warning());
  EXPECT_EQ(graph.diagnostics()[0].message, "Revision b is present more than once");
}

struct BrokenCase {
  const char* history;
  Kind kind;
  const char* message;
  const char* revisions;
};

TEST(Graph, WhatIsWrongIsListedNotThrown) {
  const BrokenCase cases[] = {
      {"a: a", Kind::kSelfLoop, "Self-loop is detected in revisions (a)", "a"},
      {"a; b: a; c: b c", Kind::kSelfLoop, "Self-loop is detected in revisions (c)", "c"},
      {"a: + a; b: a", Kind::kDependencySelfLoop,
       "Dependency self-loop is detected in revisions (a)", "a"},
      {"a (own): + own", Kind::kDependencySelfLoop,
       "Dependency self-loop is detected in revisions (a)", "a"},
      {"a: c; b: a; c: b", Kind::kCycle, "Cycle is detected in revisions (a, b, c)", "a b c"},
      {"b: a; a: c; c: b; d; e: d", Kind::kCycle, "Cycle is detected in revisions (a, b, c)",
       "b a c"},
      {"a: c; b: a; c: b; d: c; e: d", Kind::kCycle,
       "Cycle is detected in revisions (a, b, c, d, e)", "a b c"},
      {"a; b: a; c: b e; d: c; e: d", Kind::kCycle,
       "Cycle is detected in revisions (a, b, c, d, e)", "c d e"},
      {"a; b: a d; c: b; d: c; e: d", Kind::kCycle, "Cycle is detected in revisions (b, c, d)",
       "b c d"},
      {"a: + c; b: a; c: b", Kind::kDependencyCycle,
       "Dependency cycle is detected in revisions (a, b, c)", "a b c"},
      {"a: + c; b: a; c: b; d; e: d", Kind::kDependencyCycle,
       "Dependency cycle is detected in revisions (a, b, c)", "a b c"},
      {"a; b: a; c: b + e; d: c; e: d", Kind::kDependencyCycle,
       "Dependency cycle is detected in revisions (a, b, c, d, e)", "c d e"},
      {"a; b: gone", Kind::kMissingParent, "Revision gone referenced from b is not present",
       "b gone"},
      {"a; b: a + gone", Kind::kMissingDependency, "Revision gone referenced from b is not present",
       "b gone"},
      {"a (L); b (L)", Kind::kDuplicateLabel,
       "Branch name 'L' in revision b already used by revision a", "b a"},
      {"a; b (a)", Kind::kDuplicateLabel,
       "Branch name 'a' in revision b already used by revision a", "b a"},
  };
  for (const BrokenCase& test : cases) {
    const Graph graph = parse_history(test.history);
    ASSERT_EQ(graph.diagnostics().size(), 1u) << test.history;
    const Diagnostic& found = graph.diagnostics()[0];
    EXPECT_EQ(found.kind, test.kind) << test.history;
    EXPECT_EQ(found.message, test.message) << test.history;
    EXPECT_EQ(join(found.revisions, " "), test.revisions) << test.history;
    EXPECT_FALSE(found.hint.empty()) << test.history;
    EXPECT_FALSE(found.is_warning()) << test.history;
  }
}

TEST(Graph, IllegalIdsAreListed) {
  const Graph graph(std::vector<Revision>{{"a@b-c"}});
  ASSERT_EQ(graph.diagnostics().size(), 1u);
  EXPECT_EQ(graph.diagnostics()[0].message,
            "Character(s) '-, @' not allowed in revision identifier 'a@b-c'");
  EXPECT_NO_THROW(verify_id("ae103_x"));
  EXPECT_THROW(verify_id("a:b"), Error);
}

TEST(Graph, TheHintOfACycleGoesRoundIt) {
  const Graph graph = parse_history("a: d; b: a; x: b; c: b; d: c");
  ASSERT_EQ(graph.diagnostics().size(), 1u);
  EXPECT_THAT(graph.diagnostics()[0].hint, HasSubstr("a -> d -> c -> b -> a"));
}

TEST(Graph, ACycleConcernsOnlyThoseWhoMeetIt) {
  const Graph graph = parse_history("a: b; b: a; c; d: c");
  NodeSet sound(graph.size());
  sound.insert(2);
  sound.insert(3);
  EXPECT_NO_THROW(graph.require_sound(sound));
  sound.insert(0);
  EXPECT_THROW(graph.require_sound(sound), Error);
  EXPECT_THROW(graph.require_acyclic(sound), Error);
  EXPECT_THROW(graph.require_headed(), Error);
  EXPECT_NO_THROW(parse_history("a: b; b: a; c: a").require_headed());
}

TEST(Graph, NamesThatOverlapAsTextAreNoLoop) {
  const Graph graph = parse_history("user_foo; user: user_foo + user_foo");
  EXPECT_THAT(graph.diagnostics(), IsEmpty());
}

TEST(Graph, ALongHistoryNeedsNoDeepStack) {
  std::vector<Revision> revisions;
  constexpr int kLength = 50'000;
  for (int i = 0; i < kLength; ++i) {
    Revision revision{"r" + std::to_string(i)};
    if (i > 0) revision.down_revisions = {"r" + std::to_string(i - 1)};
    revisions.push_back(std::move(revision));
  }
  revisions.front().branch_labels = {"all"};
  Graph graph(revisions);
  EXPECT_THAT(graph.ids(graph.heads()), ElementsAre("r49999"));
  EXPECT_TRUE(graph.has_label(kLength - 1, "all"));
  NodeSet whole = ancestors(graph, graph.heads(), Follow::kAll);
  EXPECT_EQ(newest_first(graph, whole, graph.heads()).back(), Node{0});

  revisions.front().down_revisions = {"r49999"};
  const Graph round(revisions);
  ASSERT_EQ(round.diagnostics().size(), 1u);
  EXPECT_EQ(round.diagnostics()[0].revisions.size(), std::size_t{kLength});
}

}  // namespace
}  // namespace retort::revision
