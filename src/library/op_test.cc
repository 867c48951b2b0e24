// What only C++ says of Op: how its arguments become operations.
#include <gmock/gmock.h>
#include <retort/retort.h>

#include <string>
#include <vector>

namespace retort {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Runs one migration on a database that has the statements' tables.
template <void (*kUpgrade)(Op&)>
Connection migrated(std::string_view statements) {
  static constexpr Revision kRevision{.id = "a", .upgrade = kUpgrade};
  static constexpr const Revision* kAll[] = {&kRevision};
  Connection db = connect("sqlite://");
  db.execute(statements);
  Migrator(db, Bundle{kAll, {}}).upgrade();
  return db;
}

std::vector<std::string> columns(Connection& db, const std::string& table) {
  std::vector<std::string> out;
  for (const Column& column : Inspector(db).table(table).columns) out.push_back(column.name);
  return out;
}

void put_in_order(Op& op) {
  op.batch("t", [](Op::Batch& t) {
    t.add_column(Column("first", Integer()), {.before = "a"});
    t.add_column(Column("between", Integer()), {.after = "a"});
  });
  op.batch("v", [](Op::Batch& v) { v.alter_column("c", {.nullable = false}, {.before = "b"}); });
  op.batch("u", [](Op::Batch& u) { u.alter_column("a", {.type = Text()}); },
           {.recreate = Recreate::always, .partial_reordering = {{"c", "b", "a"}}});
}

TEST(Batch, columns_go_where_they_are_put) {
  Connection db = migrated<put_in_order>(
      "CREATE TABLE t (a INTEGER, b INTEGER, c INTEGER);"
      "CREATE TABLE u (a INTEGER, b INTEGER, c INTEGER);"
      "CREATE TABLE v (a INTEGER, b INTEGER, c INTEGER)");
  EXPECT_THAT(columns(db, "t"), ElementsAre("first", "a", "between", "b", "c"));
  EXPECT_THAT(columns(db, "v"), ElementsAre("a", "c", "b"));
  EXPECT_THAT(columns(db, "u"), ElementsAre("c", "b", "a"));
}

void drop_by_convention(Op& op) {
  op.batch("t",
           [](Op::Batch& t) {
             t.drop_constraint("uq_t_a", ConstraintKind::unique);
             t.create_check_constraint("positive", text("b > 0"));
           },
           {.naming_convention = {.uq = "uq_%(table_name)s_%(column_0_name)s"},
            .table_constraints = {Unique{"uq_b", {"b"}}}});
}

TEST(Batch, constraints_without_a_name_have_the_convention_s) {
  Connection db = migrated<drop_by_convention>("CREATE TABLE t (a INTEGER UNIQUE, b INTEGER)");
  std::string sql = *db.scalar<std::string>("SELECT sql FROM sqlite_schema WHERE name = 't'");
  EXPECT_THAT(sql, testing::Not(HasSubstr("uq_t_a")));
  EXPECT_THAT(sql, HasSubstr("uq_b"));
  EXPECT_THAT(sql, HasSubstr("CHECK (b > 0)"));
}

void from_a_copy(Op& op) {
  op.batch("t", [](Op::Batch& t) { t.drop_column("b"); },
           {.copy_from = Table("t", Column("a", Integer(), primary_key), Column("b", Text()),
                               Column("made_up", Text(), nullable))});
}

TEST(Batch, of_a_table_that_is_told_and_not_read) {
  static constexpr Revision kRevision{.id = "a", .upgrade = from_a_copy};
  static constexpr const Revision* kAll[] = {&kRevision};
  Connection db = connect("sqlite://");
  Plan plan = Migrator(db, Bundle{kAll, {}}).plan();
  EXPECT_EQ(plan.steps.at(0).unknown, "");
  EXPECT_THAT(plan.str(), HasSubstr("made_up TEXT"));
}

}  // namespace
}  // namespace retort
