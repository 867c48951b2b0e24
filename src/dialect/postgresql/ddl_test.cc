#include "dialect/postgresql/ddl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "dialect/dialect.h"
#include "sql/build.h"

// What depends on the server: named types that are there already, generated columns by version.
namespace retort::dialect::postgresql {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A server of a version, with types by name; it answers the one question that DDL asks.
class Server : public Catalog, public database::Connection {
 public:
  explicit Server(std::string version) : version_(std::move(version)) {}
  database::Connection& connection() override { return *this; }

  std::string_view dialect_name() const override { return "postgresql"; }
  std::string server_version() const override { return version_; }
  std::unique_ptr<database::Result> query(std::string_view,
                                          database::Parameters parameters) override {
    struct One : database::Result {
      explicit One(bool row) : left(row) {}
      const std::vector<std::string>& columns() const override { return names; }
      std::string column_type(std::size_t) const override { return "integer"; }
      bool next() override { return std::exchange(left, false); }
      sql::Datum get(std::size_t) const override { return std::int64_t{1}; }
      std::int64_t affected_rows() const override { return -1; }
      std::int64_t last_insert_id() const override { return 0; }
      std::vector<std::string> names{"?column?"};
      bool left;
    };
    return std::make_unique<One>(std::ranges::find(types, std::get<std::string>(parameters[0])) !=
                                 types.end());
  }
  void execute(std::string_view) override {}
  bool in_transaction() const override { return true; }
  void begin() override {}
  void commit() override {}
  void rollback() noexcept override {}
  void* native_handle() override { return nullptr; }

  std::vector<std::string> types{};

 private:
  std::string version_;
};

std::vector<std::string> compile(const operations::Operation& operation,
                                 const CompileContext& context) {
  std::vector<std::string> texts;
  for (const sql::Statement& one : find_dialect("postgresql").compile(operation, context)) {
    texts.push_back(one.sql);
  }
  return texts;
}

sql::Type mood() {
  sql::Type type;
  type.name = "Enum";
  type.values = {"sad", "it's ok"};
  type.type_name = "mood";
  return type;
}

operations::CreateTable create_table(std::string name) {
  operations::CreateTable op;
  op.table.name = std::move(name);
  schema::Column column;
  column.name = "m";
  column.type = mood();
  op.table.columns = {column};
  return op;
}

operations::AddColumn add_column() {
  operations::AddColumn op;
  op.table = "t";
  op.column.name = "m";
  op.column.type = mood();
  return op;
}

constexpr const char* kCreateMood = "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')";

TEST(PostgresqlEnum, IsMadeWithTheFirstTableOfARun) {
  RunMemory memory;
  CompileContext context;
  context.memory = &memory;
  EXPECT_THAT(compile(create_table("a"), context),
              ElementsAre(kCreateMood, "CREATE TABLE a (\n\tm mood\n)"));
  EXPECT_THAT(compile(create_table("b"), context), ElementsAre("CREATE TABLE b (\n\tm mood\n)"));
  EXPECT_THAT(compile(add_column(), context), ElementsAre("ALTER TABLE t ADD COLUMN m mood"));
  EXPECT_THAT(compile(operations::DropType{mood(), false}, context), ElementsAre("DROP TYPE mood"));
  EXPECT_THAT(compile(create_table("c"), context).size(), 2u);
}

TEST(PostgresqlEnum, IsNotMadeWhenItIsThere) {
  Server server("15.4");
  CompileContext context;
  context.catalog = &server;
  EXPECT_THAT(compile(add_column(), context),
              ElementsAre(kCreateMood, "ALTER TABLE t ADD COLUMN m mood"));
  server.types = {"mood"};
  EXPECT_THAT(compile(add_column(), context), ElementsAre("ALTER TABLE t ADD COLUMN m mood"));
  EXPECT_THAT(compile(create_table("a"), context), ElementsAre("CREATE TABLE a (\n\tm mood\n)"));
  EXPECT_THAT(compile(operations::CreateType{mood(), true}, context), IsEmpty());
  EXPECT_THAT(compile(operations::CreateType{mood(), false}, context), ElementsAre(kCreateMood));
  server.types.clear();
  EXPECT_THAT(compile(operations::DropType{mood(), true}, context), IsEmpty());
}

TEST(PostgresqlEnum, ComesWithAnAddedColumnEvenWhenNobodyCanLook) {
  EXPECT_THAT(compile(add_column(), {}),
              ElementsAre("DO $$ BEGIN CREATE TYPE mood AS ENUM ('sad', 'it''s ok'); EXCEPTION "
                          "WHEN duplicate_object THEN NULL; END $$",
                          "ALTER TABLE t ADD COLUMN m mood"));
  operations::AddColumn op = add_column();
  op.column.type.create_type = false;
  EXPECT_THAT(compile(op, {}), ElementsAre("ALTER TABLE t ADD COLUMN m mood"));
  op.column.type = sql::Type{.name = "ARRAY", .arguments = {mood()}};
  EXPECT_THAT(compile(op, {}).back(), "ALTER TABLE t ADD COLUMN m mood[]");
  EXPECT_THAT(compile(op, {}).size(), 2u);
}

TEST(PostgresqlDomain, IsMadeWithItsChecks) {
  sql::Type domain;
  domain.name = "DOMAIN";
  domain.dialect = "postgresql";
  domain.type_name = "email";
  domain.schema = "s";
  domain.arguments = {sql::Type{.name = "Text"}};
  domain.options = {{"check", "VALUE ~ '@'"}, {"not_null", "true"}, {"constraint_name", "has_at"}};
  EXPECT_THAT(compile(operations::CreateType{domain, false}, {}),
              ElementsAre("CREATE DOMAIN s.email AS TEXT CONSTRAINT has_at NOT NULL CHECK (VALUE ~ "
                          "'@')"));
  EXPECT_THAT(compile(operations::DropType{domain, false}, {}), ElementsAre("DROP DOMAIN s.email"));
}

TEST(PostgresqlBatch, AColumnThatIsAddedIsTheLastOne) {
  operations::AddColumn add;
  add.column.name = "c";
  add.column.type.name = "Integer";
  add.insert_after = "a";
  operations::BatchAlterTable batch;
  batch.table = "t";
  batch.operations.emplace_back(add);
  EXPECT_THROW(compile(batch, {}), Error);
  batch.recreate = operations::Recreate::kAlways;
  EXPECT_THAT(compile(batch, {}), ElementsAre("ALTER TABLE t ADD COLUMN c INTEGER"));
}

TEST(PostgresqlComputed, IsStoredBeforeVersion18) {
  operations::AddColumn op;
  op.table = "t";
  op.column.name = "c";
  op.column.type.name = "Integer";
  op.column.computed = schema::Computed{sql::raw("a + 1"), {}};
  Server old("15.4 (Debian 15.4-1)");
  Server fresh("18.1");
  CompileContext context;
  context.catalog = &old;
  EXPECT_THAT(compile(op, context),
              ElementsAre("ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS (a + 1) STORED"));
  op.column.computed->persisted = false;
  EXPECT_THROW(compile(op, context), Error);
  context.catalog = &fresh;
  EXPECT_THAT(
      compile(op, context),
      ElementsAre("ALTER TABLE t ADD COLUMN c INTEGER GENERATED ALWAYS AS (a + 1) VIRTUAL"));
}

TEST(PostgresqlAlter, ChangesIdentityOptionsOneByOne) {
  operations::AlterColumn op;
  op.table = "t";
  op.column = "id";
  schema::Identity have;
  have.sequence.start = 1;
  schema::Identity want = have;
  want.sequence.cache = 5;
  want.sequence.increment = 2;
  op.identity = want;
  op.existing_identity = have;
  EXPECT_THAT(compile(op, {}),
              ElementsAre("ALTER TABLE t ALTER COLUMN id SET CACHE 5 SET INCREMENT BY 2"));
}

TEST(PostgresqlAlter, WrapsTheTypeInTheCheckOfAnEmulatedEnum) {
  operations::AlterColumn op;
  op.table = "t";
  op.column = "m";
  op.existing_type = mood();
  op.existing_type->native = false;
  op.existing_type->create_constraint = true;
  op.type = op.existing_type;
  op.type->values.emplace_back("glad");
  EXPECT_THAT(compile(op, {}),
              ElementsAre("ALTER TABLE t DROP CONSTRAINT mood",
                          "ALTER TABLE t ALTER COLUMN m TYPE VARCHAR(7)",
                          "ALTER TABLE t ADD CONSTRAINT mood CHECK (m IN ('sad', 'it''s ok', "
                          "'glad'))"));
}

}  // namespace
}  // namespace retort::dialect::postgresql
