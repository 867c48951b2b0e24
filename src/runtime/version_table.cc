#include "runtime/version_table.h"

#include "dialect/has_table.h"
#include "operations/version_table.h"

namespace retort::runtime {

namespace {

std::string text_of(const sql::Datum& datum) {
  if (const auto* text = std::get_if<std::string>(&datum)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&datum)) return std::to_string(*number);
  if (const auto* typed = std::get_if<sql::Typed>(&datum)) return typed->text;
  return "";
}

}  // namespace

bool VersionTable::exists(database::Connection& connection) const {
  return dialect::has_table(connection, schema_, name_);
}

revision::VersionRows VersionTable::read(database::Connection& connection) const {
  std::vector<std::string> ids;
  if (exists(connection)) {
    auto result = connection.query("SELECT version_num FROM " + quoted());
    while (result->next()) ids.push_back(text_of(result->get(0)));
  }
  return {std::move(ids), name_};
}

operations::CreateTable VersionTable::create_operation() const {
  return operations::create_version_table(name_, schema_, primary_key_);
}

std::string VersionTable::statement(const revision::RowChange& change) const {
  using Kind = revision::RowChange::Kind;
  auto literal = [&](const std::string& id) { return dialect_->grammar().literal(sql::Datum(id)); };
  switch (change.kind) {
    case Kind::kInsert:
      return "INSERT INTO " + quoted() + " (version_num) VALUES (" + literal(change.to) + ")";
    case Kind::kUpdate:
      return "UPDATE " + quoted() + " SET version_num=" + literal(change.to) + " WHERE " +
             quoted() + ".version_num = " + literal(change.from);
    case Kind::kDelete:
      return "DELETE FROM " + quoted() + " WHERE " + quoted() +
             ".version_num = " + literal(change.from);
  }
  return "";
}

void VersionTable::apply(database::Connection& connection,
                         const revision::RowChange& change) const {
  auto result = connection.query(statement(change));
  while (result->next()) {
  }
  if (change.kind == revision::RowChange::Kind::kInsert) return;
  std::int64_t found = result->affected_rows();
  if (found != 1) {
    throw revision::row_count_error(change, name_,
                                    static_cast<std::size_t>(std::max<std::int64_t>(found, 0)));
  }
}

std::string VersionTable::purge_statement() const { return "DELETE FROM " + quoted(); }

std::string VersionTable::quoted() const {
  const sql::Grammar& grammar = dialect_->grammar();
  return schema_.empty() ? grammar.quote(name_)
                         : grammar.quote(schema_) + "." + grammar.quote(name_);
}

}  // namespace retort::runtime
