#include <gtest/gtest.h>

#include "base/error.h"
#include "schema/derive.h"
#include "schema/dump.h"
#include "schema/naming.h"
#include "schema/order.h"

namespace retort::schema {
namespace {

Column column(std::string name, std::string type = "Integer") {
  Column made;
  made.name = std::move(name);
  made.type.name = std::move(type);
  return made;
}

ForeignKey key_to(std::string table, std::vector<std::string> columns = {"a"}) {
  ForeignKey key;
  key.columns = std::move(columns);
  key.referred_table = std::move(table);
  key.referred_columns = {"id"};
  return key;
}

// ---- naming

const NamingConvention kConvention = {
    {"ix", "ix_%(column_0_label)s"},
    {"uq", "uq_%(table_name)s_%(column_0_N_name)s"},
    {"ck", "ck_%(table_name)s_%(constraint_name)s"},
    {"fk", "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"},
    {"pk", "pk_%(table_name)s"},
};

TEST(Naming, FollowsTheConvention) {
  Unique unique;
  unique.columns = {"a", "b"};
  EXPECT_EQ(resolve_name(kConvention, unique, "s", "t"), (Name{"uq_t_a_b", true}));
  unique.name = {"given", false};
  EXPECT_EQ(resolve_name(kConvention, unique, "s", "t"), (Name{"given", false}));
  Check check;
  check.name = {"positive", false};
  EXPECT_EQ(resolve_name(kConvention, check, "", "t"), (Name{"ck_t_positive", true}));
  check.name = {"positive", true};
  EXPECT_EQ(resolve_name(kConvention, check, "", "t"), (Name{"positive", true}));
  EXPECT_EQ(resolve_name(kConvention, key_to("o"), "", "t"), (Name{"fk_t_a_o", true}));
  PrimaryKey key;
  key.columns = {"id"};
  EXPECT_EQ(resolve_name(kConvention, key, "", "t"), (Name{"pk_t", true}));
  EXPECT_TRUE(resolve_name({}, key, "", "t").empty());
  EXPECT_TRUE(resolve_name(kConvention, Exclude{}, "", "t").empty());
}

TEST(Naming, OfIndexesHasADefault) {
  Index index;
  index.keys = {{"a", {}}, {"b", {}}};
  EXPECT_EQ(resolve_name({}, index, "", "t").text, "ix_t_a");
  EXPECT_EQ(resolve_name({}, index, "my.s", "t").text, "ix_my_s_t_a");
  // A convention that was given replaces the default as a whole.
  EXPECT_TRUE(resolve_name({{"uq", "uq_%(table_name)s"}}, index, "", "t").empty());
}

struct Token {
  const char* text;
  const char* made;
};

TEST(Naming, HasSqlalchemysTokens) {
  const Token cases[] = {
      {"%(table_name)s", "t"},
      {"%(column_0_name)s|%(column_1_name)s|%(column_7_name)s", "a|b|"},
      {"%(column_0_label)s", "s_t_a"},
      {"%(column_0_key)s", "a"},
      {"%(column_0N_name)s", "ab"},
      {"%(column_0_N_name)s", "a_b"},
      {"%(column_0N_label)s", "s_t_as_t_b"},
      {"%(column_0_N_label)s", "s_t_a_s_t_b"},
      {"%(column_0_N_key)s", "a_b"},
      {"%(referred_table_name)s", "o"},
      {"%(referred_column_0_name)s", "x"},
      {"%(referred_column_0_N_name)s", "x_y"},
      {"100%%", "100%"},
  };
  NameSubject subject{"fk", {}, "s", "t", {"a", "b"}, "o", {"x", "y"}};
  for (const Token& one : cases) {
    EXPECT_EQ(resolve_name({{"fk", one.text}}, subject).text, one.made) << one.text;
  }
}

TEST(Naming, RefusesWhatCannotBeNamed) {
  NameSubject subject{"ck", {}, "", "t", {}, "", {}};
  for (const char* text : {"ck_%(constraint_name)s", "%(nosuch)s", "%(column_name)s",
                           "%(column_0_nosuch)s", "50% of", "%(table_name"}) {
    EXPECT_THROW(resolve_name({{"ck", text}}, subject), Error) << text;
  }
}

TEST(Naming, CutsFinalNamesWithADigest) {
  std::string longer = "ix_this_is_a_very_long_table_name_for_an_index_indeed_and_a_column";
  EXPECT_EQ(fit_name({longer, true}, 63),
            "ix_this_is_a_very_long_table_name_for_an_index_indeed_a_0bc2");
  EXPECT_EQ(fit_name({longer, true}, 100), longer);
  EXPECT_THROW(fit_name({longer, false}, 63), Error);
  // The limit counts characters, and none is cut in two.
  std::string accents;
  for (int i = 0; i < 20; ++i) accents += "\u00e9";
  EXPECT_EQ(fit_name({accents, true}, 20), accents);
  EXPECT_EQ(fit_name({accents, true}, 12).substr(0, 9), "\u00e9\u00e9\u00e9\u00e9_");
}

// ---- keys

struct Numbered {
  const char* what;
  Table table;
  const char* column;  // nullptr: none
};

Table keyed(Column column) {
  Table table;
  column.primary_key = true;
  table.columns = {std::move(column)};
  return table;
}

TEST(Autoincrement, IsTheWholeIntegerKey) {
  Column no = column("id");
  no.autoincrement = Autoincrement::kFalse;
  Column with_default = column("id");
  with_default.server_default = "7";
  Column client = column("id");
  client.client_default = true;
  Column forced = client;
  forced.autoincrement = Autoincrement::kTrue;
  Table referring = keyed(column("id"));
  referring.constraints = {key_to("o", {"id"})};
  Table ignoring = referring;
  ignoring.columns[0].autoincrement = Autoincrement::kIgnoreForeignKey;
  Table composite = keyed(column("a"));
  composite.columns.push_back(column("b"));
  composite.columns[1].primary_key = true;
  Table marked = composite;
  marked.columns[1].autoincrement = Autoincrement::kTrue;
  const Numbered cases[] = {
      {"integer", keyed(column("id")), "id"},
      {"big integer", keyed(column("id", "BigInteger")), "id"},
      {"text", keyed(column("id", "String")), nullptr},
      {"numeric", keyed(column("id", "Numeric")), nullptr},
      {"switched off", keyed(no), nullptr},
      {"server default", keyed(with_default), nullptr},
      {"client default", keyed(client), nullptr},
      {"client default, switched on", keyed(forced), "id"},
      {"foreign key", referring, nullptr},
      {"foreign key, ignored", ignoring, "id"},
      {"two columns", composite, nullptr},
      {"two columns, one marked", marked, "b"},
  };
  for (const Numbered& one : cases) {
    const Column* found = autoincrement_column(one.table);
    EXPECT_EQ(found ? found->name : "", one.column ? one.column : "") << one.what;
  }
  EXPECT_EQ(effective_primary_key(marked)->columns, (std::vector<std::string>{"b", "a"}));
  Column text = column("id", "String");
  text.autoincrement = Autoincrement::kTrue;
  EXPECT_THROW(autoincrement_column(keyed(text)), Error);
  marked.columns[0].autoincrement = Autoincrement::kTrue;
  EXPECT_THROW(autoincrement_column(marked), Error);
}

TEST(PrimaryKey, MarksItsColumns) {
  Table table;
  table.columns = {column("a"), column("b")};
  PrimaryKey key;
  key.columns = {"b"};
  table.constraints = {key};
  Table marked = with_primary_key(table);
  EXPECT_TRUE(marked.columns[1].primary_key);
  EXPECT_FALSE(marked.columns[1].nullable);
  EXPECT_TRUE(marked.columns[0].nullable);
  table.columns[1].nullable_given = true;
  EXPECT_TRUE(with_primary_key(table).columns[1].nullable);
}

// ---- order

std::vector<std::string> ordered(const std::vector<Table>& tables, std::size_t* late = nullptr) {
  TableOrder order = dependency_order(tables);
  if (late) *late = order.late.size();
  std::vector<std::string> names;
  for (std::size_t i : order.tables) names.push_back(tables[i].name);
  return names;
}

Table referring(std::string name, std::vector<std::string> targets) {
  Table table;
  table.name = std::move(name);
  for (std::string& target : targets) table.constraints.emplace_back(key_to(std::move(target)));
  return table;
}

using Names = std::vector<std::string>;

TEST(Order, PutsReferredTablesFirstAndIsAlphabetical) {
  EXPECT_EQ(ordered({referring("c", {}), referring("b", {}), referring("a", {})}),
            (Names{"a", "b", "c"}));
  EXPECT_EQ(ordered({referring("a", {"z"}), referring("b", {}), referring("z", {})}),
            (Names{"b", "z", "a"}));
  EXPECT_EQ(ordered({referring("a", {"a", "missing"})}), (Names{"a"}));
}

TEST(Order, BreaksCirclesAtTheFirstName) {
  std::size_t late = 0;
  EXPECT_EQ(ordered({referring("b", {"a"}), referring("a", {"b"}), referring("c", {"b"})}, &late),
            (Names{"a", "b", "c"}));
  EXPECT_EQ(late, 1u);
  // A table that only refers into the circle is not where it is broken.
  EXPECT_EQ(ordered({referring("y", {"x"}), referring("x", {"y"}), referring("a", {"x"})}, &late),
            (Names{"x", "a", "y"}));
  EXPECT_EQ(late, 1u);
  auto use_alter = referring("a", {"b"});
  std::get<ForeignKey>(use_alter.constraints[0]).use_alter = true;
  EXPECT_EQ(ordered({use_alter, referring("b", {"a"})}, &late), (Names{"a", "b"}));
  EXPECT_EQ(late, 0u);
}

TEST(Dump, ShowsEverything) {
  Table table;
  table.name = "t";
  table.schema = "s";
  table.columns = {column("id"), column("name", "String")};
  table.columns[0].primary_key = true;
  table.columns[0].nullable = false;
  table.columns[1].type.length = 5;
  table.columns[1].server_default = "it's";
  table.constraints = {key_to("o")};
  Index index;
  index.name = {"ix", true};
  index.keys = {{"name", {}}};
  table.indexes = {index};
  EXPECT_EQ(dump(table),
            "table s.t\n"
            "  id Integer not null primary key\n"
            "  name String(length=5) default 'it\\'s'\n"
            "  foreign key (a) -> o (id)\n"
            "  index ix (name)\n");
}

}  // namespace
}  // namespace retort::schema
