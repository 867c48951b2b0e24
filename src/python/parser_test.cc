#include "python/parser.h"

#include <gtest/gtest.h>

#include <string>

#include "base/error.h"
#include "python/dump.h"

namespace retort::python {
namespace {

std::string tree(const std::string& text) {
  auto source = std::make_shared<const Source>("a.py", text);
  return dump(parse_unresolved(source)->tree);
}

struct Case {
  const char* text;
  const char* tree;
};

TEST(ParserTest, TreesAreCPythons) {
  const Case cases[] = {
      {"a.b(c, *d, e=1, **f)[1:2]",
       "Module(body=[Expr(value=Subscript(value=Call(func=Attribute(value=Name(id='a', "
       "ctx=Load()), "
       "attr='b', ctx=Load()), args=[Name(id='c', ctx=Load()), Starred(value=Name(id='d', "
       "ctx=Load()), ctx=Load())], keywords=[keyword(arg='e', value=Constant(value=1)), "
       "keyword(value=Name(id='f', ctx=Load()))]), slice=Slice(lower=Constant(value=1), "
       "upper=Constant(value=2)), ctx=Load()))])"},
      {"x = 'a' \"b\"\\\n  'c'",
       "Module(body=[Assign(targets=[Name(id='x', ctx=Store())], value=Constant(value='abc'))])"},
  };
  for (const Case& each : cases) EXPECT_EQ(tree(each.text), each.tree) << each.text;
}

}  // namespace
}  // namespace retort::python
