#include "config/config.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "config/settings.h"

namespace retort::config {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

class ConfigTest : public ::testing::Test {
 protected:
  ConfigTest() {
    std::string pattern = (fs::temp_directory_path() / "retort-config-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ConfigTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) {
    fs::create_directories((folder_ / name).parent_path());
    write_file(folder_ / name, text);
  }

  Config load(std::vector<std::string> files = {},
              std::map<std::string, std::string> environment = {}) {
    ConfigRequest request;
    request.files = std::move(files);
    request.directory = folder_;
    request.environment = map_environment(std::move(environment));
    return Config::load(std::move(request));
  }

  Config with_ini(std::string_view options, std::map<std::string, std::string> environment = {}) {
    write("alembic.ini", "[alembic]\n" + std::string(options));
    return load({}, std::move(environment));
  }

  Config with_toml(std::string_view options) {
    write("pyproject.toml", "[tool.alembic]\n" + std::string(options));
    return load();
  }

  std::string here() const { return folder_.string(); }

  fs::path folder_;
};

template <typename Function>
Error error_of(Function function) {
  try {
    function();
  } catch (const Error& error) {
    return error;
  }
  return Error("none", "no error");
}

TEST_F(ConfigTest, FindsItsFiles) {
  write("alembic.ini", "[alembic]\nwho = default\n");
  write("other.ini", "[alembic]\nwho = other\n");
  write("sub/pyproject.toml", "[tool.alembic]\nwho = \"sub\"\nwhere = \"%(here)s\"\n");
  write("pyproject.toml", "[tool.alembic]\nwho = \"toml\"\nwhere = \"%(here)s\"\n");
  EXPECT_EQ(load().text("who"), "default");
  EXPECT_EQ(load().text("where"), here());
  EXPECT_EQ(load({"other.ini"}).text("who"), "other");
  EXPECT_EQ(load({"other.ini", "sub/pyproject.toml"}).text("where"), here() + "/sub");
  EXPECT_EQ(load({"missing.ini"}).text("who"), "toml");
  EXPECT_EQ(load({}, {{"ALEMBIC_CONFIG", "other.ini"}}).text("who"), "other");
  EXPECT_EQ(load({}, {{"ALEMBIC_CONFIG", "sub/pyproject.toml"}}).text("where"), here() + "/sub");
  EXPECT_EQ(load({"alembic.ini"}, {{"ALEMBIC_CONFIG", "other.ini"}}).text("who"), "default");
  EXPECT_EQ(error_of([&] { load({"a.ini", "b.ini"}); }).message(),
            "only one ini file may be indicated");
  EXPECT_EQ(error_of([&] { load({"pyproject.toml", "sub/pyproject.toml"}); }).message(),
            "pyproject.toml indicated more than once");
}

TEST_F(ConfigTest, AlembicsMethods) {
  Config config = with_ini("a = 1\nb = %(a)s%(here)s\n[other]\nc = 2\n");
  EXPECT_EQ(config.get_main_option("b"), "1" + here());
  EXPECT_EQ(config.get_main_option("missing"), std::nullopt);
  EXPECT_THAT(config.get_section("other").value(),
              ElementsAre(Pair("here", here()), Pair("c", "2")));
  EXPECT_EQ(config.get_section("none"), std::nullopt);
  config.set_main_option("A", "5%%");
  EXPECT_EQ(config.get_main_option("b"), "5%" + here());
  config.set_section_option("fresh", "x", "1");
  EXPECT_EQ(config.get_section_option("fresh", "x"), "1");
  config.remove_main_option("a");
  EXPECT_EQ(config.get_main_option("a"), std::nullopt);
  EXPECT_EQ(error_of([&] { config.get_section_option("nope", "x"); }).message(),
            "No config file 'alembic.ini' found, or file has no '[nope]' section");
}

TEST_F(ConfigTest, AnotherMainSection) {
  write("alembic.ini", "[alembic]\nwho = one\n[two]\nwho = two\n");
  ConfigRequest request;
  request.directory = folder_;
  request.section = "two";
  EXPECT_EQ(Config::load(request).get_main_option("who"), "two");
  request.section = "twoo";
  Config config = Config::load(request);
  EXPECT_EQ(error_of([&] { config.get_main_option("who"); }).hint(), "did you mean 'two'?");
}

TEST_F(ConfigTest, XArguments) {
  ConfigRequest request;
  request.directory = folder_;
  request.x_arguments = {"a=1", "b", "a=2=3"};
  Config config = Config::load(request);
  EXPECT_THAT(config.x_arguments(), ElementsAre("a=1", "b", "a=2=3"));
  EXPECT_THAT(config.x_dictionary(), ElementsAre(Pair("a", "2=3"), Pair("b", "")));
}

TEST_F(ConfigTest, SettingsDefaults) {
  Settings settings = read_settings(with_ini("script_location = db\n"));
  EXPECT_EQ(settings.script_location, "db");
  EXPECT_EQ(settings.script_directory, folder_ / "db");
  EXPECT_THAT(settings.version_locations, ElementsAre(folder_ / "db/versions"));
  EXPECT_THAT(settings.prepend_sys_path, IsEmpty());
  EXPECT_EQ(settings.file_template, "%(rev)s_%(slug)s");
  EXPECT_EQ(settings.truncate_slug_length, 40);
  EXPECT_EQ(settings.timezone, std::nullopt);
  EXPECT_FALSE(settings.recursive_version_locations);
  EXPECT_FALSE(settings.retort_history);
  EXPECT_EQ(settings.version_table, "alembic_version");
  EXPECT_EQ(settings.output_encoding, "utf-8");
  EXPECT_THAT(settings.advice, IsEmpty());
}

TEST_F(ConfigTest, SettingsFromIni) {
  Settings settings = read_settings(
      with_ini("script_location = %(here)s/m\nfile_template = %%(year)d_%%(slug)s\n"
               "truncate_slug_length = 12\ntimezone = UTC\nversion_locations = a:%(here)s/b : ./c\n"
               "path_separator = os\nprepend_sys_path = .:src\nrecursive_version_locations = true\n"
               "revision_environment = true\nsourceless = True\nversion_table = v\n"
               "version_table_schema = s\ntransaction_per_migration = yes\nretort_history = on\n"));
  EXPECT_EQ(settings.script_directory, folder_ / "m");
  EXPECT_EQ(settings.file_template, "%(year)d_%(slug)s");
  EXPECT_EQ(settings.truncate_slug_length, 12);
  EXPECT_EQ(settings.timezone, "UTC");
  EXPECT_THAT(settings.version_locations, ElementsAre(folder_ / "a", folder_ / "b", folder_ / "c"));
  EXPECT_THAT(settings.prepend_sys_path, ElementsAre(folder_, folder_ / "src"));
  EXPECT_TRUE(settings.recursive_version_locations);
  EXPECT_TRUE(settings.revision_environment);
  EXPECT_FALSE(settings.sourceless);
  EXPECT_EQ(settings.version_table, "v");
  EXPECT_EQ(settings.version_table_schema, "s");
  EXPECT_TRUE(settings.transaction_per_migration);
  EXPECT_TRUE(settings.retort_history);
  ASSERT_EQ(settings.advice.size(), 1u);
  EXPECT_THAT(settings.advice[0].message, HasSubstr("only 'true' means true"));
  EXPECT_EQ(settings.advice[0].place.str(), "alembic.ini:11:14");
}

TEST_F(ConfigTest, SettingsFromTomlWithTheIniOnTop) {
  write("pyproject.toml",
        "[tool.alembic]\nscript_location = \"%(here)s/m\"\nsourceless = true\n"
        "file_template = \"%%(rev)s\"\nversion_locations = [\"%(here)s/a\", \"b\"]\n"
        "prepend_sys_path = [\".\"]\ntruncate_slug_length = 9\n");
  write("alembic.ini", "[alembic]\ntruncate_slug_length = 8\n");
  Settings settings = read_settings(load());
  EXPECT_EQ(settings.script_directory, folder_ / "m");
  EXPECT_TRUE(settings.sourceless);
  EXPECT_EQ(settings.file_template, "%(rev)s");
  EXPECT_EQ(settings.truncate_slug_length, 8);
  EXPECT_THAT(settings.version_locations, ElementsAre(folder_ / "a", folder_ / "b"));
  EXPECT_THAT(settings.prepend_sys_path, ElementsAre(folder_));
}

TEST_F(ConfigTest, PathSeparators) {
  auto locations = [&](std::string options) {
    std::string out;
    for (const fs::path& path :
         read_settings(with_ini("script_location = m\n" + options)).version_locations) {
      out += path.lexically_relative(folder_).string() + "|";
    }
    return out;
  };
  EXPECT_EQ(locations("path_separator = ;\nversion_locations = a;b b;\n"), "a|b b|");
  EXPECT_EQ(locations("path_separator = :\nversion_locations = a:b\n"), "a|b|");
  EXPECT_EQ(locations("path_separator = space\nversion_locations = a  b\n"), "a|b|");
  EXPECT_EQ(locations("path_separator = newline\nversion_locations =\n  a\n  b\n"), "a|b|");
  EXPECT_EQ(locations("version_path_separator = os\nversion_locations = a:b\n"), "a|b|");
  EXPECT_EQ(locations("version_locations = a, b c,d\n"), "a|b|c|d|");
  Settings legacy = read_settings(with_ini("script_location = m\nprepend_sys_path = a:b c,d\n"));
  EXPECT_EQ(legacy.prepend_sys_path.size(), 4u);
  EXPECT_THAT(legacy.advice.at(0).message, HasSubstr("No path_separator found"));
  EXPECT_EQ(error_of([&] { locations("path_separator = |\nversion_locations = a\n"); }).message(),
            "'|' is not a valid value for path_separator; expected 'space', 'newline', 'os', ':', "
            "';'");
}

TEST_F(ConfigTest, PackageLocations) {
  write("src/app/db/migrations/env.py", "");
  Settings settings =
      read_settings(with_ini("script_location = app.db:migrations\nprepend_sys_path = src\n"
                             "version_locations = app:db/versions\npath_separator = newline\n"));
  EXPECT_EQ(settings.script_location, "src/app/db/migrations");
  EXPECT_EQ(settings.script_directory, folder_ / "src/app/db/migrations");
  EXPECT_THAT(settings.version_locations, ElementsAre(folder_ / "src/app/db/versions"));
  Error error = error_of([&] { read_settings(with_ini("script_location = nope:migrations\n")); });
  EXPECT_THAT(error.message(), HasSubstr("names the package 'nope', which is not below " + here()));
  EXPECT_EQ(error.place().str(), "alembic.ini:2:19");
}

TEST_F(ConfigTest, EnvironmentBesideTheFile) {
  write("migrations/env.py", "");
  write("migrations/alembic.ini", "[alembic]\nscript_location = .\n");
  EXPECT_EQ(read_settings(load()).script_directory, folder_ / "migrations");
}

TEST_F(ConfigTest, SettingsErrors) {
  EXPECT_EQ(error_of([&] { read_settings(load()); }).message(),
            "No 'script_location' key found in configuration.");
  EXPECT_THAT(error_of([&] { read_settings(load()); }).hint(), HasSubstr("no alembic.ini here"));
  Error number = error_of(
      [&] { read_settings(with_ini("script_location = m\ntruncate_slug_length = ten\n")); });
  EXPECT_EQ(number.message(),
            "a whole number is expected for 'truncate_slug_length' in [alembic] of alembic.ini");
  EXPECT_EQ(number.place().str(), "alembic.ini:3:24");
  fs::remove(folder_ / "alembic.ini");
  EXPECT_EQ(error_of([&] {
              read_settings(with_toml("script_location = \"m\"\nsourceless = \"true\"\n"));
            }).message(),
            "boolean value expected for TOML parameter 'sourceless'");
  EXPECT_EQ(error_of([&] { with_toml("x = {}\n").option("x"); }).message(),
            "unsupported TOML value type for key: 'x'");
  EXPECT_THAT(error_of([&] { with_toml("x = \"%(there)s\"\n").text("x"); }).message(),
              HasSubstr("option 'x' in [tool.alembic] contains an interpolation key 'there'"));
}

TEST_F(ConfigTest, PostWriteHooks) {
  Config ini = with_ini(
      "script_location = m\n[post_write_hooks]\nhooks = black, ruff\nblack.type = console_scripts\n"
      "black.entrypoint = black\nblack.options = -l 79 REVISION_SCRIPT_FILENAME\n"
      "ruff.type = exec\nruff.executable = %(here)s/bin/ruff\nother.type = module\n");
  std::vector<PostWriteHook> hooks = post_write_hooks(ini);
  ASSERT_EQ(hooks.size(), 2u);
  EXPECT_EQ(hooks[0].name, "black");
  EXPECT_EQ(hooks[0].option("options"), "-l 79 REVISION_SCRIPT_FILENAME");
  EXPECT_EQ(hooks[1].option("executable"), here() + "/bin/ruff");
  EXPECT_EQ(hooks[1].option("entrypoint"), std::nullopt);
  EXPECT_EQ(hooks[1].place.str(), "alembic.ini:8:13");
  fs::remove(folder_ / "alembic.ini");
  hooks = post_write_hooks(
      with_toml("[[tool.alembic.post_write_hooks]]\nname = \"ruff\"\ntype = \"module\"\n"
                "options = \"%(here)s\"\n"));
  ASSERT_EQ(hooks.size(), 1u);
  EXPECT_EQ(hooks[0].name, "ruff");
  EXPECT_EQ(hooks[0].option("options"), here());
  EXPECT_THAT(error_of([&] {
                post_write_hooks(with_toml("[[tool.alembic.post_write_hooks]]\ntype = \"exec\"\n"));
              }).message(),
              HasSubstr("has no name"));
}

TEST_F(ConfigTest, DatabaseUrl) {
  std::map<std::string, std::string> environment = {{"DATABASE_URL", "sqlite:///env.db"}};
  DatabaseUrl from_ini =
      database_url(with_ini("sqlalchemy.url = sqlite:///%(here)s/a.db\n", environment));
  EXPECT_EQ(from_ini.url.database, here() + "/a.db");
  EXPECT_EQ(from_ini.origin, "'sqlalchemy.url' in [alembic] of alembic.ini");
  for (std::string_view options :
       {"", "sqlalchemy.url =\n", "sqlalchemy.url = driver://user:pass@localhost/dbname\n"}) {
    DatabaseUrl found = database_url(with_ini(options, environment));
    EXPECT_EQ(found.url.database, "env.db");
    EXPECT_EQ(found.origin, "DATABASE_URL");
  }
  write("alembic.ini", "[alembic]\n[engine1]\nsqlalchemy.url = sqlite:///one.db\n");
  EXPECT_EQ(database_url(load(), "engine1").url.database, "one.db");
  fs::remove(folder_ / "alembic.ini");
  EXPECT_EQ(database_url(with_toml("sqlalchemy.url = \"sqlite:///t.db\"\n")).url.database, "t.db");
}

TEST_F(ConfigTest, DatabaseUrlErrors) {
  Error missing = error_of([&] { database_url(with_ini("")); });
  EXPECT_EQ(missing.message(),
            "no database URL: 'sqlalchemy.url' in [alembic] of alembic.ini is not set, nor is the "
            "environment variable DATABASE_URL");
  Error placeholder = error_of(
      [&] { database_url(with_ini("sqlalchemy.url = driver://user:pass@localhost/dbname\n")); });
  EXPECT_THAT(placeholder.message(), HasSubstr("is the template's placeholder"));
  EXPECT_EQ(placeholder.place().str(), "alembic.ini:2:18");
  Error bad = error_of([&] { database_url(with_ini("sqlalchemy.url = pgsql://u:hunter2@h/d\n")); });
  EXPECT_EQ(bad.code(), code::kUrl);
  EXPECT_THAT(bad.message(), HasSubstr("'sqlalchemy.url' in [alembic] of alembic.ini: unknown"));
  EXPECT_THAT(bad.render(), Not(HasSubstr("hunter2")));
  Error unset = error_of([&] { database_url(with_ini("sqlalchemy.url = ${APP_DATABASE}\n")); });
  EXPECT_THAT(unset.message(), HasSubstr("the environment variable APP_DATABASE is not set"));
  EXPECT_EQ(unset.place().str(), "alembic.ini:2:18");
  Error variable =
      error_of([&] { database_url(with_ini("", {{"DATABASE_URL", "pgsql://u:hunter2@h"}})); });
  EXPECT_THAT(variable.message(), HasSubstr("DATABASE_URL: unknown database dialect 'pgsql'"));
}

TEST_F(ConfigTest, SqlalchemyOptions) {
  write("pyproject.toml", "[tool.alembic]\nsqlalchemy.echo = \"no\"\nsqlalchemy.url = \"t\"\n");
  EXPECT_THAT(sqlalchemy_options(with_ini("sqlalchemy.url = u\nsqlalchemy.pool = ${NOT_SET}\n")),
              ElementsAre(Pair("echo", "no"), Pair("pool", "${NOT_SET}"), Pair("url", "u")));
}

}  // namespace
}  // namespace retort::config
