#include "script/mako.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "script/mako_builder.h"

namespace retort::script {
namespace {

using ::testing::HasSubstr;

MakoProgram translate(std::string text) {
  const std::string names[] = {"x", "not a name"};
  return translate_mako(std::make_shared<Source>("script.py.mako", std::move(text)), names, "m");
}

// The statements made of the template, without what every program has around them.
std::string body(const MakoProgram& program) {
  std::string text(program.python->text());
  std::string begin = "x = _mako_values['x']\n";
  std::string end = "_mako_result = _mako_pop()\n";
  EXPECT_TRUE(text.starts_with("from m import values as _mako_values\n"));
  EXPECT_TRUE(text.ends_with(end));
  text = text.substr(text.find(begin) + begin.size());
  return text.substr(0, text.size() - end.size());
}

struct Case {
  std::string text;
  std::string program;
};

TEST(Mako, Translates) {
  const Case kCases[] = {
      {"", ""},
      {"a 'b' \\c\r\n", "_mako_out('a \\'b\\' \\\\c\\r\\n')\n"},
      {"a\\\nb", "_mako_out('ab')\n"},
      {"${x}", "_mako_out(_mako_str(x))\n"},
      {"${x | comma,n}", "_mako_out(comma(x ))\n"},
      {"${x|h,trim}", "_mako_out(_mako_trim(_mako_html(_mako_str(x))))\n"},
      {"${ {'}': x['|']} }", "_mako_out(_mako_str( {'}': x['|']} ))\n"},
      {"${x if x else \"pass\"}", "_mako_out(_mako_str(x if x else \"pass\"))\n"},
      {"% if x:\na\n% else:\nb\n% endif\nc",
       "if x:\n    pass\n    _mako_out('a\\n')\nelse:\n    pass\n    _mako_out('b\\n')\n"
       "_mako_out('c')\n"},
      {"% for a in x:\n${a}\n% endfor\n",
       "for a in x:\n    pass\n    _mako_out(_mako_str(a))\n    _mako_out('\\n')\n"},
      {"% for a in x:\n${loop.index}\n% endfor\n",
       "loop = _MakoLoop(x, loop)\nfor a in loop:\n    pass\n"
       "    _mako_out(_mako_str(loop.index))\n    _mako_out('\\n')\nloop = loop.parent\n"},
      {"## c\n  ## d\n%% e\n", "_mako_out('%')\n_mako_out(' e\\n')\n"},
      {"<%doc>${</%doc><%text>${% </%text>", "_mako_out('${% ')\n"},
      {"<%\n  a = 1\n  if a:\n      b = 2\n%>", "\na = 1\nif a:\n    b = 2\n"},
      {"a<%! import re %>", "import re \n_mako_out('a')\n"},
      {"${f()}<%def name=\"f()\">t</%def>",
       "def f():\n    loop = None\n    _mako_out('t')\n    return ''\n_mako_out(_mako_str(f()))\n"},
      {"<%block filter=\"h\">t</%block>",
       "_mako_push()\n_mako_out('t')\n_mako_out(_mako_html(_mako_pop()))\n"},
      {"# -*- coding: utf-8 -*-\na", "_mako_out('a')\n"},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(body(translate(c.text)), c.program);
  }
}

struct BadCase {
  std::string text;
  std::string message;
  std::string at;
};

TEST(Mako, ErrorsHaveAPlace) {
  const BadCase kCases[] = {
      {"a\n${x", "unterminated expression", "2:1"},
      {"a\n  % if x:\nb", "Unterminated control keyword: 'if'", "2:3"},
      {"% endif\n", "No starting keyword 'if' for 'endif'", "1:1"},
      {"% if x:\n% endfor\n", "Keyword 'endfor' doesn't match keyword 'if'", "2:1"},
      {"% for a in x:\n% elif x:\n% endfor\n", "not a legal ternary for keyword 'for'", "2:1"},
      {"% x = 1\n", "Invalid control line: 'x = 1'", "1:1"},
      {"<% a = 1\n", "unterminated block", "1:1"},
      {"<%def name='f()'>", "Unclosed tag: <%def>", "1:1"},
      {"a</%def>", "Closing tag without opening tag: </%def>", "1:2"},
      {"<%def name='f()'></%block>", "does not match tag: <%def>", "1:18"},
      {"<%def>x</%def>", "Missing attribute(s): 'name'", "1:1"},
      {"<%doc>x", "Unclosed tag: <%doc>", "1:1"},
      {"\n<%include file='a.mako'/>", "<%include> is not supported", "2:1"},
      {"<%def name='f()'>\n% if x:\n</%def>", "Unterminated control keyword: 'if'", "2:1"},
  };
  for (const BadCase& c : kCases) {
    SCOPED_TRACE(c.text);
    try {
      translate(c.text);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code::kSyntax);
      EXPECT_THAT(error.message(), HasSubstr(c.message));
      ASSERT_TRUE(error.place());
      EXPECT_EQ(error.place().str(), "script.py.mako:" + c.at);
    }
  }
}

TEST(Mako, PlacesGoBackToTheTemplate) {
  MakoProgram program = translate("line one\n% if x:\n  ${x.oops}\n% endif\n");
  auto at = static_cast<std::uint32_t>(program.python->text().find("oops"));
  Place place{program.python, {at, at + 4}};
  ASSERT_TRUE(program.original(place));
  EXPECT_EQ(program.original(place)->str(), "script.py.mako:3:7");
  EXPECT_EQ(program.source->text(program.original(place)->span), "oops");
  EXPECT_FALSE(program.original(Place{program.python, {0, 4}}));
  EXPECT_FALSE(program.original(Place{program.source, {0, 4}}));

  // What fails in the prelude is shown where the template called it.
  Error inner(code::kScript, "text is wanted here");
  inner.with_place({program.python, {60, 64}});
  inner.with_calls({{place, "x"}, {Place{program.source, {0, 4}}, "y"}});
  Error mapped = program.original(inner);
  EXPECT_EQ(mapped.place().str(), "script.py.mako:3:7");
  ASSERT_EQ(mapped.calls().size(), 1u);
  EXPECT_EQ(mapped.calls()[0].function, "y");
}

}  // namespace
}  // namespace retort::script
