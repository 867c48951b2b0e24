#include "revision/plan.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace retort::revision {
namespace {

using ::testing::ElementsAre;

Graph line() { return Graph({{"one", {}}, {"two", {"one"}}, {"three", {"two"}}}); }

std::vector<std::string> logs(const Route& route) {
  std::vector<std::string> result;
  for (const Step& step : route.steps) result.push_back(short_log(step));
  return result;
}

TEST(Plan, AnUpgradeFromNothingInsertsThenUpdates) {
  const Route route = plan_upgrade(line(), {}, "head");
  EXPECT_THAT(logs(route),
              ElementsAre("upgrade  -> one", "upgrade one -> two", "upgrade two -> three"));
  EXPECT_THAT(route.steps[0].changes, ElementsAre(RowChange::insert("one")));
  EXPECT_THAT(route.steps[1].changes, ElementsAre(RowChange::update("one", "two")));
  EXPECT_THAT(route.after.ids(), ElementsAre("three"));
  EXPECT_EQ(log_line(route.steps[0], "first"), "Running upgrade  -> one, first");
}

TEST(Plan, ADowngradeToBaseDeletesTheRow) {
  const Route route = plan_downgrade(line(), {{"two"}}, "base");
  EXPECT_THAT(logs(route), ElementsAre("downgrade two -> one", "downgrade one -> "));
  EXPECT_THAT(route.steps[1].changes, ElementsAre(RowChange::remove("one")));
  EXPECT_TRUE(route.after.empty());
}

}  // namespace
}  // namespace retort::revision
