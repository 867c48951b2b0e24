#include "models/unimported.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file.h"

namespace retort::models {
namespace {

namespace fs = std::filesystem;

class Unimported : public testing::Test {
 protected:
  Unimported() {
    std::string name = (fs::temp_directory_path() / "unimported-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~Unimported() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& table) const {
    fs::create_directories((folder_ / name).parent_path());
    write_file(folder_ / name, "class A(Base):\n    __tablename__ = " + table + "\n");
  }

  fs::path folder_;
};

TEST_F(Unimported, FindsTheTablesOfFilesThatNobodyImports) {
  write("app/models/tag.py", "'tags'");
  write("app/models/user.py", "\"users\"  # of the application");
  write("app/models/deck.py", "\"decks\"");
  write("app/models/computed.py", "name + 's'");
  write("app/tests/fake.py", "'fakes'");
  write(".venv/lib/thing.py", "'things'");
  write("venv/pyvenv.cfg", "");
  write("venv/lib/thing.py", "'things'");
  write("alembic/versions/a.py", "'frozen'");
  std::vector<UnimportedModel> expected{{folder_ / "app/models/tag.py", "tags"}};
  EXPECT_EQ(
      unimported_models(folder_, folder_ / "alembic", {folder_ / "app/models/user.py"}, {"decks"}),
      expected);
}

}  // namespace
}  // namespace retort::models
