#include "config/env_file.h"

#include <gmock/gmock.h>

namespace retort::config {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

EnvFile parse(std::string text) {
  return parse_env_file(std::make_shared<Source>(".env", std::move(text)));
}

struct Case {
  std::string text;
  std::string value;
};

// Each text sets A; the values are python-dotenv's.
TEST(EnvFile, Values) {
  const Case kCases[] = {
      {"A=b", "b"},
      {"A = b ", "b"},
      {"  A=b", "b"},
      {"export A=b", "b"},
      {"export\tA=b", "b"},
      {"'A'=b", "b"},
      {"A=", ""},
      {"A=b # comment", "b"},
      {"A=b#c", "b#c"},
      {"A=b c", "b c"},
      {"A='b c' # d", "b c"},
      {"A='b # c'", "b # c"},
      {"A='b\\'c\\\\d\\n'", "b'c\\d\\n"},
      {"A=\"b\\nc\\\"d\\te\\q\"", "b\nc\"d\te\\q"},
      {"A=\"b\nc\"", "b\nc"},
      {"A=b\\nc", "b\\nc"},
      {"A=é", "é"},
      {"A=postgresql://u:p@h/d?x=y", "postgresql://u:p@h/d?x=y"},
      {"\xEF\xBB\xBF"
       "A=b",
       "b"},
      {"# c\n\nA=b\r\n", "b"},
      {"A=\"b\"\n", "b"},
  };
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.text);
    EnvFile file = parse(c.text);
    EXPECT_THAT(file.entries, ElementsAre(EnvEntry{"A", c.value}));
    EXPECT_TRUE(file.bad_lines.empty());
  }
}

TEST(EnvFile, SkipsWhatItCannotRead) {
  EnvFile file = parse("A=1\nB='open\nC D=3\n=4\nE\nF=\"x\" y\nG=7");
  EXPECT_THAT(file.entries,
              ElementsAre(EnvEntry{"A", "1"}, EnvEntry{"E", std::nullopt}, EnvEntry{"G", "7"}));
  ASSERT_EQ(file.bad_lines.size(), 4u);
  EXPECT_EQ(file.bad_lines[0].str(), ".env:2:1");
  EXPECT_EQ(file.bad_lines[3].str(), ".env:6:1");
}

TEST(EnvFile, ExpandsReferences) {
  EnvFile file = parse(
      "USER=me\nHOST=file\nURL=pg://${USER}@${HOST}/${DB:-app}\nNONE=<${NOPE}>\nLATE=${AFTER}\n"
      "AFTER=1\nPLAIN=$USER ${a:b}\nUSER=you\nBARE\nQ='${USER}'\n");
  Environment environment = map_environment({{"HOST", "env"}});
  EXPECT_THAT(resolve_env(file, environment),
              ElementsAre(Pair("HOST", "file"), Pair("URL", "pg://me@env/app"), Pair("NONE", "<>"),
                          Pair("LATE", ""), Pair("AFTER", "1"), Pair("PLAIN", "$USER ${a:b}"),
                          Pair("USER", "you"), Pair("Q", "you")));
  EXPECT_THAT(resolve_env(parse("HOST=file\nX=${HOST}"), environment, true),
              ElementsAre(Pair("HOST", "file"), Pair("X", "file")));
}

}  // namespace
}  // namespace retort::config
