#include "revision/traverse.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "revision/graph_test_support.h"

namespace retort::revision {
namespace {

using ::testing::ElementsAre;

std::vector<Node> nodes(const Graph& graph, std::string_view ids) {
  std::vector<Node> result;
  for (const std::string& id : words(ids)) result.push_back(*graph.find(id));
  return result;
}

constexpr const char* kHistory = "a; b: a; c: a; d: b c; x; y: x + b; z: y";

TEST(Traverse, AncestorsAndDescendantsFollowWhatIsAsked) {
  const Graph graph = parse_history(kHistory);
  auto line = [&](const NodeSet& set) { return join(graph.ids(set.members()), " "); };
  EXPECT_EQ(line(ancestors(graph, nodes(graph, "z"), Follow::kParents)), "x y z");
  EXPECT_EQ(line(ancestors(graph, nodes(graph, "z"), Follow::kAll)), "a b x y z");
  EXPECT_EQ(line(descendants(graph, nodes(graph, "b"), Follow::kParents)), "b d");
  EXPECT_EQ(line(descendants(graph, nodes(graph, "b"), Follow::kAll)), "b d y z");
  EXPECT_EQ(line(lineage(graph, *graph.find("b"), Follow::kParents)), "a b d");
  EXPECT_EQ(line(ancestors(graph, {}, Follow::kAll)), "");
}

TEST(Traverse, OverlapsAreNamed) {
  const Graph graph = parse_history(kHistory);
  EXPECT_NO_THROW(require_no_overlap(graph, nodes(graph, "d z")));
  EXPECT_NO_THROW(require_no_overlap(graph, nodes(graph, "d d")));
  EXPECT_NO_THROW(require_no_overlap(graph, nodes(graph, "a")));
  try {
    require_no_overlap(graph, nodes(graph, "a z d c"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "Requested revision z overlaps with other requested revisions a");
  }
}

TEST(Traverse, TipsNotNamedAreStartedFromAsWell) {
  const Graph graph = parse_history("a; b: a; c: a");
  NodeSet all(graph.size(), nodes(graph, "a b c"));
  EXPECT_THAT(graph.ids(newest_first(graph, all, nodes(graph, "b"))), ElementsAre("b", "c", "a"));
}

TEST(Traverse, ARevisionOutsideTheSetStillOrdersThoseInside) {
  // `top` stands on `low` only through `between`, which is not asked for.
  const Graph graph = parse_history("low; side: low; between: + side; top: between");
  NodeSet set(graph.size(), nodes(graph, "top side low"));
  EXPECT_THAT(graph.ids(newest_first(graph, set, nodes(graph, "side top"))),
              ElementsAre("top", "side", "low"));
}

TEST(Traverse, ACycleIsThrownWhereItIsMet) {
  const Graph graph = parse_history("a: b; b: a; c: b; x; y: x");
  EXPECT_THAT(graph.ids(newest_first(graph, NodeSet(5, nodes(graph, "x y")), nodes(graph, "y"))),
              ElementsAre("y", "x"));
  EXPECT_THROW(newest_first(graph, NodeSet(5, nodes(graph, "a b c")), nodes(graph, "c")), Error);
}

}  // namespace
}  // namespace retort::revision
