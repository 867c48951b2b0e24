#include "autogenerate/render_cc.h"

#include <gmock/gmock.h>

#include "autogenerate/render_cc_schema.h"
#include "autogenerate/render_sql.h"
#include "autogenerate/revision_file.h"
#include "base/error.h"
#include "database/sqlite.h"
#include "sql/build.h"

namespace retort::autogenerate {
namespace {

using namespace operations;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const dialect::Dialect& dialect(std::string_view name) { return dialect::find_dialect(name); }

std::string type(const sql::Type& given, std::string_view engine = "postgresql") {
  CcSchema schema(dialect(engine).grammar());
  CcOptional out = schema.type(given);
  return out ? out->flat() : "";
}

std::string body(const std::vector<Operation>& operations, std::string_view engine = "postgresql",
                 const std::string& statement = "SQL") {
  std::vector<std::vector<std::string>> statements(operations.size(), {statement});
  return render_cc(operations, statements, dialect(engine), true);
}

schema::Column id() {
  return {.name = "id", .type = {.name = "Integer"}, .nullable = false, .primary_key = true};
}

TEST(RenderCc, LiteralsHoldAnyText) {
  EXPECT_EQ(cc_literal("it's \"so\" \\ \t"), R"("it's \"so\" \\ \t")");
  EXPECT_EQ(cc_literal("a\nb"), "R\"(a\nb)\"");
  EXPECT_EQ(cc_literal("a)\"\nb"), "R\"sql(a)\"\nb)sql\"");
  EXPECT_EQ(cc_literal(std::string("\x01"
                                   "7",
                                   2)),
            "\"\\0017\"");
  EXPECT_EQ(cc_literal("größe"), "\"größe\"");
}

TEST(RenderCc, TypesInThePublicHeadersWords) {
  EXPECT_EQ(type({.name = "String", .length = 80}), "String(80)");
  EXPECT_EQ(type({.name = "VARCHAR"}), "String()");
  EXPECT_EQ(type({.name = "Numeric", .precision = 12, .scale = 2}), "Numeric(12, 2)");
  EXPECT_EQ(type({.name = "DateTime", .timezone = true}), "DateTime({.timezone = true})");
  EXPECT_EQ(type({.name = "JSONB", .dialect = "postgresql", .options = {{"astext_type", "x"}}}),
            "postgresql::JSONB()");
  EXPECT_EQ(type({.name = "Enum", .values = {"a", "b"}, .type_name = "mood"}),
            "Enum({\"a\", \"b\"}, {.name = \"mood\"})");
  EXPECT_EQ(type({.name = "ARRAY", .arguments = {{.name = "Text"}}}), "ARRAY(Text())");
  EXPECT_EQ(type({.name = "String", .length = 9, .collation = "C"}),
            "String(9).with_collation(\"C\")");
  EXPECT_EQ(type({.name = "JSON",
                  .variants = {{"postgresql", {.name = "JSONB", .dialect = "postgresql"}}}}),
            "JSON().with_variant(postgresql::JSONB(), \"postgresql\")");
}

TEST(RenderCc, ATypeWithoutWordsIsItsSpelling) {
  EXPECT_EQ(type({.name = "TIMESTAMP", .dialect = "postgresql", .precision = 3}),
            "UserDefined(\"TIMESTAMP(3) WITHOUT TIME ZONE\")");
  EXPECT_EQ(type({.name = "ENUM",
                  .dialect = "postgresql",
                  .values = {"a"},
                  .type_name = "mood",
                  .create_type = false}),
            "UserDefined(\"mood\")");
  // ... where the spelling is all of it.
  EXPECT_EQ(type({.name = "Boolean", .type_name = "b", .create_constraint = true}), "");
}

TEST(RenderCc, ATable) {
  CreateTable op;
  op.table.name = "orders";
  op.table.columns = {id(),
                      {.name = "customer_id", .type = {.name = "Integer"}, .nullable = false},
                      {.name = "total",
                       .type = {.name = "Numeric", .precision = 12, .scale = 2},
                       .server_default = sql::text("0"),
                       .comment = "in euros"}};
  schema::PrimaryKey key;
  key.columns = {"id"};
  schema::ForeignKey foreign;
  foreign.name = {"fk_orders", true};
  foreign.columns = {"customer_id"};
  foreign.referred_table = "customers";
  foreign.referred_columns = {"id"};
  foreign.ondelete = "CASCADE";
  schema::Check check;
  check.name = {"positive", true};
  check.condition = sql::text("total >= 0");
  op.table.constraints = {key, foreign, check};
  EXPECT_EQ(body({op}),
            R"txt(      op.create_table(Table("orders",
          Column("id", Integer(), primary_key),
          Column("customer_id", Integer(), not_null),
          Column("total", Numeric(12, 2), server_default(text("0")), Comment{"in euros"}),
          ForeignKey{
              .name = f("fk_orders"),
              .columns = {"customer_id"},
              .table = "customers",
              .referred = {"id"},
              .ondelete = Action::cascade},
          Check{f("positive"), text("total >= 0")}));
)txt");
}

TEST(RenderCc, ChangesOfAColumn) {
  AlterColumn op;
  op.table = "users";
  op.column = "name";
  op.type = sql::Type{.name = "String", .length = 320};
  op.nullable = false;
  op.server_default.emplace();
  op.existing_type = sql::Type{.name = "Text"};
  EXPECT_EQ(body({op}), R"txt(      op.alter_column("users", "name", {
          .type = String(320),
          .nullable = false,
          .drop_server_default = true,
          .existing_type = Text()});
)txt");
}

TEST(RenderCc, WhatIsDestroyedIsSaid) {
  DropColumn op;
  op.table = "users";
  op.column = "name";
  EXPECT_EQ(body({op}),
            "      // destroys data: column users.name and its values\n"
            "      op.drop_column(\"users\", \"name\");\n");
}

TEST(RenderCc, IndexesWithTheirConditions) {
  CreateIndex op;
  op.table = "users";
  op.index.name = {"ix", true};
  op.index.keys = {{.expression = sql::text("lower(email)")}};
  op.index.unique = true;
  op.index.options = {{"postgresql_where", sql::text("name IS NOT NULL")}};
  EXPECT_EQ(body({op}), R"txt(      op.create_index("users", Index{
          .name = f("ix"),
          .parts = {text("lower(email)")},
          .unique = true,
          .where = text("name IS NOT NULL")});
)txt");
  // On SQLite it would have a condition that it has not.
  EXPECT_EQ(body({op}, "sqlite"), "      op.execute(\"SQL\");\n");
  op.index.options = {{"postgresql_with", std::string("fillfactor=50")}};
  EXPECT_EQ(body({op}), "      op.execute(\"SQL\");\n");
}

TEST(RenderCc, ConcurrentlyIsOutsideOfTheTransaction) {
  CreateIndex op;
  op.table = "users";
  op.index.name = {"ix", true};
  op.index.keys = {{.column = "email"}};
  op.index.options = {{"postgresql_concurrently", true}};
  EXPECT_EQ(body({op}),
            R"txt(      op.autocommit([&] {
        op.create_index("users", Index{.name = f("ix"), .parts = {"email"}, .concurrently = true});
      });
)txt");
}

TEST(RenderCc, WhatHasNoWordsIsItsStatements) {
  CreateSequence op;
  op.sequence.name = "s";
  EXPECT_EQ(body({op}, "postgresql", "SELECT ':a', b::text"),
            "      op.execute(\"SELECT '\\\\:a', b::text\");\n");
  AlterColumn computed;
  computed.table = "t";
  computed.column = "a";
  computed.computed.emplace();
  EXPECT_EQ(body({computed}), "      op.execute(\"SQL\");\n");
}

TEST(RenderCc, ABatchIsWholeOrItsStatements) {
  DropColumn drop;
  drop.table = "users";
  drop.column = "name";
  BatchAlterTable batch;
  batch.table = "users";
  batch.operations = {drop};
  EXPECT_THAT(body({batch}, "sqlite"),
              HasSubstr("      op.batch(\"users\", [](Op::Batch& batch) {\n"
                        "        batch.drop_column(\"name\");\n      });\n"));
  batch.naming_convention = {{"uq", "uq_%(table_name)s"}};
  EXPECT_THAT(body({batch}, "sqlite"), HasSubstr("op.execute(\"SQL\");"));
}

TEST(RevisionFile, OfACompiledRevision) {
  script::NewRevision revision;
  revision.revision = "ae10";
  revision.message = "say \"hi\"";
  EXPECT_EQ(revision_file(Format::kCc, revision, {}), R"txt(#include <retort/op.h>
#include <retort/revision.h>

using namespace retort;

RETORT_REVISION{
    .id = "ae10",
    .message = "say \"hi\"",
    .upgrade = [](Op& /*op*/) {},
    .downgrade = [](Op& /*op*/) {},
};
)txt");
  revision.down_revision = {"a", "b"};
  revision.depends_on = {"c"};
  std::string text = revision_file(Format::kCc, revision, {"      op.drop_table(\"t\");\n", ""});
  EXPECT_THAT(text, HasSubstr("    .down = {\"a\", \"b\"},\n    .message"));
  EXPECT_THAT(text, HasSubstr("    .depends_on = \"c\",\n    .upgrade = [](Op& op) {\n"
                              "      op.drop_table(\"t\");\n    },\n"));
  revision.depends_on.assign(9, "d");
  EXPECT_THROW(revision_file(Format::kCc, revision, {}), Error);
}

TEST(RevisionFile, OfSql) {
  script::NewRevision revision;
  revision.revision = "ae10";
  revision.down_revision = {"a"};
  EXPECT_EQ(revision_file(Format::kSql, revision, {}),
            "-- revision: ae10\n-- down_revision: a\n-- message: empty message\n\n"
            "-- upgrade\n\n-- downgrade\n");
  EXPECT_THAT(revision_file(Format::kSql, revision, {"DROP TABLE t;\n\n", "SELECT 1;\n\n"}),
              ::testing::EndsWith("\n\n-- upgrade\nDROP TABLE t;\n\n-- downgrade\nSELECT 1;\n"));
}

}  // namespace
}  // namespace retort::autogenerate
