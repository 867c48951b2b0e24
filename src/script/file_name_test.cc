#include "script/file_name.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace retort::script {
namespace {

using ::testing::HasSubstr;

FileNameParts parts() {
  FileNameParts out;
  out.revision = "ae1027a6acf";
  out.slug = "añade_tabla";
  out.date = {2024, 5, 1, 2, 3, 4, 0, std::nullopt, 1714557600};
  return out;
}

// The names are those of Python's % on the same values.
TEST(FileName, Tokens) {
  const std::pair<std::string, std::string> kCases[] = {
      {"%(rev)s_%(slug)s", "ae1027a6acf_añade_tabla.py"},
      {"%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s",
       "2024_05_01_0203-ae1027a6acf.py"},
      {"%(year)d/%(month)02d/%(second)s", "2024/05/4.py"},
      {"%(epoch)s", "1714557600.py"},
      {"100%%_%(rev).4s", "100%_ae10.py"},
      {"%(slug).2s|%(slug)13s|%(day)-3d|%(day)+d|%(day)3d", "añ|  añade_tabla|1  |+1|  1.py"},
      {"%(epoch)x-%(epoch)#o-%(epoch)#X", "663212a0-0o14614411240-0X663212A0.py"},
      {"%(day)05.2d", "00001.py"},
      {"%(day)i%(day)u", "11.py"},
  };
  for (const auto& [text, want] : kCases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(file_name(text, parts()), want);
  }
  EXPECT_EQ(file_name("%(rev)s", parts(), "sql"), "ae1027a6acf.sql");
}

TEST(FileName, Errors) {
  const std::tuple<std::string, std::string, std::string> kCases[] = {
      {"%(revv)s", "there is no token 'revv'", "did you mean 'rev'?"},
      {"%(message)s", "there is no token 'message'", "tokens are rev, slug"},
      {"%(rev)d", "token 'rev' is text", "%%(rev)s"},
      {"%(day)q", "format letter 'q' of token 'day'", "d for numbers"},
      {"%(rev)", "has no format letter", ""},
      {"%s", "a '%' that starts no token", ""},
      {"%(rev", "a '%' that starts no token", ""},
      {"%(day)999d", "a width above 255", ""},
      {"../%(rev)s", "which is not below the folder", ""},
      {"/tmp/%(rev)s", "which is not below the folder", ""},
      {"%(rev)s/", "which is not below the folder", ""},
  };
  auto source = std::make_shared<Source>("alembic.ini", "[alembic]\nfile_template = x\n");
  for (const auto& [text, message, hint] : kCases) {
    SCOPED_TRACE(text);
    try {
      file_name(text, parts(), "py", {source, {26, 27}});
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code::kConfig);
      EXPECT_THAT(error.message(), HasSubstr(message));
      EXPECT_THAT(error.hint(), HasSubstr(hint));
      EXPECT_EQ(error.place().str(), "alembic.ini:2:17");
    }
  }
}

}  // namespace
}  // namespace retort::script
