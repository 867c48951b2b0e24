#include "config/toml.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace retort::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TomlTable parse(std::string text) {
  return parse_pyproject(std::make_shared<Source>("pyproject.toml", std::move(text)));
}

TEST(Toml, ReadsToolAlembic) {
  TomlTable table = parse(R"([project]
name = "x"
[tool.alembic]
script_location = "%(here)s/é"   # comment
version_locations = ["a", "b"]
sourceless = true
truncate_slug_length = 20
"sqlalchemy.url" = "sqlite://"
sqlalchemy.echo = "yes"
[[tool.alembic.post_write_hooks]]
name = "ruff"
type = "exec"
)");
  EXPECT_EQ(*find(table, "script_location")->string(), "%(here)s/é");
  EXPECT_EQ(find(table, "script_location")->place.str(), "pyproject.toml:4:19");
  EXPECT_EQ(*find(table, "version_locations")->list()->at(1).string(), "b");
  EXPECT_EQ(find(table, "version_locations")->list()->at(1).place.str(), "pyproject.toml:5:27");
  EXPECT_TRUE(*find(table, "sourceless")->boolean());
  EXPECT_EQ(std::get<std::int64_t>(find(table, "truncate_slug_length")->value), 20);
  EXPECT_EQ(*find(table, "sqlalchemy.url")->string(), "sqlite://");
  EXPECT_EQ(*find(table, "sqlalchemy.echo")->string(), "yes");
  EXPECT_EQ(*find(*find(table, "post_write_hooks")->list()->at(0).table(), "type")->string(),
            "exec");
  EXPECT_EQ(find(table, "nothing.here"), nullptr);
}

TEST(Toml, NoTableIsNoConfiguration) {
  EXPECT_TRUE(parse("").entries.empty());
  EXPECT_TRUE(parse("[tool.ruff]\nx = 1\n").entries.empty());
  EXPECT_TRUE(parse("tool = 1\n").entries.empty());
}

TEST(Toml, ErrorsHaveAPlaceAndNoPassword) {
  struct {
    std::string text;
    std::string_view code;
    std::string at;
  } const kCases[] = {
      {"[tool.alembic]\nx = \n", code::kSyntax, "pyproject.toml:2"},
      {"[tool.alembic]\nx = 1\nx = 2\n", code::kSyntax, "pyproject.toml:3"},
      {"[tool]\nalembic = 1\n", code::kConfig, "pyproject.toml:2:11"},
      {"[tool.alembic]\nx = 2020-01-01\n", code::kConfig, "pyproject.toml:2:5"},
      {"[tool.alembic]\nurl = \"pg://u:hunter2@h\n", code::kSyntax, "pyproject.toml:2"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.text);
    try {
      parse(c.text);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), c.code);
      ASSERT_TRUE(error.place());
      EXPECT_THAT(error.place().str(), HasSubstr(c.at));
      EXPECT_THAT(error.render(), Not(HasSubstr("hunter2")));
    }
  }
}

TEST(Toml, OddCharactersOutsideOfStrings) {
  for (std::string text : {"[\x02[", "a=\x02", "é = 1", "a = é"}) {
    EXPECT_THROW(parse(text), Error) << text;
  }
  EXPECT_THROW(parse(std::string(1, '\0')), Error);
  EXPECT_TRUE(parse("\xEF\xBB\xBF# é\n\"é\" = 'é'\nb = \"\"\"é\n\\\"é\"\"\"\nc = \'\'\'\né\'\'\'\n")
                  .entries.empty());
}

}  // namespace
}  // namespace retort::config
