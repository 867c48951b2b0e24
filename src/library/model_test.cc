// Models: what they come to, against what SQLAlchemy makes of the same tables.
#include <gmock/gmock.h>
#include <retort/retort.h>

#include <chrono>

namespace retort {
namespace {

using testing::HasSubstr;

MetaData example() {
  MetaData metadata{{.naming_convention = naming::alembic}};
  metadata.table("orgs", Column("id", BigInteger(), primary_key),
                 Column("name", String(80), not_null, unique));
  metadata.table(
      "users", Column("id", BigInteger(), primary_key),
      Column("email", String(255), not_null, unique),
      Column("name", Text(), nullable, Comment{"display name"}),
      Column("org_id", References{"orgs.id", Action::cascade}, not_null, indexed),
      Column("balance", Numeric(12, 2), not_null, server_default(0)),
      Column("created_at", DateTime({.timezone = true}), not_null, server_default(func::now())),
      Unique{"uq_users_org_email", {"org_id", "email"}}, Check{"email", text("length(email) > 3")},
      Index{.name = "ix_users_lower_email",
            .parts = {text("lower(email)")},
            .unique = true,
            .where = text("name IS NOT NULL")});
  return metadata;
}

TEST(Model, foreign_keys_take_the_type_referred_to) {
  std::string dump = example().dump();
  EXPECT_THAT(dump, HasSubstr("org_id BigInteger")) << dump;
}

TEST(Model, a_reference_to_nothing_is_an_error) {
  MetaData metadata;
  metadata.table("users", Column("org_id", References{"org.id"}));
  metadata.table("orgs", Column("id", Integer(), primary_key));
  try {
    metadata.dump();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code::kOperation);
    EXPECT_THAT(error.hint(), HasSubstr("'orgs'"));
  }
}

TEST(Model, names_that_are_missing_or_given_twice) {
  MetaData metadata;
  EXPECT_THROW(metadata.table("", Column("a", Integer())), Error);
  EXPECT_THROW(metadata.table("t", Column("", Integer())), Error);
  EXPECT_THROW(metadata.table("t", Column("a", Integer()), Column("a", Text())), Error);
  EXPECT_TRUE(metadata.tables().empty());
}

TEST(Model, options_are_what_they_look_like) {
  using List = std::vector<std::string>;
  EXPECT_EQ(std::get<List>(DialectOption{"x", {"a", "b"}}.value), (List{"a", "b"}));
  EXPECT_EQ(std::get<List>(DialectOption{"x", {"a"}}.value), List{"a"});
  EXPECT_EQ(std::get<std::string>(DialectOption{"x", "a"}.value), "a");
  EXPECT_EQ(std::get<bool>(DialectOption{"x", true}.value), true);
  EXPECT_EQ(std::get<std::int64_t>(DialectOption{"x", 1}.value), 1);
  EXPECT_EQ(std::get<Pairs>(DialectOption{"x", Pairs{{"a", "b"}}}.value).pairs.size(), 1U);
  EXPECT_TRUE(std::get<Expression>(DialectOption{"x", text("a")}.value).is_set());
}

TEST(Model, a_table_twice_is_an_error) {
  MetaData metadata;
  metadata.table("users", Column("id", Integer(), primary_key));
  EXPECT_THROW(metadata.table("users"), Error);
}

struct User {
  std::int64_t id;
  std::string email;
  std::optional<std::string> name;
  bool active;
  std::chrono::sys_seconds created_at;
  std::optional<std::chrono::year_month_day> born;
};

TEST(Model, structs_give_the_same_table_as_columns) {
  MetaData written;
  written.table(
      "users", Column("id", BigInteger(), primary_key),
      Column("email", String(255), not_null, unique), Column("name", String(), nullable),
      Column("active", Boolean(), not_null),
      Column("created_at", DateTime({.timezone = true}), not_null, server_default(func::now())),
      Column("born", Date(), nullable));
  MetaData reflected;
  reflected.table("users", field<&User::id>(primary_key), field<&User::email>(String(255), unique),
                  field<&User::name>(), field<&User::active>(),
                  field<&User::created_at>(server_default(func::now())), field<&User::born>());
  EXPECT_EQ(written.dump(), reflected.dump());
}

TEST(Model, references_stay_good_when_tables_are_added) {
  MetaData metadata;
  const Table& first = metadata.table("t0", Column("id", Integer(), primary_key));
  for (int i = 1; i < 100; ++i) metadata.table("t" + std::to_string(i));
  EXPECT_EQ(first.name, "t0");
  EXPECT_EQ(metadata.tables().size(), 100u);
}

TEST(Expression, is_written_as_sqlalchemy_writes_it) {
  Expression users = table("users", {column("id", Integer()), column("name", String())});
  EXPECT_EQ((users.c("id") == 5 && users.c("name").like("a%")).str(),
            "users.id = 5 AND users.name LIKE 'a%'");
  EXPECT_EQ((users.c("name") == nullptr).str(), "users.name IS NULL");
  EXPECT_EQ((!(users.c("id") > 1)).str(), "users.id <= 1");
  EXPECT_EQ((7 < users.c("id")).str(), "users.id > 7");
  EXPECT_EQ(((users.c("id") + 1) * 2).str(), "(users.id + 1) * 2");
  EXPECT_EQ(users.c("id").in({1, 2}).str(), "users.id IN (1, 2)");
  EXPECT_EQ(func::coalesce(users.c("name"), "?").str(), "coalesce(users.name, '?')");
}

TEST(Expression, statements) {
  Expression users = table("users", {column("id", Integer()), column("name", String())});
  EXPECT_EQ(update(users).values({{"name", "x"}}).where(users.c("id") == 1).str(),
            "UPDATE users SET name='x' WHERE users.id = 1");
  EXPECT_EQ(insert(users).values({{"id", 1}, {"name", func::lower("A")}}).str(),
            "INSERT INTO users (id, name) VALUES (1, lower('A'))");
  EXPECT_EQ(delete_(users).where(users.c("id").is_null()).str(),
            "DELETE FROM users WHERE users.id IS NULL");
  EXPECT_EQ(select({users.c("id")}).where(users.c("name") == "x").limit(3).str(),
            "SELECT users.id \nFROM users \nWHERE users.name = 'x'\n LIMIT 3");
}

TEST(Expression, misuse_is_an_error) {
  Expression users = table("users", {column("id"), column("email")});
  try {
    users.c("emails");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.hint(), HasSubstr("email"));
  }
  EXPECT_THROW(and_({Expression()}), Error);
  EXPECT_THROW(column("a").bind("x", 1), Error);
}

}  // namespace
}  // namespace retort
