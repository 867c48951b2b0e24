#include "dialect/dialect.h"

#include <array>

#include "base/error.h"
#include "base/text.h"
#include "dialect/mariadb/ddl.h"
#include "dialect/mariadb/grammar.h"
#include "dialect/postgresql/ddl.h"
#include "dialect/postgresql/grammar.h"
#include "dialect/sqlite/ddl.h"
#include "dialect/sqlite/grammar.h"

namespace retort::dialect {
namespace {

using Statements = std::vector<sql::Statement>;

class Sqlite : public Dialect {
 public:
  const sql::Grammar& grammar() const override { return sqlite::grammar(); }
  std::string_view impl_name() const override { return "SQLiteImpl"; }
  bool transactional_ddl() const override { return true; }
  Statements compile(const operations::Operation& operation,
                     const CompileContext& context) const override {
    return sqlite::Ddl(context).run(operation);
  }
};

class Postgresql : public Dialect {
 public:
  const sql::Grammar& grammar() const override { return postgresql::grammar(); }
  std::string_view impl_name() const override { return "PostgresqlImpl"; }
  bool transactional_ddl() const override { return true; }
  Statements compile(const operations::Operation& operation,
                     const CompileContext& context) const override {
    return postgresql::Ddl(context).run(operation);
  }
};

// MySQL and MariaDB commit before every DDL statement.
class Mysql : public Dialect {
 public:
  const sql::Grammar& grammar() const override { return mariadb::mysql_grammar(); }
  std::string_view impl_name() const override { return "MySQLImpl"; }
  bool transactional_ddl() const override { return false; }
  Statements compile(const operations::Operation& operation,
                     const CompileContext& context) const override {
    return mariadb::Ddl(grammar(), context).run(operation);
  }
};

class Mariadb : public Mysql {
 public:
  const sql::Grammar& grammar() const override { return mariadb::mariadb_grammar(); }
  std::string_view impl_name() const override { return "MariaDBImpl"; }
};

}  // namespace

const Dialect& find_dialect(std::string_view name) {
  static const Sqlite sqlite;
  static const Postgresql postgresql;
  static const Mysql mysql;
  static const Mariadb mariadb;
  static const std::array<const Dialect*, 4> all = {&sqlite, &postgresql, &mysql, &mariadb};
  std::vector<std::string> names;
  for (const Dialect* dialect : all) {
    if (dialect->name() == name) return *dialect;
    names.emplace_back(dialect->name());
  }
  if (name == "postgres") return postgresql;
  std::string guess = did_you_mean(name, names);
  throw Error(code::kUrl, "there is no dialect '" + std::string(name) + "'")
      .with_hint(guess.empty() ? "dialects are " + join(names, ", ") : guess);
}

}  // namespace retort::dialect
