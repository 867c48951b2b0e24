// Models in C++ compared with databases.
#include <gmock/gmock.h>
#include <retort/retort.h>

namespace retort {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

MetaData shop(bool with_phone) {
  MetaData metadata{{.naming_convention = naming::alembic}};
  Table users(
      "users", Column("id", BigInteger(), primary_key),
      Column("email", String(255), not_null, unique),
      Column("created_at", DateTime({.timezone = true}), not_null, server_default(func::now())),
      Index{.name = "ix_users_lower_email", .parts = {text("lower(email)")}});
  metadata.add(users);
  if (with_phone) {
    metadata.table("orders", Column("id", Integer(), primary_key),
                   Column("user_id", References{"users.id", Action::cascade}, not_null, indexed),
                   Column("state", Enum({"new", "paid"}, {.name = "state"}), not_null),
                   Column("total", Numeric(12, 2), not_null, server_default(0)),
                   Check{"total_not_negative", text("total >= 0")});
  }
  return metadata;
}

void run(Connection& db, const std::vector<Difference>& differences) {
  for (const Difference& each : differences) {
    for (const std::string& sql : each.sql) db.execute(sql);
  }
}

std::vector<std::string> descriptions(const std::vector<Difference>& differences) {
  std::vector<std::string> out;
  for (const Difference& each : differences) out.push_back(each.description);
  return out;
}

TEST(Differences, what_is_applied_is_no_difference_and_comes_off_again) {
  Connection db = connect("sqlite://");
  run(db, differences(db, shop(false)).upgrade());
  EXPECT_TRUE(differences(db, shop(false)).empty());
  Differences more = differences(db, shop(true));
  ASSERT_EQ(more.size(), 2u) << more.str();
  EXPECT_EQ(more.begin()->operation, "create_table");
  EXPECT_EQ(more.begin()->table, "orders");
  EXPECT_THAT(more.begin()->sql, ElementsAre(HasSubstr("CREATE TABLE orders")));
  EXPECT_EQ(more.begin()->destroys, "");
  run(db, more.upgrade());
  EXPECT_TRUE(differences(db, shop(true)).empty()) << differences(db, shop(true)).str();
  EXPECT_THAT(differences(db, shop(false)).str(), HasSubstr("(destroys table orders"));
  run(db, more.downgrade());
  EXPECT_TRUE(differences(db, shop(false)).empty());
}

TEST(Differences, render_writes_the_whole_file) {
  Connection db = connect("sqlite://");
  Differences all = differences(db, shop(true));
  RevisionInfo next{.id = "ae10", .down = {"27c6"}, .message = "shop"};
  std::string cc = render(all, Format::cc, next);
  EXPECT_THAT(cc, testing::StartsWith("#include <retort/op.h>\n"));
  EXPECT_THAT(cc,
              HasSubstr("    .id = \"ae10\",\n    .down = \"27c6\",\n    .message = \"shop\",\n"));
  EXPECT_THAT(cc, HasSubstr("      op.create_table(Table(\"users\",\n"));
  EXPECT_THAT(cc, HasSubstr("      op.drop_table(\"users\");\n    },\n};\n"));
  std::string sql = render(all, Format::sql, next);
  EXPECT_THAT(sql, testing::StartsWith("-- revision: ae10\n-- down_revision: 27c6\n"));
  EXPECT_THAT(sql, HasSubstr("\n-- upgrade\nCREATE TABLE users ("));
  std::string python = render(all, Format::python, next);
  EXPECT_THAT(python, HasSubstr("revision: str = 'ae10'\n"));
  EXPECT_THAT(python,
              HasSubstr("    op.create_table('users',\n    sa.Column('id', sa.BigInteger()"));
  // What was written leads there.
  Script script{"ae10_shop.py", python};
  Script first{"27c6_first.sql",
               "-- revision: 27c6\n-- message: first\n-- upgrade\n-- downgrade\n"};
  Script scripts[] = {first, script};
  Bundle bundle{.scripts = scripts};
  Migrator(db, bundle).upgrade();
  EXPECT_TRUE(differences(db, shop(true)).empty());
  EXPECT_THROW(render(all, Format::sql, {}), Error);
}

TEST(Differences, options) {
  Connection db = connect("sqlite://");
  db.execute("CREATE TABLE legacy (a INTEGER)");
  db.execute("CREATE TABLE people (id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(20))");
  db.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)");
  MetaData metadata;
  metadata.table("users", Column("id", BigInteger(), primary_key), Column("name", String(20)));
  CompareOptions options;
  options.include_table = [](std::string_view, std::string_view table) {
    return table != "legacy";
  };
  Differences found = differences(db, metadata, options);
  EXPECT_THAT(found.possible_renames(), ElementsAre(Pair("people", "users"))) << found.str();
  options.renames = found.possible_renames();
  found = differences(db, metadata, options);
  ASSERT_EQ(found.size(), 1u) << found.str();
  EXPECT_EQ(found.begin()->operation, "rename_table");
  run(db, found.upgrade());
  options.renames.clear();
  MetaData longer;
  longer.table("users", Column("id", BigInteger(), primary_key), Column("name", String(30)));
  EXPECT_EQ(differences(db, longer, options).size(), 1u);
  options.compare_type = false;
  EXPECT_TRUE(differences(db, longer, options).empty());
  options.renames = {{"nobody", "users"}};
  try {
    differences(db, metadata, options);
    FAIL() << "a rename of nothing";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code::kUsage);
  }
}

TEST(Differences, check_of_a_migrated_database) {
  static constexpr Revision kUsers{
      .id = "a", .upgrade = [](Op& op) {
        op.create_table(Table("users", Column("id", BigInteger(), primary_key)));
      }};
  static constexpr const Revision* kAll[] = {&kUsers};
  MetaData metadata;
  metadata.table("users", Column("id", BigInteger(), primary_key));
  Connection db = connect("sqlite://");
  Migrator migrator(db, Bundle{kAll, {}}, {.version_table = "versions"});
  try {
    migrator.check(metadata);
    FAIL() << "checked before it is up to date";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code::kRevision);
  }
  migrator.upgrade();
  EXPECT_TRUE(migrator.check(metadata).empty()) << migrator.check(metadata).str();
  metadata.table("orders", Column("id", Integer(), primary_key));
  EXPECT_THAT(descriptions(migrator.check(metadata).upgrade()), ElementsAre(HasSubstr("orders")));
  EXPECT_THAT(descriptions(differences(db, metadata).upgrade()),
              testing::Contains(HasSubstr("versions")));
  Differences found = differences(db, metadata);
  Differences moved = std::move(found);
  EXPECT_FALSE(moved.empty());
  EXPECT_THROW(found.empty(), Error);
  db.close();
  EXPECT_THROW(differences(db, metadata), Error);
}

}  // namespace
}  // namespace retort
