// Applies batches to SQLite files: one JSON object a line on standard input ({"db": path, "batch":
// {...}}), one line of answer each: "ok", or "error: " and the message.
#include <iostream>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "database/sqlite.h"
#include "dialect/dialect.h"
#include "dialect/sqlite/rebuild.h"

namespace {

using nlohmann::json;
using namespace retort;

struct Live : dialect::Catalog {
  explicit Live(database::Connection& c) : c_(&c) {}
  database::Connection& connection() override { return *c_; }
  database::Connection* c_;
};

sql::Type type_of(const json& value) {
  sql::Type out{.name = value.at("name").get<std::string>()};
  if (value.contains("length")) out.length = value.at("length").get<int>();
  return out;
}

std::string text(const json& value, const char* key) {
  return value.contains(key) ? value.at(key).get<std::string>() : std::string();
}

std::vector<std::string> texts(const json& value, const char* key) {
  return value.at(key).get<std::vector<std::string>>();
}

operations::Operation operation(const json& value) {
  std::string kind = value.at("op");
  if (kind == "drop_column") {
    return operations::DropColumn{.table = "t", .column = text(value, "column")};
  }
  if (kind == "add_column") {
    operations::AddColumn out{.table = "t"};
    out.column.name = text(value, "column");
    out.column.type = type_of(value.at("type"));
    out.column.nullable = value.at("nullable").get<bool>();
    if (value.contains("default")) out.column.server_default = text(value, "default");
    out.insert_before = text(value, "insert_before");
    out.insert_after = text(value, "insert_after");
    return out;
  }
  if (kind == "alter_column") {
    operations::AlterColumn out{.table = "t", .column = text(value, "column")};
    if (value.contains("new_name")) out.new_name = text(value, "new_name");
    if (value.contains("type")) out.type = type_of(value.at("type"));
    if (value.contains("nullable")) out.nullable = value.at("nullable").get<bool>();
    if (value.contains("default")) {
      out.server_default.emplace();
      if (!value.at("default").is_null()) *out.server_default = text(value, "default");
    }
    return out;
  }
  if (kind == "drop_constraint") {
    return operations::DropConstraint{
        .name = {text(value, "name")}, .table = "t", .type = text(value, "type")};
  }
  if (kind == "drop_index") {
    return operations::DropIndex{.name = {text(value, "name")}, .table = "t"};
  }
  if (kind == "create_index") {
    operations::CreateIndex out{.table = "t"};
    out.index.name = {text(value, "name")};
    out.index.unique = value.at("unique").get<bool>();
    for (const std::string& column : texts(value, "columns")) {
      out.index.keys.push_back({column, {}});
    }
    return out;
  }
  operations::AddConstraint out{.table = "t"};
  if (kind == "create_unique_constraint") {
    out.constraint =
        schema::Unique{.name = {text(value, "name")}, .columns = texts(value, "columns")};
  } else if (kind == "create_primary_key") {
    out.constraint =
        schema::PrimaryKey{.name = {text(value, "name")}, .columns = texts(value, "columns")};
  } else if (kind == "create_check_constraint") {
    out.constraint = schema::Check{.name = {text(value, "name")},
                                   .condition = sql::raw(text(value, "condition"))};
  } else {
    schema::ForeignKey key;
    key.name = {text(value, "name")};
    key.columns = texts(value, "columns");
    key.referred_table = text(value, "referred");
    key.referred_columns = texts(value, "referred_columns");
    key.ondelete = text(value, "ondelete");
    out.constraint = std::move(key);
  }
  return out;
}

void apply(const json& job) {
  database::ConnectionPtr connection = database::open_sqlite(job.at("db").get<std::string>());
  Live live(*connection);
  operations::BatchAlterTable batch;
  batch.table = "t";
  for (const json& value : job.at("operations")) batch.operations.push_back(operation(value));
  for (const json& names : job.at("partial_reordering")) {
    batch.partial_reordering.push_back(names.get<std::vector<std::string>>());
  }
  for (const auto& [key, value] : job.at("naming_convention").items()) {
    batch.naming_convention.emplace_back(key, value.get<std::string>());
  }
  if (job.at("always").get<bool>()) batch.recreate = operations::Recreate::kAlways;
  connection->execute("PRAGMA synchronous = OFF");
  database::Transaction transaction(*connection);
  for (const sql::Statement& statement :
       dialect::find_dialect("sqlite").compile(batch, {&live, {}})) {
    connection->execute(statement.sql);
  }
  transaction.commit();
}

}  // namespace

int main() {
  std::string line;
  while (std::getline(std::cin, line)) {
    try {
      apply(json::parse(line));
      std::cout << "ok" << std::endl;
    } catch (const Error& error) {
      std::cout << "error: " << error.message() << std::endl;
    }
  }
}
