#include "revision/rows.h"

#include <gmock/gmock.h>

#include "revision/graph_test_support.h"

namespace retort::revision {
namespace {

using ::testing::ElementsAre;

std::string message_of(VersionRows rows, const RowChange& change) {
  const VersionRows before = rows;
  try {
    rows.apply(change);
  } catch (const Error& error) {
    EXPECT_EQ(rows, before);
    return error.message();
  }
  return "";
}

TEST(VersionRows, AnUpdatedRowStaysInItsPlace) {
  VersionRows rows({"a", "b", "c"});
  rows.apply(RowChange::update("b", "x"));
  rows.apply(RowChange::remove("a"));
  rows.apply(RowChange::insert("y"));
  EXPECT_THAT(rows.ids(), ElementsAre("x", "c", "y"));
}

TEST(VersionRows, EveryUpdateAndDeleteMeetsOneRow) {
  EXPECT_EQ(message_of({{"x"}}, RowChange::update("a", "b")),
            "Online migration expected to match one row when updating 'a' to 'b' in "
            "'alembic_version'; 0 found");
  EXPECT_EQ(message_of({{"a", "a"}}, RowChange::update("a", "b")),
            "Online migration expected to match one row when updating 'a' to 'b' in "
            "'alembic_version'; 2 found");
  EXPECT_EQ(message_of({{}, "my_versions"}, RowChange::remove("a")),
            "Online migration expected to match one row when deleting 'a' in 'my_versions'; "
            "0 found");
  EXPECT_EQ(message_of({{"a", "a"}}, RowChange::remove("a")),
            "Online migration expected to match one row when deleting 'a' in 'alembic_version'; "
            "2 found");
  EXPECT_EQ(message_of({{"a"}}, RowChange::insert("a")),
            "Revision 'a' is in 'alembic_version' already and can't be inserted again");
}

TEST(VersionRows, AFailingListChangesNothing) {
  VersionRows rows({"a", "b"});
  const RowChange changes[] = {RowChange::remove("a"), RowChange::update("gone", "c")};
  EXPECT_THROW(rows.apply(changes), Error);
  EXPECT_THAT(rows.ids(), ElementsAre("a", "b"));
}

TEST(VersionRows, RepeatedRowsAreFound) {
  EXPECT_EQ(VersionRows({"a", "b", "a"}).repeated(), "a");
  EXPECT_EQ(VersionRows({"a", "b"}).repeated(), std::nullopt);
}

struct ArithmeticCase {
  const char* why;
  const char* history;
  const char* rows;
  const char* step;  // "+id" or "-id"
  const char* statements;
};

std::string statement(const RowChange& change) {
  switch (change.kind) {
    case RowChange::Kind::kInsert:
      return "insert " + change.to;
    case RowChange::Kind::kUpdate:
      return "update " + change.from + " " + change.to;
    case RowChange::Kind::kDelete:
      return "delete " + change.from;
  }
  return "";
}

TEST(RowArithmetic, StatementsOfEachKindOfStep) {
  const ArithmeticCase cases[] = {
      {"the first revision", "a; b: a", "", "+a", "insert a"},
      {"along a line", "a; b: a", "a", "+b", "update a b"},
      {"the first of a fork", "a; b: a; c: a", "a", "+b", "update a b"},
      {"the second of a fork", "a; b: a; c: a", "b", "+c", "insert c"},
      {"a merge of two", "a; b; m: a b", "a b", "+m", "delete a, update b m"},
      {"a merge of three", "a; b; c; m: a b c", "c a b", "+m", "delete a, delete b, update c m"},
      {"a merge with one side covered", "a; b; b2: b; m: a b", "a b2", "+m", "update a m"},
      {"a merge with all sides covered", "a; b; n: a b; m: a b", "n", "+m", "insert m"},
      {"a dependency with a row", "a; x; y: x + a", "a x", "+y", "delete x, update a y"},
      {"a dependency without one", "a; a2: a; x; y: x + a", "a2 x", "+y", "update x y"},
      {"a base with a dependency", "a; x: + a", "a", "+x", "update a x"},
      {"down a line", "a; b: a", "b", "-b", "update b a"},
      {"down to nothing", "a; b: a", "a", "-a", "delete a"},
      {"down to a fork with the other side up", "a; b: a; c: a", "b c", "-b", "delete b"},
      {"a merge taken apart", "a; b; m: a b", "m", "-m", "insert a, update m b"},
      {"apart with one side covered", "a; b; b2: b; m: a b", "m b2", "-m", "update m a"},
      {"apart with all sides covered", "a; b; n: a b; m: a b", "m n", "-m", "delete m"},
      {"a dependency gets its row back", "a; x; y: x + a", "y", "-y", "insert x, update y a"},
      {"a parent below another gets none", "a; b: a; m: b a", "m", "-m", "update m b"},
  };
  for (const ArithmeticCase& test : cases) {
    const Graph graph = parse_history(test.history);
    std::vector<Node> rows;
    for (const std::string& id : words(test.rows)) rows.push_back(*graph.find(id));
    RowArithmetic arithmetic(graph, rows);
    const Node node = *graph.find(std::string_view(test.step).substr(1));
    const auto changes =
        test.step[0] == '+' ? arithmetic.upgrade(node) : arithmetic.downgrade(node);
    std::vector<std::string> statements;
    VersionRows expected(words(test.rows));
    for (const RowChange& change : changes) {
      statements.push_back(statement(change));
      expected.apply(change);
    }
    EXPECT_EQ(join(statements, ", "), test.statements) << test.why;
    EXPECT_EQ(graph.ids(arithmetic.rows()), expected.ids()) << test.why;
  }
}

}  // namespace
}  // namespace retort::revision
