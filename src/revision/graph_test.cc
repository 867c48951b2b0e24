#include "revision/graph.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "revision/traverse.h"

namespace retort::revision {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> walk(const Graph& graph) {
  NodeSet all(graph.size());
  for (Node node = 0; node < graph.size(); ++node) all.insert(node);
  return graph.ids(newest_first(graph, all, graph.real_heads()));
}

TEST(Graph, AnEmptyHistoryHasNoTips) {
  Graph graph;
  EXPECT_THAT(graph.heads(), IsEmpty());
  EXPECT_THAT(graph.bases(), IsEmpty());
  EXPECT_EQ(graph.find("x"), std::nullopt);
  EXPECT_THAT(walk(Graph(std::vector<Revision>{})), IsEmpty());
}

TEST(Graph, WalksADiamondOneSideAfterTheOther) {
  Graph graph({{"root", {}}, {"left", {"root"}}, {"right", {"root"}}, {"join", {"left", "right"}}});
  EXPECT_THAT(walk(graph), ElementsAre("join", "left", "right", "root"));
  EXPECT_TRUE(graph.is_branch_point(0));
  EXPECT_TRUE(graph.is_merge_point(3));
  EXPECT_THAT(graph.ids(graph.children(0)), ElementsAre("left", "right"));
}

TEST(Graph, HeadsCountDependenciesOnlyWhenAsked) {
  Graph graph({{"core", {}}, {"app", {}, {"core"}}});
  EXPECT_THAT(graph.ids(graph.heads()), ElementsAre("core", "app"));
  EXPECT_THAT(graph.ids(graph.real_heads()), ElementsAre("app"));
  EXPECT_THAT(graph.ids(graph.bases()), ElementsAre("core", "app"));
  EXPECT_THAT(graph.ids(graph.real_bases()), ElementsAre("core"));
}

}  // namespace
}  // namespace retort::revision
