#include "runtime/empty_database.h"

#include <string>
#include <vector>

#include "base/error.h"
#include "database/mariadb.h"
#include "database/sqlite_backup.h"

namespace retort::runtime {

namespace {

// The statements that drop what is in the current schema, of PostgreSQL's catalogs. What an
// extension has made, and what goes with its table, is left out.
constexpr std::string_view kDropsOfPostgresql = R"(
WITH own AS (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
SELECT format('DROP %s IF EXISTS %s CASCADE',
              CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                             WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END,
              c.oid::regclass)
FROM pg_class c JOIN own ON c.relnamespace = own.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT EXISTS (
  SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
    AND (d.deptype = 'e' OR (c.relkind = 'S' AND d.deptype IN ('a', 'i'))))
UNION ALL
SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
FROM pg_proc p JOIN own ON p.pronamespace = own.oid
WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                    AND d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype)
FROM pg_type t JOIN own ON t.typnamespace = own.oid LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_type'::regclass
                    AND d.objid = t.oid AND d.deptype = 'e'))";

void empty_postgresql(database::Connection& connection) {
  database::Transaction transaction(connection);
  std::vector<std::string> drops;
  auto rows = connection.query(kDropsOfPostgresql);
  while (rows->next()) drops.push_back(std::get<std::string>(rows->get(0)));
  rows.reset();
  for (const std::string& drop : drops) connection.execute(drop);
  transaction.commit();
}

// The statements that drop what is in the current database.
constexpr std::string_view kDropsOfMariadb = R"(
SELECT CONCAT('DROP ', CASE table_type WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END,
              ' IF EXISTS `', REPLACE(table_name, '`', '``'), '`')
FROM information_schema.tables WHERE table_schema = DATABASE()
UNION ALL
SELECT CONCAT('DROP ', routine_type, ' IF EXISTS `', REPLACE(routine_name, '`', '``'), '`')
FROM information_schema.routines WHERE routine_schema = DATABASE()
UNION ALL
SELECT CONCAT('DROP EVENT IF EXISTS `', REPLACE(event_name, '`', '``'), '`')
FROM information_schema.events WHERE event_schema = DATABASE())";

void empty_mariadb(database::Connection& connection) {
  std::vector<std::string> drops;
  auto rows = connection.query(kDropsOfMariadb);
  while (rows->next()) drops.push_back(std::get<std::string>(rows->get(0)));
  rows.reset();
  connection.execute("SET foreign_key_checks = 0");
  for (const std::string& drop : drops) connection.execute(drop);
  connection.execute("SET foreign_key_checks = 1");
}

}  // namespace

void empty_database(database::Connection& connection) {
  if (connection.dialect_name() == "sqlite") {
    database::empty_sqlite(connection);
  } else if (connection.dialect_name() == "postgresql") {
    empty_postgresql(connection);
  } else if (database::is_mysql_like(connection)) {
    empty_mariadb(connection);
  } else {
    throw Error(code::kUsage, "a database of this engine can't be emptied here")
        .with_hint("'downgrade base' takes back what the revisions made");
  }
}

}  // namespace retort::runtime
