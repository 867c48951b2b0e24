#include <algorithm>

#include "base/error.h"
#include "dialect/postgresql/ddl.h"
#include "dialect/postgresql/named_type.h"
#include "dialect/types.h"

// CREATE TYPE: enums and domains, and when the columns that use them bring them along.
namespace retort::dialect::postgresql {
namespace {

bool is_named(const sql::Type& type) { return is_native_enum(type) || type.name == "DOMAIN"; }

std::string create(const sql::Type& type, const sql::Grammar& grammar) {
  return type.name == "DOMAIN" ? create_domain(type, grammar) : create_enum(type, grammar);
}

// The type that a column's type needs to exist: itself, or what its array is of.
const sql::Type* needed(const sql::Type& given, const sql::Grammar& grammar) {
  const sql::Type& type = variant_for(given, grammar.name());
  if (type.name == "ARRAY" && !type.arguments.empty()) return needed(type.arguments[0], grammar);
  return is_named(type) && type.create_type ? &type : nullptr;
}

}  // namespace

bool Ddl::is_known(const std::string& name) const {
  return context_.memory &&
         std::ranges::find(context_.memory->types, name) != context_.memory->types.end();
}

void Ddl::remember(const std::string& name) {
  if (context_.memory && !is_known(name)) context_.memory->types.push_back(name);
}

void Ddl::forget(const std::string& name) {
  if (context_.memory) std::erase(context_.memory->types, name);
}

bool Ddl::exists(const sql::Type& type) const {
  database::Connection& connection = context_.catalog->connection();
  if (type.schema.empty()) {
    std::vector<sql::Datum> parameters = {type.type_name};
    return connection
        .scalar(
            "SELECT 1 FROM pg_catalog.pg_type t WHERE t.typname = $1 AND "
            "pg_catalog.pg_type_is_visible(t.oid)",
            parameters)
        .has_value();
  }
  std::vector<sql::Datum> parameters = {type.type_name, type.schema};
  return connection
      .scalar(
          "SELECT 1 FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = "
          "t.typnamespace WHERE t.typname = $1 AND n.nspname = $2",
          parameters)
      .has_value();
}

// With --sql nobody can look whether a type is there. CREATE TABLE makes its types, as Alembic has
// it; ADD COLUMN, where they are often there already, makes them when they are missing.
void Ddl::create_types(const schema::Table& table, bool adding_columns) {
  std::vector<std::string> made;
  for (const schema::Column& column : table.columns) {
    const sql::Type* type = needed(column.type, grammar_);
    if (!type) continue;
    std::string name = named_type(*type, grammar_);
    if (is_known(name) || std::ranges::find(made, name) != made.end()) continue;
    made.push_back(name);
    remember(name);
    std::string statement = create(*type, grammar_);
    if (context_.catalog) {
      if (!exists(*type)) emit(std::move(statement));
    } else if (adding_columns) {
      emit("DO $$ BEGIN " + statement + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    } else {
      emit(std::move(statement));
    }
  }
}

void Ddl::on(const operations::CreateType& op) {
  const sql::Type& type = variant_for(op.type, grammar_.name());
  if (!is_named(type)) return;
  std::string name = named_type(type, grammar_);
  remember(name);
  if (op.check_first && context_.catalog && exists(type)) return;
  emit(create(type, grammar_));
}

void Ddl::on(const operations::DropType& op) {
  const sql::Type& type = variant_for(op.type, grammar_.name());
  if (!is_named(type)) return;
  std::string name = named_type(type, grammar_);
  forget(name);
  if (op.check_first && context_.catalog && !exists(type)) return;
  emit((type.name == "DOMAIN" ? "DROP DOMAIN " : "DROP TYPE ") + name);
}

}  // namespace retort::dialect::postgresql
