#include "script/revision_text.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "modules/stdlib/stdlib.h"
#include "script/templates.h"

namespace retort::script {
namespace {

using ::testing::HasSubstr;

SourcePtr source(std::string_view text) {
  return std::make_shared<Source>("script.py.mako", std::string(text));
}

NewRevision revision() {
  NewRevision out;
  out.message = "add a 'user' table";
  out.revision = "ae1027a6acf";
  out.down_revision = {"b1"};
  out.create_date = {2024, 5, 1, 12, 30, 0, 250000, std::nullopt, 0};
  return out;
}

std::string render(std::string_view text, const NewRevision& values = revision()) {
  python::Evaluator evaluator;
  return revision_text(source(text), values, evaluator);
}

// The texts are those Mako makes of the same template and values.
TEST(RevisionText, Renders) {
  const std::pair<std::string, std::string> kCases[] = {
      {"${message}|${up_revision}|${repr(down_revision)}|${repr(branch_labels)}",
       "add a 'user' table|ae1027a6acf|'b1'|None"},
      {"${down_revision | comma,n} ${depends_on | comma,n}", "b1 "},
      {"${create_date}", "2024-05-01 12:30:00.250000"},
      {"${imports if imports else \"\"}${upgrades if upgrades else \"pass\"}", "pass"},
      {"% for x in [1, 2, 3]:\n${loop.index}${x}${'' if loop.last else ','}\n% endfor\n",
       "01,\n12,\n23\n"},
      {"% if branch_labels:\na\n% elif message:\nb\n% else:\nc\n% endif\n", "b\n"},
      {"<%!\ndef twice(x):\n    return x * 2\n%>${twice('ab')}", "abab"},
      {"<% message = message.upper() %>${message}", "ADD A 'USER' TABLE"},
      {"<%def name=\"f(x)\">[${x}]</%def>${f(1)}${f('<') | h}", "[1][<]"},
      {"${'<&>' | h} ${' x ' | trim} ${'a b/é' | u}", "&lt;&amp;&gt; x a+b%2F%C3%A9"},
      {"<%block filter=\"trim\">  x  </%block>.", "x."},
      {"${context.get('nope', 'pass')}${context.get('message')[:3]}", "passadd"},
      {"% for i in range(3):\n${loop.cycle('a', 'b')}\\\n% endfor\n", "aba"},
      {"## gone\n%% kept\n<%doc>gone</%doc>a\\\nb", "% kept\nab"},
  };
  for (const auto& [text, want] : kCases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(render(text), want);
  }
}

TEST(RevisionText, ManyParents) {
  NewRevision merge = revision();
  merge.down_revision = {"b1", "c2"};
  merge.branch_labels = {"x"};
  merge.depends_on = {"d", "e"};
  EXPECT_EQ(render("${down_revision | comma,n}|${repr(down_revision)}|${repr(branch_labels)}|"
                   "${repr(depends_on)}",
                   merge),
            "b1, c2|('b1', 'c2')|('x',)|['d', 'e']");
}

TEST(RevisionText, TheTemplateOfInit) {
  NewRevision values = revision();
  values.upgrades = "op.create_table('t')\n    op.drop_table('u')";
  std::string text = render(find_template("generic").find("script.py.mako")->text, values);
  EXPECT_THAT(text, HasSubstr("\"\"\"add a 'user' table\n\nRevision ID: ae1027a6acf\nRevises: b1\n"
                              "Create Date: 2024-05-01 12:30:00.250000\n\n\"\"\"\n"));
  EXPECT_THAT(text, HasSubstr("down_revision: Union[str, Sequence[str], None] = 'b1'\n"));
  EXPECT_THAT(text, HasSubstr("    \"\"\"Upgrade schema.\"\"\"\n    op.create_table('t')\n"
                              "    op.drop_table('u')\n\n\ndef downgrade() -> None:\n"
                              "    \"\"\"Downgrade schema.\"\"\"\n    pass\n"));
}

TEST(RevisionText, CreateDateIsADatetime) {
  python::Evaluator evaluator;
  modules::bind_stdlib(evaluator, {});
  NewRevision values = revision();
  values.create_date.microsecond = 0;
  EXPECT_EQ(revision_text(source("${create_date}|${create_date.strftime('%d.%m.%Y')}|"
                                 "${create_date.date()}"),
                          values, evaluator),
            "2024-05-01 12:30:00|01.05.2024|2024-05-01");
  values.create_date.offset = -12600;
  EXPECT_EQ(revision_text(source("${create_date}"), values, evaluator),
            "2024-05-01 12:30:00-03:30");
}

TEST(RevisionText, SeveralDatabases) {
  python::Evaluator evaluator;
  NewRevision values = revision();
  values.texts = {{"one_upgrades", "op.one()"}};
  python::Class* cls = evaluator.define_class("Config", "test");
  evaluator.define(*cls, "get_main_option(self, name)",
                   [](python::Evaluator& own, python::Arguments&) { return own.str("one, two"); });
  MakoValues more = {{"config", evaluator.new_instance(cls)}};
  std::string text = revision_text(source(find_template("multidb").find("script.py.mako")->text),
                                   values, evaluator, more);
  EXPECT_TRUE(text.starts_with("\"\"\"add a"));
  EXPECT_THAT(text,
              HasSubstr("def upgrade_one() -> None:\n    \"\"\"Upgrade the schema of one.\"\"\""
                        "\n    op.one()\n"));
  EXPECT_THAT(text, HasSubstr("def downgrade_two() -> None:\n    \"\"\"Downgrade the schema of "
                              "two.\"\"\"\n    pass\n"));
}

struct BadCase {
  std::string text;
  std::string message;
  std::string at;
};

TEST(RevisionText, ErrorsHaveTheirPlaceInTheTemplate) {
  const BadCase kCases[] = {
      {"a\n${nope}", "nope", "2:3"},
      {"% if message:\n  ${message.nope}\n% endif\n", "nope", "2:13"},
      {"% if message\nx\n% endif\n", "", "1:"},
      {"\n${down_revision + 1 | comma,n}", "", "2:"},
      {"x ${1 | n}", "text is wanted here, not int", "1:5"},
      {"<%\n    a = 1\n    b = a.x\n%>", "'int' object has no attribute 'x'", "3:11"},
  };
  for (const BadCase& c : kCases) {
    SCOPED_TRACE(c.text);
    try {
      render(c.text);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_THAT(error.message(), HasSubstr(c.message));
      ASSERT_TRUE(error.place());
      EXPECT_THAT(error.place().str(), HasSubstr("script.py.mako:" + c.at));
    }
  }
}

TEST(RevisionText, OneEvaluatorRendersManyTemplates) {
  python::Evaluator evaluator;
  NewRevision other = revision();
  other.message = "second";
  EXPECT_EQ(revision_text(source("${message}"), revision(), evaluator), "add a 'user' table");
  EXPECT_EQ(revision_text(source("${message}"), other, evaluator), "second");
}

}  // namespace
}  // namespace retort::script
