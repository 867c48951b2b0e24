#include "config/type_map.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/error.h"

namespace retort::config {
namespace {

Config config_of(const std::string& name, const std::string& text) {
  const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "type_map";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / name) << text;
  ConfigRequest request;
  request.directory = folder;
  return Config::load(request);
}

using Types = std::vector<std::pair<std::string, std::string>>;

TEST(TypeMap, IsALineEachOrAList) {
  EXPECT_EQ(type_map(config_of("alembic.ini",
                               "[alembic]\ntype_map =\n  a.Money = NUMERIC(12, 2)\n  b.C = X=Y\n")),
            (Types{{"a.Money", "NUMERIC(12, 2)"}, {"b.C", "X=Y"}}));
  EXPECT_EQ(type_map(config_of("pyproject.toml",
                               "[tool.alembic]\ntype_map = [\"a.Money = NUMERIC(12, 2)\"]\n")),
            (Types{{"a.Money", "NUMERIC(12, 2)"}}));
  EXPECT_EQ(type_map(config_of("alembic.ini", "[alembic]\n")), Types{});
  EXPECT_THROW(type_map(config_of("alembic.ini", "[alembic]\ntype_map = a.Money\n")), Error);
}

}  // namespace
}  // namespace retort::config
