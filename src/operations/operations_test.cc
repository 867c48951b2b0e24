#include <gtest/gtest.h>

#include "base/error.h"
#include "operations/describe.h"
#include "operations/reverse.h"
#include "sql/build.h"

namespace retort::operations {
namespace {

schema::Table users() {
  schema::Table table;
  table.name = "users";
  schema::Column id;
  id.name = "id";
  id.type.name = "Integer";
  id.primary_key = true;
  id.nullable = false;
  table.columns = {id};
  return table;
}

schema::Column email() {
  schema::Column column;
  column.name = "email";
  column.type.name = "String";
  column.type.length = 50;
  column.nullable = false;
  return column;
}

schema::Constraint foreign_key() {
  schema::ForeignKey key;
  key.name = {"fk", true};
  key.columns = {"a"};
  key.referred_table = "o";
  key.referred_columns = {"id"};
  return key;
}

schema::Index index() {
  schema::Index index;
  index.name = {"ix", false};
  index.keys = {{"a", {}}, {"b", {}}};
  index.unique = true;
  return index;
}

AlterColumn alter() {
  AlterColumn op;
  op.table = "users";
  op.column = "email";
  return op;
}

struct Described {
  Operation operation;
  std::string text;
};

TEST(Describe, IsOneLineForPeople) {
  AlterColumn changed = alter();
  changed.schema = "s";
  changed.new_name = "mail";
  changed.nullable = false;
  changed.server_default = std::optional<schema::ServerDefault>();
  BatchAlterTable batch;
  batch.table = "users";
  batch.operations = {changed};
  BulkInsert insert;
  insert.table = users();
  insert.rows = {{}, {}};
  sql::Type mood;
  mood.name = "Enum";
  mood.type_name = "mood";
  const Described cases[] = {
      {CreateTable{users(), false}, "create table users with 1 column"},
      {DropTable{"users", "s", false, {}, {}}, "drop table s.users"},
      {RenameTable{"a", "b", ""}, "rename table a to b"},
      {AddColumn{"users", "", email()}, "add column users.email String(length=50) not null"},
      {AddColumn{"users", "", email(), {foreign_key()}},
       "add column users.email String(length=50) not null, foreign key fk (a) -> o (id)"},
      {DropColumn{"users", "", "email", false, {}, {}}, "drop column users.email"},
      {changed, "alter column s.users.email: not null, no default, renamed to mail"},
      {alter(), "alter column users.email"},
      {CreateIndex{"users", "", index(), false}, "create unique index ix (a, b) on users"},
      {DropIndex{{"ix", false}, "users", "", false, {}, {}}, "drop index ix of users"},
      {AddConstraint{"users", "", foreign_key()}, "add foreign key fk (a) -> o (id) to users"},
      {DropConstraint{{"uq", false}, "users", "", "unique", false, {}},
       "drop unique constraint uq of users"},
      {SetTableComment{"users", "", "c", {}}, "set the comment of table users"},
      {SetTableComment{"users", "", {}, {}}, "remove the comment of table users"},
      {Execute{sql::raw("UPDATE t SET a = 1\nWHERE b = 2")}, "execute UPDATE t SET a = 1 ..."},
      {insert, "insert 2 rows into users"},
      {CreateType{mood, false}, "create type mood"},
      {DropType{mood, false}, "drop type mood"},
      {batch, "alter table users by 1 operation"},
  };
  for (const Described& one : cases) EXPECT_EQ(describe(one.operation), one.text);
}

TEST(Describe, CutsLongStatementsAtACharacter) {
  std::string text = describe(Execute{sql::raw(std::string(71, 'x') + "\u00e9\u00e9")});
  EXPECT_EQ(text, "execute " + std::string(71, 'x') + " ...");
}

TEST(Describe, DoesNotTellValues) {
  std::string text = describe(
      Execute{sql::binary(sql::Op::kEq, sql::column("password"), sql::literal("hunter2"))});
  EXPECT_EQ(text.find("hunter2"), std::string::npos) << text;
}

TEST(Reverse, UndoesAndIsItsOwnInverse) {
  AlterColumn changed = alter();
  changed.new_name = "mail";
  changed.type = sql::Type{.name = "Text"};
  changed.existing_type = sql::Type{.name = "String"};
  changed.nullable = true;
  changed.existing_nullable = false;
  changed.server_default = std::optional<schema::ServerDefault>("x");
  changed.existing_server_default = std::optional<schema::ServerDefault>();
  changed.comment = std::optional<std::string>("new");
  changed.existing_comment = "old";
  BatchAlterTable batch;
  batch.table = "users";
  batch.operations = {AddColumn{"users", "", email()}, changed};
  const Operation cases[] = {
      CreateTable{users(), false},
      RenameTable{"a", "b", "s"},
      AddColumn{"users", "", email()},
      changed,
      CreateIndex{"users", "s", index(), true},
      AddConstraint{"users", "", foreign_key()},
      SetTableComment{"users", "", "new", "old"},
      CreateSequence{{"s1", "", {}, "", false}, true},
      batch,
  };
  for (const Operation& one : cases) {
    Operation back = reverse(one);
    EXPECT_FALSE(back == one) << describe(one);
    EXPECT_TRUE(reverse(back) == one) << describe(one) << "\n" << describe(back);
  }
}

TEST(Reverse, OfABatchIsBackToFront) {
  BatchAlterTable batch;
  batch.table = "users";
  batch.copy_from = users();
  batch.operations = {AddColumn{"users", "", email()}, CreateIndex{"users", "", index(), false}};
  auto back = std::get<BatchAlterTable>(reverse(batch));
  ASSERT_EQ(back.operations.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<DropIndex>(back.operations[0]));
  EXPECT_TRUE(std::holds_alternative<DropColumn>(back.operations[1]));
  EXPECT_FALSE(back.copy_from);
}

TEST(Reverse, SaysWhatIsMissing) {
  AlterColumn type = alter();
  type.type = sql::Type{.name = "Text"};
  AlterColumn nullable = alter();
  nullable.nullable = false;
  BulkInsert insert;
  insert.table = users();
  const std::pair<Operation, std::string> cases[] = {
      {DropTable{"users", "", false, {}, {}}, "what the table looked like is not known"},
      {DropColumn{"users", "", "email", false, {}, {}}, "what the column looked like"},
      {DropIndex{{"ix", false}, "users", "", false, {}, {}}, "what the index looked like"},
      {DropConstraint{{"uq", false}, "users", "", "unique", false, {}}, "what the constraint"},
      {Execute{sql::raw("UPDATE t SET a = 1")}, "a statement has no inverse"},
      {insert, "which rows to delete"},
      {type, "the column's type before is not known"},
      {nullable, "the column's nullable before is not known"},
  };
  for (const auto& [operation, why] : cases) {
    try {
      reverse(operation);
      ADD_FAILURE() << describe(operation);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code::kOperation);
      EXPECT_NE(error.message().find(why), std::string::npos) << error.message();
      EXPECT_FALSE(error.hint().empty());
    }
  }
}

TEST(Reverse, DropsTheConversionOfTheOtherDirection) {
  AlterColumn op = alter();
  op.type = sql::Type{.name = "Integer"};
  op.existing_type = sql::Type{.name = "Text"};
  op.options = {{"postgresql_using", std::string("email::integer")}};
  EXPECT_TRUE(std::get<AlterColumn>(reverse(op)).options.empty());
}

}  // namespace
}  // namespace retort::operations
