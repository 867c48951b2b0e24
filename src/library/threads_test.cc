// What several threads may share, and what they may each do at once: watched by the preset `tsan`.
#include <gmock/gmock.h>
#include <retort/retort.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace retort {
namespace {

using testing::ElementsAre;

namespace fs = std::filesystem;

std::string id_of(int number) { return "r" + std::to_string(1000 + number); }

std::string script(int number) {
  std::string down = number == 0 ? "None" : "'" + id_of(number - 1) + "'";
  std::string name = "t" + std::to_string(number);
  return "import sqlalchemy as sa\nfrom alembic import op\n\nrevision = '" + id_of(number) +
         "'\ndown_revision = " + down + "\n\n\ndef upgrade():\n    op.create_table('" + name +
         "', sa.Column('id', sa.Integer, primary_key=True))\n\n\ndef downgrade():\n    "
         "op.drop_table('" +
         name + "')\n";
}

// A history that is long enough to be parsed ahead of its run, and its models.
class Threads : public testing::Test {
 protected:
  static constexpr int kRevisions = 40;

  Threads() {
    fs::create_directories(folder_);
    for (int i = 0; i < kRevisions; ++i) {
      texts_.push_back(script(i));
      names_.push_back(id_of(i) + ".py");
      metadata_.table("t" + std::to_string(i), Column("id", Integer(), primary_key));
    }
    for (int i = 0; i < kRevisions; ++i) scripts_.push_back({names_[i], texts_[i]});
  }
  ~Threads() override { fs::remove_all(folder_); }

  static void at_once(const std::vector<std::function<void()>>& work) {
    std::vector<std::thread> threads;
    for (const auto& each : work) threads.emplace_back(each);
    for (std::thread& each : threads) each.join();
  }

  Connection open() const {
    return connect("sqlite:///" + (folder_ / "shared.db").string(),
                   {.lock_timeout = std::chrono::seconds(60)});
  }

  fs::path folder_ = fs::temp_directory_path() / ("retort_threads_" + std::to_string(::getpid()));
  std::vector<std::string> texts_;
  std::vector<std::string> names_;
  std::vector<Script> scripts_;
  MetaData metadata_;
};

TEST_F(Threads, migrators_on_one_file_and_on_their_own) {
  const Bundle bundle{{}, scripts_};
  auto shared = [&] {
    Connection db = open();
    Migrator migrator(db, bundle);
    migrator.upgrade();
    EXPECT_TRUE(migrator.is_current());
    EXPECT_TRUE(migrator.check(metadata_).empty());
    EXPECT_EQ(migrator.plan_downgrade("base").steps.size(), std::size_t{kRevisions});
  };
  auto own = [&] {
    Connection db = connect("sqlite://");
    Differences all = differences(db, metadata_);
    EXPECT_EQ(all.size(), std::size_t{kRevisions});
    EXPECT_FALSE(render(all, Format::python, {.id = "x"}).empty());
    Migrator migrator(db, bundle);
    migrator.upgrade();
    migrator.downgrade("base");
    EXPECT_THAT(migrator.current(), testing::IsEmpty());
  };
  at_once({shared, shared, own});
}

TEST_F(Threads, a_history_that_several_threads_read) {
  fs::path history = folder_ / "history";
  fs::create_directories(history);
  constexpr int kFiles = 1000;
  for (int i = 0; i < kFiles; ++i) std::ofstream(history / (id_of(i) + ".py")) << script(i);
  auto read = [&] {
    Connection db = connect("sqlite://");
    EXPECT_THAT(Migrator(db, history.string()).heads(), ElementsAre(id_of(kFiles - 1)));
  };
  at_once({read, read});
}

TEST_F(Threads, expressions_and_types_are_shared) {
  const Type type = Enum({"sad", "ok"}, {.name = "mood"});
  const Expression users = table("users", {column("id", Integer()), column("mood", type)});
  const Select query = select({users.c("id")}).from(users).where(users.c("mood") == "ok");
  auto use = [&] {
    Type mine = type.with_variant(String(3), "sqlite");
    EXPECT_NE(mine.str(), "");
    Select more = query.where(users.c("id") > 3).limit(1);
    Connection db = connect("sqlite://");
    db.execute("CREATE TABLE users (id INTEGER, mood TEXT)");
    db.execute("INSERT INTO users VALUES (4, 'ok')");
    EXPECT_EQ(db.scalar<int>(more), 4);
  };
  at_once({use, use, use});
}

}  // namespace
}  // namespace retort
