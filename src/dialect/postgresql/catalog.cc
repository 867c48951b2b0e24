#include "dialect/postgresql/catalog.h"

#include <cctype>
#include <charconv>

#include "base/text.h"
#include "dialect/postgresql/grammar.h"

namespace retort::dialect::postgresql {

std::string Scope::shown_schema() const {
  auto found = stands_for.find(schema);
  return found == stands_for.end() ? schema : found->second;
}

std::optional<std::string> CatalogRows::optional_text(std::size_t column) const {
  sql::Datum value = result_->get(column);
  if (auto* text = std::get_if<std::string>(&value)) return shown(std::move(*text));
  if (auto* typed = std::get_if<sql::Typed>(&value)) return shown(std::move(typed->text));
  return std::nullopt;
}

std::string CatalogRows::shown(std::string text) const {
  for (const auto& [name, real] : scope_->stands_for) {
    if (text == name) return real;
    text =
        replace_all(std::move(text), name + ".", real.empty() ? "" : grammar().quote(real) + ".");
  }
  for (const auto& [name, real] : scope_->replaced) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      std::size_t end = at + name.size();
      bool whole = end == text.size() || text[end] == '\'' || text[end] == '"' ||
                   !(std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_');
      if (whole) text.replace(at, name.size(), real);
      at += whole ? real.size() : name.size();
    }
  }
  return text;
}

std::string CatalogRows::text(std::size_t column) const {
  return optional_text(column).value_or("");
}

std::optional<std::int64_t> CatalogRows::optional_number(std::size_t column) const {
  sql::Datum value = result_->get(column);
  if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
  return std::nullopt;
}

std::int64_t CatalogRows::number(std::size_t column) const {
  return optional_number(column).value_or(0);
}

bool CatalogRows::flag(std::size_t column) const {
  sql::Datum value = result_->get(column);
  const bool* flag = std::get_if<bool>(&value);
  return flag != nullptr && *flag;
}

std::vector<std::string> CatalogRows::list(std::size_t column) const {
  return array_items(text(column));
}

std::vector<std::pair<std::string, std::string>> CatalogRows::settings(std::size_t column) const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string& one : list(column)) {
    std::size_t equals = one.find('=');
    out.emplace_back(one.substr(0, equals),
                     equals == std::string::npos ? "" : one.substr(equals + 1));
  }
  return out;
}

std::vector<std::string> array_items(std::string_view text) {
  std::vector<std::string> out;
  if (text.size() < 3) return out;
  std::size_t at = 1;
  while (at < text.size() && text[at] != '}') {
    std::string item;
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size()) ++at;
        item += text[at];
      }
      ++at;
    } else {
      while (at < text.size() && text[at] != ',' && text[at] != '}') item += text[at++];
      if (item == "NULL") item.clear();
    }
    out.push_back(std::move(item));
    if (at < text.size() && text[at] == ',') ++at;
  }
  return out;
}

std::string literal(std::string_view text) {
  return grammar().literal(sql::Datum(std::string(text)));
}

std::string in_schema(const Scope& scope, std::string_view visible) {
  if (scope.schema == "*") return "n.nspname NOT LIKE 'pg\\_toast%'";
  if (!scope.schema.empty()) return "n.nspname = " + literal(scope.schema);
  return std::string(visible) + " AND n.nspname NOT IN ('pg_catalog', 'information_schema')";
}

std::string of_no_extension(std::string_view catalog, std::string_view oid) {
  return "NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog." +
         std::string(catalog) + "'::pg_catalog.regclass AND e.objid = " + std::string(oid) +
         " AND e.deptype = 'e')";
}

std::string in_scope(const Scope& scope) {
  std::string where = in_schema(scope, "pg_catalog.pg_table_is_visible(c.oid)");
  // A table that is asked for by name may be anybody's.
  if (scope.table) return where + " AND c.relname = " + literal(*scope.table);
  return where + " AND c.relpersistence " + (scope.temporary ? "=" : "<>") +
         " 't' AND NOT c.relispartition AND " + of_no_extension("pg_class", "c.oid");
}

int server_major(const database::Connection& connection) {
  std::string version = connection.server_version();
  int number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  return number;
}

}  // namespace retort::dialect::postgresql
