#include "script/templates.h"

#include <gmock/gmock.h>

#include "base/error.h"
#include "base/file.h"
#include "config/ini.h"
#include "config/toml.h"
#include "python/parser.h"
#include "script/mako.h"

namespace retort::script {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The others have no env.py.
bool is_python(const ProjectTemplate& one) { return one.name != "cpp" && one.name != "sql"; }

TEST(Templates, AreAllThere) {
  std::vector<std::string_view> names;
  for (const ProjectTemplate& one : project_templates()) {
    SCOPED_TRACE(one.name);
    names.push_back(one.name);
    EXPECT_FALSE(one.summary.empty());
    EXPECT_NE(one.find("README"), nullptr);
    if (!is_python(one)) continue;
    for (std::string_view file : {"env.py", "script.py.mako", "alembic.ini"}) {
      EXPECT_NE(one.find(file), nullptr) << file;
    }
    EXPECT_EQ(one.find("pyproject.toml") != nullptr, one.name.starts_with("pyproject"));
  }
  EXPECT_THAT(names, ElementsAre("generic", "async", "cpp", "multidb", "pyproject",
                                 "pyproject_async", "sql"));
}

TEST(Templates, AreTheFilesOfTheSource) {
  std::string folder = RETORT_SOURCE_DIR "/src/script/templates/";
  EXPECT_EQ(find_template("generic").find("env.py")->text, read_file(folder + "generic/env.py"));
  EXPECT_EQ(find_template("multidb").find("alembic.ini")->text,
            read_file(folder + "multidb/alembic.ini.mako"));
}

TEST(Templates, ConfigurationsCanBeRead) {
  for (const ProjectTemplate& one : project_templates()) {
    if (!is_python(one)) continue;
    SCOPED_TRACE(one.name);
    bool toml = one.find("pyproject.toml") != nullptr;
    config::Ini ini = config::parse_ini(std::make_shared<Source>(
        "alembic.ini", fill_template(*one.find("alembic.ini"), "%(here)s/db")));
    ini.set_default("here", "/p");
    EXPECT_EQ(ini.get("alembic", "script_location"),
              toml ? std::nullopt : std::optional<std::string>("/p/db"));
    EXPECT_TRUE(ini.has_section("formatter_generic"));
    if (!toml) continue;
    config::TomlTable table = config::parse_pyproject(std::make_shared<Source>(
        "pyproject.toml", fill_template(*one.find("pyproject.toml"), "%(here)s/db")));
    EXPECT_EQ(*config::find(table, "script_location")->string(), "%(here)s/db");
    EXPECT_TRUE(*config::find(table, "retort_history")->boolean());
  }
}

TEST(Templates, RevisionTemplatesCanBeTranslated) {
  for (const ProjectTemplate& one : project_templates()) {
    if (!is_python(one)) continue;
    std::string text(one.find("script.py.mako")->text);
    MakoProgram program =
        translate_mako(std::make_shared<Source>("script.py.mako", text), {}, "values");
    EXPECT_THAT(std::string(program.python->text()), HasSubstr("repr(down_revision)"));
    EXPECT_NO_THROW(python::parse(program.python));
  }
}

TEST(Templates, EnvironmentsCanBeParsed) {
  for (const ProjectTemplate& one : project_templates()) {
    if (!is_python(one)) continue;
    std::string text(one.find("env.py")->text);
    EXPECT_NO_THROW(python::parse(std::make_shared<Source>("env.py", text))) << one.name;
  }
}

TEST(Templates, UnknownNames) {
  try {
    find_template("genric");
    ADD_FAILURE() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code::kUsage);
    EXPECT_EQ(error.message(), "No such template 'genric'");
    EXPECT_THAT(error.hint(), HasSubstr("did you mean 'generic'? templates are generic, async"));
  }
}

}  // namespace
}  // namespace retort::script
