#include "dialect/mariadb/show_create.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "schema/dump.h"

namespace retort::dialect::mariadb {
namespace {

// What a live server says is compared in tests/oracle/mariadb; here is what ours doesn't print.
TEST(ShowCreate, ReadsWhatMysqlPrints) {
  schema::Table table = read_show_create(
      "CREATE TABLE `a``b` (\n"
      "  `id` int unsigned NOT NULL AUTO_INCREMENT,\n"
      "  `name` varchar(50) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'it''s, (x) \\\\ "
      "COMMENT' COMMENT 'a\\nb',\n"
      "  `at` timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,\n"
      "  `sum` decimal(10,2) GENERATED ALWAYS AS ((`id` + 1)) STORED NOT NULL,\n"
      "  `hidden` json DEFAULT (json_array()) /*!80023 INVISIBLE */,\n"
      "  `place` point NOT NULL /*!80003 SRID 4326 */,\n"
      "  PRIMARY KEY (`id`),\n"
      "  UNIQUE KEY `u` (`name`(10),`id`),\n"
      "  KEY `f` ((lower(`name`))),\n"
      "  KEY `d` (`id` DESC) USING BTREE COMMENT 'x' /*!80000 INVISIBLE */,\n"
      "  FULLTEXT KEY `t` (`name`) /*!50100 WITH PARSER `ngram` */ ,\n"
      "  CONSTRAINT `fk` FOREIGN KEY (`id`) REFERENCES `other`.`t` (`x`) ON DELETE SET NULL,\n"
      "  CONSTRAINT `ck` CHECK ((`id` > 0)) /*!80016 NOT ENFORCED */\n"
      ") ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci "
      "COMMENT='it''s'\n/*!50100 PARTITION BY HASH (`id`)\nPARTITIONS 4 */",
      "mysql");
  EXPECT_EQ(schema::dump(table),
            "table a`b comment 'it\\'s' mysql_engine='InnoDB' mysql_default_charset='utf8mb4' "
            "mysql_collate='utf8mb4_0900_ai_ci' mysql_partition_by='HASH (`id`)'\n"
            "  id mysql.INTEGER(unsigned='true') not null primary key autoincrement\n"
            "  name mysql.VARCHAR(length=50, collation='latin1_bin', charset='latin1') default "
            "'it''s, (x) \\\\ COMMENT' comment 'a\nb'\n"
            "  at mysql.TIMESTAMP default NULL ON UPDATE CURRENT_TIMESTAMP\n"
            "  sum mysql.DECIMAL(precision=10, scale=2) not null computed (((`id` + 1))) stored\n"
            "  hidden mysql.JSON default (json_array())\n"
            "  place UserDefined(sql='POINT') not null\n"
            "  primary key (id)\n"
            "  foreign key fk (id) -> other.t (x) on delete set null\n"
            "  check ck ((`id` > 0))\n"
            "  unique index u (name, id) mysql_length={name: 10}\n"
            "  index f ((lower(`name`)))\n"
            "  index d (`id` DESC)\n"
            "  index t (name) mysql_prefix='FULLTEXT' mysql_with_parser='ngram'\n");
}

TEST(ShowCreate, RefusesWhatItIsNot) {
  EXPECT_THROW(read_show_create("CREATE VIEW v AS SELECT 1", "mysql"), Error);
  EXPECT_EQ(read_type("enum('a','it''s')").values, (std::vector<std::string>{"a", "it's"}));
}

}  // namespace
}  // namespace retort::dialect::mariadb
