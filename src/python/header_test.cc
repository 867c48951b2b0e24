#include "python/header.h"

#include <gtest/gtest.h>

#include <span>
#include <string>

namespace retort::python {
namespace {

std::string shown(const std::optional<HeaderValue>& value) {
  if (!value) return "-";
  constexpr const char* kNames[] = {"None", "str", "tuple", "list", "set"};
  std::string text = kNames[static_cast<std::size_t>(value->kind)];
  for (const HeaderValue::Item& item : value->items) text += ":" + item.text;
  return text;
}

// "revision|down_revision|branch_labels|depends_on|doc", or "unsure".
std::string scan(std::string_view text) {
  std::optional<ScriptHeader> header = scan_header(text);
  if (!header) return "unsure";
  return shown(header->revision) + "|" + shown(header->down_revision) + "|" +
         shown(header->branch_labels) + "|" + shown(header->depends_on) + "|" +
         header->doc.value_or("-");
}

struct Case {
  const char* text;
  const char* header;
};

void check(std::span<const Case> cases) {
  for (const Case& each : cases) EXPECT_EQ(scan(each.text), each.header) << each.text;
}

TEST(HeaderTest, OrdinaryScripts) {
  const Case cases[] = {
      {"\"\"\"add t\n\nRevises: x\n\"\"\"\nfrom alembic import op\n\n"
       "# revision identifiers, used by Alembic.\n"
       "revision: str = 'ae10'\ndown_revision: Union[str, None] = None\n"
       "branch_labels: Union[str, Sequence[str], None] = None\ndepends_on = None\n\n"
       "def upgrade():\n    op.execute('revision = 1')\n",
       "str:ae10|None|None|None|add t\n\nRevises: x\n"},
      {"", "-|-|-|-|-"},
      {"x = 1\n", "-|-|-|-|-"},
      {"revision = 'a'", "str:a|-|-|-|-"},
      {"revision = 'a'\r\ndown_revision = ('b', \"c\",)\r\n", "str:a|tuple:b:c|-|-|-"},
      {"down_revision = 'b', 'c'\n", "-|tuple:b:c|-|-|-"},
      {"down_revision = 'b',\n", "-|tuple:b|-|-|-"},
      {"branch_labels = ['x']; depends_on = {'q', 'p', 'q'}\n", "-|-|list:x|set:q:p|-"},
      {"revision = ('a')\ndown_revision = ()\n", "str:a|tuple|-|-|-"},
      {"revision = (\n  'a'  # one\n  'b'\n)\n", "str:ab|-|-|-|-"},
      {"revision = \\\n  'a' \\\n  'b'\n", "str:ab|-|-|-|-"},
      {"revision = u'a' r'\\d'\n", "str:a\\d|-|-|-|-"},
      {"revision = '\xC3\xA9'\n", "str:\xC3\xA9|-|-|-|-"},
      {"\xEF\xBB\xBFrevision = 'a'\n", "str:a|-|-|-|-"},
      {"revision: 'x = 1' = 'a'\n", "str:a|-|-|-|-"},
      {"revision: str\n", "-|-|-|-|-"},
      {"'doc' 'umentation'; revision = 'a'\n", "str:a|-|-|-|documentation"},
      {"b'no doc'\nrevision = 'a'\n", "str:a|-|-|-|-"},
  };
  check(cases);
}

TEST(HeaderTest, NamesThatAreNotTheVariables) {
  const Case cases[] = {
      {"revision = 'a'\ndef upgrade():\n    revision = 'no'\n", "str:a|-|-|-|-"},
      {"revision = 'a'\nclass A:\n    revision = 'no'\n    def revision(self): pass\n",
       "str:a|-|-|-|-"},
      {"s = '''\nrevision = 'no'\n'''\nrevision = 'a'\n", "str:a|-|-|-|-"},
      {"s = 'x' \\\n'revision'\nrevision = 'a'\n", "str:a|-|-|-|-"},
      {"# revision = 'no'\nrevision = 'a'  # revision = 'no'\n", "str:a|-|-|-|-"},
      {"context.revision = 'no'\nrevision = 'a'\n", "str:a|-|-|-|-"},
      {"my_revision = revision_of = 'no'\nrevision = 'a'\n", "str:a|-|-|-|-"},
      {"def f(revision=None):\n    return f'{revision!r}'\nrevision = 'a'\n", "str:a|-|-|-|-"},
      {"x = '\\\\'; y = 'it\\'s'\nrevision = 'a'\n", "str:a|-|-|-|-"},
  };
  check(cases);
}

TEST(HeaderTest, GivesUpWhereOnlyEvaluationCanTell) {
  const char* const cases[] = {
      "revision = 'a' + 'b'\n",
      "revision = make()\n",
      "revision = f'a'\n",
      "revision = b'a'\n",
      "revision = 'a\\x41'\n",
      "revision = 'a' if x else 'b'\n",
      "revision = 1\n",
      "down_revision = ('a', None)\n",
      "down_revision = {}\n",
      "down_revision = {'a': 'b'}\n",
      "revision = 'a'\nrevision = 'b'\n",
      "revision = x = 'a'\n",
      "x = revision = 'a'\n",
      "revision, down_revision = 'a', 'b'\n",
      "(revision) = 'a'\n",
      "revision += 'a'\n",
      "revision == 'a'\n",
      "if x:\n    revision = 'a'\n",
      "if x: pass; revision = 'a'\n",
      "try:\n    pass\nfinally:\n    revision = 'a'\n",
      "revision = 'a'\nfor revision in x: pass\n",
      "revision = 'a'\ndel revision\n",
      "revision = 'a'\nimport x as revision\n",
      "revision = 'a'\ndef revision(): pass\n",
      "revision = 'a'\nclass revision: pass\n",
      "revision = 'a'\nprint(revision)\n",
      "revision = 'a'\nx = [revision := 'b']\n",
      "revision = 'a'\ndef f(x=(revision := 'b')): pass\n",
      "revision = 'a'\nx = f'{(revision := 1)}'\n",
      "def f():\n    global revision\n    revision = 'b'\nf()\n",
      "revision = 'a'\nfrom x import *\n",
      "revision = 'a'\nexec('revision = 1')\n",
      "revision = 'a'\nglobals()['revision'] = 1\n",
      "revision = 'a'\nx = f\"{y['z']} {w[\"v\"]}\"\ndepends_on = None\n",
      "('not quite a docstring')\n",
      "'doc'.upper()\nrevision = 'a'\n",
      "'do\\nc'\n",
      "revision = 'a\n",
      "revision = 'a'\n\xFF\n",
      "# coding: latin-1\nrevision = 'a'\n",
      ("\xEF\xBD\x92"
       "evision = 'b'\nrevision = 'a'\n"),
  };
  for (const char* text : cases) EXPECT_EQ(scan(text), "unsure") << text;
}

TEST(HeaderTest, SpansAreThoseOfTheValues) {
  std::string text = "'doc'\ndown_revision: str = ('a', 'b' 'c')  # x\n";
  std::optional<ScriptHeader> header = scan_header(text);
  ASSERT_TRUE(header);
  auto at = [&](Span span) { return text.substr(span.begin, span.end - span.begin); };
  EXPECT_EQ(at(header->doc_span), "'doc'");
  EXPECT_EQ(at(header->down_revision->span), "('a', 'b' 'c')");
  EXPECT_EQ(at(header->down_revision->items[0].span), "'a'");
  EXPECT_EQ(at(header->down_revision->items[1].span), "'b' 'c'");
}

}  // namespace
}  // namespace retort::python
