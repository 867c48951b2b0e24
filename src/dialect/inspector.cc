#include "dialect/inspector.h"

#include <algorithm>

#include "base/error.h"
#include "database/mariadb.h"
#include "dialect/has_table.h"
#include "dialect/mariadb/inspect.h"
#include "dialect/postgresql/inspect.h"
#include "dialect/sqlite/inspect.h"

namespace retort::dialect {

namespace {

class SqliteInspector final : public Inspector {
 public:
  explicit SqliteInspector(database::Connection& connection) : connection_(&connection) {}

  std::string default_schema() override { return "main"; }
  std::vector<std::string> schema_names() override { return sqlite::inspect_schemas(*connection_); }

  std::vector<std::string> table_names(const std::string& schema) override {
    std::vector<std::string> names;
    for (const sqlite::Object& object : sqlite::objects(*connection_, schema)) {
      if (object.type == "table" && !object.name.starts_with("sqlite_")) {
        names.push_back(object.name);
      }
    }
    std::ranges::sort(names);
    return names;
  }

  std::vector<std::string> view_names(const std::string& schema) override {
    std::vector<std::string> names;
    for (const sqlite::View& view : sqlite::inspect_views(*connection_, schema)) {
      names.push_back(view.name);
    }
    std::ranges::sort(names);
    return names;
  }

  std::string view_definition(const std::string& name, const std::string& schema) override {
    for (const sqlite::View& view : sqlite::inspect_views(*connection_, schema)) {
      if (view.name == name) return view.sql;
    }
    throw Error(code::kDatabase, "no such view: " + name);
  }

  bool has_table(const std::string& table, const std::string& schema) override {
    return dialect::has_table(*connection_, schema, table);
  }

  schema::Table table(const std::string& table, const std::string& schema) override {
    return sqlite::inspect_table(*connection_, table, schema);
  }

 private:
  database::Connection* connection_;
};

class PostgresqlInspector final : public Inspector {
 public:
  explicit PostgresqlInspector(database::Connection& connection) : connection_(&connection) {}

  std::string default_schema() override {
    std::optional<sql::Datum> found =
        connection_->scalar("SELECT pg_catalog.current_schema()::text");
    const auto* text = found ? std::get_if<std::string>(&*found) : nullptr;
    return text ? *text : "";
  }
  std::vector<std::string> schema_names() override {
    return postgresql::inspect_schemas(*connection_);
  }
  std::vector<std::string> table_names(const std::string& schema) override {
    return postgresql::names(*connection_, postgresql::Kind::kTable, schema);
  }
  std::vector<std::string> view_names(const std::string& schema) override {
    return postgresql::names(*connection_, postgresql::Kind::kView, schema);
  }
  std::string view_definition(const std::string& name, const std::string& schema) override {
    if (auto found = postgresql::view_definition(*connection_, name, schema)) return *found;
    throw Error(code::kDatabase, "no such view: " + name);
  }
  bool has_table(const std::string& table, const std::string& schema) override {
    return dialect::has_table(*connection_, schema, table);
  }
  schema::Table table(const std::string& table, const std::string& schema) override {
    return postgresql::inspect_table(*connection_, table, schema);
  }

 private:
  database::Connection* connection_;
};

class MariadbInspector final : public Inspector {
 public:
  explicit MariadbInspector(database::Connection& connection) : connection_(&connection) {}

  std::string default_schema() override { return mariadb::current_database(*connection_); }
  std::vector<std::string> schema_names() override {
    return mariadb::inspect_schemas(*connection_);
  }
  std::vector<std::string> table_names(const std::string& schema) override {
    return mariadb::names(*connection_, mariadb::Kind::kTable, schema);
  }
  std::vector<std::string> view_names(const std::string& schema) override {
    return mariadb::names(*connection_, mariadb::Kind::kView, schema);
  }
  std::string view_definition(const std::string& name, const std::string& schema) override {
    if (auto found = mariadb::view_definition(*connection_, name, schema)) return *found;
    throw Error(code::kDatabase, "no such view: " + name);
  }
  bool has_table(const std::string& table, const std::string& schema) override {
    return dialect::has_table(*connection_, schema, table);
  }
  schema::Table table(const std::string& table, const std::string& schema) override {
    return mariadb::inspect_table(*connection_, table, schema);
  }

 private:
  database::Connection* connection_;
};

}  // namespace

std::unique_ptr<Inspector> make_inspector(database::Connection& connection) {
  if (connection.dialect_name() == "sqlite") return std::make_unique<SqliteInspector>(connection);
  if (connection.dialect_name() == "postgresql") {
    return std::make_unique<PostgresqlInspector>(connection);
  }
  if (database::is_mysql_like(connection)) return std::make_unique<MariadbInspector>(connection);
  throw Error(code::kOperation, "the schema of a " + std::string(connection.dialect_name()) +
                                    " database can't be read");
}

}  // namespace retort::dialect
