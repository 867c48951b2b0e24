#include "autogenerate/casts.h"

#include <gmock/gmock.h>

#include "schema/table.h"

namespace retort::autogenerate {
namespace {

using operations::AlterColumn;

std::vector<AlterColumn> completed(const sql::Type& from, const sql::Type& to,
                                   std::optional<schema::ServerDefault> have = std::nullopt) {
  AlterColumn op;
  op.table = "t";
  op.column = "a";
  op.existing_type = from;
  op.type = to;
  if (have) op.existing_server_default.emplace(have);
  std::vector<operations::Operation> all{op};
  complete_casts(all, dialect::find_dialect("postgresql"));
  std::vector<AlterColumn> out;
  for (const operations::Operation& one : all) out.push_back(std::get<AlterColumn>(one));
  return out;
}

std::string using_of(const sql::Type& from, const sql::Type& to) {
  std::vector<AlterColumn> all = completed(from, to);
  const schema::Option* option = schema::find_option(all.at(0).options, "postgresql_using");
  return option ? std::get<std::string>(option->value) : "";
}

const sql::Type kText{.name = "Text"};
const sql::Type kInteger{.name = "Integer"};
const sql::Type kBoolean{.name = "Boolean"};
const sql::Type kUuid{.name = "Uuid"};

TEST(Casts, WhatPostgresqlCastsByItselfIsLeftAlone) {
  EXPECT_EQ(using_of(kInteger, {.name = "BigInteger"}), "");
  EXPECT_EQ(using_of(kInteger, kText), "");
  EXPECT_EQ(using_of({.name = "String", .length = 5}, {.name = "String", .length = 9}), "");
  EXPECT_EQ(using_of({.name = "Date"}, {.name = "DateTime"}), "");
}

TEST(Casts, OthersAreTold) {
  EXPECT_EQ(using_of(kText, kInteger), "a::INTEGER");
  EXPECT_EQ(using_of(kInteger, kBoolean), "a::BOOLEAN");
  EXPECT_EQ(using_of(kBoolean, {.name = "BigInteger"}), "a::integer::BIGINT");
  EXPECT_EQ(using_of({.name = "Numeric"}, kBoolean), "a <> 0");
  EXPECT_EQ(using_of(kUuid, kInteger), "a::text::INTEGER");
}

TEST(Casts, ADefaultGoesBeforeAndComesAfter) {
  std::vector<AlterColumn> all = completed(kText, kInteger, schema::ServerDefault("0"));
  ASSERT_EQ(all.size(), 3U);
  ASSERT_TRUE(all[0].server_default);
  EXPECT_FALSE(*all[0].server_default);
  EXPECT_FALSE(all[1].server_default);
  ASSERT_TRUE(all[2].server_default);
  EXPECT_EQ(*all[2].server_default, schema::ServerDefault("0"));
}

}  // namespace
}  // namespace retort::autogenerate
