#include "revision/resolve.h"

#include <gmock/gmock.h>

#include <functional>

#include "revision/graph_test_support.h"

namespace retort::revision {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Strings = std::vector<std::string>;

constexpr const char* kForked = "root; web1 (web): root; web2: web1; jobs1 (jobs): root";

struct Caught {
  std::string message;
  std::string hint;
};

Caught caught(const std::function<void()>& function) {
  try {
    function();
  } catch (const Error& error) {
    return {error.message(), error.hint()};
  }
  return {"no error", ""};
}

TEST(Lookup, HintsSayWhyNothingAnswers) {
  const Graph graph = parse_history("abcd11 (first); abcd22: abcd11; other");
  const struct {
    const char* text;
    const char* message;
    const char* hint;
  } cases[] = {
      {"ab", "Can't locate revision identified by 'ab'", "Multiple revisions start with 'ab'"},
      {"abcd", "Can't locate revision identified by 'abcd'", "'abcd11', 'abcd22'..."},
      {"zz", "Can't locate revision identified by 'zz'", "ensure at least four characters"},
      {"abcd12", "Can't locate revision identified by 'abcd12'", "did you mean 'abcd11'?"},
      {"first@other", "Can't locate revision identified by 'other'",
       "Revision other is not a member of branch 'first'"},
      {"fist@other", "Can't locate revision identified by 'fist'", "No such branch: 'fist'"},
      {"", "Can't locate revision identified by ''", "No such revision or branch ''"},
      {"+1", "Can't locate revision identified by '+1'", "No such revision or branch '+1'"},
  };
  for (const auto& test : cases) {
    const Caught error = caught([&] { find_all(graph, test.text); });
    EXPECT_EQ(error.message, test.message);
    EXPECT_THAT(error.hint, HasSubstr(test.hint)) << test.text;
  }
}

TEST(Lookup, OneOfSeveralHeadsIsNotChosen) {
  const Graph graph = parse_history(kForked);
  EXPECT_EQ(caught([&] { find_one(graph, "head"); }).message,
            "Multiple head revisions are present for given argument 'head'; please specify a "
            "specific target revision, '<branchname>@head' to narrow to a specific head, or "
            "'heads' for all heads");
  EXPECT_THAT(caught([&] { find_one(graph, "head"); }).hint,
              HasSubstr("the heads are web2, jobs1: "));
  EXPECT_THROW(find_one(graph, "heads"), MultipleHeads);
  EXPECT_EQ(find_one(graph, "web@heads"), graph.find("web2"));
  EXPECT_EQ(find_one(graph, "base"), std::nullopt);
  EXPECT_EQ(find_one(Graph(), "head"), std::nullopt);
  EXPECT_EQ(find_one(graph, "@web2"), graph.find("web2"));
}

TEST(Lookup, TheArgumentOfTheCommandIsNamed) {
  const Graph graph = parse_history(kForked);
  EXPECT_THAT(caught([&] { upgrade_targets(graph, {}, "heads-1"); }).message,
              HasSubstr("for given argument 'heads-1'"));
  EXPECT_THAT(caught([&] { downgrade_target(graph, {}, "head"); }).message,
              HasSubstr("for given argument 'head'"));
}

TEST(Resolve, RangesOfUpgradeAndDowngrade) {
  EXPECT_EQ(upgrade_range("head", false).end, "head");
  EXPECT_EQ(upgrade_range("head", true).start, std::nullopt);
  EXPECT_EQ(upgrade_range("a:b", true).start, "a");
  EXPECT_EQ(upgrade_range("a:b", true).end, "b");
  EXPECT_EQ(downgrade_range("-1", false).end, "-1");
  EXPECT_EQ(downgrade_range("b:a", true).end, "a");
  EXPECT_EQ(caught([] { upgrade_range("a:b", false); }).message, "Range revision not allowed");
  EXPECT_EQ(caught([] { downgrade_range("b:a", false); }).message, "Range revision not allowed");
  EXPECT_EQ(caught([] { downgrade_range("a", true); }).message,
            "downgrade with --sql requires <fromrev>:<torev>");
  EXPECT_THAT(caught([] { upgrade_range("a:b:c", true); }).message, HasSubstr("more than one ':'"));
}

TEST(Resolve, StartingRowsOfSql) {
  const Graph graph = parse_history(kForked);
  EXPECT_THAT(starting_rows(graph, std::nullopt), IsEmpty());
  EXPECT_THAT(starting_rows(graph, "base"), IsEmpty());
  EXPECT_THAT(starting_rows(graph, ""), IsEmpty());
  EXPECT_THAT(starting_rows(graph, "web@head"), ElementsAre("web2"));
  EXPECT_THAT(starting_rows(graph, "root"), ElementsAre("root"));
  EXPECT_THROW(starting_rows(graph, "head"), MultipleHeads);
  EXPECT_THROW(starting_rows(graph, "nosuch"), Error);
}

TEST(Resolve, StampArgumentsShareOneStart) {
  const Strings several{"a:b", "a:c"};
  EXPECT_EQ(stamp_arguments(several, true).start, "a");
  EXPECT_THAT(stamp_arguments(several, true).targets, ElementsAre("b", "c"));
  const Strings differing{"a:b", "x:c"};
  EXPECT_EQ(caught([&] { stamp_arguments(differing, true); }).message,
            "Stamp operation with --sql only supports a single starting revision at a time");
  const Strings plain{"b", "c"};
  EXPECT_EQ(stamp_arguments(plain, true).start, std::nullopt);
  EXPECT_THAT(stamp_arguments(several, false).targets, ElementsAre("a:b", "a:c"));
}

TEST(Resolve, StampAsksForOneTarget) {
  const Graph graph = parse_history(kForked);
  const Strings head{"head"};
  EXPECT_EQ(caught([&] { stamp_targets(graph, head); }).message,
            "Multiple heads are present; please specify a single target revision");
  const Strings twice{"web2", "web@head"};
  EXPECT_THAT(graph.ids(stamp_targets(graph, twice)), ElementsAre("web2"));
}

TEST(Resolve, ParentsOfANewRevision) {
  const Graph graph = parse_history(kForked);
  const struct {
    Strings heads;
    bool splice;
    const char* outcome;
  } cases[] = {
      {{"web@head"}, false, "web2"},
      {{"heads"}, false, "web2 jobs1"},
      {{"base"}, false, ""},
      {{"web2", "jobs1"}, false, "web2 jobs1"},
      {{"web1"}, true, "web1"},
      {{"web1"},
       false,
       "! Revision web1 is not a head revision; please specify --splice to create a new branch "
       "from this revision"},
      {{"head"},
       false,
       "! Multiple heads are present; please specify the head revision on which the new revision "
       "should be based, or perform a merge."},
      {{"web2", "web@head"}, false, "! Duplicate head revisions specified"},
      {{"nosuch"}, false, "! Can't locate revision identified by 'nosuch'"},
  };
  for (const auto& test : cases) {
    std::string outcome;
    const Caught error = caught(
        [&] { outcome = join(graph.ids(new_parents(graph, test.heads, test.splice)), " "); });
    if (error.message != "no error") outcome = "! " + error.message;
    EXPECT_EQ(outcome, test.outcome);
  }
  const Strings head{"head"};
  EXPECT_THAT(new_parents(Graph(), head, false), IsEmpty());
}

TEST(Resolve, AMergeNeedsTwo) {
  const Graph graph = parse_history(kForked);
  const Strings heads{"heads"};
  EXPECT_THAT(graph.ids(merge_parents(graph, heads, false)), ElementsAre("web2", "jobs1"));
  const Graph line = parse_history("a; b: a");
  EXPECT_EQ(caught([&] { merge_parents(line, heads, false); }).message,
            "A merge needs at least two revisions; 'heads' is only b");
  const Strings base{"base"};
  EXPECT_THROW(merge_parents(line, base, false), Error);
}

TEST(Resolve, DependenciesOfANewRevisionKeepLabels) {
  const Graph graph = parse_history("abcd11 (lib); abcd22: abcd11");
  const Strings names{"lib", "abcd2", "head"};
  EXPECT_THAT(new_dependencies(graph, names), ElementsAre("lib", "abcd22", "abcd22"));
  const Strings unknown{"nosuch"};
  EXPECT_THROW(new_dependencies(graph, unknown), Error);
  const Strings base{"base"};
  EXPECT_THROW(new_dependencies(graph, base), Error);
}

TEST(Resolve, HistoryRangesHaveTwoSides) {
  EXPECT_EQ(history_range("a:b").start, "a");
  EXPECT_EQ(history_range("a:b").end, "b");
  EXPECT_EQ(history_range(":").start, "base");
  EXPECT_EQ(history_range(" :").end, "heads");
  EXPECT_TRUE(history_range("current:").needs_current());
  EXPECT_FALSE(history_range("a:b").needs_current());
  const char* text = "History range requires [start]:[end], [start]:, or :[end]";
  EXPECT_EQ(caught([] { history_range("abc"); }).message, text);
  EXPECT_EQ(caught([] { history_range("a:b:c"); }).message, text);
}

TEST(Resolve, ARangeThatIsNoneNamesBothSides) {
  const Graph graph = parse_history(kForked);
  const std::vector<Node> rows{*graph.find("web2")};
  EXPECT_EQ(caught([&] { history(graph, {"web2", "root"}); }).message,
            "Requested range web2:root does not refer to ancestor/descendant revisions along the "
            "same branch");
  EXPECT_EQ(caught([&] { history(graph, {"current", "root"}, rows); }).message,
            "Requested range web2:root does not refer to ancestor/descendant revisions along the "
            "same branch");
}

TEST(Resolve, BranchPointsComeNewestFirst) {
  const Graph graph = parse_history("a; b: a; c: a; d: c; e: c; f: d e");
  EXPECT_THAT(graph.ids(branch_points(graph)), ElementsAre("c", "a"));
  EXPECT_THAT(branch_points(Graph()), IsEmpty());
}

TEST(Resolve, BeingAtTheHeadsCountsDependencies) {
  const Graph graph = parse_history("lib; app: + lib; tool");
  auto at = [&](std::string_view rows) {
    const Strings ids = words(rows);
    return at_heads(graph, identify_rows(graph, ids));
  };
  EXPECT_TRUE(at("tool app"));
  EXPECT_FALSE(at("app"));
  EXPECT_FALSE(at("lib tool"));
  EXPECT_FALSE(at(""));
  EXPECT_TRUE(at_heads(Graph(), {}));
}

TEST(Resolve, HistoryShowsWhatHasAMissingParent) {
  const Graph graph = parse_history("b: gone; c: b");
  EXPECT_THAT(graph.ids(history(graph, {})), ElementsAre("c", "b"));
}

}  // namespace
}  // namespace retort::revision
