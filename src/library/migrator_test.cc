// The migrator over a bundle of .py, .sql and compiled revisions.
#include <gmock/gmock.h>
#include <retort/retort.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <thread>

namespace retort {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Script kScripts[] = {
    {"a_users.py", R"("""users"""
import sqlalchemy as sa
from alembic import op

revision = "a"
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True),
                    sa.Column("email", sa.String(80)))


def downgrade():
    op.drop_table("users")
)"},
    {"b_seed.sql", R"(-- revision: b
-- down_revision: a
-- message: the first user

-- upgrade
INSERT INTO users (email) VALUES ('${who:-ann}@example.com');
-- downgrade
DELETE FROM users;
)"},
};

constexpr Revision kOrgs{
    .id = "c",
    .down = "b",
    .message = "orgs",
    .upgrade =
        [](Op& op) {
          op.create_table(Table("orgs", Column("id", BigInteger(), primary_key),
                                Column("name", String(80), not_null)));
          op.add_column("users", Column("org_id", References{"orgs.id"}, nullable));
          op.bulk_insert(table("orgs", {column("id"), column("name")}),
                         {{{"id", 1}, {"name", "it's"}}});
          op.execute("UPDATE users SET org_id = 1");
          op.batch("users", [](Op::Batch& users) {
            users.alter_column("org_id", {.nullable = false});
            users.create_unique_constraint("uq_users_email", {"email"});
          });
        },
    .downgrade =
        [](Op& op) {
          op.batch("users", [](Op::Batch& users) {
            users.drop_constraint("uq_users_email", ConstraintKind::unique);
            users.drop_column("org_id");
          });
          op.drop_table("orgs");
        },
};
constexpr const Revision* kCompiled[] = {&kOrgs};
constinit const Bundle kBundle{kCompiled, kScripts};

template <typename Call>
Error error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return {"none", "nothing was thrown"};
}

TEST(Migrator, one_graph_of_all_kinds_of_revision) {
  Connection db = connect("sqlite://");
  std::vector<std::string> steps;
  Migrator migrator(db, kBundle, {.on_step = [&](const Step& step) {
                      steps.push_back(step.revision + " " + std::to_string(step.number) + "/" +
                                      std::to_string(step.total));
                    }});
  EXPECT_THAT(migrator.current(), IsEmpty());
  EXPECT_FALSE(migrator.is_current());
  migrator.upgrade();
  EXPECT_THAT(steps, ElementsAre("a 1/3", "b 2/3", "c 3/3"));
  EXPECT_TRUE(migrator.is_current());
  EXPECT_EQ(db.scalar<std::string>("SELECT email FROM users"), "ann@example.com");
  EXPECT_EQ(db.scalar<std::string>("SELECT name FROM orgs"), "it's");
  EXPECT_FALSE(Inspector(db).table("users").column("org_id")->nullable_in_fact());
  EXPECT_EQ(Inspector(db).table("users").column("org_id")->type.name(), "BIGINT");
  migrator.downgrade("b");
  EXPECT_FALSE(Inspector(db).has_table("orgs"));
  migrator.downgrade("base");
  EXPECT_THAT(migrator.current(), IsEmpty());
}

TEST(Migrator, variables_of_sql_revisions) {
  Connection db = connect("sqlite://");
  Migrator migrator(db, kBundle, {.variables = {{"who", "bob"}}});
  migrator.upgrade("b");
  EXPECT_EQ(db.scalar<std::string>("SELECT email FROM users"), "bob@example.com");
}

TEST(Migrator, history) {
  Connection db = connect("sqlite://");
  Migrator migrator(db, kBundle);
  std::vector<std::string> seen;
  for (const RevisionInfo& info : migrator.history()) seen.push_back(info.id + " " + info.message);
  EXPECT_THAT(seen, ElementsAre("c orgs", "b the first user", "a users"));
  EXPECT_THAT(migrator.heads(), ElementsAre("c"));
}

TEST(Migrator, a_plan_runs_nothing) {
  Connection db = connect("sqlite://");
  Migrator migrator(db, kBundle);
  Plan plan = migrator.plan("b");
  ASSERT_EQ(plan.steps.size(), 2u);
  EXPECT_THAT(plan.steps[0].statements[0], HasSubstr("CREATE TABLE users"));
  EXPECT_THAT(plan.steps[1].statements,
              ElementsAre("INSERT INTO users (email) VALUES ('ann@example.com')"));
  EXPECT_THAT(Inspector(db).table_names(), IsEmpty());
  migrator.upgrade();
  EXPECT_TRUE(migrator.plan().empty());
}

TEST(Migrator, misuse_is_a_typed_error) {
  Connection db = connect("sqlite://");
  Migrator migrator(db, kBundle);
  EXPECT_EQ(error_of([&] { migrator.upgrade("nothing"); }).code(), code::kRevision);
  {
    Transaction transaction = db.begin();
    EXPECT_EQ(error_of([&] { migrator.upgrade(); }).code(), code::kMisuse);
  }
  migrator.upgrade("a");
  db.close();
  EXPECT_EQ(error_of([&] { migrator.upgrade(); }).code(), code::kMisuse);
  static constexpr Revision kLost{.id = "z", .down = "nowhere"};
  static constexpr const Revision* kOne[] = {&kLost};
  Connection other = connect("sqlite://");
  EXPECT_EQ(error_of([&] { Migrator(other, Bundle{kOne, {}}); }).code(), code::kGraph);
}

TEST(Migrator, a_bundle_that_is_wrong) {
  Connection db = connect("sqlite://");
  auto code_of = [&](std::span<const Revision* const> revisions) {
    return error_of([&] { Migrator(db, Bundle{revisions, {}}); }).code();
  };
  static constexpr Revision kAlone{.id = "z", .upgrade = [](Op&) {}};
  static constexpr const Revision* kTwice[] = {&kAlone, &kAlone};
  static constexpr const Revision* kNull[] = {&kAlone, nullptr};
  EXPECT_EQ(code_of(kTwice), code::kGraph);
  EXPECT_EQ(code_of(kNull), code::kMisuse);
  EXPECT_EQ(error_of([&] { Migrator(db, kBundle, {.version_table = ""}); }).code(), code::kMisuse);
}

TEST(Migrator, one_that_was_moved_away) {
  Connection db = connect("sqlite://");
  Migrator migrator(db, kBundle);
  Migrator other = std::move(migrator);
  EXPECT_EQ(error_of([&] { migrator.upgrade(); }).code(), code::kMisuse);
  EXPECT_EQ(error_of([&] { migrator.history(); }).code(), code::kMisuse);
  EXPECT_EQ(error_of([&] { migrator.is_current(); }).code(), code::kMisuse);
  EXPECT_FALSE(other.is_current());
}

TEST(Migrator, a_database_of_a_newer_program) {
  Connection db = connect("sqlite://");
  Migrator(db, kBundle).upgrade();
  db.execute("UPDATE alembic_version SET version_num = 'future'");
  Migrator migrator(db, kBundle);
  EXPECT_THAT(migrator.unknown(), ElementsAre("future"));
  EXPECT_FALSE(migrator.is_current());
}

TEST(Migrator, a_failure_leaves_the_last_whole_revision) {
  static constexpr Script kBad[] = {
      kScripts[0],
      {"b.sql",
       "-- revision: b\n-- down_revision: a\n-- upgrade\n"
       "CREATE TABLE half (a INTEGER);\nINSERT INTO missing VALUES (1);\n"}};
  Connection db = connect("sqlite://");
  Migrator migrator(db, Bundle{{}, kBad});
  Error error = error_of([&] { migrator.upgrade(); });
  EXPECT_EQ(error.code(), code::kDatabase);
  EXPECT_EQ(error.place().str(), "b.sql:5:1") << error.render();
  EXPECT_THAT(migrator.current(), ElementsAre("a"));
  EXPECT_FALSE(Inspector(db).has_table("half"));
  EXPECT_EQ(error_of([&] {
              Migrator(db, Bundle{{}, kBad},
                       {.on_step =
                            [](const Step&) {
                              throw Error(code::kMisuse, "stopped by the application");
                            }})
                  .upgrade();
            }).code(),
            code::kMisuse);
}

TEST(Migrator, two_threads_on_one_file) {
  std::filesystem::path file = std::filesystem::temp_directory_path() /
                               ("retort_two_threads_" + std::to_string(::getpid()) + ".db");
  std::filesystem::remove(file);
  auto run = [&] {
    Connection db =
        connect("sqlite:///" + file.string(), {.lock_timeout = std::chrono::seconds(30)});
    Migrator migrator(db, kBundle);
    migrator.upgrade();
    EXPECT_TRUE(migrator.is_current());
  };
  std::thread first(run);
  std::thread second(run);
  first.join();
  second.join();
  Connection db = connect("sqlite:///" + file.string());
  EXPECT_EQ(db.scalar<int>("SELECT count(*) FROM users"), 1);
  std::filesystem::remove(file);
}

TEST(Migrator, from_a_folder) {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("retort_folder_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  for (const Script& script : kScripts) {
    std::FILE* file = std::fopen((folder / script.name).c_str(), "w");
    std::fwrite(script.text.data(), 1, script.text.size(), file);
    std::fclose(file);
  }
  Connection db = connect("sqlite://");
  Migrator migrator(db, folder.string());
  migrator.upgrade();
  EXPECT_THAT(migrator.current(), ElementsAre("b"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace retort
