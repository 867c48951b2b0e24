#include "config/ini.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace retort::config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

Ini parse(std::string text) {
  return parse_ini(std::make_shared<Source>("alembic.ini", std::move(text)));
}

// "section.option=value" of every own option, DEFAULT's first.
std::vector<std::string> dump(const Ini& ini) {
  std::vector<std::string> out;
  std::vector<std::string> names = ini.sections();
  names.insert(names.begin(), "DEFAULT");
  for (const std::string& name : names) {
    if (ini.section(name)->options.empty() && name != "DEFAULT") out.push_back(name);
    for (const IniOption& option : ini.section(name)->options) {
      out.push_back(name + "." + option.name + "=" + option.value);
    }
  }
  return out;
}

template <typename Function>
Error error_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return error;
  }
  return Error("none", "no error");
}

struct Case {
  std::string text;
  std::vector<std::string> options;
};

// The values are those CPython's ConfigParser reads.
TEST(Ini, Reads) {
  const Case kCases[] = {
      {"", {}},
      {"[a]\n", {"a"}},
      {"[a]\nx=1\nY : 2\nz = a = b : c\n", {"a.x=1", "a.y=2", "a.z=a = b : c"}},
      {"; c\n# c\n[a]\n  # c\nx = 1 ; not a comment\n", {"a.x=1 ; not a comment"}},
      {"[a]\nx = 1\n  2\n\t3\ny = 4\n", {"a.x=1\n2\n3", "a.y=4"}},
      {"[a]\nx =\n  1\n  2\n", {"a.x=\n1\n2"}},
      {"[a]\nx = 1\n\n  2\n\n\n", {"a.x=1\n\n2"}},
      {"[a]\nx = 1\n\ny = 2\n", {"a.x=1", "a.y=2"}},
      {"[a]\nx = 1\n  # c\n  2\n; c\n  3\n", {"a.x=1\n2\n3"}},
      {"[a]\nx = 1\n  [b]\n", {"a.x=1\n[b]"}},
      {"[a]\n  x = 1\n  y = 2\n    z = 3\nw=4", {"a.x=1", "a.y=2\nz = 3", "a.w=4"}},
      {"[a]\n   x = 1\n", {"a.x=1"}},
      {"[a] trailing\nx=1\n", {"a.x=1"}},
      {"[a]b] c\nx=1\n", {"a]b.x=1"}},
      {"[a]\nx=\ny=1", {"a.x=", "a.y=1"}},
      {"[a]\r\nx = 1\r\n  2\r\n", {"a.x=1\n2"}},
      {"\xEF\xBB\xBF[a]\nx=1\n", {"a.x=1"}},
      {"[DEFAULT]\nd = 1\n[a]\nx = 2\n[DEFAULT]\ne = 3\n", {"DEFAULT.d=1", "DEFAULT.e=3", "a.x=2"}},
      {"[a]\nüx = é\n", {"a.üx=é"}},
      {"[a]\nkey with space = v\n", {"a.key with space=v"}},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    EXPECT_EQ(dump(parse(c.text)), c.options);
  }
}

struct BadCase {
  std::string text;
  std::string message;
  std::string at;
};

TEST(Ini, SyntaxErrorsHaveAPlace) {
  const BadCase kCases[] = {
      {"x = 1\n", "no section headers", "alembic.ini:1:1"},
      {"[a]\njust words\n", "neither [section], a comment nor name = value", "alembic.ini:2:1"},
      {"[a]\nx = 1\n = 2\ny\n", "neither", "alembic.ini:4:1"},
      {"[a]\n= 2\n", "an option without a name", "alembic.ini:2:1"},
      {"[]\nx=1\n", "no section headers", "alembic.ini:1:1"},
      {"[a]\n[b]\n[a]\n", "section 'a' already exists", "alembic.ini:3:1"},
      {"[a]\nx=1\n  X2 = 3\nX : 2\n", "option 'x' in section 'a' already exists",
       "alembic.ini:4:1"},
      {"[DEFAULT]\nx=1\n[DEFAULT]\nx=2\n", "option 'x' in section 'DEFAULT'", "alembic.ini:4:1"},
  };
  for (const BadCase& c : kCases) {
    SCOPED_TRACE(c.text);
    Error error = error_of([&] { parse(c.text); });
    EXPECT_EQ(error.code(), code::kSyntax);
    EXPECT_THAT(error.message(), HasSubstr(c.message));
    ASSERT_TRUE(error.place());
    EXPECT_EQ(error.place().str(), c.at);
  }
}

TEST(Ini, Interpolates) {
  Ini ini = parse(
      "[DEFAULT]\nroot = /srv\n[a]\nplain = x\none = %(plain)s/%(HERE)s\nup = %(root)s%%\n"
      "deep = <%(one)s>\nfmt = %%(rev)s_%%(slug)s\npercent = %(odd)s\nodd = 5%%\n");
  ini.set_default("here", "/home/100%/p");
  EXPECT_EQ(ini.get("a", "one"), "x//home/100%/p");
  EXPECT_EQ(ini.get("a", "up"), "/srv%");
  EXPECT_EQ(ini.get("a", "deep"), "<x//home/100%/p>");
  EXPECT_EQ(ini.get("a", "fmt"), "%(rev)s_%(slug)s");
  EXPECT_EQ(ini.get("a", "percent"), "5%");
  EXPECT_EQ(ini.raw("a", "fmt"), "%%(rev)s_%%(slug)s");
  EXPECT_EQ(ini.get("a", "nothing"), std::nullopt);
  EXPECT_EQ(ini.get("b", "plain"), std::nullopt);
  EXPECT_THAT(ini.options("a"),
              ElementsAre("plain", "one", "up", "deep", "fmt", "percent", "odd", "here", "root"));
  EXPECT_THAT(parse("[DEFAULT]\nx=1\ny=2\n[a]\nz=%(x)s\ny=3\n").items("a"),
              ElementsAre(Pair("x", "1"), Pair("y", "3"), Pair("z", "1")));
}

TEST(Ini, InterpolationStopsAtTenLevels) {
  std::string text = "[a]\nx0 = %%end\n";
  for (int i = 1; i <= 12; ++i) {
    text += "x" + std::to_string(i) + " = %(x" + std::to_string(i - 1) + ")s\n";
  }
  Ini ini = parse(text + "me = %(me)s\n");
  EXPECT_EQ(ini.get("a", "x9"), "%end");
  EXPECT_THAT(error_of([&] { ini.get("a", "x10"); }).message(), HasSubstr("Recursion limit"));
  EXPECT_THAT(error_of([&] { ini.get("a", "me"); }).message(), HasSubstr("Recursion limit"));
}

TEST(Ini, InterpolationErrorsPointAtTheReference) {
  const BadCase kCases[] = {
      {"[a]\nurl = sqlite:///%(nam)s.db\nname = x\n",
       "option 'url' in section 'a' contains an interpolation key 'nam'", "alembic.ini:2:17"},
      {"[a]\nurl = 50%\n", "'%' must be followed by '%' or '(' in option 'url' in section 'a'",
       "alembic.ini:2:9"},
      {"[a]\nurl = x%(name\n", "bad interpolation variable reference", "alembic.ini:2:8"},
      {"[a]\nurl = %(name)d\n", "bad interpolation variable reference", "alembic.ini:2:7"},
  };
  for (const BadCase& c : kCases) {
    SCOPED_TRACE(c.text);
    Ini ini = parse(c.text);
    Error error = error_of([&] { ini.get("a", "url"); });
    EXPECT_EQ(error.code(), code::kConfig);
    EXPECT_THAT(error.message(), HasSubstr(c.message));
    ASSERT_TRUE(error.place());
    EXPECT_EQ(error.place().str(), c.at);
  }
  EXPECT_EQ(error_of([&] { parse(kCases[0].text).get("a", "url"); }).hint(),
            "did you mean 'name'?");
}

TEST(Ini, ReadsTheEnvironment) {
  Ini ini = parse(
      "[a]\nold = %(DATABASE_URL)s\nnew = ${DATABASE_URL}\nunset = x${NOT_SET}y\n"
      "fallback = ${NOT_SET:-sqlite:///%(here)s/${EMPTY:-app}.db}\nempty = <${EMPTY}>\n"
      "escaped = $${DATABASE_URL} $HOME ${1} ${open\ndatabase = k\nkey = %(database)s\n"
      "[formatter_x]\nformat = ${message}\n");
  ini.set_default("here", "/p");
  EXPECT_EQ(ini.get("a", "new"), "${DATABASE_URL}");
  ini.set_environment(map_environment(
      {{"DATABASE_URL", "postgresql://u:%(x)s${y}@h"}, {"EMPTY", ""}, {"database", "env"}}));
  EXPECT_EQ(ini.get("a", "old"), "postgresql://u:%(x)s${y}@h");
  EXPECT_EQ(ini.get("a", "new"), "postgresql://u:%(x)s${y}@h");
  EXPECT_EQ(ini.get("a", "fallback"), "sqlite:////p/app.db");
  EXPECT_EQ(ini.get("a", "empty"), "<>");
  EXPECT_EQ(ini.get("a", "escaped"), "${DATABASE_URL} $HOME ${1} ${open");
  EXPECT_EQ(ini.get("a", "key"), "k");
  EXPECT_EQ(ini.get("formatter_x", "format"), "${message}");
  Error error = error_of([&] { ini.get("a", "unset"); });
  EXPECT_EQ(error.message(),
            "the environment variable NOT_SET is not set, but option 'unset' in section 'a' needs "
            "it");
  EXPECT_EQ(error.place().str(), "alembic.ini:4:10");
  bool kept = false;
  for (const auto& [name, value] : ini.items("a")) kept |= value == "x${NOT_SET}y";
  EXPECT_TRUE(kept);
}

TEST(Ini, SetsOptions) {
  Ini ini = parse("[a]\nx = 1\n");
  ini.set("a", "X", "2%%");
  ini.set("a", "y", "%(x)s");
  EXPECT_EQ(ini.get("a", "x"), "2%");
  EXPECT_EQ(ini.get("a", "y"), "2%");
  EXPECT_TRUE(ini.remove_option("a", "x"));
  EXPECT_FALSE(ini.remove_option("a", "x"));
  EXPECT_THROW(ini.set("b", "x", "1"), Error);
  ini.add_section("b");
  ini.set("b", "x", "1");
  EXPECT_EQ(ini.get("b", "x"), "1");
  Error error = error_of([&] { ini.set("a", "url", "postgresql://u:hun%40ter@h"); });
  EXPECT_EQ(error.message(),
            "invalid interpolation syntax in the value for option 'url' in section 'a' at position "
            "18");
}

TEST(Ini, PlacesNeverShowPasswords) {
  Ini ini = parse("[a]\nurl = postgresql://u:hunter2@h/%(dbname)s\n");
  Error error = error_of([&] { ini.get("a", "url"); });
  EXPECT_THAT(error.render(), Not(HasSubstr("hunter2")));
  EXPECT_THAT(error.render(), HasSubstr("postgresql://u:*******@h/%(dbname)s"));
  EXPECT_EQ(ini.find("a", "url")->place.str(), "alembic.ini:2:7");
  EXPECT_EQ(ini.find("a", "url")->key.str(), "alembic.ini:2:1");
}

}  // namespace
}  // namespace retort::config
