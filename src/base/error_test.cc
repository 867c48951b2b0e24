#include "base/error.h"

#include <gtest/gtest.h>

namespace retort {
namespace {

TEST(SourceTest, PositionsCountCharactersNotBytes) {
  Source source("a.py", "x = 'é' + y\nz\n");
  EXPECT_EQ(source.position(0), (LineColumn{1, 1}));
  EXPECT_EQ(source.position(11), (LineColumn{1, 11}));
  EXPECT_EQ(source.position(13), (LineColumn{2, 1}));
  EXPECT_EQ(source.line(2), "z");
  EXPECT_EQ(source.line(9), "");
}

TEST(ErrorTest, RendersMessagePlaceCaretAndHint) {
  auto source = std::make_shared<Source>("versions/a.py", "def upgrade():\n    op.creat_table('x')\n");
  Error error = Error(code::kScript, "module 'alembic.op' has no attribute 'creat_table'")
                    .with_place({source, {22, 33}})
                    .with_hint("did you mean 'create_table'?");
  EXPECT_EQ(error.render(),
            "module 'alembic.op' has no attribute 'creat_table'\n"
            "  at versions/a.py:2:8\n"
            "  2 |     op.creat_table('x')\n"
            "    |        ^^^^^^^^^^^\n"
            "  hint: did you mean 'create_table'?");
}

TEST(ErrorTest, LongCallChainsAreCut) {
  auto source = std::make_shared<Source>("a.py", "f()\n");
  Error error(code::kLimit, "too deep");
  error.with_calls(std::vector<CallSite>(100, CallSite{{source, {0, 3}}, "f"}));
  std::string text = error.render();
  EXPECT_NE(text.find("... 92 more calls ..."), std::string::npos);
}

}  // namespace
}  // namespace retort
